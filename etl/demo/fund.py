"""The guarantee fund of the city, and the budgets that subsidies are paid from."""

from typing import Any, Final

import numpy as np

from etl.demo import regions
from etl.demo.calendar import LAST_DAY, Days, first_days
from etl.demo.frames import Frame
from etl.demo.money import CENTRAL, CITY, FEE_WAIVER, POST, PROVINCE
from etl.demo.tally import Tally

_SOURCES: Final = (2, 2, 1, 2, 3, 2, 1)  # city, city, province, city, district, …
_CONTRIBUTION, _WITHDRAWAL, _INTEREST = range(3)
MULTIPLE: Final = 5
_MARGIN: Final = 1.18
_BREACH: Final = 0.9
_BREACH_AT: Final = 0.62
_QUARTERLY_INTEREST: Final = 0.0011
_PAID_BY_SEPTEMBER: Final = 0.70
_DISTRICT_SOURCE: Final = 3


def fund_entries(tally: Tally) -> Frame:
    """Entries that keep the fund's multiple of its balance above the loans, but for one day that it did not."""
    calendar = tally.plan.calendar
    book = np.cumsum(tally.book)
    rows: list[tuple[int, int, int, int]] = []
    balance = np.cumsum(tally.fund)  # of compensation and recovery; entries are added as they are made
    unit = 100_000 if tally.plan.scale < 1 else 10_000_000
    for number, month in enumerate(calendar.months[::3]):
        first = int(first_days(np.array([month]))[0]) - calendar.start
        quarter = slice(first, first + 92)
        lacking = float(np.max(book[quarter] * _MARGIN / MULTIPLE - balance[quarter]))
        if lacking > 0:
            cents = -int(-lacking // unit) * unit
            balance[first:] += cents
            rows.append((calendar.start + first, _CONTRIBUTION, _SOURCES[number % len(_SOURCES)], cents))
        last = min(first + 88, len(book) - 1)
        interest = int(balance[last] * _QUARTERLY_INTEREST)
        if interest > 0:
            balance[last:] += interest
            rows.append((calendar.start + last, _INTEREST, _SOURCES[0], interest))
    rows += _breach(tally, book, balance)
    return _entries(rows)


def _breach(tally: Tally, book: Days, balance: Days) -> list[tuple[int, int, int, int]]:
    # The money is moved to another account one day too early: the loans of that day were over the fund's capacity.
    begin = int(len(book) * _BREACH_AT)
    lent = np.flatnonzero(tally.disbursements[begin:] > 0)
    if not len(lent):
        return []
    at = begin + int(lent[0])
    cents = int(balance[at] - book[at] * _BREACH / MULTIPLE) // 100 * 100
    start = tally.plan.calendar.start
    return [(start + at, _WITHDRAWAL, _SOURCES[0], cents), (start + at + 1, _CONTRIBUTION, _SOURCES[0], cents)]


def _entries(rows: list[tuple[int, int, int, int]]) -> Frame:
    ordered = sorted(rows)
    day, kind, source, cents = (np.array(column, dtype=np.int64) for column in zip(*ordered, strict=True))
    district = [region.code for region in regions.districts()]
    return {
        "entry_no": np.arange(1, len(ordered) + 1),
        "entry_on": day,
        "source": source,
        "district_code": np.where(source == _DISTRICT_SOURCE, district[0], -1),
        "kind": kind,
        "amount": cents,
    }


def budgets(tally: Tally) -> Frame:
    """Budgets by year, kind and source: central and provincial money is the city's, the rest its districts'."""
    lines: dict[tuple[int, int, int, int], int] = {}
    for (year, district, kind, source), cents in sorted(tally.spent.items()):
        if year in tally.plan.calendar.years and kind != FEE_WAIVER:
            code = regions.CITY_CODE if source in (CENTRAL, PROVINCE) else regions.districts()[district].code
            lines[year, code, kind, source] = lines.get((year, code, kind, source), 0) + cents
    rng = tally.plan.rng(61)
    rows: list[dict[str, Any]] = []
    for line, cents in lines.items():
        rows += _line(line, cents, float(rng.uniform(1.03, 1.16)), revised=bool(rng.random() < _REVISED))
    return {name: np.array([row[name] for row in rows], dtype=np.int64) for name in rows[0]}


_REVISED: Final = 0.12


def _line(line: tuple[int, int, int, int], cents: int, room: float, *, revised: bool) -> list[dict[str, Any]]:
    year, code, kind, source = line
    lagging = code == regions.districts()[regions.LAGGING_DISTRICT].code
    over = lagging and kind == POST and source == CITY and year >= LAST_DAY.year - 2
    factor = 0.96 if over else room / (_PAID_BY_SEPTEMBER if year == LAST_DAY.year else 1)
    amount = max(round(cents * factor / 100_000), 1) * 100_000 if not over else int(cents * factor) // 100 * 100
    january, july = (int(first_days(np.array([year * 12 + month]))[0]) + 18 for month in (0, 6))
    common = {"budget_year": year, "district_code": code, "kind": kind, "funding_source": source}
    rows = [{**common, "revision": 0, "amount": amount, "_known_on": january}]
    if revised and not over:
        rows[0]["amount"] = max(amount * 9 // 10 // 10_000, 1) * 10_000
        rows.append({**common, "revision": 1, "amount": amount, "_known_on": july})
    return rows
