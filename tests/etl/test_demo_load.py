"""The demonstration city through the real loader: nothing refused, every row accounted for, something of everything."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from dashboard.semantics.catalogue import indicators
from etl.account import Account
from etl.contract import REASONS, Table
from etl.demo.city import write_city
from etl.demo.tally import Tally
from etl.home import Home
from etl.tables import TABLES
from tests.etl.bureau import load_into

FINDINGS = (
    "budget_overspent", "double_registration", "id_mismatch", "loan_over_cap", "loan_over_fund_capacity",
    "loan_over_term", "placed_while_not_registered", "repaid_more_than_owed", "subsidy_after_exit",
    "subsidy_after_working_age", "subsidy_over_duration", "subsidy_overlap", "subsidy_without_job",
    "target_sum_mismatch",
)  # fmt: skip

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Account], Path, Tally]:
    """Accounts of a small city's four deliveries, the build served, and what the city is made of."""
    folder = tmp_path_factory.mktemp("cihu")
    tally = write_city(folder / "city", persons=1500, years=1, seed=1)
    home = Home(folder / "home")
    accounts = [load_into(home, path, indicators=indicators) for path in sorted((folder / "city").iterdir())]
    build = home.current()
    assert build is not None
    return accounts, build, tally


@pytest.fixture
def build(loaded: tuple[list[Account], Path, Tally]) -> Iterator[DuckDBPyConnection]:
    with duckdb.connect(str(loaded[1]), read_only=True) as connection:
        yield connection


def test_every_delivery_loads_and_every_row_is_accounted_for(loaded: tuple[list[Account], Path, Tally]) -> None:
    for account in loaded[0]:
        told = account.as_json()
        assert told["load"] is not None
        assert told["refused"] == []
        for counts in told["tables"].values():
            where = ("new", "changed", "unchanged", "duplicates", "totals_rows", "quarantined")
            assert counts["read"] == sum(counts[name] for name in where)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_what_a_row_names_is_in_history_since_no_later_load(build: DuckDBPyConnection, table: Table) -> None:
    """So what does not count of it may be looked for, instead of what does (etl.live)."""
    for each in table.references:
        [(named, unknown)] = build.execute(f"""
            WITH version AS (
                SELECT {each.column} AS key, load_from FROM history.{table.name}
                WHERE NOT voided AND {each.column} IS NOT NULL
            ),
            first AS (
                SELECT {each.target_column} AS key, min(load_from) AS load_from FROM history.{each.table} GROUP BY ALL
            )
            SELECT count(*), count(*) FILTER (WHERE first.key IS NULL OR first.load_from > version.load_from)
            FROM version LEFT JOIN first USING (key)
        """).fetchall()
        assert unknown == 0, each.column
        assert named > 0 or table.name == "fund_entries"  # none of them names a district here


def test_the_files_are_recognised_but_for_the_note(loaded: tuple[list[Account], Path, Tally]) -> None:
    assert [account.as_json()["unrecognised"] for account in loaded[0]] == [["交接说明.txt"], [], [], []]
    assert loaded[0][0].as_json()["unknown_columns"] == {"下岗失业人员登记-磁山区.csv": ["备注"]}


def test_late_rows_are_released_and_totals_and_duplicates_counted(loaded: tuple[list[Account], Path, Tally]) -> None:
    sums: Counter[str] = Counter()
    for account in loaded[0]:
        for counts in account.as_json()["tables"].values():
            sums.update({name: counts[name] for name in ("released", "totals_rows", "duplicates")})
    assert all(sums[name] > 0 for name in ("released", "totals_rows", "duplicates"))


def test_clerks_make_every_kind_of_fault(build: DuckDBPyConnection) -> None:
    found = build.execute("SELECT DISTINCT reason FROM log.quarantine").fetchall()
    assert {reason for (reason,) in found} == set(REASONS)


def test_every_finding_occurs(build: DuckDBPyConnection) -> None:
    found = Counter(code for (code,) in build.execute("SELECT finding FROM mart.finding").fetchall())
    assert set(found) == set(FINDINGS)


def test_placements_that_were_withdrawn_count_nowhere(build: DuckDBPyConnection) -> None:
    [(void,)] = build.execute("SELECT count(*) FROM history.placements WHERE voided AND load_until IS NULL").fetchall()
    assert void > 0


def test_the_city_is_what_it_was_made_of(build: DuckDBPyConnection, loaded: tuple[list[Account], Path, Tally]) -> None:
    tally = loaded[2]
    [(lent, loans)] = build.execute(
        "SELECT sum(amount), count(*) FROM live.loans WHERE year(disbursed_on) = 2025"
    ).fetchall()
    assert lent * 100 == tally.of("loan_amount_disbursed", 2025)
    assert loans == tally.of("loans_disbursed", 2025)
    [(spent,)] = build.execute("SELECT sum(amount) FROM live.subsidies WHERE year(paid_on) = 2025").fetchall()
    assert spent * 100 == tally.of("subsidy_spend", 2025)
