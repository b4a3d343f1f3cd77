"""Schedules: the public cases to the cent, and the laws that every schedule keeps."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.demo.schedule import Terms, instalments, months_later, schedule

CASES = json.loads((Path(__file__).parents[1] / "data/loans/schedules.json").read_text(encoding="utf-8"))


def terms_of(case: Mapping[str, Any]) -> Terms:
    return Terms(
        amount=Decimal(case["amount"]),
        annual_rate=Decimal(case["annual_rate"]),
        dates=tuple(date.fromisoformat(day) for day in case["dates"]),
        amortisation=case["amortisation"],
        basis=case["basis"],
        months=(case["months"],),
        grace=case["grace"],
        interest_grace=case["interest_grace"],
        unit=Decimal(case["unit"]),
        drawn_on=date.fromisoformat(case["drawn_on"]) if case["drawn_on"] else None,
        draws=tuple((date.fromisoformat(day), Decimal(amount)) for day, amount in case["draws"]),
        rates=tuple((date.fromisoformat(day), Decimal(rate)) for day, rate in case["rates"]),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_published_schedule_comes_out_to_the_cent(case: Mapping[str, Any]) -> None:
    lines = instalments(terms_of(case))

    assert [line.due_on.isoformat() for line in lines] == case["dates"][1:]
    expected = [(Decimal(principal), Decimal(interest)) for principal, interest in case["expected"]]
    assert [(line.principal_due, line.interest_due) for line in lines] == expected


def test_equal_instalments_are_equal_but_for_the_last() -> None:
    lines = schedule(Decimal(20_000), Decimal("5.31"), 12, date(2024, 2, 20), "monthly")

    assert {line.principal_due + line.interest_due for line in lines[:-1]} == {Decimal("1714.99")}
    assert lines[-1].principal_due + lines[-1].interest_due == Decimal("1715.02")
    assert lines[0].interest_due == Decimal("88.50")


def test_a_quarterly_loan_is_paid_every_third_month() -> None:
    lines = schedule(Decimal(20_000), Decimal("5.40"), 12, date(2024, 3, 20), "quarterly")

    assert [line.due_on for line in lines] == [
        date(2024, 3, 20),
        date(2024, 6, 20),
        date(2024, 9, 20),
        date(2024, 12, 20),
    ]
    assert lines[0].interest_due == Decimal("270.00")


def test_a_bullet_loan_pays_interest_by_the_quarter_and_its_principal_at_maturity() -> None:
    lines = schedule(Decimal(50_000), Decimal("4.80"), 12, date(2024, 4, 10), "bullet")

    assert [line.principal_due for line in lines] == [0, 0, 0, 50_000]
    assert {line.interest_due for line in lines} == {Decimal("600.00")}


def test_a_term_that_is_no_whole_number_of_quarters_ends_with_a_shorter_period() -> None:
    lines = schedule(Decimal(50_000), Decimal("4.80"), 8, date(2024, 4, 10), "bullet")

    assert [line.due_on for line in lines] == [date(2024, 4, 10), date(2024, 7, 10), date(2024, 9, 10)]
    assert [line.interest_due for line in lines] == [Decimal(600), Decimal(600), Decimal(400)]


def test_a_loan_due_on_the_31st_is_due_on_the_last_day_of_shorter_months() -> None:
    lines = schedule(Decimal(3_000), Decimal(0), 3, date(2024, 1, 31), "monthly")

    assert [line.due_on for line in lines] == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)]
    assert [line.principal_due for line in lines] == [1_000, 1_000, 1_000]


def test_a_loan_of_one_month_has_one_instalment() -> None:
    (line,) = schedule(Decimal(1_000), Decimal(12), 1, date(2024, 2, 1), "quarterly")

    assert (line.principal_due, line.interest_due) == (Decimal(1_000), Decimal(10))


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(KeyError):
        schedule(Decimal(1_000), Decimal(5), 12, date(2024, 1, 1), "weekly")


def test_months_are_counted_across_years() -> None:
    assert months_later(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert months_later(date(2024, 1, 15), -1) == date(2023, 12, 15)


@given(
    amount=st.decimals(min_value=500, max_value=4_000_000, places=2),
    rate=st.decimals(min_value=0, max_value=15, places=2),
    term=st.integers(min_value=1, max_value=36),
    method=st.sampled_from(["monthly", "quarterly", "bullet"]),
    first_due=st.dates(date(2020, 1, 1), date(2026, 12, 31)),
)
def test_principal_adds_up_to_the_loan_in_whole_cents(
    amount: Decimal, rate: Decimal, term: int, method: str, first_due: date
) -> None:
    lines = schedule(amount, rate, term, first_due, method)

    assert sum(line.principal_due for line in lines) == amount
    assert all(line.principal_due >= 0 and line.interest_due >= 0 for line in lines)
    assert all(value == round(value, 2) for line in lines for value in (line.principal_due, line.interest_due))
    assert [line.instalment_no for line in lines] == list(range(1, len(lines) + 1))
    assert [line.due_on for line in lines] == sorted(line.due_on for line in lines)
