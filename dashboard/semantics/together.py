"""Questions asked together: what several of them sum of the same rows, one statement sums for all of them.

A statement takes some two milliseconds before it has read a row; a year's targets ask for ten stretches of days at four
levels. So the rows are summed by region and stretch once, and these sums by level. A piece of work that fits no such
statement (stocks of several days, different persons, breakdowns) is left to the question itself.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Column, ColumnElement, FromClause, Integer, Table, bindparam, case, func, literal_column, select

from dashboard.semantics.answer import exists
from dashboard.semantics.asking import Asking
from dashboard.semantics.by_month import Piece
from dashboard.semantics.dimension import DAY_AS_OF, LEVELS, Moment
from dashboard.semantics.held_sums import month_fact, months_for
from dashboard.semantics.measure import Flow, amounts_of, narrowed, whole
from dashboard.semantics.metric import Key, Value
from dashboard.semantics.question import Question
from dashboard.semantics.summing import Shape, Statement
from etl.marts.months import ABOVE
from etl.marts.region import region

if TYPE_CHECKING:
    from dashboard.semantics.scope import Scope
    from dashboard.warehouse import Build

NOWHERE: Final = len(LEVELS)  # the level of questions without one
Stretch = tuple[date, date]


def asked_together(build: "Build", questions: Iterable[Question], scope: "Scope | None" = None) -> list[Asking]:
    """The questions under way, with as much of them summed as can be at once; QuestionError as if asked alone."""
    askings = [Asking(build, question, scope) for question in questions]
    alike: dict[Hashable, list[Asking]] = {}
    for asking in askings:
        if not asking.shape.uses and not asking.shape.ripe:
            alike.setdefault((asking.question.region, asking.question.where), []).append(asking)
    for several in alike.values():
        _foresee(several)
    return askings


def _foresee(askings: Sequence[Asking]) -> None:
    """Put in what the questions, alike in their places, need of the same rows."""
    sums: dict[Hashable, _Sums] = {}
    standing: list[dict[Key, Value]] = []
    for asking in askings:
        level = NOWHERE if asking.shape.level is None else LEVELS.index(asking.shape.level)
        measures = (each for metric in asking.metrics if exists(asking, metric) for each in metric.of + metric.per)
        for measure in dict.fromkeys(measures):
            pieces = asking.pieces(measure)
            if pieces is None:
                continue
            into = asking.foreseen(measure)
            if not isinstance(measure, Flow):
                standing.append(into)
            for piece in pieces:
                sums.setdefault(_rows_of(asking, piece, level), _Sums(asking)).add(piece, level, into)
    if sums:
        with askings[0].build.at_once(each.asked for each in sums.values()):
            for each in sums.values():
                each.sum_up()
    for into in standing:  # where nothing is left standing, nothing stands
        for key in [key for key, amount in into.items() if not amount]:
            del into[key]


def _rows_of(asking: Asking, piece: Piece, level: int) -> Hashable:
    """What pieces share that one statement sums: a flow's rows and the day of knowledge; a table of months or days.

    Months are few and communities many, of which few sums are wanted: each level has a statement of its own.
    """
    if isinstance(piece.of, Flow):
        return piece.of.rows(_PLAIN), asking.as_of
    return (piece.of.table, level) if piece.of.table in ABOVE else piece.of.table


_PLAIN: Final = Shape()


@dataclass
class _Sums:
    """Sums over the same rows: which, over which stretches of days, at which levels, and where they go."""

    asking: Asking
    of: dict[Column[Any] | Flow, int] = field(default_factory=dict)
    stretches: dict[Stretch, int] = field(default_factory=dict)
    wanted: dict[tuple[int, int], list[tuple[int, date | None, dict[Key, Value]]]] = field(default_factory=dict)

    def add(self, piece: Piece, level: int, into: dict[Key, Value]) -> None:
        """One more, that is added to what is in `into`."""
        position = self.of.setdefault(piece.of, len(self.of))
        number = self.stretches.setdefault((piece.start, piece.end), len(self.stretches))
        self.wanted.setdefault((level, number), []).append((position, piece.first, into))

    @cached_property
    def asked(self) -> tuple[Statement, dict[str, Any]]:
        """The statement that sums them, and its values."""
        shape = self.asking.shape
        places = Shape(level=shape.level, areas=shape.areas, scoped=shape.scoped)
        return _statement(tuple(self.of), places), {
            **self.asking.values,
            **self._stretches(),
            "wanted_levels": [level for level, _ in self.wanted],
            "wanted_numbers": [number for _, number in self.wanted],
        }

    def sum_up(self) -> None:
        """Ask, and put in."""
        statement, values = self.asked
        for level, number, place, *amounts in self.asking.build.fetch(statement, **values):
            for position, first, into in self.wanted[level, number]:
                amount = amounts[position]
                if amount is not None:
                    key = first, None if level == NOWHERE else place
                    into[key] = into[key] + amount if key in into else amount

    def _stretches(self) -> dict[str, Any]:
        first = next(iter(self.of))
        if isinstance(first, Flow):
            starts, ends = zip(*self.stretches, strict=True)
            return {"starts": list(starts), "ends": list(ends), "numbers": list(self.stretches.values())} | {
                "earliest": min(starts),
                "latest": max(ends),
            }
        step = _months if first.table in ABOVE else _days
        steps = [(day, number) for stretch, number in self.stretches.items() for day in step(*stretch)]
        return {"steps": [day for day, _ in steps], "numbers": [number for _, number in steps]}


def _days(start: date, end: date) -> Iterable[date]:
    """The days of a stretch."""
    return (start + timedelta(days=count) for count in range((end - start).days + 1))


def _months(start: date, end: date) -> Iterable[date]:
    """The first days of the months of a stretch of whole months."""
    return (
        date(count // 12, count % 12 + 1, 1)
        for count in range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    )


@lru_cache(maxsize=1024)
def _statement(of: tuple[Column[Any] | Flow, ...], places: Shape) -> Statement:
    """Columns: level, number of the stretch, region_id at that level (0 at none), the sums."""
    flows = tuple(each for each in of if isinstance(each, Flow))
    columns = tuple(each for each in of if not isinstance(each, Flow))
    by_region = _by_region(flows, columns, places).subquery("by_region")
    wanted = _unnested("wanted", "wanted_levels", "wanted_numbers")
    levels = ((wanted.c.wanted_levels == position, region.c[f"{name}_id"]) for position, name in enumerate(LEVELS))
    place = case(*levels, else_=literal_column("0", Integer)).label("key_2")
    keys = wanted.c.wanted_levels.label("key_0"), wanted.c.wanted_numbers.label("key_1"), place
    sums = [whole(func.sum(by_region.c[f"amount_{position}"])) for position in range(len(of))]
    source = by_region.join(wanted, wanted.c.wanted_numbers == by_region.c.numbers)
    source = source.join(region, region.c.region_id == by_region.c.region_id)
    statement = select(*keys, *sums).select_from(source).where(place.is_not(None))
    return statement.group_by(*(literal_column(key.name) for key in keys))


def _by_region(flows: tuple[Flow, ...], columns: tuple[Column[Any], ...], places: Shape) -> Statement:
    """Columns: number of the stretch, region_id, the sums."""
    if flows:
        return _of_rows(flows, replace(places, level=None))
    return (_of_months if columns[0].table in ABOVE else _of_days)(columns, places)


def _of_months(of: tuple[Column[Any], ...], places: Shape) -> Statement:
    """The months as they are: each falls into few stretches."""
    table, of_level = months_for(of[0].table, places)
    source, conditions = _steps(table, table.c.month, places, of_level)
    columns = [table.c[column.name].label(f"amount_{position}") for position, column in enumerate(of)]
    return select(_STEPS.c.numbers, table.c.region_id, *columns).select_from(source).where(*conditions)


def _of_days(of: tuple[Column[Any], ...], places: Shape) -> Statement:
    """The days summed by region: they are many."""
    table = of[0].table
    source, conditions = _steps(table, table.c.day, replace(places, level=None), [])
    columns = [whole(func.sum(column)).label(f"amount_{position}") for position, column in enumerate(of)]
    keys = _STEPS.c.numbers, table.c.region_id
    return select(*keys, *columns).select_from(source).where(*conditions).group_by(*keys)


def _steps(
    table: Table, on: Column[Any], places: Shape, conditions: list[ColumnElement[bool]]
) -> tuple[FromClause, list[ColumnElement[bool]]]:
    """The months or days that are asked for, of the places."""
    return narrowed(month_fact(table), places, table.join(_STEPS, _STEPS.c.steps == on), conditions)


def _of_rows(of: tuple[Flow, ...], places: Shape) -> Statement:
    """The rows summed by region: they are many."""
    flow = of[0]
    stretches = _unnested("stretches", "starts", "ends", "numbers")
    within = [flow.on >= stretches.c.starts, flow.on <= stretches.c.ends]
    # What lies wholly outside is not read at all.
    within += [flow.on >= bindparam("earliest"), flow.on <= bindparam("latest")]
    if flow.ripe_on is not None:
        within.append(flow.ripe_on <= DAY_AS_OF)
    source, conditions = narrowed(flow.fact, places, flow.fact.table.join(stretches, within[0] & within[1]), within[2:])
    amounts, conditions = amounts_of(of, Moment(flow.on, DAY_AS_OF, frozenset()), conditions)
    keys = stretches.c.numbers, flow.fact.table.c.region_id
    return select(*keys, *amounts).select_from(source).where(*conditions).group_by(*keys)


def _unnested(name: str, *lists: str) -> Any:
    """Bound lists as the columns of a relation."""
    return select(*(func.unnest(bindparam(each)).label(each) for each in lists)).subquery(name)


_STEPS: Final = _unnested("steps", "steps", "numbers")
