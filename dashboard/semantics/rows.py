"""The rows behind a figure: which delivered rows make it up, what each brings, and which loads brought them.

They are chosen by the statement of the figure itself (`listing.py`), so that they add up to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import Select, Subquery, and_, bindparam, func, or_, select

from dashboard.semantics.answer import answer
from dashboard.semantics.asking import Asking
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.listing import LISTED, listed, say_origin, tables_of
from dashboard.semantics.metric import Among, Metric, Part, Value
from dashboard.semantics.question import NotAllowedError, Question, QuestionError
from dashboard.semantics.summing import ALIKE, MEDIAN, SUM, Statement
from etl.marts.origin import row_origin

if TYPE_CHECKING:
    from dashboard.warehouse import Build

EVERY: Final = 2**62  # as a limit: all


class SourceRow(NamedTuple):
    """One row: the contract's table, its key joined by `/`, who is credited, its day, what it brings, who brought it.

    `load`, `file_id`, `line`: the place in a delivery that its present version came from.
    """

    table: str
    key: str
    region_id: int | None
    happened_on: date | None
    amount: Value
    load: int | None
    file_id: int | None
    line: int | None


class Brought(NamedTuple):
    """What one delivered row brings in all, and who is credited."""

    amount: Value
    region_code: str


class Origin(NamedTuple):
    """Rows of one table that one file of one load brought: how many, and their amounts together."""

    table: str
    load: int | None
    file_id: int | None
    rows: int
    amount: Value


@dataclass(frozen=True)
class Listing:
    """One part of a figure as rows: how many they are, and the total that they make."""

    part: Part
    number: int
    total: Value | None

    @property
    def name(self) -> str:
        """Its name in the formula."""
        return self.part.name


class Behind:
    """The rows behind one figure; QuestionError where the question is of several, NotAllowedError for others' eyes."""

    def __init__(self, build: "Build", question: Question) -> None:
        if not build.scope.rows:
            raise NotAllowedError
        if question.by or len(question.metrics) != 1:
            raise QuestionError(
                "明细只能逐个指标查看：请用区划、期间和筛选代替细分",
                "rows are listed of one figure: filter by region, period and dimensions rather than break it down",
            )
        self.asking = Asking(build, question)
        self.metric: Metric = self.asking.metrics[0]
        if self.asking.is_unseen or self.asking.depth > LEVELS.index(self.metric.exists_from):
            raise QuestionError("此处没有这一指标", "the figure does not exist here")
        [row] = answer(build, question).rows
        self.figure: Value | None = row[self.metric.name]

    @cached_property
    def parts(self) -> tuple[Listing, ...]:
        """The lists that make the figure up, with their totals."""
        return tuple(self._totalled(part) for part in self.metric.parts)

    def asked(self) -> None:
        """Ask for the totals now: what a build of before cannot answer is told here, not later."""
        _ = self.parts

    @property
    def made(self) -> Value | None:
        """The figure, from its lists."""
        return self.metric.made({each.name: each.total for each in self.parts})

    def rows(self, part: Part, limit: int = EVERY) -> list[SourceRow]:
        """The rows of a part by day and key, with where they came from."""
        rows, among = self._listed(part)
        few = select(rows).order_by(*_order(rows)).limit(bindparam("limit")).subquery("few")
        statement = _with_origin(few, part).order_by(*_order(few))
        return [SourceRow(*row) for row in self._fetch(statement, among, limit=limit)]

    def origins(self, part: Part) -> list[Origin]:
        """The files that brought the rows of a part, the newest load first."""
        rows, among = self._listed(part)
        # Of a city's rows a join by their keys takes many times as long as reading them.
        all_rows = rows.c if say_origin(part.measures) else _with_origin(rows, part).subquery("all_rows").c
        groups = (all_rows.table_name, all_rows.load, all_rows.file_id)
        statement = (
            select(*groups, func.count(), func.sum(all_rows.amount))
            .group_by(*groups)
            .order_by(all_rows.load.desc(), func.count().desc(), all_rows.file_id)
        )
        return [Origin(*row) for row in self._fetch(statement, among)]

    def brought(self, part: Part) -> dict[tuple[str, str], Brought]:
        """What each delivered row brings to a part, by table and key."""
        rows, among = self._listed(part)
        groups, regions = (rows.c.table_name, rows.c.key), self.asking.build.regions
        statement: Statement = select(*groups, func.sum(rows.c.amount), func.min(rows.c.region_id)).group_by(*groups)
        found = self._fetch(statement, among)
        return {(table, key): Brought(amount, regions.of_row(place).code) for table, key, amount, place in found}

    def _totalled(self, part: Part) -> Listing:
        rows, among = self._listed(part)
        how = part.measures[0].aggregate
        total = how if how in (MEDIAN, ALIKE) else SUM  # of different persons each row is one already
        [(number, amount)] = self._fetch(select(func.count(), total(rows.c.amount)), among)
        return Listing(part, number, amount)

    def _listed(self, part: Part) -> tuple[Subquery, Among | None]:
        among = part.among(self.asking) if part.among else None
        if among is None:
            return listed(part.measures, self.asking.shape), None
        return listed(part.measures, self.asking.shape, among.dimensions, kept=among.kept), among

    def _fetch(self, statement: Statement, among: Among | None, **values: Any) -> Sequence[tuple[Any, ...]]:
        groups = ["/".join(map(str, group)) for group in sorted(among.groups)] if among else []
        return self.asking.fetch(statement, groups=groups, **values)


def rows_behind(build: "Build", question: Question) -> Behind:
    """The rows behind the figure that `question` asks for, as its reader may see them."""
    return Behind(build, question)


def _with_origin(rows: Subquery, part: Part) -> Select[Any]:
    """The rows, each with the load, file and line of the version that holds now."""
    origin, tables = row_origin.c, tables_of(part.measures)
    # Naming the tables spares the view's others.
    named = or_(*(origin.table_name == table for table in tables))
    same = and_(named, origin.table_name == rows.c.table_name, origin.key == rows.c.key)
    listed_columns = (rows.c[name] for name in LISTED)
    return select(*listed_columns, origin.load, origin.file_id, origin.line).select_from(
        rows.outerjoin(row_origin, same)
    )


def _order(rows: Subquery) -> tuple[Any, ...]:
    return (rows.c.happened_on, rows.c.key, rows.c.amount)
