"""What is summed by month already gives what the rows themselves give, of every period and day."""

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import FromClause, bindparam, select

from dashboard.semantics.asking import Asking
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.loan_vintages import ROLLED, ROLLED_TO
from dashboard.semantics.measure import Flow
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING, Scope
from dashboard.semantics.subsidies import EXECUTED, SPEND
from dashboard.view import View
from etl.marts.loans import loan_instalment, loan_overdue, loan_state

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
BEFORE_ALL = (date(2009, 3, 15), date(2011, 2, 10), None)
CASES = [
    (PERIODS[0], ("month",)),
    (PERIODS[1], ()),
    (PERIODS[2], ("month", "street")),
    (PERIODS[3], ("quarter",)),
    (PERIODS[4], ("month",)),
    (PERIODS[5], ("community",)),
    (PERIODS[2], ("district",)),
    (PERIODS[3], ()),
    (PERIODS[4], ("street",)),
    (BEFORE_ALL, ()),
    (BEFORE_ALL, ("quarter", "district")),
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


def test_on_a_day_within_a_month_stands_what_moves_make_of_the_end_before(city: View) -> None:
    """What is no stay from one day to another (updated since the quarter began) is looked at on the day itself."""
    asking = Asking(city.build, Question(("unemployed", "loan_outstanding", "ledger_updated"), end=date(2026, 5, 17)))
    stays = [asking.is_held(METRICS[name].of[0]) for name in asking.question.metrics]
    assert stays == [True, True, False]


def test_the_days_that_whole_months_leave_are_read_from_sums_by_day(city: View) -> None:
    start, end, _ = PERIODS[2]
    by_day, by_rows = set(), set()
    for measure, name in MEASURES:
        by_month = Asking(city.build, Question((name,), start=start, end=end)).by_month
        for measures, statement, _ in by_month.left(together) if (together := by_month.together(measure)) else ():
            read = set(re.findall(r"mart\.(\w+) JOIN|FROM mart\.(\w+)", str(statement)))
            read = {name for names in read for name in names if name}
            (by_day if read and read <= {"people_day", "money_day"} else by_rows).update(measures)
    assert len(by_day) > 40
    assert not by_rows, "what months hold that is no sum of days is asked of no such period"


@pytest.mark.parametrize("by", WITH_KINDS)
def test_whole_months_of_subsidies_give_what_their_days_give(city: View, by: tuple[str, ...]) -> None:
    for measure, name in ((SPEND, "subsidy_spend"), (EXECUTED, "subsidy_spend")):
        for start, end, as_of in PERIODS:
            asking = Asking(city.build, Question((name,), by, None, start, end, as_of))
            [of_days] = asking.summed((measure,), asking.shape, start=asking.start)
            assert of_days
            assert asking.amounts(measure) == of_days


@pytest.mark.parametrize(
    ("by", "where"),
    [
        (("kind",), ()),
        (("month", "kind"), ()),
        (("district", "funding_source"), ()),
        (("quarter", "community"), (("kind", "post"),)),
        (("kind",), (("kind", "post"), ("kind", "training"))),
    ],
)
def test_persons_of_a_kind_or_source_are_those_told_apart_one_by_one(
    city: View, by: tuple[str, ...], where: tuple[tuple[str, str], ...]
) -> None:
    [persons] = METRICS["subsidy_beneficiaries"].of
    told_apart = Flow(persons.fact, persons.on, persons.value, aggregate=persons.aggregate)
    district = next(place for place in city.tree.by_code.values() if place.level == "district")
    for start, end, as_of in PERIODS:
        for region in (None, district.code):
            asking = Asking(city.build, Question(("subsidy_beneficiaries",), by, region, start, end, as_of, where))
            assert "DISTINCT" not in str(persons.statement((persons,), asking.shape))
            [one_by_one] = asking.summed((told_apart,), asking.shape)
            found = asking.amounts(persons)
            assert {key: number for key, number in found.items() if number} == one_by_one


def test_of_several_kinds_together_persons_are_told_apart(city: View) -> None:
    [persons] = METRICS["subsidy_beneficiaries"].of
    where = (("kind", "post"), ("kind", "training"))
    asking = Asking(city.build, Question(("subsidy_beneficiaries",), ("month",), where=where))
    assert "DISTINCT" in str(persons.statement((persons,), asking.shape))


def test_each_loan_that_rolled_is_counted_in_one_of_its_parts(city: View) -> None:
    for start, end, as_of in PERIODS:
        asking = Asking(city.build, Question(("roll_amount",), ("month", "from_bucket"), None, start, end, as_of))
        [counted], [told_apart] = (asking.summed((measure,), asking.shape) for measure in (ROLLED, ROLLED_TO))
        assert counted == told_apart
    assert counted


def test_what_is_overdue_is_what_receipts_leave_of_the_instalments_before(city: View) -> None:
    found = {day: _overdue(city, day) for day in (date(2025, 12, 31), date(2026, 2, 17), date(2026, 9, 30))}
    assert found == {day: _left_of_instalments(city, day) for day in found}
    assert found[date(2026, 9, 30)]


def _overdue(city: View, day: date) -> dict[str, Decimal]:
    return dict(_standing(city, day, loan_overdue, "loan_no", "overdue"))


def _left_of_instalments(city: View, day: date) -> dict[str, Decimal]:
    names = ("loan_no", "outstanding", "past_due_from", "by_borrower", "compensated")
    received = {
        loan_no: by_borrower + compensated
        for loan_no, outstanding, past_due_from, by_borrower, compensated in _standing(city, day, loan_state, *names)
        if outstanding > 0 and past_due_from > 0
    }
    left: dict[str, Decimal] = defaultdict(Decimal)
    due = loan_instalment.c
    instalments = select(due.loan_no, due.due_on, due.principal_due, due.settled_after)
    for loan_no, due_on, principal, settled_after in city.build.fetch(instalments):
        if loan_no in received and due_on < day:
            left[loan_no] += max(Decimal(0), min(principal, settled_after + principal - received[loan_no]))
    return left


def _standing(city: View, day: date, mart: FromClause, *names: str) -> list[tuple[Any, ...]]:
    """These columns of the rows that stand on the day."""
    stands = mart.c.valid_from <= bindparam("day"), mart.c.valid_until > bindparam("day")
    return city.build.fetch(select(*(mart.c[name] for name in names)).where(*stands), day=day)
