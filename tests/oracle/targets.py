"""Targets: actual, completion, time elapsed, lead, state and the pace that is needed."""

from datetime import date
from fractions import Fraction
from typing import Any

from .ask import Ask, groups
from .metric import METRICS, Value
from .rows import Live, Row

LESS_IS_BETTER = (
    "unemployment_rate", "unemployed", "par_30", "par_60", "par_90", "par_180", "par_30_full", "compensation_rate",
    "loan_overdue", "zero_households_open",
)  # fmt: skip
WATCH_POINTS = 5


def standing(live: Live) -> list[Row]:
    """Of each year's, region's, indicator's and issuer's targets the highest revision."""
    highest: dict[tuple[object, ...], Row] = {}
    for row in sorted(live.rows("targets"), key=lambda row: row["revision"]):
        highest[row["target_year"], row["region_code"], row["indicator"], row["issuer"]] = row
    return list(highest.values())


def judged(live: Live, row: Row, as_of: date) -> dict[str, Any]:
    """One target as at `as_of`, a past year's at its 31 December; figures as exact fractions, None where missing."""
    year_end = date(int(row["target_year"]), 12, 31)
    day = min(as_of, year_end)
    actual = actual_of(live, row, day)
    value = row["value"]
    completion = None if actual is None or value == 0 else 100 * actual / value
    paced = METRICS[row["indicator"]].kind not in ("ratio", "stock") and row["indicator"] not in LESS_IS_BETTER
    elapsed = Fraction(100 * day.timetuple().tm_yday, year_end.timetuple().tm_yday) if paced else None
    lead = None if completion is None or elapsed is None else completion - elapsed
    left = (year_end - day).days
    needed = (value - actual) / Fraction(left, 7) if actual is not None and left and paced else None
    return {
        "actual": actual,
        "completion": completion,
        "time_elapsed": elapsed,
        "lead": lead,
        "state": state(row["indicator"], actual, value, lead, completion),
        "needed_per_week": needed,
    }


def actual_of(live: Live, row: Row, day: date) -> Value:
    """The metric from 1 January of the target's year to `day`."""
    start = date(int(row["target_year"]), 1, 1)
    name = row["indicator"]
    ask = Ask((name,), region=row["region_code"], start=start, end=day, as_of=day)
    return groups(live, ask)[()][name]


def state(indicator: str, actual: Value, value: Fraction, lead: Value, completion: Value) -> str:
    if actual is None:
        return "missing"
    if indicator in LESS_IS_BETTER:
        return "met" if actual <= value else "watch" if actual <= value * Fraction(105, 100) else "behind"
    if METRICS[indicator].kind in ("ratio", "stock"):
        return "met" if actual >= value else "watch" if actual >= value * Fraction(95, 100) else "behind"
    if completion is None or lead is None:  # a target of nothing: no completion, and reached by anything
        return "met" if actual >= value else "behind"
    if completion >= 100:
        return "met"
    return "on_track" if lead >= 0 else "watch" if lead >= -WATCH_POINTS else "behind"
