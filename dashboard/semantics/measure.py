"""Sums over facts: what happened in a period (`Flow`), and what stood on a day (`Stock`).

A measure turns the shape of a question into one statement, alone or together with others that sum the same rows. The
statement's values are bound when it is run: `start`, `end`, `as_of` (days), `at`, `opening` (a stock's day, the day
before a period), or, for several periods, `firsts`, `ats`, `openings` (lists) and the first and last of each. `area_*`,
`scope` and `where_<dimension>` list places and values.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    true,
)

from dashboard.semantics.dimension import DAY_AS_OF, LEVELS, OWN, TOP, Amount, Condition, Fact, Moment
from dashboard.semantics.summing import (
    SUM,
    WHOLE_FROM,
    WHOLE_UNTIL,
    Aggregate,
    Chosen,
    Held,
    Measure,
    Measures,
    Shape,
    Statement,
    Summed,
    everything,
    one,
    period_of,
    same,
)
from etl.marts.region import region


@dataclass(frozen=True, eq=False)
class Stock:
    """What stood on a day: the sum of `value` over the rows where `where` holds then; `opening`: the day before.

    `on`: a row's own day, if it has one.
    """

    fact: Fact
    where: Condition
    value: Amount = one
    aggregate: Aggregate = field(default=SUM)
    opening: bool = False
    timeless_with: str | None = None
    on: ColumnElement[Any] | None = None
    held: Held | None = None
    whole: Measure | None = None

    def rows(self, shape: Shape) -> Hashable:
        """Those of one day."""
        return same(self, shape, self.opening, self.timeless_with)

    def is_timeless(self, shape: Shape) -> bool:
        """Where a dimension is in play that says of itself which time is meant."""
        return self.timeless_with in shape.uses

    def moves(self, shape: Shape) -> bool:  # noqa: ARG002 - the protocol's signature
        """Each day is looked at."""
        return False

    def held_for(self, shape: Shape, *, in_year: bool) -> Held | None:  # noqa: ARG002 - the protocol's signature
        """Months hold it without a breakdown."""
        return None if shape.uses else self.held

    def statement(self, together: Measures, shape: Shape) -> Statement:
        """One statement for the day, or for all days of a grain."""
        return _stock_statement(self.opening, together, shape)

    def chosen(self, shape: Shape) -> Chosen:
        """All rows; `where` says which of them stand."""
        moment, source = on_days(self.fact.table, shape, opening=self.opening)
        return Chosen(moment, source, [], self.on)


@dataclass(frozen=True, eq=False)
class Flow:
    """What happened in a period: the aggregate of `value` over the rows with `on` in it that fulfil `where`.

    `until`: the row is a span [on, until] that must lie wholly in the period. `ripe_on`: the day from which the row
    can be judged; it counts once that is ≤ D. `timeless_with`: a dimension in play with which the period no longer
    matters: every row with `on` ≤ D counts.
    """

    fact: Fact
    on: ColumnElement[Any]
    value: Amount = one
    where: Condition = everything
    aggregate: Aggregate = field(default=SUM)
    until: ColumnElement[Any] | None = None
    ripe_on: ColumnElement[Any] | None = None
    timeless_with: str | None = None
    held: Held | None = None
    whole: Measure | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is a sum over days, and over longer stretches what it is over their days together."""
        return self.aggregate is SUM and self.until is None and self.whole is None

    def rows(self, shape: Shape) -> Hashable:
        """Those of one period, by the same day."""
        return same(self, shape, self.on, self.until, self.ripe_on, self.is_timeless(shape))

    def is_timeless(self, shape: Shape) -> bool:
        """Where a dimension is in play that says of itself which time is meant."""
        return self.timeless_with in shape.uses

    def moves(self, shape: Shape) -> bool:  # noqa: ARG002 - the protocol's signature
        """What happens is counted when it does."""
        return False

    def held_for(self, shape: Shape, *, in_year: bool) -> Held | None:  # noqa: ARG002 - the protocol's signature
        """Months hold it without a breakdown, by its own day."""
        return None if shape.uses or (shape.ripe and self.ripe_on is not None) else self.held

    def statement(self, together: Measures, shape: Shape) -> Statement:
        """One statement for the period, or for all periods of a grain."""
        return _flow_statement(self, together, shape)

    def chosen(self, shape: Shape) -> Chosen:
        """The rows of the period, or of each period of a grain."""
        on = self.ripe_on if shape.ripe and self.ripe_on is not None else self.on
        period = None if shape.grain is None else period_of(shape.grain, on)
        moment = Moment(self.on, DAY_AS_OF, shape.uses, period=period)
        conditions = [] if self.ripe_on is None else [self.ripe_on <= DAY_AS_OF]
        if self.is_timeless(shape):
            conditions.append(on <= DAY_AS_OF)
        elif shape.only == "ends":
            # Two stretches, not one with a hole: what lies between them is not even looked at.
            before = and_(on >= bindparam("start"), on < WHOLE_FROM)
            conditions.append(or_(before, and_(on >= WHOLE_UNTIL, on <= bindparam("end"))))
        else:
            conditions += [on >= bindparam("start"), (on if self.until is None else self.until) <= bindparam("end")]
        if period is not None and shape.grain is not None and self.until is not None:
            conditions.append(period == period_of(shape.grain, self.until))
        return Chosen(moment, self.fact.table, conditions, self.on)


@lru_cache(maxsize=4096)
def _stock_statement(opening: bool, together: Measures, shape: Shape) -> Statement:  # noqa: FBT001 - cached by place
    moment, source = on_days(together[0].fact.table, shape, opening=opening)
    return grouped(together, shape, moment, source, [])


def on_days(table: FromClause, shape: Shape, *, opening: bool) -> tuple[Moment, FromClause]:
    """The day, or each period's day beside every row of the table."""
    day = "opening" if opening else "at"
    if shape.grain is None:
        return Moment(bindparam(day), DAY_AS_OF, shape.uses), table
    points = select(*(func.unnest(bindparam(f"{name}s")).label(name) for name in ("first", day))).subquery("points")
    return Moment(points.c[day], DAY_AS_OF, shape.uses, points.c.first), table.join(points, true())


@lru_cache(maxsize=4096)
def _flow_statement(flow: Flow, together: Measures, shape: Shape) -> Statement:
    chosen = flow.chosen(shape)
    return grouped(together, shape, chosen.moment, chosen.source, chosen.conditions)


def grouped(
    together: Sequence[Summed],
    shape: Shape,
    moment: Moment,
    source: FromClause,
    conditions: list[ColumnElement[bool]],
) -> Statement:
    """The amounts of measures over the rows of `source` that fulfil `conditions`, by the shape's groups."""
    fact = together[0].fact
    keys = [] if moment.period is None else [moment.period]
    source, conditions = narrowed(fact, shape, source, conditions)
    if shape.level:
        keys.append(fact.table.c.region_id if shape.level == OWN else region.c[f"{shape.level}_id"])
        conditions = [*conditions, keys[-1].is_not(None)]
    for name in shape.by:
        breakdown = fact.dimensions[name]
        source = breakdown.joined(source)
        keys.append(breakdown.group)
    amounts, conditions = amounts_of(together, moment, conditions)
    named = [key.label(f"key_{position}") for position, key in enumerate(keys)]
    statement = select(*named, *amounts).select_from(source).where(*conditions)
    # By name: an expression written twice would bear two sets of bound values, and be two expressions.
    return statement.group_by(*(literal_column(key.name) for key in named))


def narrowed(
    fact: Fact, shape: Shape, source: FromClause, conditions: list[ColumnElement[bool]]
) -> tuple[FromClause, list[ColumnElement[bool]]]:
    """`source` and `conditions` with the places, the scope and the filters of the shape."""
    if shape.level not in (None, OWN) or shape.areas or shape.scoped:
        source = source.join(region, region.c.region_id == fact.table.c.region_id)
        conditions = conditions + _places(shape)
    for name, has_values, missing in shape.where:
        values: ColumnElement[Any] | None = bindparam(f"where_{name}") if has_values else None
        conditions = [*conditions, fact.dimensions[name].among(values, missing=missing)]
    return source, conditions


def amounts_of(
    together: Sequence[Summed], moment: Moment, conditions: list[ColumnElement[bool]]
) -> tuple[list[ColumnElement[Any]], list[ColumnElement[bool]]]:
    """The amounts, each over its own rows; rows that count in none of them are left out."""
    tests = [None if measure.where is everything else measure.where(moment) for measure in together]
    amounts: list[ColumnElement[Any]] = []
    for position, (measure, test) in enumerate(zip(together, tests, strict=True)):
        amount = measure.aggregate(measure.value(moment))
        if test is not None and len(together) > 1:
            amount = amount.filter(test)
        amounts.append(whole(amount).label(f"amount_{position}"))
    chosen = [test for test in tests if test is not None]
    return amounts, conditions if len(chosen) < len(tests) else [*conditions, or_(*chosen)]


def whole(amount: ColumnElement[Any]) -> ColumnElement[Any]:
    """A sum of whole numbers as 64 bits: the 128 that DuckDB sums in take six times as long to become Python's."""
    return amount.cast(BigInteger) if isinstance(amount.type, Integer) else amount


def _places(shape: Shape) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = [
        func.list_contains(bindparam(f"area_{name}"), region.c[f"{level}_id"]) for name, level in shape.areas
    ]
    if shape.scoped:
        tests.append(in_scope())
    return tests


def in_scope() -> ColumnElement[bool]:
    """Whether a row of `mart.region` lies in one of the regions bound as `scope`."""
    return or_(*(func.list_contains(bindparam("scope"), region.c[f"{level}_id"]) for level in LEVELS))


def in_area(level: str) -> ColumnElement[bool]:
    """Whether a row of `mart.region` lies in the region of that level bound as `area`; above the cities all do."""
    return true() if level == TOP else region.c[f"{level}_id"] == bindparam("area")
