"""The addresses at which a panel's rows are taken away as a file, with the rights that the panel has."""

import re
from dataclasses import replace
from typing import Final
from urllib.parse import quote

from flask import Flask, Response, abort, request

from dashboard.callbacks import ViewOf
from dashboard.components.panel import file_title
from dashboard.draw import draw
from dashboard.export import as_csv, as_workbook
from dashboard.pages import page_named
from dashboard.panel import Withheld
from dashboard.selection import Selection

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def add_downloads(server: Flask, seen: ViewOf) -> None:
    """Give `server` `/export/<page>/<panel>.csv` and `.xlsx`; 404 where there are no rows, 403 where not allowed."""

    @server.get("/export/<page_name>/<panel_name>.<any(csv, xlsx):kind>")
    def export(page_name: str, panel_name: str, kind: str) -> Response:
        page = page_named(page_name)
        panel = page.panel(panel_name) if page else None
        if page is None or panel is None:
            abort(404)
        view = seen(Selection.parse(request.query_string.decode("utf-8", "replace")), page)
        drawing = draw(panel, view)
        if isinstance(drawing, Withheld) or view is None:
            reason = drawing.reason if isinstance(drawing, Withheld) else "unavailable"
            abort({"failed": 500, "not_allowed": 403}.get(reason, 404))
        try:
            table = drawing.filed()
        except Withheld:
            abort(404)
        content = (
            as_csv(table, view.words) if kind == "csv" else as_workbook(panel, view, replace(drawing, table=table))
        )
        plain = f"{file_name(page_name, panel_name, view.selection)}.{kind}"
        return Response(
            content,
            content_type=TYPES[kind],
            headers={
                # Old browsers take the plain name, all others the one in the reader's language (RFC 6266).
                "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''"
                + quote(f"{file_title(view, panel)}.{kind}"),
                "Cache-Control": "no-store",
            },
        )


def file_name(page: str, panel: str, selection: Selection) -> str:
    """`loans-ageing-990102-2026Q3`: says what is in it, in letters that every system takes."""
    period = selection.period.name if selection.period else ""
    parts = [page, panel, selection.region or "", period, str(selection.as_of or "")]
    return re.sub(r"[^A-Za-z0-9._-]+", "_", "-".join(part for part in parts if part))
