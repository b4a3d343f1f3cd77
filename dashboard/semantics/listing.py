"""The rows that a measure goes over, one by one: the same statement without its aggregate.

A row says which delivered row it is (`table_name` of the contract, `key`: its key columns joined by `/`), who is
credited, its own day, and the amount that it brings.
"""

from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, String, Subquery, bindparam, cast, func, literal, null, select, union_all
from sqlalchemy.sql.visitors import replacement_traverse

from dashboard.semantics.dimension import Keyed
from dashboard.semantics.distinct import Distinct
from dashboard.semantics.measure import narrowed
from dashboard.semantics.summing import SUM, Measure, Shape, Statement, everything

LISTED: Final = ("table_name", "key", "region_id", "happened_on", "amount")
ORIGIN: Final = ("load", "file_id")


def listed(measures: tuple[Measure, ...], shape: Shape, among: tuple[str, ...] = (), *, kept: bool = True) -> Subquery:
    """The rows of the measures under the names of LISTED, and of ORIGIN where `say_origin`.

    `among`: dimensions whose groups, joined by `/`, must be among the values of `groups`, or, unless `kept`, must not.
    """
    return _listed(measures, shape, among, kept)


def tables_of(measures: tuple[Measure, ...]) -> tuple[str, ...]:
    """The contract's tables whose rows the measures list."""
    return tuple(dict.fromkeys(name for measure in measures for name in measure.fact.tables))


def say_origin(measures: tuple[Measure, ...]) -> bool:
    """Whether the rows of all of them say themselves which file of which load brought them."""
    return all(each.fact.rows and each.fact.rows.origin and not isinstance(each, Distinct) for each in measures)


@lru_cache(maxsize=1024)
def _listed(measures: tuple[Measure, ...], shape: Shape, among: tuple[str, ...], kept: bool) -> Subquery:  # noqa: FBT001 - cached by place
    with_origin = say_origin(measures)
    parts = [_rows(measure, shape, among, kept=kept, with_origin=with_origin) for measure in measures]
    return (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("listed")


def _rows(measure: Measure, shape: Shape, among: tuple[str, ...], *, kept: bool, with_origin: bool) -> Statement:
    fact, chosen = measure.fact, measure.chosen(shape)
    keyed = fact.rows
    if keyed is None:
        raise LookupError(f"{fact.table} does not say which rows it has")
    source, conditions = narrowed(fact, shape, chosen.source, chosen.conditions)
    if among:
        group = func.concat_ws("/", *(fact.dimensions[name].group for name in among))
        test = func.list_contains(bindparam("groups"), group)
        conditions = [*conditions, test if kept else ~test]
    if measure.where is not everything:
        conditions = [*conditions, measure.where(chosen.moment)]
    if keyed.beside is not None:
        source = source.join(*keyed.beside)
    amount = measure.value(chosen.moment)
    if measure.aggregate is SUM:
        conditions = [*conditions, amount != 0]  # what brings nothing does not make the figure up
    day = null() if chosen.on is None else chosen.on
    columns = _columns(keyed, fact.table.c.region_id, cast(day, Date), amount)
    if with_origin and keyed.origin:
        columns += [column.label(name) for name, column in zip(ORIGIN, keyed.origin, strict=True)]
    statement = select(*columns).select_from(source).where(*conditions)
    if keyed.detail is not None:
        statement = _one_by_one(statement, fact.table, keyed.detail)
    return _first_of_each(statement) if isinstance(measure, Distinct) else statement


def _columns(keyed: Keyed, *others: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    table = literal(keyed.tables[0]) if keyed.table is None else keyed.table
    key = cast(keyed.key[0], String) if len(keyed.key) == 1 else func.concat_ws("/", *keyed.key)
    return [column.label(name) for name, column in zip(LISTED, (table, key, *others), strict=True)]


def _one_by_one(statement: Statement, sums: Any, detail: Any) -> Statement:
    """The statement over `detail` in place of the table of sums: the columns bear the same names."""

    def replaced(element: Any, **_: Any) -> Any:
        if element is sums:
            return detail
        return detail.c[element.name] if getattr(element, "table", None) is sums else None

    found: Any = replacement_traverse(statement, {}, replaced)
    one_by_one: Statement = found
    return one_by_one


def _first_of_each(statement: Statement) -> Statement:
    """Of each person (the amount) the first row, which brings one."""
    rows = statement.subquery("rows")
    turn = func.row_number().over(partition_by=rows.c.amount, order_by=(rows.c.happened_on, rows.c.key))
    numbered = select(rows, turn.label("turn")).where(rows.c.amount.is_not(None)).subquery("numbered")
    kept = [numbered.c[name] for name in LISTED[:-1]]
    return select(*kept, literal(1).label(LISTED[-1])).where(numbered.c.turn == 1)
