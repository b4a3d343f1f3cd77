"""What figures can be broken down by, and how a fact says it of its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Table,
    and_,
    bindparam,
    case,
    extract,
    func,
    or_,
    select,
)

from dashboard.semantics.question import QuestionError
from dashboard.semantics.words import Text

LEVELS: Final = ("city", "district", "street", "community")


@dataclass(frozen=True)
class Dimension:
    """A dimension's name, labels, and its values with theirs; `kind` is the type of its values."""

    name: str
    label: Text
    values: Mapping[str, Text] = field(default_factory=dict)
    kind: type = str

    def read(self, written: str | None) -> Any:
        """The value that a filter writes (canonical or a label); None is the missing group; else QuestionError."""
        if written is None or written == "null":
            return None
        if self.kind is bool:
            return self._one_of(written, {"true": True, "1": True, "是": True, "false": False, "0": False, "否": False})
        if self.kind is int:
            return self._whole(written)
        if not self.values:
            return written
        labels = {value: value for value in self.values} | {text.zh: value for value, text in self.values.items()}
        return self._one_of(written, labels)

    def _one_of(self, written: str, known: Mapping[str, Any]) -> Any:
        if written not in known:
            listed = ", ".join(self.values or known)
            raise QuestionError(
                f"{self.label.zh}（{self.name}）没有 {written!r}；可用：{listed}、null",
                f"{self.name} has no value {written!r}; it has {listed} and null",
            )
        return known[written]

    def _whole(self, written: str) -> int:
        try:
            return int(written)
        except ValueError:
            raise QuestionError(
                f"{self.label.zh}（{self.name}）应为整数，而不是 {written!r}",
                f"{self.name} is a whole number, not {written!r}",
            ) from None


@dataclass(frozen=True)
class Moment:
    """When a row is looked at: `on` is its event's or a stock's day; `as_of` is D; `uses`: dimensions in play.

    Of a stock, `opening` is the day before the period; `period`: the first day of the period, where there are several;
    `number`: the day as yyyymmdd, where that is at hand.
    """

    on: ColumnElement[date]
    as_of: ColumnElement[date]
    uses: frozenset[str]
    opening: ColumnElement[date] | None = None
    period: ColumnElement[date] | None = None
    number: ColumnElement[int] | None = None

    @property
    def numbered(self) -> ColumnElement[int]:
        """The day as the number yyyymmdd."""
        return numbered(self.on) if self.number is None else self.number


class Breakdown(Protocol):
    """How the rows of one fact fall into the groups of a dimension."""

    @property
    def varies(self) -> bool:
        """Whether a row's group depends on the moment."""
        ...

    def joined(self, source: FromClause, moment: Moment) -> FromClause:
        """`source` with what the groups need beside it."""
        ...

    def group(self, moment: Moment) -> ColumnElement[Any]:
        """The group of a row of `joined`."""
        ...

    def among(self, moment: Moment, values: ColumnElement[Any] | None, *, missing: bool) -> ColumnElement[bool]:
        """Whether a row of the fact is in one of the groups `values` (a list), or, if `missing`, in none."""
        ...


@dataclass(frozen=True)
class ByColumn:
    """A column of the fact itself."""

    column: ColumnElement[Any]

    @property
    def varies(self) -> bool:
        """It stays as it is."""
        return False

    def joined(self, source: FromClause, moment: Moment) -> FromClause:  # noqa: ARG002 - the protocol's signature
        """Nothing is needed beside the fact."""
        return source

    def group(self, moment: Moment) -> ColumnElement[Any]:  # noqa: ARG002 - the protocol's signature
        """The column."""
        return self.column

    def among(self, moment: Moment, values: ColumnElement[Any] | None, *, missing: bool) -> ColumnElement[bool]:
        """Whether the column's value is one of `values`."""
        group = self.group(moment)
        return _among(group, values, missing=missing)


@dataclass(frozen=True)
class ByAge(ByColumn):
    """Bands of completed years on the moment's day or on `on`; `column` is the birth date as yyyymmdd: 0301 > 0229."""

    on: ColumnElement[date] | None = None

    @property
    def varies(self) -> bool:
        """People grow older, but not on a given day."""
        return self.on is None

    def group(self, moment: Moment) -> ColumnElement[Any]:
        """The band."""
        born = self.column
        number = moment.numbered if self.on is None else numbered(self.on)
        age = (number - born).op("//", precedence=8)(10_000)
        bands = [(age < top, band) for band, top in AGE_BANDS.items()]
        return case((born.is_(None), None), *bands, else_=LAST_BAND)


@dataclass(frozen=True)
class ByMembership:
    """Groups of which a row may be in several on the moment's day, or `on`; `table` has valid_from, valid_until."""

    row: Column[Any]
    key: Column[Any]
    column: Column[Any]
    table: Table
    on: ColumnElement[date] | None = None

    @property
    def varies(self) -> bool:
        """Memberships begin and end, but not on a given day."""
        return self.on is None

    def joined(self, source: FromClause, moment: Moment) -> FromClause:
        """Each row once for each of its groups."""
        holds = self._day(moment).between(self.table.c.valid_from, self.table.c.valid_until)
        return source.join(self.table, and_(self.key == self.row, holds))

    def group(self, moment: Moment) -> ColumnElement[Any]:  # noqa: ARG002 - the protocol's signature
        """The group's column."""
        return self.column

    def among(self, moment: Moment, values: ColumnElement[Any] | None, *, missing: bool) -> ColumnElement[bool]:
        """Whether the row is in one of them at least: it counts once."""
        other = self.table.alias()
        member = (
            select(other.c[self.key.name])
            .where(other.c[self.key.name] == self.row)
            .where(self._day(moment).between(other.c.valid_from, other.c.valid_until))
            .where(_among(other.c[self.column.name], values, missing=missing))
        )
        return member.correlate_except(other).exists()

    def _day(self, moment: Moment) -> ColumnElement[date]:
        return moment.on if self.on is None else self.on


def numbered(day: ColumnElement[date]) -> ColumnElement[int]:
    """The day as the number yyyymmdd."""
    parts = (extract("year", day) * 10_000, extract("month", day) * 100, extract("day", day))
    return (parts[0] + parts[1] + parts[2]).cast(Integer)


def one_of(column: ColumnElement[str], *values: str) -> ColumnElement[bool]:
    """Whether the column is one of the values; unlike IN, with a fixed number of bound values."""
    return or_(*(column == value for value in values))


def _among(group: ColumnElement[Any], values: ColumnElement[Any] | None, *, missing: bool) -> ColumnElement[bool]:
    tests: list[ColumnElement[bool]] = []
    if values is not None:
        tests.append(func.coalesce(func.list_contains(values, group), False))
    if missing:
        tests.append(group.is_(None))
    return or_(*tests)


AGE_BANDS: Final = {"under 16": 16, "16-24": 25, "25-34": 35, "35-44": 45, "45-54": 55}
LAST_BAND: Final = "55+"


@dataclass(frozen=True)
class Fact:
    """A mart of which measures are sums: what its rows can be broken down by; region_id is who is credited."""

    table: FromClause
    dimensions: Mapping[str, Breakdown] = field(default_factory=dict)


def columns(table: FromClause, *names: str) -> dict[str, Breakdown]:
    """Breakdowns by columns that bear their dimension's name."""
    return {name: ByColumn(table.c[name]) for name in names}


Condition = Callable[[Moment], ColumnElement[bool]]
Amount = Callable[[Moment], ColumnElement[Any]]
DAY_AS_OF: Final[ColumnElement[date]] = bindparam("as_of", type_=Date)
