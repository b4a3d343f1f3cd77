"""What a load did not know or did not take: columns, files, refusals, each with what to do about it."""

from collections.abc import Sequence
from typing import Any, Final

from dash import html
from sqlalchemy import Select, bindparam, select

from dashboard.components.marks import HIDDEN
from dashboard.held_files import not_ours
from dashboard.panel import Row
from dashboard.quality import rows_of, table_label
from dashboard.view import View
from etl.marts.quality import left_out

PLACE: Final = "\0"  # where a delivered name goes
_LEFT: Final[Select[Any]] = select(left_out).where(left_out.c.load == bindparam("load"))


def remarks(view: View, load: int, files: Sequence[Row]) -> list[Any]:
    """A list of remarks; nothing where the load took everything."""
    words = view.words
    left = rows_of(view, _LEFT, load=load)
    items = [_refused(view, row) for row in left if row["reason"] != "unrecognised"]
    unknown = [row["file"] for row in left if row["reason"] == "unrecognised"]
    if unknown:
        text = words.say("Files that belong to no table, left aside: {files}", files=PLACE)
        items.append(_item("watch", text, words.listed(unknown)))
    for row in files:
        columns = not_ours((row["unknown_columns"] or "").split("、")) if row["is_file"] else []
        if any(columns):
            text = words.say("{file}: columns that are not known, ignored: {columns}", file=PLACE, columns=PLACE)
            items.append(_item("watch", text, row["file"], words.listed(columns)))
    return [html.Ul(items, className="remarks")] if items else []


def _refused(view: View, row: Row) -> html.Li:
    words = view.words
    said = row["message_zh"] if words.chinese else row["message_en"]
    table = words.of(table_label(row["table_name"])) if row["table_name"] else ""
    text = words.say("{file} ({table}) was refused: {message}", file=PLACE, table=table, message=said or "")
    return _item("behind", text, row["file"])


def _item(state: str, text: str, *names: str) -> html.Li:
    """A remark; what was delivered stands in it as code, for it is in no language of ours."""
    said: list[Any] = [text.split(PLACE, maxsplit=1)[0]]
    for name, after in zip(names, text.split(PLACE)[1:], strict=True):
        said += [html.Code(name), after]
    return html.Li([html.Span(className=f"shape shape-{state}", **HIDDEN), html.Span(said)])
