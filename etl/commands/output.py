"""Rows to standard output, in the formats that commands offer."""

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from dashboard.plain import AS_IT_IS, plain

Row = Mapping[str, Any]
_JSON: Final = json.JSONEncoder(ensure_ascii=False, default=plain)


def print_rows(rows: Sequence[Row], columns: Sequence[str], form: str) -> None:
    """Print `rows` as `table`, `csv`, `json` (an array of objects) or `parquet` (binary, to a pipe or file)."""
    if form == "json":
        print(json.dumps([{name: plain(row[name]) for name in columns} for row in rows], ensure_ascii=False, indent=1))
    elif form == "csv":
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row[name]) for name in columns] for row in rows)
        sys.stdout.write(buffer.getvalue())
    elif form == "parquet":
        _print_parquet(rows, columns)
    else:
        _print_table(rows, columns)


def _cell(value: Any) -> Any:
    if type(value) in AS_IT_IS:
        return value
    return _JSON.encode(value) if isinstance(value, Mapping | list) else plain(value)


def _print_table(rows: Sequence[Row], columns: Sequence[str]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    numeric = {name for name in columns if any(isinstance(row[name], int | float | Decimal) for row in rows)}
    for name in columns:
        table.add_column(name, justify="right" if name in numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if row[name] is None else str(_cell(row[name])) for name in columns))
    Console(width=None if sys.stdout.isatty() else 1000).print(table)


def _print_parquet(rows: Sequence[Row], columns: Sequence[str]) -> None:
    import pyarrow as pa  # noqa: PLC0415 - half a second that no other format needs (DECISIONS 6)
    import pyarrow.parquet as pq  # noqa: PLC0415 - the same

    table = pa.table({name: [plain(row[name]) for row in rows] for name in columns})
    buffer = pa.BufferOutputStream()
    pq.write_table(table, buffer)
    sys.stdout.buffer.write(buffer.getvalue().to_pybytes())
