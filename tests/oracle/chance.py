"""Seeded chance with a taste for nasty days: ends of months and years, leap days, a term before the last day."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from .calendar import add_months

Item = TypeVar("Item")
TERMS = (0, 1, 2, 19, 20, 21, 30, 31, 56, 90, 91, 179, 180, 181, 364, 365, 366)


class Chance:
    """Draws for a world whose data is complete up to `last`."""

    def __init__(self, seed: int, last: date) -> None:
        self.random = Random(seed)
        self.first = date(last.year - 2, 1, 1)
        self.last = last
        edges = [last - timedelta(days=days) for days in TERMS]
        for number in range(32):
            start = add_months(self.first, number)
            edges += [start, start - timedelta(days=1), start + timedelta(days=14)]
        edges += [date(year, 2, 28) + timedelta(days=1) for year in range(self.first.year, last.year + 1)]
        self.edges = sorted({day for day in edges if self.first <= day <= last})

    def yes(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, items: Sequence[Item]) -> Item:
        return self.random.choice(items)

    def number(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def day(self, low: date | None = None, high: date | None = None) -> date:
        """A day in [low, high], often an edge; `low` itself where the bounds cross."""
        low, high = max(low or self.first, self.first), min(high or self.last, self.last)
        if high < low:
            return low
        inside = [day for day in self.edges if low <= day <= high]
        if inside and self.yes(0.6):
            return self.pick(inside)
        return low + timedelta(days=self.number(0, (high - low).days))

    def near(self, day: date, spread: int = 1) -> date:
        """A day within `spread` days of `day`."""
        return day + timedelta(days=self.number(-spread, spread))

    def later(self, day: date, share: float = 0.5) -> date | None:
        """A day from `day` on, the same day now and then; none with 1 − `share`."""
        if not self.yes(share):
            return None
        if self.yes(0.2):
            return day
        if self.yes(0.4):
            term = day + timedelta(days=self.pick(TERMS))
            return term if term <= self.last else None
        return self.day(low=day)

    def some(self, text: str, share: float = 0.7) -> str:
        return text if self.yes(share) else ""


def text(day: date | None) -> str:
    """A day as it is delivered."""
    return "" if day is None else day.isoformat()


def years_before(day: date, years: int) -> date:
    """The birthday of somebody who completes `years` on `day` (1 March for 29 February)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def id_number(born: date, sequence: int, *, short: bool = False) -> str:
    """An ID number that begins with 99, assigned to nobody, with its check digit; 15 digits if `short`."""
    if short and born.year < 2000:
        return f"990102{born:%y%m%d}{sequence:03d}"
    body = f"990102{born:%Y%m%d}{sequence:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]
