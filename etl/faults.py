"""The first fault of a row: the contract's promises as SQL conditions, in the order in which they count.

A fault is stored as a number whose order is the order of precedence (reason code, then column), so that
checks made one after the other are combined by taking the least.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from etl.canonical import literal
from etl.contract import REASONS, VOIDED, AtMost, Check, Column, Kind, Needs, OnlyAs, Ordered, Table

TOTALS: Final = -1  # a row of totals: no data, no fault
DUPLICATE: Final = 30_000  # the same row again in one delivery
SETTLED: Final = 30_001  # a held row in whose place another row of its key is loaded
_SHIFTED: Final = 99  # stands for the row as a whole, after all its columns

_UNREADABLE: Final = {
    Kind.DATE: "bad_date",
    Kind.MONTH: "bad_date",
    Kind.PERIOD: "bad_date",
    Kind.WHOLE: "bad_number",
    Kind.NUMBER: "bad_number",
    Kind.MONEY: "bad_number",
    Kind.BOOLEAN: "bad_boolean",
    Kind.CHOICE: "not_in_list",
    Kind.CHOICES: "not_in_list",
    Kind.INDICATOR: "not_in_list",
    Kind.ID_NUMBER: "bad_id_number",
    Kind.REGION: "bad_region_code",
}

Fault = tuple[int, str]


def columns_of(table: Table) -> tuple[Column, ...]:
    """The table's columns and, last, `voided`."""
    return (*table.columns, VOIDED)


def code(table: Table, reason: str, column: str | None) -> int:
    """The number of a fault; None: the row as a whole."""
    names = [each.name for each in columns_of(table)]
    return REASONS.index(reason) * 100 + (_SHIFTED if column is None else names.index(column) + 1)


def reason_of(fault: int) -> str:
    """The reason code of a fault's number."""
    return REASONS[fault // 100]


def column_of(table: Table, fault: int) -> str | None:
    """The canonical column of a fault's number; None: the row as a whole."""
    place = fault % 100
    return None if place == _SHIFTED else columns_of(table)[place - 1].name


def first(faults: list[Fault]) -> str:
    """SQL: the number of the first fault that holds, or null."""
    if not faults:
        return "NULL::SMALLINT"
    whens = " ".join(f"WHEN {condition} THEN {number}" for number, condition in sorted(faults))
    return f"CASE {whens} END::SMALLINT"


def faults(table: Table, delivered: frozenset[str], data_date: date | None, *, keys_only: bool = False) -> list[Fault]:
    """Every way in which a row can be invalid by itself, over `x_…` (given text) and `v_…` (canonical value).

    Columns outside `delivered` are missing where they are required and no row of the key is known (`_is_known`), and
    otherwise not looked at. `keys_only`: what a withdrawal must fulfil.
    """
    found: list[Fault] = []
    for column in columns_of(table):
        if keys_only and not (column.key or column is VOIDED):
            continue
        found += _own_faults(table, column, delivered, data_date)
    if not keys_only:
        found += [fault for check in table.checks for fault in _cross_faults(table, check)]
        found.append((code(table, "out_of_range", None), "_extra"))
    return found


def _own_faults(table: Table, column: Column, delivered: frozenset[str], data_date: date | None) -> Iterator[Fault]:
    name = column.name
    if name not in delivered:
        if column.required:
            yield code(table, "missing_required", name), "NOT _is_known"
        return
    if column.required:
        yield code(table, "missing_required", name), f'"x_{name}" IS NULL'
    if column.kind in _UNREADABLE:
        yield code(table, _UNREADABLE[column.kind], name), f'"x_{name}" IS NOT NULL AND "v_{name}" IS NULL'
    if column.minimum is not None:
        yield code(table, "out_of_range", name), f'"v_{name}" < {column.minimum}'
    if column.above is not None:
        yield code(table, "out_of_range", name), f'"v_{name}" <= {column.above}'
    if column.event and data_date is not None:
        yield code(table, "future_date", name), f"\"v_{name}\" > DATE '{data_date.isoformat()}'"


def _cross_faults(table: Table, check: Check) -> Iterator[Fault]:
    match check:
        case Ordered(earlier, later):
            yield code(table, "date_order", later), f'"v_{earlier}" > "v_{later}"'
        case AtMost(column, limit):
            yield code(table, "out_of_range", column), f'"v_{column}" > "v_{limit}"'
        case OnlyAs(column, wanted, when):
            condition = f'"x_{when}" IS NOT NULL AND "v_{column}" <> {literal(wanted)}'
            yield code(table, "out_of_range", column), condition
        case Needs(column, when, values, unless):
            listed = ", ".join(literal(each) for each in values)
            among = f' AND "v_{when}" {"NOT IN" if unless else "IN"} ({listed})' if values else ""
            condition = f'"x_{column}" IS NULL AND "x_{when}" IS NOT NULL{among}'
            yield code(table, "missing_required", column), condition


def checked_columns(table: Table) -> frozenset[str]:
    """The columns that any cross-column check looks at."""
    names: set[str] = set()
    for check in table.checks:
        match check:
            case Ordered(earlier, later):
                names |= {earlier, later}
            case AtMost(column, limit):
                names |= {column, limit}
            case OnlyAs(column, _, when) | Needs(column, when):
                names |= {column, when}
    return frozenset(names)
