"""The rows that a folder of files delivers, read and judged the plain way: what is loadable, and when."""

import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet

from etl.contract import VOIDED, AtMost, Check, Column, Needs, OnlyAs, Ordered, Table
from etl.tables import TABLES

from . import ask  # noqa: F401 - declares the metrics
from .canonical import FaultError, canonical, plain
from .metric import METRICS
from .rows import DEFAULTS, KEYS, REFERENCES, Delivered, key_of

UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
TOTALS = ("合计", "小计", "总计")
Rows = list[dict[str, str]]


def arrived(folders: Iterable[Path]) -> list[tuple[date, Delivered]]:
    """Of each delivery the rows that it made known: its own loadable ones, and held ones whose references it brings."""
    known: dict[str, set[tuple[str, ...]]] = {table: set() for table in KEYS}
    held: dict[str, Rows] = {table: [] for table in KEYS}
    result: list[tuple[date, Delivered]] = []
    for folder in folders:
        day = data_date(folder)
        loadable = {table.name: list(valid(table, folder, day)) for table in TABLES}
        result.append((day, {name: settle(name, loadable[name], held, known) for name in KEYS}))
    return result


def data_date(folder: Path) -> date:
    """The day up to which a delivery is complete: as it says, or as its folder is named."""
    said = folder / "delivery.toml"
    if not said.exists():
        return date.fromisoformat(folder.name)
    day = tomllib.loads(said.read_text(encoding="utf-8"))["data_date"]
    assert isinstance(day, date)
    return day


def settle(table: str, rows: Rows, held: dict[str, Rows], known: dict[str, set[tuple[str, ...]]]) -> Rows:
    """The rows of a table whose references are known by now; the others are held for later deliveries."""
    own = {key_of(table, row) for row in rows}
    waiting = rows + [row for row in held[table] if key_of(table, row) not in own]
    loaded: Rows = []
    moved = True
    while moved:
        ready = [row for row in waiting if named(table, row, known)]
        waiting = [row for row in waiting if row not in ready]
        known[table] |= {key_of(table, row) for row in ready}
        loaded += ready
        moved = bool(ready)
    held[table] = waiting
    return loaded


def named(table: str, row: dict[str, str], known: dict[str, set[tuple[str, ...]]]) -> bool:
    if row.get("voided") == "true" and key_of(table, row) in known[table]:
        return True
    columns = {column: target for column, (target, _) in REFERENCES.get(table, {}).items()}
    columns |= {column: "regions" for column in ("community_code", "region_code") if table != "regions"}
    return all((row[column],) in known[target] for column, target in columns.items() if row.get(column))


def misplaced(table: Table, row: dict[str, str]) -> bool:
    """Whether a code is padded to another level than its column asks for: a street's where a community's belongs."""
    return any(column.levels == ("community",) and row.get(column.name, "").endswith("000") for column in table.columns)


def valid(table: Table, folder: Path, last: date) -> Iterator[dict[str, str]]:
    """The rows of the table's files that hold every promise of their own; rows that contradict each other do not."""
    found: dict[tuple[str, ...], Rows] = {}
    for path in sorted(folder.iterdir()):
        if named_table(path) is table:
            for row in sound_rows(table, path, last):
                same = found.setdefault(key_of(table.name, row), [])
                if row not in same:
                    same.append(row)
    for same in found.values():
        if len(same) == 1:
            yield same[0]


def named_table(path: Path) -> Table | None:
    """The table whose name the file's name starts with, the longest such name."""
    stem = unicodedata.normalize("NFKC", path.stem).lower()
    names = {name: table for table in TABLES for name in (table.name, table.zh)}
    fitting = [name for name in names if re.match(rf"{name}(?![^\W\d_])", stem)]
    return names[max(fitting, key=len)] if fitting else None


def sound_rows(table: Table, path: Path, last: date) -> Iterator[dict[str, str]]:
    for cells in sheets(path):
        at, columns = header(table, cells)
        for line in cells[at + 1 :]:
            row = judged(table, columns, line, last)
            if row is not None:
                yield row


def judged(table: Table, columns: dict[int, tuple[Column, int]], line: list[Any], last: date) -> dict[str, str] | None:
    """The row in canonical words; None for no row, a totals row or a faulty one."""
    texts = {column.name: plain(line[at]) for at, (column, _) in columns.items()}
    if not any(texts.values()) or any(re.sub(r"\s", "", texts.get(name, "")) in TOTALS for name in table.key):
        return None
    try:
        row = {column.name: canonical(column, line[at], factor) for at, (column, factor) in columns.items()}
    except FaultError:
        return None
    return row if row.get("voided") == "true" or sound(table, row, last) else None


def sound(table: Table, row: dict[str, str], last: date) -> bool:
    if any(not row.get(column.name) and column.name not in DEFAULTS for column in table.columns if column.required):
        return False
    if any(column.event and row.get(column.name, "") > last.isoformat() for column in table.columns):
        return False
    if misplaced(table, row) or row.get("indicator", "registrations") not in METRICS:
        return False
    return all(holds(check, row) for check in table.checks)


def holds(check: Check, row: dict[str, str]) -> bool:
    """Whether a promise across columns is kept."""
    given = {column: text for column, text in row.items() if text}
    match check:
        case Ordered():
            return given.get(check.earlier, "") <= given.get(check.later, "9")
        case AtMost():
            return Fraction(given.get(check.column, "0")) <= Fraction(given.get(check.limit, "0"))
        case OnlyAs():
            return check.when not in given or given.get(check.column, check.value) == check.value
        case Needs():
            among = not check.values or given.get(check.when) in check.values
            return check.when not in given or check.column in given or among == check.unless


def header(table: Table, cells: list[list[Any]]) -> tuple[int, dict[int, tuple[Column, int]]]:
    """The first row that holds all required headers: its place, and which cell is which column, with its unit."""
    for number, line in enumerate(cells):
        columns = {at: named_column(table, plain(cell)) for at, cell in enumerate(line)}
        found = {at: column for at, column in columns.items() if column is not None}
        if {column.name for column in table.columns if column.required} <= {
            column.name for column, _ in found.values()
        }:
            return number, found
    return 0, {}


def named_column(table: Table, text: str) -> tuple[Column, int] | None:
    match = re.fullmatch(r"(.*?)\s*(?:\((.*)\))?", re.sub(r"\s+", "", text).lower())
    assert match is not None
    for column in (*table.columns, VOIDED):
        if match[1] in (column.name, column.zh.lower()):
            return column, UNITS.get(match[2] or "", 1)
    return None


def sheets(path: Path) -> Iterator[list[list[Any]]]:
    """The cells of each sheet of a file."""
    if path.suffix == ".xlsx":
        for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
            if sheet.sheet_state == "visible":
                yield [list(line) for line in sheet.iter_rows(values_only=True)]
    elif path.suffix == ".parquet":
        table = pyarrow.parquet.read_table(path)
        yield [table.column_names, *(list(line.values()) for line in table.to_pylist())]
    else:
        text = decoded(path.read_bytes())
        first = text.split("\n", 1)[0]
        yield list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",\t;", key=first.count)))


def decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")
