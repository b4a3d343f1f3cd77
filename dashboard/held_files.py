"""Rows held, as files to correct: the delivered headers and cells, and before them a column that says what to fix.

The name begins with the table's, so that the loader knows the file; the added column is none of the contract's, so that
the loader leaves it aside. A cell is text as it was delivered. In CSV a text that a spreadsheet might run gets an
apostrophe; numbers, and marks for nothing, do not, for they must come back as they went.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, select

from dashboard.language import message
from dashboard.publish.render_csv import BOM, RISKY
from dashboard.publish.workbook import Workbook
from dashboard.quality import inside, rows_of, table_label
from dashboard.text import Words, file_stem
from dashboard.view import View
from etl.contract import MISSING_WORDS, Kind
from etl.marts.quality import held_row
from etl.tables import BY_NAME

FIX: Final = message("What to fix (leave this column, it is not loaded)")
FIX_WIDTH, WIDTH = 60, 16
MARKED: Final = "#fff2b3"  # the ground of the cell at fault, on paper white
_NUMBER: Final = re.compile(r"[-+－＋]?[\d０-９][\d０-９,，.．]*%?")
_LAYOUTS: Final[Select[Any]] = select(held_row.c.region_id, held_row.c.table_name, held_row.c["values"])
Layout = tuple[str, ...]  # the headers under which rows were delivered


def layouts_of(view: View) -> dict[str, int]:
    """In how many ways the held rows of each table were headed."""
    found: dict[str, set[Layout]] = {}
    for row in inside(view, rows_of(view, _LAYOUTS)):
        found.setdefault(row["table_name"], set()).add(tuple(json.loads(row["values"])))
    return {table: len(layouts) for table, layouts in found.items()}


def by_layout(rows: Sequence[Mapping[str, Any]]) -> dict[Layout, list[Mapping[str, Any]]]:
    """The rows by the headers under which they were delivered, in the order of their first rows."""
    found: dict[Layout, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(tuple(json.loads(row["values"])), []).append(row)
    return found


def held_csv(layout: Layout, rows: Sequence[Mapping[str, Any]], words: Words) -> bytes:
    """The rows of one layout, UTF-8 with BOM, which every spreadsheet in China opens as it should."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([words.say(FIX), *layout])
    for row in rows:
        values = json.loads(row["values"])
        writer.writerow([to_fix(row, words), *(_harmless(values[header]) for header in layout)])
    return (BOM + file.getvalue()).encode()


def held_workbook(table: str, rows: Sequence[Mapping[str, Any]], words: Words, day: date) -> bytes:
    """The rows, a sheet for each layout; every cell is text, so that nothing that is typed changes its form."""
    label = words.of(table_label(table))
    book = Workbook(words, label, words.say("Reemploy"), day)
    for number, (layout, found) in enumerate(by_layout(rows).items(), 1):
        sheet = book.sheet(label if number == 1 else f"{label} {number}")
        text = book.look(num_format="@")
        sheet.set_column(0, 0, FIX_WIDTH, book.look(text_wrap=True))
        sheet.set_column(1, len(layout), WIDTH, text)
        for at, header in enumerate((words.say(FIX), *layout)):
            sheet.write_string(0, at, header, book.heading())
        for line, row in enumerate(found, 1):
            values, fault = json.loads(row["values"]), _header_at_fault(row, layout)
            sheet.write_string(line, 0, to_fix(row, words), book.look(text_wrap=True))
            for at, header in enumerate(layout, 1):
                look = book.look(num_format="@", bg_color=MARKED) if header == fault else text
                sheet.write_string(line, at, values[header], look)
        sheet.freeze_panes(1, 1)
    return book.finished()


def not_ours(headers: Iterable[str]) -> list[str]:
    """The headers without those of the column that says what to fix."""
    own = {Words("zh").say(FIX), Words("en").say(FIX)}
    return [header for header in headers if header not in own]


def file_title(table: str, region: str, words: Words) -> str:
    """`下岗失业人员登记-待改-磁山区`: begins with the table's name, by which the loader knows it."""
    return file_stem(words.of(table_label(table)) if words.chinese else table, words.say("to correct"), region)


def to_fix(row: Mapping[str, Any], words: Words) -> str:
    """What is wrong with the row and what to do; and that masked numbers must be put in again."""
    said = str(row["message_zh"] if words.chinese else row["message_en"])
    if not any(column.kind is Kind.ID_NUMBER for column in BY_NAME[row["table_name"]].columns):
        return said
    return said + words.say(
        " The ID number is stored masked: put the whole number in again. Name and phone may stay as they are."
    )


def _header_at_fault(row: Mapping[str, Any], layout: Layout) -> str | None:
    """The delivered header of the column that is at fault, where the row was delivered with it."""
    if row["column_name"] is None:
        return None
    known = [column for column in BY_NAME[row["table_name"]].columns if column.name == row["column_name"]]
    named = {text for column in known for text in (column.name, column.zh)}
    return next((header for header in layout if re.split(r"[(（\[【]", header)[0].strip() in named), None)


def _harmless(text: str) -> str:
    if not text.startswith(RISKY) or text.strip() in MISSING_WORDS or _NUMBER.fullmatch(text.strip()):
        return text
    return "'" + text
