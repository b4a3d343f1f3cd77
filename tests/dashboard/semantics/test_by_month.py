"""What is summed by month already gives what the rows themselves give, of every period and day."""

from datetime import date

import pytest

from dashboard.semantics.asking import Asking
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING, Scope
from dashboard.semantics.subsidies import EXECUTED, SPEND
from dashboard.view import View

MEASURES = {
    id(measure): (measure, metric.name)
    for metric in METRICS.values()
    if not metric.required and metric.custom is None
    for measure in metric.of + metric.per
}.values()
# Whole months; a year; days before and after whole months; days within one month; as at an earlier day.
PERIODS = [
    (date(2024, 4, 1), None, None),
    (date(2025, 1, 1), date(2025, 12, 31), None),
    (date(2025, 3, 15), date(2026, 2, 10), None),
    (date(2026, 2, 3), date(2026, 2, 20), None),
    (date(2026, 1, 1), date(2026, 5, 17), date(2026, 5, 17)),
    (date(2025, 6, 1), date(2026, 4, 30), date(2026, 4, 30)),
]
CASES = [
    (PERIODS[0], ("month",)),
    (PERIODS[1], ()),
    (PERIODS[2], ("month", "street")),
    (PERIODS[3], ("quarter",)),
    (PERIODS[4], ("month",)),
    (PERIODS[5], ("community",)),
]
WITH_KINDS = [("kind",), ("month", "kind", "funding_source"), ("budget_year", "district")]


@pytest.mark.parametrize("is_scoped", [False, True])
def test_months_give_what_the_rows_give(city: View, is_scoped: bool) -> None:
    district = next(place for place in city.tree.by_code.values() if place.level == "district")
    scope = Scope(regions=frozenset([district.code])) if is_scoped else EVERYTHING
    region = district.code if is_scoped else None
    held = set()
    for (start, end, as_of), by in CASES[1:3] if is_scoped else CASES:
        for measure, name in MEASURES:
            asking = Asking(city.build, Question((name,), by, region, start, end, as_of), scope)
            if not asking.is_held(measure):
                continue
            held.add(name)
            [of_rows] = asking.summed((measure,), asking.shape)
            assert asking.amounts(measure) == of_rows, (name, by, start, end, as_of)
    assert len(held) > 20


def test_a_day_within_a_month_is_not_taken_for_its_end(city: View) -> None:
    for name, end in (("unemployed", date(2026, 5, 17)), ("loan_outstanding", date(2026, 5, 17))):
        asking = Asking(city.build, Question((name,), (), None, date(2026, 5, 1), end))
        assert not asking.is_held(METRICS[name].of[0])


@pytest.mark.parametrize("by", WITH_KINDS)
def test_whole_months_of_subsidies_give_what_their_days_give(city: View, by: tuple[str, ...]) -> None:
    for measure, name in ((SPEND, "subsidy_spend"), (EXECUTED, "subsidy_spend")):
        for start, end, as_of in PERIODS:
            asking = Asking(city.build, Question((name,), by, None, start, end, as_of))
            [of_days] = asking.summed((measure,), asking.shape, start=asking.start)
            assert of_days
            assert asking.amounts(measure) == of_days
