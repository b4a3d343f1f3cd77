"""Panels of subsidies that are counted by hand: limits of unit cost, entitlements that end, what they still need."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from dashboard.drawings.endings import endings, running
from dashboard.drawings.execution import budget_and_paid
from dashboard.drawings.needs import needs
from dashboard.entitlements import Entitlements, ending, ending_by, month_after, months_between
from dashboard.period import named_period
from dashboard.ranking.intervals import Z_95
from dashboard.spread import LEAST_UNITS, Average, spread
from dashboard.view import View

RUNNING = Entitlements("post", "city", date(2026, 9, 1), date(2027, 2, 1), "age", 1, Decimal(300))


@pytest.mark.parametrize(
    ("last_month", "end", "months"),
    [
        (date(2027, 2, 1), date(2026, 12, 31), 3),
        (date(2026, 10, 1), date(2026, 12, 31), 1),
        (date(2026, 9, 1), date(2026, 12, 31), 0),
        (date(2027, 2, 1), date(2027, 12, 31), 5),
    ],
)
def test_an_entitlement_needs_its_months_up_to_the_end(last_month: date, end: date, months: int) -> None:
    assert replace(RUNNING, last_month=last_month).due_by(end) == 300 * months


def test_what_is_paid_ahead_needs_nothing() -> None:
    assert replace(RUNNING, paid_until=date(2027, 1, 1)).due_by(date(2026, 12, 31)) == 0


def test_months_are_counted_across_the_year() -> None:
    day = date(2026, 11, 15)
    assert [month_after(day, number) for number in (0, 1, 2)] == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]
    assert months_between(day, date(2027, 2, 1)) == 3


def test_months_ahead_and_kinds_hold_every_entitlement_that_ends_in_them(city: View) -> None:
    found = running(city)
    last = month_after(city.as_of, 12)
    rows = endings(city).table.rows
    assert sum(row["ending"] for row in rows) == sum(one.number for one in found if one.last_month <= last)
    assert sum(row["falling"] for row in rows) == sum(one.monthly for one in found if one.last_month <= last)


def test_those_that_end_are_as_many_one_by_one_as_together(city: View) -> None:
    soon = month_after(city.as_of, 3)
    asked = city.build, city.tree.root.code, (("kind", "post"), ("kind", "insurance")), soon
    one_by_one = ending_by(*asked)
    number = sum(one.number for one in running(city) if one.last_month <= soon and one.kind in ("post", "insurance"))
    assert len(one_by_one) == ending(*asked).number == number > 0
    assert ending_by(*asked, most=2) == one_by_one[:2]


def test_needs_add_up_over_districts(city: View) -> None:
    whole = {row["kind_value"]: row["needed"] for row in needs(city).table.rows}
    parts: dict[str, float] = dict.fromkeys(whole, 0.0)
    for district in city.tree.children(city.tree.root):
        for row in needs(replace(city, selection=city.selection.but(region=district.code))).table.rows:
            parts[row["kind_value"]] += row["needed"]
    assert parts == pytest.approx(whole)


def test_districts_and_the_citys_own_money_make_the_budget(city: View) -> None:
    by_region = budget_and_paid(replace(city, selection=city.selection.but(by="region")))
    by_kind = budget_and_paid(city)
    for column in ("budget", "paid"):
        sums = [sum(row[column] or 0 for row in drawing.table.rows) for drawing in (by_region, by_kind)]
        assert sums[0] == pytest.approx(sums[1])
    assert by_region.table.rows[-1]["label"] == city.words.say("the city's own")


def test_a_day_before_the_data_date_knows_no_entitlements(city: View) -> None:
    period = named_period("2026Q2")
    assert period is not None
    with pytest.raises(Exception, match="no_rows"):
        endings(replace(city, selection=city.selection.but(as_of=period.end)))


def test_averages_of_few_may_stray_and_an_outlier_does_not_widen_the_limits() -> None:
    rng = np.random.default_rng(7)
    sizes = rng.integers(20, 400, 200)
    units = [
        Average(str(at), float(size), float(2000 + rng.normal(0, 3000 / size**0.5))) for at, size in enumerate(sizes)
    ]
    found = spread([*units, Average("dear", 400.0, 9000.0)])
    assert found is not None
    assert found.deviation == pytest.approx(3000, rel=0.25)
    outside = [
        one
        for one in units
        if not (limits := found.limits(one.size, Z_95)) or not limits.low <= one.value <= limits.high
    ]
    assert len(outside) < len(units) * 0.15
    narrow, wide = found.limits(400, Z_95), found.limits(25, Z_95)
    assert narrow is not None
    assert wide is not None
    assert narrow.high < 9000
    assert wide.high - found.middle == pytest.approx(4 * (narrow.high - found.middle))


def test_few_units_have_a_middle_and_no_limits() -> None:
    units = [Average(str(at), 10.0, 100.0 * at) for at in range(LEAST_UNITS - 1)]
    found = spread(units)
    assert found is not None
    assert found.middle == pytest.approx(400)
    assert found.limits(10, Z_95) is None
    assert spread([Average("none", 0.0, 0.0)]) is None
