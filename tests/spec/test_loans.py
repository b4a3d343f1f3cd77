"""The loan book, worked by hand.

A (12,000, three instalments of 4,000): the first paid on its day, the second ten days late, the third not at all.
B (6,000, one instalment): compensated with 60 of interest on 25 May; 2,000 recovered on 30 June.
C (3,000, one instalment): never paid, written off on 15 June.
"""

import pytest

from dashboard.warehouse import Build
from tests.spec.loan_rows import book, day, due, figure, figures, loan, paid
from tests.worlds import PINE, QUAY


@pytest.fixture(scope="module")
def abc(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return book(
        tmp_path_factory.mktemp("loans"),
        loans=[
            loan("A", "01-10", 12_000, interest_subsidised=True, jobs_created=2, repayment_method="monthly"),
            loan("B", "01-20", 6_000, bank="农商行", community_code=QUAY, jobs_created=3),
            loan("C", "01-05", 3_000, counter_guarantee="none", written_off_on=day("06-15")),
            loan("D", None, 9_000, jobs_created=7),
        ],
        instalments=[
            due("A", 1, "02-10", 4_000, 50), due("A", 2, "03-10", 4_000, 30), due("A", 3, "04-10", 4_000, 10),
            due("B", 1, "02-20", 6_000, 60), due("C", 1, "03-05", 3_000, 20),
        ],
        repayments=[
            paid("1", "A", "02-10", 4_000, 50), paid("2", "A", "03-20", 4_000, 30),
            paid("3", "B", "05-25", 6_000, 60, kind="compensation"), paid("4", "B", "06-30", 2_000, 0, kind="recovery"),
        ],
    )  # fmt: skip


def test_loans_disbursed_counts_loans_by_the_day_of_disbursement(abc: Build) -> None:
    assert figure(abc, "loans_disbursed") == 3
    assert figure(abc, "loans_disbursed", start="01-10", on="01-10") == 1
    assert figure(abc, "loans_disbursed", start="02-01") == 0


def test_loan_amount_disbursed_adds_their_amounts(abc: Build) -> None:
    assert figure(abc, "loan_amount_disbursed") == 21_000
    assert figures(abc, "loan_amount_disbursed", "bank") == {"城商行": 15_000, "农商行": 6_000}


def test_loan_jobs_created_counts_the_jobs_of_disbursed_loans_only(abc: Build) -> None:
    assert figure(abc, "loan_jobs_created") == 5


def test_loan_outstanding_is_what_was_lent_less_what_came_back_until_it_is_written_off(abc: Build) -> None:
    expected = {"01-04": 0, "01-05": 3_000, "01-20": 21_000, "02-10": 17_000, "04-30": 13_000, "05-25": 7_000,
                "06-14": 7_000, "06-15": 4_000}  # fmt: skip
    assert {on: figure(abc, "loan_outstanding", on=on) for on in expected} == expected


def test_loan_outstanding_by_month_is_the_balance_at_each_months_end(abc: Build) -> None:
    by_month = figures(abc, "loan_outstanding", "month", on="06-10")

    assert by_month == {
        "2026-01": 21_000, "2026-02": 17_000, "2026-03": 13_000, "2026-04": 13_000, "2026-05": 7_000, "2026-06": 7_000,
    }  # fmt: skip


def test_loan_outstanding_of_communities_adds_up_to_the_citys(abc: Build) -> None:
    by_community = figures(abc, "loan_outstanding", "community", on="04-30")

    assert {code: balance for code, balance in by_community.items() if balance} == {PINE: 7_000, QUAY: 6_000}


def test_an_instalment_is_late_from_the_day_after_it_was_due(abc: Build) -> None:
    assert figure(abc, "loan_overdue", on="02-20") == 0
    assert figure(abc, "loan_overdue", on="02-21") == 6_000
    assert figure(abc, "loan_overdue", on="03-11") == 6_000 + 3_000 + 8_000
    assert figure(abc, "loan_overdue", on="03-20") == 6_000 + 3_000


def test_ageing_puts_each_balance_into_one_band_of_days_past_due(abc: Build) -> None:
    assert figures(abc, "loan_outstanding", "ageing", on="04-30") == {"1-30": 4_000, "31-60": 3_000, "61-90": 6_000}
    assert figures(abc, "loan_outstanding", "ageing", on="01-31") == {"0": 21_000}


@pytest.mark.parametrize(
    ("on", "band"),
    [("04-10", "0"), ("04-11", "1-30"), ("05-10", "1-30"), ("05-11", "31-60"), ("06-09", "31-60"), ("06-10", "61-90"),
     ("07-09", "61-90"), ("07-10", "91-180")],
)  # fmt: skip
def test_ageing_turns_on_the_day(abc: Build, on: str, band: str) -> None:
    of_a = figures(abc, "loan_outstanding", "ageing", on=on, where=(("interest_subsidised", "true"),))

    assert of_a == {band: 4_000}


def test_par_is_the_whole_balance_of_late_loans_over_the_whole_balance(abc: Build) -> None:
    at_april = {name: figure(abc, name, on="04-30") for name in ("par_30", "par_60", "par_90", "par_180")}

    assert at_april == {
        "par_30": pytest.approx(100 * 9_000 / 13_000), "par_60": pytest.approx(100 * 6_000 / 13_000),
        "par_90": 0, "par_180": 0,
    }  # fmt: skip
    assert figure(abc, "par_180", on="09-30") == 0
    assert figure(abc, "par_90", on="09-30") == 100


def test_par_of_an_empty_book_is_missing(abc: Build) -> None:
    assert figure(abc, "par_30", on="01-04") is None


def test_par_30_full_keeps_what_was_compensated_and_not_recovered(abc: Build) -> None:
    assert figure(abc, "par_30_full", on="04-30") == pytest.approx(100 * 9_000 / 13_000)
    assert figure(abc, "par_30_full", on="05-31") == 100
    in_january = figure(abc, "par_30_full", on="01-31")
    assert in_january == 0


def test_par_30_full_counts_a_recovered_part_no_more(abc: Build) -> None:
    of_b = {"where": (("bank", "农商行"),)}

    assert figure(abc, "loan_outstanding", on="06-30", **of_b) == 0
    assert figure(abc, "par_30", on="06-30", **of_b) is None
    assert figure(abc, "par_30_full", on="06-30", **of_b) == 100


def test_collection_rate_is_what_the_borrowers_settled_of_what_fell_due(abc: Build) -> None:
    assert figure(abc, "collection_rate") == pytest.approx(100 * 8_000 / 21_000)
    assert figure(abc, "collection_rate", start="03-01", on="03-31") == pytest.approx(100 * 4_000 / 7_000)
    assert figure(abc, "collection_rate", start="05-01") is None


def test_collection_rate_as_at_an_earlier_day_does_not_see_later_payments(abc: Build) -> None:
    assert figure(abc, "collection_rate", start="03-01", on="03-10", as_of=day("03-19")) == 0


def test_on_time_rate_counts_what_was_settled_by_its_own_due_date(abc: Build) -> None:
    assert figure(abc, "on_time_rate") == pytest.approx(100 * 4_000 / 21_000)
    assert figures(abc, "on_time_rate", "month", on="04-30") == {
        "2026-01": None, "2026-02": pytest.approx(40), "2026-03": 0, "2026-04": 0,
    }  # fmt: skip


def test_compensation_adds_principal_and_interest(abc: Build) -> None:
    assert figure(abc, "compensation") == 6_060
    assert figures(abc, "compensation", "quarter", on="06-30") == {"2026Q1": 0, "2026Q2": 6_060}


def test_compensation_rate_is_principal_compensated_to_date_over_the_amount_lent_to_date(abc: Build) -> None:
    assert figure(abc, "compensation_rate", start="05-01") == pytest.approx(100 * 6_000 / 21_000)
    assert figure(abc, "compensation_rate", on="05-24") == 0
    assert figure(abc, "compensation_rate", on="01-04") is None


def test_recovery_rate_is_recovered_to_date_over_compensated_to_date(abc: Build) -> None:
    assert figure(abc, "recovery_rate") == pytest.approx(100 * 2_000 / 6_060)
    assert figure(abc, "recovery_rate", on="06-29") == 0
    assert figure(abc, "recovery_rate", on="05-24") is None


def test_interest_subsidy_due_is_the_policys_share_of_the_interest_of_subsidised_loans(abc: Build) -> None:
    assert figure(abc, "interest_subsidy_due") == 45
    assert figures(abc, "interest_subsidy_due", "month", on="04-30") == {
        "2026-01": 0, "2026-02": 25, "2026-03": 15, "2026-04": 5,
    }  # fmt: skip
