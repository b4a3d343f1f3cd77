"""A question put to the second calculation: metrics by dimensions, for a region and a period, as at a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import fund, loans, placement, platform, registry, subsidies  # noqa: F401 - they declare their metrics
from .calendar import Period, units
from .metric import METRICS, Part, Value
from .regions import LEVELS, tree
from .rows import Live

TIMES = ("month", "quarter", "year")


@dataclass(frozen=True)
class Ask:
    """What is asked; the same fields as the product's question."""

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    region: str | None = None
    start: date | None = None
    end: date | None = None
    as_of: date | None = None
    where: tuple[tuple[str, str | None], ...] = ()
    ripe: bool = False


Key = tuple[str, ...]
Table = dict[Key, dict[str, Value]]


def groups(live: Live, ask: Ask) -> Table:
    """The value of every metric in every group; a group's key holds the value of each `by`, in words."""
    answer: Table = {}
    for region_key, region in places(live, ask):
        for time_key, period in spans(live, ask):
            fixed = {**region_key, **time_key}
            answer |= cell(live, ask, region, period, fixed)
    return answer


def cell(live: Live, ask: Ask, region: str, period: Period, fixed: dict[str, str]) -> Table:
    """One region and period: every metric by the dimensions that are not fixed by them."""
    free = [name for name in ask.by if name not in fixed]
    found: dict[Key, dict[str, list[Part]]] = {} if free else {(): {}}
    for name in ask.metrics:
        for part in chosen(live, ask, name, region, period):
            for key in keys(part, free):
                found.setdefault(key, {}).setdefault(name, []).append(part)
    answer: Table = {}
    for key, parts in found.items():
        named = dict(zip(free, key, strict=True)) | fixed
        row: dict[str, Value] = {}
        for name in ask.metrics:
            there = period.start <= period.end and METRICS[name].there(live, period, region)
            row[name] = METRICS[name].combine(parts.get(name, [])) if there else None
        answer[tuple(named[column] for column in ask.by)] = row
    return answer


def chosen(live: Live, ask: Ask, name: str, region: str, period: Period) -> Iterator[Part]:
    """The metric's parts for the region and period that the filters let through."""
    if period.start <= period.end and METRICS[name].there(live, period, region):
        for part in METRICS[name].of(live, period, region):
            if all(any(matches(part, column, wanted) for wanted in values) for column, values in wheres(ask).items()):
                yield part


def has_rows(live: Live, ask: Ask, region: str) -> bool:
    """Whether any row at all counts for the region in any period asked for."""
    return any(any(chosen(live, ask, name, region, period)) for name in ask.metrics for _, period in spans(live, ask))


def wheres(ask: Ask) -> dict[str, list[str | None]]:
    """Values wanted by dimension: one of each dimension's."""
    wanted: dict[str, list[str | None]] = {}
    for column, value in ask.where:
        wanted.setdefault(column, []).append(value)
    return wanted


def matches(part: Part, column: str, wanted: str | None) -> bool:
    return word(wanted) in words(part, column)


def words(part: Part, column: str) -> list[str]:
    value = part.dims[column]
    if isinstance(value, frozenset):
        return sorted(value) or ["null"]
    return [word(value)]


def word(value: Any) -> str:
    """A dimension's value as it is compared: missing is `null`, flags are `true` and `false`."""
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def keys(part: Part, free: list[str]) -> Iterator[Key]:
    """The groups that a part belongs to."""
    if not free:
        yield ()
        return
    for first in words(part, free[0]):
        for rest in keys(part, free[1:]):
            yield (first, *rest)


def places(live: Live, ask: Ask) -> Iterator[tuple[dict[str, str], str]]:
    """The regions asked for: one, or all of a level in it."""
    regions = tree(live)
    inside = regions.credited(ask.region.ljust(12, "0")) if ask.region else regions.city()
    level = next((name for name in ask.by if name in LEVELS), None)
    if level is None:
        yield {}, inside
        return
    for code in regions.under(inside, level):
        yield {level: code}, code


def whole(live: Live, ask: Ask) -> Period:
    """The period asked for, cut at the as-of day: without dates, from 1 January of its year."""
    as_of = ask.as_of or live.data_date
    end = min(ask.end or as_of, as_of)
    start = ask.start or date(as_of.year, 1, 1)
    by_budget_year = "budget_year" in (*ask.by, *(column for column, _ in ask.where))
    return Period(start, end, as_of, ask.ripe, by_budget_year)


def spans(live: Live, ask: Ask) -> Iterator[tuple[dict[str, str], Period]]:
    """The periods asked for: the whole one, or its months, quarters or years."""
    period = whole(live, ask)
    unit = next((name for name in ask.by if name in TIMES), None)
    if unit is None:
        yield {}, period
        return
    for name, part in units(unit, period):
        yield {unit: name}, part


def listed(live: Live, ask: Ask, code: str) -> bool:
    """Whether a region is listed even without a figure: valid at the period's end."""
    return tree(live).valid(code, whole(live, ask).end)
