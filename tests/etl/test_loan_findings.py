"""Loans that deserve a look: over the cap, over the term, over the fund's capacity, repaid more than owed."""

from pathlib import Path

from sqlalchemy import select

from dashboard.warehouse import Build
from etl.marts.region import finding
from tests.spec.loan_rows import book, day, entry, loan, paid, reversal
from tests.worlds import HILL, NORTH, PINE


def found(build: Build, name: str) -> list[str]:
    rows = build.fetch(select(finding.c.key).where(finding.c.finding == name).order_by(finding.c.key))
    return [key for (key,) in rows]


def test_loans_over_the_cap_of_their_product_on_their_day_are_found(tmp_path: Path) -> None:
    early = {"applied_on": day("2002-01-01")}
    build = book(
        tmp_path,
        [
            loan("at the cap of 2002", "2007-12-31", 20_000, **early),
            loan("over the cap of 2002", "2007-12-31", "20000.01", **early),
            loan("at the cap of 2008", "2008-01-01", 50_000, **early),
            loan("over the cap of 2008", "2022-12-31", "50000.01"),
            loan("at the cap of 2023", "2023-01-01", 300_000),
            loan("a firm over its cap", "2023-01-01", 4_000_001, product="small_firm"),
            loan("partners before any rule", "2022-12-31", 9_000_000, product="partnership"),
            loan("never disbursed", None, 900_000),
        ],
    )

    assert found(build, "loan_over_cap") == ["a firm over its cap", "over the cap of 2002", "over the cap of 2008"]


def test_loans_over_the_term_of_their_product_on_their_day_are_found(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [
            loan("24 months in 2022", "2022-12-31", 1_000, term_months=24),
            loan("25 months in 2022", "2022-12-31", 1_000, term_months=25),
            loan("36 months in 2023", "2023-01-01", 1_000, term_months=36),
            loan("37 months in 2023", "2023-01-01", 1_000, term_months=37),
            loan("never disbursed", None, 1_000, term_months=99),
        ],
    )

    assert found(build, "loan_over_term") == ["25 months in 2022", "37 months in 2023"]


def test_a_finding_names_the_row_and_where_it_belongs(tmp_path: Path) -> None:
    build = book(tmp_path, [loan("A", "01-10", 300_001)])
    of = finding.c

    assert build.fetch(select(of.table_name, of.key, of.region_code, of.district_code, of.street_code, of.load)) == [
        ("loans", "A", PINE, NORTH, HILL, 1)
    ]


def test_a_loan_that_lifts_the_book_over_the_funds_capacity_is_found(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 6_000), loan("B", "02-10", 4_000), loan("C", "03-10", 1), loan("D", "05-10", 1_000)],
        repayments=[paid("1", "A", "04-10", 3_000)],
        fund_entries=[entry("1", "01-01", 2_000)],
    )

    assert found(build, "loan_over_fund_capacity") == ["C"]


def test_the_fund_is_taken_as_it_stood_on_the_day(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 6_000), loan("B", "02-10", 1_000), loan("C", "04-10", 1_000)],
        repayments=[paid("1", "A", "03-01", 900, 100, kind="compensation"), reversal("2", "A", "05-01", "1")],
        fund_entries=[entry("1", "02-01", 2_000), entry("2", "04-01", 100, kind="withdrawal")],
    )

    # A: no fund yet. C: 5 × (2,000 − 1,000 compensated − 100) = 4,500 against 7,100.
    assert found(build, "loan_over_fund_capacity") == ["A", "C"]


def test_loans_of_one_day_are_judged_together(tmp_path: Path) -> None:
    build = book(
        tmp_path, [loan("A", "01-10", 3_000), loan("B", "01-10", 3_000)], fund_entries=[entry("1", "01-01", 1_000)]
    )

    assert found(build, "loan_over_fund_capacity") == ["A", "B"]


def test_without_any_entry_nothing_is_known_of_the_funds_capacity(tmp_path: Path) -> None:
    assert found(book(tmp_path, [loan("A", "01-10", 3_000)]), "loan_over_fund_capacity") == []


def test_more_principal_than_was_lent_is_found(tmp_path: Path) -> None:
    build = book(
        tmp_path,
        [loan(loan_no, "01-10", 1_000) for loan_no in "ABCD"] + [loan("E", None, 1_000)],
        repayments=[
            paid("1", "A", "02-10", 1_000), paid("2", "A", "02-11", 0, 50),
            paid("3", "B", "02-10", 900), paid("4", "B", "02-11", "100.01", kind="compensation"),
            paid("5", "C", "02-10", 1_000), paid("6", "C", "02-11", 500), reversal("7", "C", "02-12", "6"),
            paid("8", "D", "02-10", 1_000, kind="compensation"), paid("9", "D", "02-11", 1_000, kind="recovery"),
            paid("10", "E", "02-10", 1),
        ],
    )  # fmt: skip

    assert found(build, "repaid_more_than_owed") == ["B", "E"]
