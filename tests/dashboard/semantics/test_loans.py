"""What the loan metrics can be asked by."""

import pytest

from dashboard.semantics.catalogue import DIMENSIONS, METRICS
from dashboard.semantics.loans import METRICS as LOAN_METRICS
from dashboard.semantics.metric import Metric
from dashboard.semantics.question import QuestionError
from dashboard.warehouse import Build
from tests.spec.loan_rows import book, due, figures, loan, rows

OF_LOANS = {"product", "bank", "counter_guarantee", "interest_subsidised", "repayment_method"}
OF_THE_FUND = {"fund_balance", "fund_leverage", "fund_leverage_cap", "fund_room"}
BY_AGEING = {
    "loan_outstanding",
    "loan_overdue",
    "par_30",
    "par_60",
    "par_90",
    "par_180",
    "par_30_full",
    "recovery_rate",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return book(
        tmp_path_factory.mktemp("loans"),
        [loan("A", "01-10", 300, counter_guarantee="none"), loan("B", "01-10", 100, interest_subsidised=True)],
        instalments=[due("A", 1, "02-10", 300), due("B", 1, "12-10", 100)],
    )


@pytest.mark.parametrize("metric", LOAN_METRICS, ids=[metric.name for metric in LOAN_METRICS])
def test_every_loan_metric_is_offered_by_what_a_loan_is(metric: Metric) -> None:
    name = metric.name
    own = {"ageing"} if name in BY_AGEING else set()
    own |= {"stage"} if name == "loan_stage_days" else set()
    own |= {"cohort", "month_on_book"} if name.startswith("vintage") else set()
    own |= {"from_bucket", "to_bucket"} if name == "roll_amount" else set()

    assert set(METRICS[name].dimensions) == (set() if name in OF_THE_FUND else OF_LOANS | own)
    assert set(METRICS[name].dimensions) <= set(DIMENSIONS)


def test_stage_cohort_and_month_on_book_must_be_asked_for(small: Build) -> None:
    with pytest.raises(QuestionError, match="stage"):
        rows(small, "loan_stage_days")
    with pytest.raises(QuestionError, match="month_on_book"):
        rows(small, "vintage_30", "cohort")


def test_a_required_dimension_may_be_a_filter(small: Build) -> None:
    shares = figures(small, "vintage_30", "month_on_book", where=(("cohort", "2026Q1"),))

    assert shares == {0: 0, 1: 0, **dict.fromkeys(range(2, 9), 75)}


def test_a_missing_value_is_a_group_of_its_own(small: Build) -> None:
    assert figures(small, "loan_outstanding", "counter_guarantee") == {"none": 300, None: 100}
    assert figures(small, "loan_outstanding", "bank", where=(("counter_guarantee", None),)) == {"城商行": 100}


def test_filters_take_labels_and_booleans(small: Build) -> None:
    assert figures(small, "loan_outstanding", "product", where=(("interest_subsidised", "是"),)) == {"personal": 100}
    assert figures(small, "loan_outstanding", "product", where=(("product", "个人"),)) == {"personal": 400}


def test_bands_of_ageing_are_alternatives(small: Build) -> None:
    both = (("ageing", "0"), ("ageing", "181-360"))

    assert figures(small, "loan_outstanding", "ageing", where=both) == {"0": 100, "181-360": 300}
    assert figures(small, "loan_outstanding", "bank", where=both[:1]) == {"城商行": 100}


def test_less_is_better_where_money_is_at_risk() -> None:
    less = ("par_30", "par_60", "par_90", "par_180", "par_30_full", "compensation_rate", "loan_overdue")

    assert {METRICS[name].direction for name in less} == {"-"}
