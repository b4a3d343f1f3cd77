"""Stretches of days that people name: a year, a quarter, a month, or from a day to another."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_YEAR = re.compile(r"(\d{4})")
_QUARTER = re.compile(r"(\d{4})Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Period:
    """The days from `start` to `end`, both counted."""

    start: date
    end: date

    def cut(self, last: date) -> "Period":
        """The part up to `last`; a period wholly after it stays as it is (and its figures are missing)."""
        return Period(self.start, min(self.end, last)) if self.start <= last else self

    @property
    def name(self) -> str:
        """What the address says: `2026`, `2026Q3`, `2026-09` or `2026-01-01..2026-09-30`."""
        year = self.start.year
        for text in (f"{year}", f"{year}Q{quarter_of(self.start)}", f"{year}-{self.start.month:02d}"):
            if named_period(text) == self:
                return text
        return f"{self.start.isoformat()}..{self.end.isoformat()}"


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def year_period(year: int) -> Period:
    """The whole calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def months_period(year: int, first: int, last: int) -> Period:
    """The months `first` to `last` of one year, whole."""
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def named_period(name: str) -> Period | None:
    """The period that `name` (see `Period.name`) stands for; None where it stands for none."""
    try:
        if found := _YEAR.fullmatch(name):
            return year_period(int(found[1]))
        if found := _QUARTER.fullmatch(name):
            last = int(found[2]) * 3
            return months_period(int(found[1]), last - 2, last)
        if found := _MONTH.fullmatch(name):
            return months_period(int(found[1]), int(found[2]), int(found[2]))
        if found := _RANGE.fullmatch(name):
            start, end = date.fromisoformat(found[1]), date.fromisoformat(found[2])
            return Period(start, end) if start <= end else None
    except ValueError:  # the year 0000, the 31st of June
        return None
    return None


def newest_quarter(day: date) -> Period:
    """The last quarter that has wholly passed by the end of `day`."""
    last = quarter_of(day) * 3
    quarter = months_period(day.year, last - 2, last)
    return quarter if quarter.end <= day else period_before(quarter)


def year_earlier(day: date) -> date:
    """The same day a year before; 29 February gives the 28th."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def same_last_year(period: Period) -> Period:
    """The same days of the year before; a month's last day stays a month's last day."""
    end = year_earlier(period.end)
    if (period.end + timedelta(days=1)).day == 1:
        end = end.replace(day=monthrange(end.year, end.month)[1])
    return Period(year_earlier(period.start), end)


def period_before(period: Period) -> Period:
    """The stretch of equal kind just before: the month, quarter or year before, else as many days."""
    before = period.start - timedelta(days=1)
    match len(period.name):
        case 4:
            return year_period(before.year)
        case 6:
            return months_period(before.year, before.month - 2, before.month)
        case 7:
            return months_period(before.year, before.month, before.month)
        case _:
            return Period(period.start - (period.end - period.start) - timedelta(days=1), before)
