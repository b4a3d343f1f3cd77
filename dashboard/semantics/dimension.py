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
    bindparam,
    func,
    or_,
    select,
)

from dashboard.semantics.question import QuestionError
from dashboard.semantics.words import Text

LEVELS: Final = ("city", "district", "street", "community")
TOP: Final = "cities"  # what stands above several cities: no level that is delivered, and nothing is by it
OWN: Final = "own"  # whatever region a row names: no level, but from sums by it those of each level follow


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

    `period`: the first day of the period, where there are several.
    """

    on: ColumnElement[date]
    as_of: ColumnElement[date]
    uses: frozenset[str]
    period: ColumnElement[date] | None = None


class Breakdown(Protocol):
    """How the rows of one fact fall into the groups of a dimension."""

    @property
    def group(self) -> ColumnElement[Any]:
        """The group of a row of `joined`."""
        ...

    def joined(self, source: FromClause) -> FromClause:
        """`source` with what the groups need beside it."""
        ...

    def among(self, values: ColumnElement[Any] | None, *, missing: bool) -> ColumnElement[bool]:
        """Whether a row of the fact is in one of the groups `values` (a list), or, if `missing`, in none."""
        ...


@dataclass(frozen=True)
class ByColumn:
    """A column of the fact itself."""

    group: ColumnElement[Any]

    def joined(self, source: FromClause) -> FromClause:
        """Nothing is needed beside the fact."""
        return source

    def among(self, values: ColumnElement[Any] | None, *, missing: bool) -> ColumnElement[bool]:
        """Whether the column's value is one of `values`."""
        return _among(self.group, values, missing=missing)


@dataclass(frozen=True)
class BySet:
    """Groups of which a row may be in several: `number` names a set, which `key` and `group` of a mart spell out."""

    number: Column[Any]
    key: Column[Any]
    group: Column[Any]

    def joined(self, source: FromClause) -> FromClause:
        """Each row once for each of its groups."""
        return source.join(self.key.table, self.key == self.number)

    def among(self, values: ColumnElement[Any] | None, *, missing: bool) -> ColumnElement[bool]:
        """Whether the row is in one of them at least: it counts once."""
        sets = self.key.table.alias()
        chosen = select(sets.c[self.key.name]).where(_among(sets.c[self.group.name], values, missing=missing))
        return self.number.in_(chosen)


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


@dataclass(frozen=True)
class Keyed:
    """Which delivered row a row of a fact is: of which of the contract's `tables`, and its key's columns.

    `table`: says which of several tables. `beside`: a mart that spells the key out, and how it is joined. `detail`:
    the rows one by one, under the same column names, where the fact holds sums of them. `origin`: the load and the file
    that brought it, where the fact says so itself; else `mart.row_origin` is asked by the key.
    """

    tables: tuple[str, ...]
    key: tuple[ColumnElement[Any], ...]
    table: ColumnElement[str] | None = None
    beside: tuple[FromClause, ColumnElement[bool]] | None = None
    detail: FromClause | None = None
    origin: tuple[ColumnElement[Any], ColumnElement[Any]] | None = None


@dataclass(frozen=True)
class Fact:
    """A mart of which measures are sums: what its rows can be broken down by; region_id is who is credited.

    `rows`: which delivered rows they are; none where no delivery says it.
    """

    table: FromClause
    dimensions: Mapping[str, Breakdown] = field(default_factory=dict)
    rows: Keyed | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        """The contract's tables whose rows they are."""
        return self.rows.tables if self.rows else ()


def columns(table: FromClause, *names: str) -> dict[str, Breakdown]:
    """Breakdowns by columns that bear their dimension's name."""
    return {name: ByColumn(table.c[name]) for name in names}


Condition = Callable[[Moment], ColumnElement[bool]]
Amount = Callable[[Moment], ColumnElement[Any]]
DAY_AS_OF: Final[ColumnElement[date]] = bindparam("as_of", type_=Date)
