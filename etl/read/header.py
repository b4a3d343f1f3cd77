"""A row of header cells → the contract's columns, the units in brackets, and what is not known."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.contract import UNITS, VOIDED, Column, Kind, Table
from etl.read.landing import Refused

_NUMERIC = (Kind.MONEY, Kind.NUMBER, Kind.WHOLE)
_BRACKET = re.compile(r"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\]|\{([^{}]*)\}|【([^【】]*)】|〔([^〔〕]*)〕)\s*$")
_STATED_AS_UNIT = re.compile(r"^单位\s*:?\s*")


@dataclass(frozen=True)
class Header:
    """Canonical names → where they stand among `width` cells, factor (if not 1), and header as delivered.

    Whatever stands beyond the first `named` cells has no header above it.
    """

    width: int
    named: int
    positions: Mapping[str, int]
    factors: Mapping[str, int]
    texts: Mapping[str, str]
    unknown: tuple[str, ...]

    def lacking(self, table: Table) -> tuple[str, ...]:
        """Required columns of `table` that are not there; none where all key columns and `voided` are."""
        keys = {column.name for column in table.columns if column.key and column.required}
        if VOIDED.name in self.positions and keys <= self.positions.keys():
            return ()
        return tuple(name for name in table.required if name not in self.positions)


def read_header(table: Table, cells: Sequence[str | None]) -> Header:
    """What `cells` name in `table`, case, blanks and full-width forms aside; the first of a name counts."""
    known = _known(table)
    positions: dict[str, int] = {}
    factors: dict[str, int] = {}
    texts: dict[str, str] = {}
    unknown: list[str] = []
    for position, cell in enumerate(cells):
        delivered = (cell or "").strip().strip("\ufeff").strip()
        column, units = _named(delivered, known)
        if column is None or column.name in positions:
            unknown += [delivered] if delivered else []
            continue
        positions[column.name], texts[column.name] = position, delivered
        factor = next((UNITS[unit] for unit in units if unit in UNITS), 1)
        if factor != 1 and column.kind in _NUMERIC:
            factors[column.name] = factor
    named = max((at for at, cell in enumerate(cells, 1) if cell and not cell.isspace()), default=0)
    return Header(len(cells), named, positions, factors, texts, tuple(unknown))


def find_header(table: Table, rows: Sequence[Sequence[str | None]]) -> tuple[int, Header] | None:
    """Index and content of the first of `rows` that lacks nothing required; None where none does."""
    for index, cells in enumerate(rows):
        header = read_header(table, cells)
        if not header.lacking(table):
            return index, header
    return None


def missing_columns(file: str, table: Table, rows: Sequence[Sequence[str | None]]) -> Refused:
    """The refusal of a file none of whose `rows` is a header, told by the row that comes nearest to one."""
    headers = [read_header(table, cells) for cells in rows] or [read_header(table, ())]
    lacking = max(headers, key=lambda header: len(header.positions)).lacking(table)
    named = "、".join(f"{table.column(name).zh}({name})" for name in lacking)
    english = ", ".join(f"{table.column(name).en} ({name})" for name in lacking)
    return Refused(
        file,
        table.name,
        "missing_column",
        (f"缺少必填列：{named}", f"Required columns are missing: {english}."),
        lacking,
    )


def _named(delivered: str, known: Mapping[str, Column]) -> tuple[Column | None, list[str]]:
    """The column that a header names, and what its trailing brackets say."""
    text, units = unicodedata.normalize("NFKC", delivered).strip(), list[str]()
    while (column := known.get(text.casefold())) is None:
        bracket = _BRACKET.search(text)
        if bracket is None or not bracket.start():
            return None, []
        inside = next(group for group in bracket.groups() if group is not None)
        units.append(_STATED_AS_UNIT.sub("", inside.strip()))
        text = text[: bracket.start()]
    return column, units


def _known(table: Table) -> dict[str, Column]:
    columns = (*table.columns, VOIDED)
    return {name.casefold(): column for column in columns for name in (column.name, column.zh)}


def may_be_header(table: Table, cells: Sequence[str | None]) -> bool:
    """Whether one of `cells` holds the name of a key column: a quick look before the thorough one."""
    text = unicodedata.normalize("NFKC", "\n".join(filter(None, cells))).casefold()
    return any(name in text for column in table.columns if column.key for name in (column.name.casefold(), column.zh))
