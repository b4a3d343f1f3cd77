"""Which payments count, and when: reversals, order of settlement, early and excessive money, worked by hand."""

from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.warehouse import Build
from tests.spec.loan_rows import book, day, due, figure, figures, loan, paid, reversal


def outstanding(build: Build, *days: str) -> list[int]:
    return [figure(build, "loan_outstanding", on=on) for on in days]


def test_a_reversal_takes_the_payment_away_from_its_own_date_on(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000)],
        repayments=[paid("1", "A", "02-10", 400), reversal("2", "A", "03-01", "1")],
    )

    assert outstanding(build, "02-09", "02-10", "02-28", "03-01") == [1_000, 600, 600, 1_000]


def test_a_second_reversal_takes_nothing_away_again(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000)],
        repayments=[
            paid("1", "A", "02-10", 400), reversal("2", "A", "03-01", "1"), reversal("3", "A", "02-20", "1"),
        ],
    )  # fmt: skip

    assert outstanding(build, "02-19", "02-20", "03-01") == [600, 1_000, 1_000]


def test_a_payment_reversed_on_its_day_or_before_is_effective_on_no_day(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000)],
        repayments=[
            paid("1", "A", "02-10", 400), reversal("2", "A", "02-10", "1"),
            paid("3", "A", "03-10", 300), reversal("4", "A", "03-01", "3"),
        ],
    )  # fmt: skip

    assert outstanding(build, "02-10", "03-01", "03-10", "04-01") == [1_000] * 4


def test_compensation_reversed_in_the_period_is_taken_off(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000)],
        repayments=[paid("1", "A", "02-10", 400, 10, kind="compensation"), reversal("2", "A", "04-01", "1")],
    )

    assert figures(build, "compensation", "month", on="04-30") == {
        "2026-01": 0, "2026-02": 410, "2026-03": 0, "2026-04": -410,
    }  # fmt: skip
    assert [figure(build, "compensation_rate", on=on) for on in ("03-31", "04-01")] == [40, 0]


def test_instalments_are_settled_in_the_order_of_their_number_not_of_their_date(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000)],
        instalments=[due("A", 1, "04-10", 500), due("A", 2, "03-10", 500)],
        repayments=[paid("1", "A", "02-10", 500)],
    )

    assert figures(build, "loan_outstanding", "ageing", on="03-20") == {"1-30": 500}
    assert figure(build, "collection_rate", start="03-01", on="03-31") == 0
    assert figure(build, "collection_rate", start="04-01", on="04-30") == 100


def test_the_oldest_unsettled_due_date_decides_though_a_later_number_fell_due_earlier(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000)],
        instalments=[due("A", 1, "04-10", 500), due("A", 2, "03-10", 500)],
    )

    assert figures(build, "loan_outstanding", "ageing", on="04-30") == {"31-60": 1_000}


def test_an_instalment_without_principal_makes_no_one_late(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000)],
        instalments=[due("A", 1, "02-10", 0, 5), due("A", 2, "03-10", 0, 5), due("A", 3, "06-10", 1_000, 5)],
    )

    assert figure(build, "loan_overdue", on="06-10") == 0
    assert figures(build, "loan_outstanding", "ageing", on="06-20") == {"1-30": 1_000}


def test_a_cent_that_is_missing_is_late(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000)],
        instalments=[due("A", 1, "02-10", "500.00"), due("A", 2, "08-10", "500.00")],
        repayments=[paid("1", "A", "02-10", "499.99")],
    )

    assert figure(build, "loan_overdue", on="02-20") == Decimal("500.01")


def test_more_than_was_lent_leaves_nothing_outstanding_and_no_one_late(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000), loan("B", "01-10", 500)],
        instalments=[due("A", 1, "02-10", 1_000), due("A", 2, "03-10", 1_000)],
        repayments=[paid("1", "A", "02-10", 1_200)],
    )

    assert outstanding(build, "02-10", "05-01") == [500, 500]
    assert figure(build, "par_30", on="06-01") == 0


def test_prepayment_settles_what_falls_due_later(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000)],
        instalments=[due("A", 1, "02-10", 500), due("A", 2, "03-10", 500)],
        repayments=[paid("1", "A", "01-20", 1_000, kind="prepayment")],
    )

    assert figure(build, "on_time_rate") == 100
    assert figure(build, "collection_rate") == 100


def test_compensation_stops_the_days_past_due_but_is_no_collection(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000)],
        instalments=[due("A", 1, "02-10", 500), due("A", 2, "08-10", 500)],
        repayments=[paid("1", "A", "05-10", 500, kind="compensation")],
    )

    assert [figure(build, "loan_overdue", on=on) for on in ("05-09", "05-10", "08-11")] == [1_000, 0, 500]
    assert figure(build, "collection_rate", start="02-01", on="02-28") == 0


def test_recovery_pays_the_fund_and_lowers_no_balance(tmp_path: Path) -> None:
    build = book(tmp_path, [loan("A", "01-10", 1_000)], repayments=[paid("1", "A", "05-10", 500, kind="recovery")])

    assert outstanding(build, "05-10") == [1_000]


def test_a_disbursement_after_the_day_looked_from_is_unseen(tmp_path: Path) -> None:
    build = book(tmp_path, [loan("A", "01-10", 1_000), loan("B", "03-01", 700)])

    assert figure(build, "loan_amount_disbursed", on="02-28", as_of=day("02-28")) == 1_000
    assert outstanding(build, "02-28", "03-01") == [1_000, 1_700]


@pytest.mark.parametrize(
    ("settled_on", "expected"),
    [("05-09", 10), ("05-10", 20), ("05-11", 20)],
    ids=["settled the day before: no", "settled on the day: yes", "settled after: yes"],
)
def test_interest_is_subsidised_while_the_loan_was_outstanding_the_day_before(
    tmp_path: Path, settled_on: str, expected: int
) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000, interest_subsidised=True)],
        instalments=[due("A", 1, "04-10", 0, 20), due("A", 2, "05-10", 1_000, 20)],
        repayments=[paid("1", "A", settled_on, 1_000)],
    )

    assert figure(build, "interest_subsidy_due") == expected


@pytest.mark.parametrize(("written_off", "expected"), [("05-09", 0), ("05-10", 10)])
def test_interest_of_a_loan_written_off_by_the_day_before_is_not_subsidised(
    tmp_path: Path, written_off: str, expected: int
) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000, interest_subsidised=True, written_off_on=day(written_off))],
        instalments=[due("A", 1, "05-10", 1_000, 20)],
    )

    assert figure(build, "interest_subsidy_due") == expected


@pytest.mark.parametrize(
    ("product", "disbursed", "expected"),
    [
        ("personal", "2022-12-31", 20), ("personal", "2023-01-01", 10),
        ("partnership", "2022-12-31", 0), ("small_firm", "2023-01-01", 10),
    ],
    ids=["full before 2023", "half since", "no rule yet", "half for firms"],
)  # fmt: skip
def test_the_subsidised_share_is_the_policys_for_the_product_on_the_day_of_disbursement(
    tmp_path: Path, product: str, disbursed: str, expected: int
) -> None:
    build = book(
        tmp_path,
        [loan("A", disbursed, 1_000, interest_subsidised=True, product=product)],
        instalments=[due("A", 1, "05-10", 1_000, 20)],
    )

    assert figure(build, "interest_subsidy_due") == expected
