"""A small book of loans gone wrong in every way, for the tests that look at the page Loans."""

from pathlib import Path

from dashboard.warehouse import Build
from tests.spec.loan_rows import book, due, entry, loan, paid
from tests.worlds import QUAY, WILLOW


def lent_book(folder: Path) -> Build:
    """Loans late by 168, 41 and 1 days, one that the fund paid for, one too large, one of a firm that hires few."""
    loans = [
        loan("A", "2025-08-10", 12_000, interest_subsidised=True, jobs_created=2),
        loan("B", "2026-02-01", 6_000, community_code=QUAY, bank="农信社", jobs_created=1),
        loan("C", "2026-01-10", 5_000, community_code=WILLOW),
        loan("D", "2026-01-20", 4_000),
        loan("E", "2026-03-01", 400_000),
        loan("F", "2026-03-02", 1_000, product="small_firm", firm_staff=10, firm_hired=2),
        loan("G", "2026-03-03", 1_000, product="small_firm", firm_staff=10, firm_hired=3),
    ]
    schedule = [
        *(due("A", number, on, 3_000) for number, on in enumerate(("01-15", "04-15", "07-15", "10-15"), 1)),
        due("B", 1, "08-20", 3_000), due("B", 2, "11-20", 3_000),
        due("C", 1, "09-29", 5_000), due("D", 1, "04-01", 4_000),
    ]  # fmt: skip
    payments = [
        paid("P1", "A", "01-15", 3_000), paid("P2", "A", "04-20", 1_000),
        paid("P3", "D", "06-01", 4_000, 100, kind="compensation"), paid("P4", "D", "08-01", 500, kind="recovery"),
    ]  # fmt: skip
    entries = [entry("1", "2025-01-01", 90_000), entry("2", "05-05", 10_000), entry("3", "09-01", 600, kind="interest")]
    return book(folder, loans, instalments=schedule, repayments=payments, fund_entries=entries)
