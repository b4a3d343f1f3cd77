"""A delivery whose rows are checked on Spark leaves the same history and the same quarantine, row for row."""

from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from dashboard.semantics.catalogue import indicators
from etl.cli import main
from etl.engines.staging import staging
from etl.home import KEY_VARIABLE, Home
from etl.tables import TABLES
from tests.etl.bureau import load_into
from tests.spark.standalone import BRIEF, HOST

# Written as no demonstration city writes: blanks of all kinds, forms of dates and numbers, what only looks like them.
SUBSIDIES = "payment_no,kind,registration_no,community_code,paid_on,amount,funding_source,period_start,budget_year\n"
SUBSIDIES += "".join(
    f"\u3000S{number}\u2028,{kind},,{code},{day},{amount},市级,{month},{year}\n"
    for number, (kind, code, day, amount, month, year) in enumerate(
        [
            ("职介补贴", "990101001001", "2026-03-01", "100.00", "2026-03", "2026"),
            ("intermediation", "990101001", "2026/3/1", '"1,234.5"', "202603", "2026.0"),
            ("职介补贴 ", "990101", "2026.3.1", "1e3", "2026年3月", "2026.5"),
            ("贷款贴息", "9901010010010", "20260301", "+12.005", "2026/3", ""),
            ("贷款贴息", "990101001001.0", "2026年3月1日", "12.00001", "2026-13", "-1"),
            ("fee_waiver", "990101001001", "2026-02-30", ".5", "2026-03-31", "12345678901234567890"),
            ("无", "990101001001", "0000-01-01", "1,23", "无", "2026"),
            ("合 计", "990101001001", "2026-3-1\u000b", "5.", "2026Q1", "２０２６"),
            ("小计", "", "12026-03-01", "1.005", "2026-03-01", "2026"),
            ("职介补贴", "990101001001", "2027-01-01", "0", "2026-03", "2026"),
        ]
    )
)


@pytest.fixture
def deliveries(tmp_path: Path) -> list[Path]:
    city, odd = tmp_path / "city", tmp_path / "odd"
    made = CliRunner().invoke(main, ["demo", str(city), "--persons", "400", "--years", "1"])
    assert made.exit_code == 0, made.output
    odd.mkdir()
    (odd / "delivery.toml").write_text("data_date = 2026-09-30\n")
    (odd / "subsidies.csv").write_text(SUBSIDIES, encoding="utf-8")
    return [min(city.iterdir()), odd]


def test_rows_checked_on_spark_are_the_rows_checked_here(
    deliveries: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "9" * 64)
    here, there = Home(tmp_path / "here"), Home(tmp_path / "there")
    settings = BRIEF | {"spark.driver.host": HOST, "spark.sql.shuffle.partitions": "2"}
    with staging("local[2]", tmp_path / "store", settings, least=1) as on_spark:
        for delivery in deliveries:
            accounts = [
                load_into(here, delivery, indicators=indicators, allow_partial=True).as_json(),
                load_into(there, delivery, indicators=indicators, allow_partial=True, judging=on_spark).as_json(),
            ]
            assert accounts[0] == accounts[1]
            assert accounts[0]["load"] is not None
    assert not any((tmp_path / "store").iterdir())

    with duckdb.connect() as connection:
        for name, home in (("here", here), ("there", there)):
            connection.execute(f"ATTACH '{home.current()}' AS {name} (READ_ONLY)")
        for table in [*(f"history.{table.name}" for table in TABLES), "log.quarantine", "log.files"]:
            rows = [connection.execute(f"FROM {home}.{table} ORDER BY ALL").fetchall() for home in ("here", "there")]
            assert rows[0] == rows[1], table
        [(held,)] = connection.execute("SELECT count(*) FROM here.log.quarantine").fetchall()
        assert held > 5
