"""Days, months, quarters and ages, counted the plain way."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """[start, end] with `end` already cut at `as_of`; `whole_end` is the end that was asked for.

    `ripe`: ratios that need time take the events whose term ends in the period.
    `by_budget_year`: budgets and payments of a budget year, whatever the period.
    """

    start: date
    end: date
    as_of: date
    ripe: bool = False
    by_budget_year: bool = False

    def holds(self, day: date | None) -> bool:
        """Whether `day` is given and lies in the period."""
        return day is not None and self.start <= day <= self.end

    def seen(self, day: date | None) -> date | None:
        """`day`, unless it lies after the as-of day."""
        return day if day is not None and day <= self.as_of else None

    def part(self, start: date, end: date) -> "Period":
        """The part of the period between `start` and `end`."""
        return replace(self, start=max(self.start, start), end=min(self.end, end))


def month_start(day: date) -> date:
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """The first day of the month that is `months` after the month of `day`."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def month_end(day: date) -> date:
    return add_months(day, 1) - ONE_DAY


def quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_name(day: date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"


def quarter_bounds(name: str) -> tuple[date, date]:
    """First and last day of a quarter such as `2026Q1`."""
    start = date(int(name[:4]), int(name[5]) * 3 - 2, 1)
    return start, add_months(start, 3) - ONE_DAY


def units(unit: str, period: Period) -> Iterator[tuple[str, Period]]:
    """The months, quarters or years that start by the period's end, each with its own part of the period."""
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = add_months(period.start, -((period.start.month - 1) % length))
    while first <= period.end and period.start <= period.end:
        after = add_months(first, length)
        name = {"month": f"{first:%Y-%m}", "quarter": quarter_name(first), "year": f"{first.year}"}[unit]
        yield name, period.part(first, after - ONE_DAY)
        first = after


def age(born: date, day: date) -> int:
    """Completed years; somebody born on 29 February completes a year on 1 March in common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
