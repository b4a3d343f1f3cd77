"""A panel's rows as a file that a spreadsheet opens."""

import csv
import io
from typing import Any, Final

from dashboard.panel import PLAIN, Table
from dashboard.text import Words

# A cell that begins so may be run as a formula by a spreadsheet.
RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BOM: Final = "\ufeff"


def csv_text(table: Table, words: Words) -> str:
    """The rows with headers in the reader's language, numbers unrounded, UTF-8 with BOM, no cell a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(
        _heading(column.label, "" if column.unit in PLAIN else words.unit(column.unit)) for column in table.columns
    )
    writer.writerows([_cell(row.get(column.name)) for column in table.columns] for row in table.rows)
    return BOM + file.getvalue()


def _heading(label: str, unit: str) -> str:
    return defused(f"{label} ({unit})" if unit else label)


def _cell(value: Any) -> Any:
    return "" if value is None else defused(value) if isinstance(value, str) else value


def defused(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet might run it."""
    return "'" + text if text.startswith(RISKY) else text
