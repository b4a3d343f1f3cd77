"""A table as CSV: UTF-8 with BOM, numbers unrounded, days as 2026-09-30, no cell a formula.

A spreadsheet may run a cell that begins with = + - @, a tab or a carriage return, or with the full-width forms of the
signs; such a text gets an apostrophe before it, which a program that reads the file takes off. Numbers keep their sign.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from dashboard.publish.document import Cell, Mark, Place, Table
from dashboard.publish.said import MARKS
from dashboard.semantics.words import Text
from dashboard.text import Words

RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BOM: Final = "\ufeff"


def render_csv(table: Table, words: Words) -> bytes:
    """The rows with headers in the reader's language; no data is an empty cell, a hidden count its mark."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(defused(words.headed(words.of(column.label), column.unit)) for column in table.columns)
    writer.writerows(_row(row, words) for row in table.rows)
    return (BOM + file.getvalue()).encode()


def _row(row: Sequence[Cell], words: Words) -> list[object]:
    return [_cell(cell, words) for cell in row]


def _cell(cell: Cell, words: Words) -> object:
    if isinstance(cell, str | Text):
        return defused(cell if isinstance(cell, str) else words.of(cell))
    if isinstance(cell, Place):
        return cell.rank
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return MARKS[cell] if cell is Mark.HIDDEN else "" if isinstance(cell, Mark) else cell


def defused(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet might run it."""
    return "'" + text if text.startswith(RISKY) else text
