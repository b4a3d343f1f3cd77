"""The periods that a question is about: one, or each month, quarter or year of it as its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

GRAINS: Final = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Span:
    """One period, cut at the end asked for; `first` is the first day of the natural month, quarter or year."""

    first: date
    start: date
    end: date


def spans(start: date, end: date, grain: str | None) -> list[Span]:
    """The periods of `grain` that begin by `end`, the outer ones cut to [start, end]; none where end < start."""
    if end < start:
        return []
    if grain is None:
        return [Span(start, start, end)]
    return list(_natural(start, end, GRAINS[grain]))


def _natural(start: date, end: date, months: int) -> Iterator[Span]:
    first = date(start.year, (start.month - 1) // months * months + 1, 1)
    while first <= end:
        following = month_after(first, months)
        yield Span(first, max(first, start), min(following - timedelta(days=1), end))
        first = following


def month_after(first: date, months: int) -> date:
    """The first day of the month that is `months` after that of `first`."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def written(first: date, grain: str) -> str:
    """The period as figures name it: `2026-03`, `2026Q1`, `2026`."""
    if grain == "month":
        return f"{first.year:04d}-{first.month:02d}"
    if grain == "quarter":
        return f"{first.year:04d}Q{(first.month + 2) // 3}"
    return f"{first.year:04d}"


def first_day(said: str) -> date:
    """The first day of a month or year that figures name: `2026-03`, `2026`."""
    return date(int(said[:4]), int(said[5:7] or 1), 1)


def first_by(day: date) -> date:
    """The first of the first month that begins on the day or later."""
    return day if day.day == 1 else month_after(day.replace(day=1), 1)
