"""The guarantee fund's balance and leverage, worked by hand."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from dashboard.warehouse import Build
from tests.spec.loan_rows import book, day, due, entry, figure, figures, loan, paid, reversal
from tests.worlds import CITY, HILL, NORTH, PINE, QUAY, SOUTH, Row


def fund(folder: Path, entries: Sequence[Row], *payments: Row) -> Build:
    return book(
        folder,
        [loan("A", "02-01", 8_000), loan("B", "02-01", 5_000, community_code=QUAY)],
        instalments=[due("A", 1, "03-01", 8_000)],
        repayments=payments,
        fund_entries=entries,
    )


NAMED = (
    entry("1", "01-01", 5_000, district=NORTH),
    entry("2", "01-05", 1_000, district=SOUTH),
    entry("3", "03-01", 200, kind="interest", district=NORTH),
    entry("4", "04-01", 700, kind="withdrawal", district=NORTH),
)


def test_fund_balance_adds_contributions_and_interest_and_takes_withdrawals_off(tmp_path: Path) -> None:
    build = fund(tmp_path, NAMED)

    assert figures(build, "fund_balance", "month", on="04-30") == {
        "2026-01": 6_000, "2026-02": 6_000, "2026-03": 6_200, "2026-04": 5_500,
    }  # fmt: skip


def test_compensation_draws_on_the_fund_and_recovery_refills_it(tmp_path: Path) -> None:
    build = fund(
        tmp_path,
        NAMED,
        paid("1", "A", "05-01", 3_000, 100, kind="compensation"),
        paid("2", "A", "06-01", 500, 20, kind="recovery"),
        paid("3", "B", "07-01", 400, 0, kind="compensation"),
        reversal("4", "B", "08-01", "3"),
    )

    assert [figure(build, "fund_balance", on=on) for on in ("05-01", "06-01", "07-01", "08-01")] == [
        2_400, 2_920, 2_520, 2_920,
    ]  # fmt: skip
    assert figures(build, "fund_balance", "district", on="07-01") == {NORTH: 1_920, SOUTH: 600}


def test_a_district_has_a_balance_while_every_entry_names_one(tmp_path: Path) -> None:
    build = fund(tmp_path, [*NAMED, entry("5", "06-01", 300)])

    assert figures(build, "fund_balance", "district", on="05-31") == {NORTH: 4_500, SOUTH: 1_000}
    assert figures(build, "fund_balance", "district", on="06-01") == {NORTH: None, SOUTH: None}
    assert figure(build, "fund_balance", on="06-01", region=NORTH) is None
    assert figure(build, "fund_balance", on="06-01", region=CITY) == 5_800
    assert figures(build, "fund_leverage", "district", on="06-01") == {NORTH: None, SOUTH: None}


@pytest.mark.parametrize("metric", ["fund_balance", "fund_leverage"])
def test_the_fund_does_not_exist_below_the_district(tmp_path: Path, metric: str) -> None:
    build = fund(tmp_path, NAMED)

    assert set(figures(build, metric, "community").values()) == {None}
    assert figure(build, metric, region=HILL) is None
    assert figure(build, metric, region=PINE) is None


def test_fund_leverage_is_the_loans_outstanding_over_the_balance(tmp_path: Path) -> None:
    build = fund(tmp_path, NAMED)

    assert figure(build, "fund_leverage", on="02-28") == pytest.approx(13_000 / 6_000)
    assert figures(build, "fund_leverage", "district", on="02-28") == {
        NORTH: pytest.approx(1.6),
        SOUTH: pytest.approx(5),
    }
    assert figure(build, "fund_leverage", on="01-31") == 0


def test_fund_leverage_is_missing_at_a_balance_of_nothing_or_less(tmp_path: Path) -> None:
    build = fund(tmp_path, [*NAMED, entry("5", "06-01", 5_500, kind="withdrawal", district=NORTH)])

    assert figure(build, "fund_balance", on="06-01") == 0
    assert figure(build, "fund_leverage", on="06-01") is None
    assert figures(build, "fund_leverage", "district", on="06-01") == {NORTH: None, SOUTH: pytest.approx(5)}


def test_the_room_is_what_the_cap_still_allows(tmp_path: Path) -> None:
    build = fund(tmp_path, NAMED)

    assert figure(build, "fund_leverage_cap") == 5
    assert figure(build, "fund_room", on="02-28") == 5 * 6_000 - 13_000
    assert figures(build, "fund_room", "district", on="02-28") == {NORTH: 25_000 - 8_000, SOUTH: 0}
    assert figure(build, "fund_leverage_cap", start="2002-01-01", on="2002-12-23", as_of=day("2002-12-23")) is None
