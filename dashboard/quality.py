"""The log of loads as one reader may see it: rows of the region in view, within the scope; filters of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import duckdb
from sqlalchemy import Select, select

from dashboard.language import message
from dashboard.panel import Withheld
from dashboard.semantics.words import Text
from dashboard.text import Words
from dashboard.view import View
from etl.contract import REASON_NAMES
from etl.marts.quality import load as load_mart
from etl.tables import BY_NAME, TABLES

# What the pages' own filters are called that no metric knows; their values are named by `filter_value`.
FILTERS: Final[Mapping[str, str]] = {
    "finding": message("finding"),
    "load": message("load"),
    "reason": message("reason"),
    "table": message("table"),
}
REASONS: Final[Mapping[str, Text]] = {name: Text(*said) for name, said in REASON_NAMES.items()}
FINDINGS: Final[Mapping[str, str]] = {
    "budget_overspent": message("budget overspent"),
    "double_registration": message("registered twice at a time"),
    "id_mismatch": message("ID number and birth date or sex disagree"),
    "loan_over_cap": message("loan above the cap"),
    "loan_over_fund_capacity": message("loans above what the fund may carry"),
    "loan_over_term": message("loan longer than allowed"),
    "placed_while_not_registered": message("placed while not registered"),
    "repaid_more_than_owed": message("more repaid than owed"),
    "subsidy_after_exit": message("subsidy after the job ended"),
    "subsidy_after_working_age": message("subsidy after working age"),
    "subsidy_over_duration": message("subsidy longer than allowed"),
    "subsidy_overlap": message("subsidies overlap"),
    "subsidy_without_job": message("subsidy without a job"),
    "target_sum_mismatch": message("targets that do not add up"),
}
_LOADS: Final[Select[Any]] = select(load_mart).order_by(load_mart.c.load.desc())
_ORDER: Final = {table.name: place for place, table in enumerate(TABLES)}


def rows_of(view: View, statement: Select[Any], **values: Any) -> list[dict[str, Any]]:
    """The rows of a statement by name; Withheld where the build was made before this mart."""
    names = [column.name for column in statement.selected_columns]
    try:
        found = view.build.fetch(statement, **values)
    except (duckdb.BinderException, duckdb.CatalogException):
        raise Withheld("unavailable", view.words.say("The next load brings this list.")) from None
    return [dict(zip(names, row, strict=True)) for row in found]


def loads_of(view: View) -> list[dict[str, Any]]:
    """The loads, newest first."""
    return rows_of(view, _LOADS)


def is_whole(view: View) -> bool:
    """Whether the whole home is in view: what bears no region belongs to it alone."""
    return view.region == view.tree.root and _sees_all(view)


def _sees_all(view: View) -> bool:
    regions, own = view.build.regions, view.build.scope.regions
    return own is None or regions.is_all([regions.find(code) for code in own])


def inside(view: View, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows whose `region_id` lies in the region in view and in the reader's scope; None with the whole city."""
    own, whole = _places(view), is_whole(view)
    return [row for row in rows if (whole if row["region_id"] is None else row["region_id"] in own)]


def _places(view: View) -> frozenset[int]:
    regions, scope = view.build.regions, view.build.scope.regions
    area = regions.find(view.region.code)
    allowed = None if scope is None else [regions.find(code) for code in scope]
    return frozenset(
        place.region_id
        for place in regions.by_id.values()
        if place.lies_in([area]) and (allowed is None or place.lies_in(allowed))
    )


@dataclass(frozen=True)
class Part:
    """One of the regions side by side; without a `code`: the region in view itself, or no unit that is known."""

    name: str
    code: str = ""

    @property
    def drill(self) -> tuple[str, str] | None:
        """What a click on it chooses."""
        return ("region", self.code) if self.code else None


def kept(view: View, rows: Sequence[dict[str, Any]], **columns: str) -> list[dict[str, Any]]:
    """The rows that the reader's filters let through: filter → column."""
    wanted: dict[str, set[str]] = {}
    for name, value in view.selection.where:
        if name in columns:
            wanted.setdefault(columns[name], set()).add(value)
    return [row for row in rows if all(str(row[column]) in values for column, values in wanted.items())]


def chosen(view: View, name: str) -> str | None:
    """The value that the reader filters by."""
    return next((value for dimension, value in view.selection.where if dimension == name), None)


def place_of(name: str) -> int:
    """Where a source table stands in the contract."""
    return _ORDER.get(name, len(_ORDER))


def filter_value(words: Words, name: str, value: str) -> str:
    """What one value of a filter in FILTERS is called."""
    if name == "table" and value in BY_NAME:
        return words.of(BY_NAME[value])
    if name == "reason" and value in REASONS:
        return words.of(REASONS[value])
    if name == "finding" and value in FINDINGS:
        return words.say(FINDINGS[value])
    return value


@cache
def table_label(name: str) -> Text:
    """What a source table is called."""
    return Text(BY_NAME[name].zh, BY_NAME[name].en)
