"""Parquet files: typed columns become the text that a clerk would have typed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.read import Landing, Refused, find_files, land


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def landed(connection: duckdb.DuckDBPyConnection, folder: Path, columns: dict[str, Any]) -> Landing:
    pq.write_table(pa.table(columns), folder / "补贴支出 2026.parquet")
    sources, _ = find_files(folder)
    [landing] = land(connection, sources[0], 1)
    return landing


def payment(**columns: Any) -> dict[str, Any]:
    required = {
        "支付号": ["Z1", "Z2", "Z3"],
        "补贴类别": ["岗位补贴"] * 3,
        "社区代码": [420202001001] * 3,
        "支付日期": [date(2026, 3, 1)] * 3,
        "金额(万元)": [0.05, 1.0, 2.5],
        "资金来源": ["省级"] * 3,
    }
    return {**required, **columns}


def cells(connection: duckdb.DuckDBPyConnection, landing: Landing, *names: str) -> list[tuple[object, ...]]:
    return connection.execute(f"SELECT _line, {', '.join(names)} FROM {landing.relation} ORDER BY _line").fetchall()


def test_the_first_row_is_line_2(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    landing = landed(connection, tmp_path, payment())
    assert (landing.table, landing.rows, landing.normal) == ("subsidies", 3, True)
    assert dict(landing.factors) == {"amount": 10_000}
    assert cells(connection, landing, "payment_no", "community_code", "paid_on", "amount") == [
        (2, "Z1", "420202001001", "2026-03-01", "0.05"),
        (3, "Z2", "420202001001", "2026-03-01", "1"),
        (4, "Z3", "420202001001", "2026-03-01", "2.5"),
    ]


@pytest.mark.parametrize(
    ("array", "texts"),
    [
        (pa.array([17.0, float("nan"), 1e-5]), ["17", None, "0.00001"]),
        (pa.array([4.2e17, 5.31, -0.5]), ["420000000000000000", "5.31", "-0.5"]),
        (pa.array([5.31, 3.0, None], pa.float32()), ["5.31", "3", None]),
        (pa.array([Decimal("1234.50"), Decimal("0.00"), None]), ["1234.50", "0.00", None]),
        (pa.array([True, False, None]), ["true", "false", None]),
        (pa.array([b"\xe4\xb8\xad", b"x", None]), ["中", "x", None]),
        (pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"]),
        (pa.array([["a", "b"], [], None]), ["a;b", "", None]),
        (pa.array([1, 2**40, None]), ["1", "1099511627776", None]),
        (pa.nulls(3), [None, None, None]),
    ],
)
def test_typed_cells_become_plain_text(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, array: pa.Array, texts: list[str | None]
) -> None:
    landing = landed(connection, tmp_path, payment(employer_code=array))
    assert [text for _, text in cells(connection, landing, "employer_code")] == texts


def test_moments_become_days_in_columns_of_days(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    moments = [datetime(2026, 2, 28, 16, tzinfo=UTC), datetime(2026, 3, 1, 2, 30, tzinfo=UTC), None]
    plain = [None if moment is None else moment.replace(tzinfo=None) for moment in moments]
    columns = {
        "审批日期": pa.array(moments, pa.timestamp("us", tz="UTC")),
        "补贴起始月": pa.array(plain, pa.timestamp("ns")),
        "单位代码": pa.array(plain, pa.timestamp("ms")),
    }
    landing = landed(connection, tmp_path, payment(**columns))
    assert cells(connection, landing, "approved_on", "period_start", "employer_code") == [
        (2, "2026-03-01", "2026-02-28", "2026-02-28 16:00:00"),
        (3, "2026-03-01", "2026-03-01", "2026-03-01 02:30:00"),
        (4, None, None, None),
    ]


def test_wholly_empty_rows_are_no_rows(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    columns = {name: [values[0], None, values[2]] for name, values in payment(备注=["", " ", "代"]).items()}
    landing = landed(connection, tmp_path, {**columns, "备注": ["", " ", "代"]})
    assert landing.unknown == ("备注",)
    assert [line for line, _ in cells(connection, landing, "payment_no")] == [2, 4]


def test_full_width_text_is_noticed(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert not landed(connection, tmp_path, payment(单位代码=["a", "Ａ", None])).normal


def test_lacking_columns_are_named(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    columns = payment()
    del columns["金额(万元)"], columns["支付号"]
    with pytest.raises(Refused) as refused:
        landed(connection, tmp_path, columns)
    assert (refused.value.reason, refused.value.columns) == ("missing_column", ("payment_no", "amount"))


def test_a_file_without_rows_has_none(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert landed(connection, tmp_path, {name: values[:0] for name, values in payment().items()}).rows == 0


def test_a_damaged_file_is_unreadable(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    landed(connection, tmp_path, payment())
    path = tmp_path / "补贴支出 2026.parquet"
    whole = path.read_bytes()
    sources, _ = find_files(tmp_path)
    for content in (b"", b"PAR1", whole[:-9], b"PAR1" + b"\xff" * 90 + whole[94:]):
        path.write_bytes(content)
        with pytest.raises(Refused, match="Parquet") as refused:
            land(connection, sources[0], 2)
        assert refused.value.reason == "unreadable"
