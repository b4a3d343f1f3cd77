"""Any CSV of units × indicators as a table to rank: the first column is the unit, the header names the indicators.

A column `labour_force` decides eligibility and rates per 1,000, `veto` (any text) leaves a unit out, `region_name`
names it; each only where the file has it.
"""

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from dashboard.ranking.scale import Floats
from dashboard.ranking.standard import Standard
from dashboard.ranking.table import Table, column_of

_LARGEST: Final = 1e15  # beyond it the arithmetic of scores has no digits left
_PLAIN: Final = re.compile(r"-?\d+(\.\d+)?")  # as most are written: told at half the cost
_SHARE: Final = re.compile("[%％]")
# Commas part thousands: 1,5 is no number here, for it could be 1.5 as well.
_NUMBER: Final = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d*)(\.\d*)?([eE][+-]?\d+)?\s*%?")
_MISSING: Final = frozenset({"", "-", "—", "/", "无", "NULL", "N/A", "NA", "NaN", "null", "nan"})


class TableError(Exception):
    """A table that cannot be ranked; the message names file and line."""


def read_csv_table(path: Path, standard: Standard) -> Table:
    """The table in the file at `path`, with the columns that `standard` needs; `TableError` where one is not there."""
    header, rows = _read(path)
    position = {name: number for number, name in reversed(list(enumerate(header)))}
    units = _units(path, rows)
    columns = {}
    for leaf in standard.leaves:
        name = leaf.measure.column
        if name not in position or position[name] == 0:
            raise TableError(f"{path}:1: has no column {name!r}, which the standard's leaf {leaf.name!r} measures")
        if header.count(name) > 1:
            raise TableError(
                f"{path}:1: has several columns {name!r}, which the standard's leaf {leaf.name!r} measures"
            )
        columns[column_of(leaf)] = _numbers(path, name, rows, position[name])
    if standard.needs_labour_force and "labour_force" not in position:
        raise TableError(f"{path}:1: has no column 'labour_force', which the standard divides by")
    return Table(
        units=units,
        names=_texts(rows, position["region_name"]) if "region_name" in position else units,
        columns=columns,
        labour_force=_labour_force(path, rows, position),
        vetoes=_vetoes(units, rows, position, standard),
    )


Row = tuple[int, Sequence[str]]  # with its line, the header being 1


def _read(path: Path) -> tuple[list[str], list[Row]]:
    try:
        reader = csv.reader(io.StringIO(_text(path), newline=""))
        header = [name.strip() for name in next(reader, [])]
        rows: list[Row] = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except (OSError, csv.Error) as error:
        raise TableError(f"{path}: cannot be read: {error}") from error
    if not header[1:]:
        hint = "; its cells are parted by commas" if any(mark in "".join(header) for mark in ";\t") else ""
        raise TableError(f"{path}:1: a header with the unit and at least one indicator is needed{hint}")
    for line, row in rows:
        if len(row) != len(header):
            raise TableError(f"{path}:{line}: has {len(row)} cells, the header has {len(header)}")
    return header, rows


def _text(path: Path) -> str:
    """UTF-8, or what Chinese spreadsheets write beside it."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise TableError(f"{path}: cannot be read: it is neither UTF-8 nor GB18030") from error


def _units(path: Path, rows: list[Row]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    for line, row in rows:
        unit = row[0].strip()
        if not unit:
            raise TableError(f"{path}:{line}: names no unit")
        if unit in seen:
            raise TableError(f"{path}:{line}: unit {unit!r} was already given on line {seen[unit]}")
        seen[unit] = line
    return tuple(seen)


def _texts(rows: list[Row], at: int) -> tuple[str, ...]:
    return tuple(row[at].strip() for _, row in rows)


def _numbers(path: Path, name: str, rows: list[Row], at: int) -> Floats:
    texts = _texts(rows, at)
    try:
        values = np.array([math.nan if text in _MISSING else _number(text) for text in texts], dtype=np.float64)
    except ValueError:
        values = None
    if values is None or (np.abs(values) > _LARGEST).any():
        line, text = next((line, text) for (line, _), text in zip(rows, texts, strict=True) if not _is_number(text))
        raise TableError(f"{path}:{line}: {name} must be a number, not {text!r}")
    _one_measure(path, name, rows, texts)
    return values


def _one_measure(path: Path, name: str, rows: list[Row], texts: Sequence[str]) -> None:
    """Shares with and without % beside each other: 45 % and 0.45 would be taken for two values."""
    if not _SHARE.search("".join(texts)):
        return
    said = [(line, text) for (line, _), text in zip(rows, texts, strict=True) if text not in _MISSING]
    marked = [text.endswith(("%", "％")) for _, text in said]
    if not all(marked):
        line, text = said[marked.index(not marked[0])]
        raise TableError(f"{path}:{line}: {name} has cells with and without %; {text!r} differs from those above it")


def _number(text: str) -> float:
    if _PLAIN.fullmatch(text):
        return float(text)
    plain = text.replace("−", "-").replace("％", "%")  # what spreadsheets write for - and %
    if not _NUMBER.fullmatch(plain):
        raise ValueError(text)
    return float(plain.removesuffix("%").replace(",", ""))


def _is_number(text: str) -> bool:
    try:
        return text in _MISSING or abs(_number(text)) <= _LARGEST
    except ValueError:
        return False


def _labour_force(path: Path, rows: list[Row], position: Mapping[str, int]) -> Floats | None:
    at = position.get("labour_force")
    return None if at is None else _numbers(path, "labour_force", rows, at)


def _vetoes(units: tuple[str, ...], rows: list[Row], position: Mapping[str, int], standard: Standard) -> dict[str, str]:
    at = position.get("veto")
    if at is None or any(leaf.measure.column == "veto" for leaf in standard.leaves):
        return {}
    said = zip(units, _texts(rows, at), strict=True)
    return {unit: remark for unit, remark in said if remark not in _MISSING}
