"""The addresses at which rows held are taken away to be corrected, with the rights that the list of them has."""

from urllib.parse import quote

from flask import Flask, Response, abort, request

from dashboard.callbacks import ViewOf
from dashboard.downloads import TYPES
from dashboard.drawings.held import held_of
from dashboard.held_files import by_layout, file_title, held_csv, held_workbook
from dashboard.pages import page_at
from dashboard.panel import Row, Withheld
from dashboard.selection import Selection
from dashboard.semantics.question import NotAllowedError
from dashboard.view import View


def add_held_downloads(server: Flask, seen: ViewOf) -> None:
    """Give `server` `/export/held/<table>.xlsx` and `/export/held/<table>.<number>.csv` (the number of the layout)."""

    @server.get("/export/held/<table>.xlsx")
    def held_book(table: str) -> Response:
        view, rows = _held(seen, table)
        content = held_workbook(table, rows, view.words, view.data_date)
        return _file(content, "xlsx", table, view)

    @server.get("/export/held/<table>.<int:number>.csv")
    def held_plain(table: str, number: int) -> Response:
        view, rows = _held(seen, table)
        layouts = list(by_layout(rows).items())
        if not 1 <= number <= len(layouts):
            abort(404)
        return _file(held_csv(*layouts[number - 1], view.words), "csv", table, view, number if len(layouts) > 1 else 0)


def _held(seen: ViewOf, table: str) -> tuple[View, list[Row]]:
    """The rows of a table in the region in view; 403 where they are not the reader's, 404 where there are none."""
    view = seen(Selection.parse(request.query_string.decode("utf-8", "replace")), page_at("/data"))
    if view is None:
        abort(404)
    try:
        rows: list[Row] = [row for row in held_of(view) if row["table_name"] == table]
    except NotAllowedError:
        abort(403)
    except Withheld as withheld:
        abort(403 if withheld.reason == "not_allowed" else 404)
    if not rows:
        abort(404)
    return view, rows


def _file(content: bytes, kind: str, table: str, view: View, number: int = 0) -> Response:
    title = file_title(table, view.region.name, view.words) + (f"-{number}" if number else "")
    plain = f"{table}-held{f'-{number}' if number else ''}.{kind}"
    return Response(
        content,
        content_type=TYPES[kind],
        headers={
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''" + quote(f"{title}.{kind}"),
            "Cache-Control": "no-store",
        },
    )
