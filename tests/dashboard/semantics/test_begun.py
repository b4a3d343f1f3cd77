"""Since when a build holds what a metric is made of."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.semantics.begun import first_months
from tests.spec.loan_rows import book, loan, paid, reversal

FEBRUARY = date(2026, 2, 1)


@pytest.mark.parametrize("later", [[], [reversal("2", "A", "04-01", "1")]], ids=["none reversed", "one reversed"])
def test_what_is_added_up_begins_with_the_first_of_its_parts(tmp_path: Path, later: list[dict[str, object]]) -> None:
    build = book(
        tmp_path,
        [loan("A", "01-10", 1_000)],
        repayments=[paid("1", "A", "02-10", 400, kind="compensation"), *later],
    )
    assert first_months(build, ("compensation", "loans_disbursed")) == {
        "compensation": FEBRUARY,
        "loans_disbursed": date(2026, 1, 1),
    }


def test_a_ratio_begins_when_both_its_sides_have(tmp_path: Path) -> None:
    build = book(tmp_path, [loan("A", "01-10", 1_000)], repayments=[])
    begun = first_months(build, ("compensation", "placements", "cost_per_placement"))
    assert begun == dict.fromkeys(begun), "nothing was paid, and nobody placed"


def test_what_has_no_days_has_no_first_one(tmp_path: Path) -> None:
    build = book(tmp_path, [loan("A", "01-10", 1_000)], repayments=[])
    assert first_months(build, ("offices", "placed")).keys() == {"placed"}
