"""Cohorts by month on book, and where balances go from one month-end to the next, worked by hand.

A (12,000) is late from 10 April, B (6,000) from 20 February until it is compensated on 25 May, C (3,000) from 5 March
until it is written off on 15 June; A's second instalment was ten days late, in time for the month's end.
"""

from pathlib import Path

import pytest

from dashboard.warehouse import Build
from tests.spec.loan_rows import book, day, due, figures, loan, paid, reversal
from tests.worlds import QUAY


@pytest.fixture(scope="module")
def abc(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return book(
        tmp_path_factory.mktemp("vintages"),
        loans=[
            loan("A", "01-10", 12_000),
            loan("B", "01-20", 6_000, community_code=QUAY),
            loan("C", "01-05", 3_000, written_off_on=day("06-15")),
        ],
        instalments=[
            due("A", 1, "02-10", 4_000), due("A", 2, "03-10", 4_000), due("A", 3, "04-10", 4_000),
            due("B", 1, "02-20", 6_000), due("C", 1, "03-05", 3_000),
        ],
        repayments=[
            paid("1", "A", "02-10", 4_000), paid("2", "A", "03-20", 4_000),
            paid("3", "B", "05-25", 6_000, 60, kind="compensation"),
        ],
        data_date="2026-08-30",
    )  # fmt: skip


def vintage(build: Build, metric: str, **asked: object) -> dict[int, float]:
    found = figures(build, metric, "cohort", "month_on_book", **asked)
    assert {cohort for cohort, _ in found} <= {"2026Q1"}
    return {month: share for (_, month), share in found.items()}


def test_vintage_30_is_the_share_by_amount_ever_more_than_30_days_late_at_a_months_end(abc: Build) -> None:
    shares = {0: 0, 1: 0, 2: 6_000, 3: 9_000, 4: 21_000, 5: 21_000, 6: 21_000}

    assert vintage(abc, "vintage_30", on="08-30") == {
        m: pytest.approx(100 * late / 21_000) for m, late in shares.items()
    }


def test_vintage_90_never_falls_and_sees_no_late_days_after_compensation_or_write_off(abc: Build) -> None:
    shares = vintage(abc, "vintage_90", on="08-30")

    assert shares == {0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: pytest.approx(100 * 12_000 / 21_000)}


def test_a_month_on_book_is_shown_once_its_end_is_reached(abc: Build) -> None:
    assert list(vintage(abc, "vintage_30", on="03-30", as_of=day("03-30"))) == [0, 1]
    assert list(vintage(abc, "vintage_30", on="03-31", as_of=day("03-31"))) == [0, 1, 2]
    assert vintage(abc, "vintage_30", on="01-30", as_of=day("01-30")) == {}


def test_the_period_chooses_the_cohorts_that_start_in_it(abc: Build) -> None:
    assert vintage(abc, "vintage_30", start="01-02", on="08-30") == {}


def test_a_point_waits_for_the_youngest_loan_of_the_citys_whole_cohort(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000), loan("B", "03-20", 1_000, community_code=QUAY, bank="农商行")],
        instalments=[due("A", 1, "02-10", 1_000)],
        data_date="2026-04-29",
    )

    assert vintage(build, "vintage_30", on="04-29") == {0: 0}
    assert vintage(build, "vintage_30", on="04-29", where=(("bank", "城商行"),)) == {0: 0}
    by_community = figures(build, "vintage_30", "community", "cohort", "month_on_book", on="04-29")
    assert {key[1:] for key, share in by_community.items() if share is not None} == {("2026Q1", 0)}


def test_a_loan_disbursed_after_the_day_looked_from_does_not_hold_its_cohort_back(tmp_path: Path) -> None:
    build = book(tmp_path, [loan("A", "01-10", 1_000), loan("B", "03-20", 1_000)], data_date="2026-04-30")

    assert list(vintage(build, "vintage_30", on="03-01", as_of=day("03-01"))) == [0, 1]
    assert list(vintage(build, "vintage_30", on="04-30")) == [0, 1]


def roll(build: Build, month: str) -> dict[tuple[str, str], int]:
    found = figures(build, "roll_amount", "month", "from_bucket", "to_bucket", on="08-30")
    return {key[1:]: amount for key, amount in found.items() if key[0] == month and amount}


def test_roll_amount_splits_a_month_ends_balance_by_where_it_is_at_the_next(abc: Build) -> None:
    assert roll(abc, "2026-03") == {
        ("0", "paid"): 4_000, ("0", "0"): 4_000, ("1-30", "31-60"): 6_000, ("0", "1-30"): 3_000,
    }  # fmt: skip
    assert roll(abc, "2026-05") == {
        ("61-90", "compensated"): 6_000, ("1-30", "31-60"): 4_000, ("31-60", "61-90"): 3_000,
    }  # fmt: skip
    assert roll(abc, "2026-06") == {("31-60", "61-90"): 4_000, ("61-90", "written_off"): 3_000}


def test_loans_new_in_the_month_do_not_roll_in_it(abc: Build) -> None:
    assert roll(abc, "2026-01") == {}
    assert sum(roll(abc, "2026-02").values()) == 21_000


def test_a_month_whose_end_is_not_reached_does_not_roll(abc: Build) -> None:
    assert roll(abc, "2026-08") == {}
    assert sum(roll(abc, "2026-07").values()) == 4_000


def test_what_is_paid_may_be_negative_after_a_reversal(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000)],
        instalments=[due("A", 1, "02-10", 400), due("A", 2, "12-10", 600)],
        repayments=[paid("1", "A", "02-10", 400), reversal("2", "A", "03-05", "1")],
        data_date="2026-03-31",
    )

    assert roll(build, "2026-03") == {("0", "paid"): -400, ("0", "31-60"): 1_000}
