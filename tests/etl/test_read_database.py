"""Databases named by delivery.toml: tables, views and queries."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import sqlalchemy as sa

from etl.read import Landing, Refused, find_files, land
from etl.read.cell import plain_text


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sa.Connection]:
    engine = sa.create_engine(f"sqlite:///{tmp_path / '业务.db'}")
    with engine.connect() as database:
        yield database
    engine.dispose()


@pytest.fixture
def visits(database: sa.Connection) -> sa.Table:
    metadata = sa.MetaData()
    columns = (sa.Column("回访号", sa.Integer), sa.Column("登记号", sa.Text), sa.Column("visited_on", sa.Date))
    table = sa.Table("回访 台账", metadata, *columns, sa.Column("方式", sa.Text), sa.Column("经办", sa.Text))
    metadata.create_all(database)
    rows = [("R1", date(2026, 3, 1), "上门"), ("R2", date(2026, 3, 2), None), ("R3", date(2026, 3, 3), "电话")]
    database.execute(
        table.insert(),
        [
            {"回访号": n, "登记号": no, "visited_on": day, "方式": mode, "经办": "某"}
            for n, (no, day, mode) in enumerate(rows)
        ],
    )
    database.commit()
    return table


def landings(connection: duckdb.DuckDBPyConnection, folder: Path, url: str, tables: str) -> list[Landing]:
    (folder / "delivery.toml").write_text(f'url = "{url}"\n[tables]\n{tables}\n', "utf-8")
    sources, _ = find_files(folder)
    return [landing for n, source in enumerate(sources) for landing in land(connection, source, n)]


def cells(connection: duckdb.DuckDBPyConnection, landing: Landing, *names: str) -> list[tuple[object, ...]]:
    return connection.execute(f"SELECT _line, {', '.join(names)} FROM {landing.relation} ORDER BY _line").fetchall()


def test_a_table_is_read_with_the_first_row_as_line_2(
    connection: duckdb.DuckDBPyConnection, visits: sa.Table, tmp_path: Path
) -> None:
    [landing] = landings(connection, tmp_path, f"sqlite:///{tmp_path}/业务.db", 'visits = "回访 台账"')
    assert (landing.file, landing.table, landing.rows, landing.unknown) == ("回访 台账", "visits", 3, ("经办",))
    assert cells(connection, landing, "visit_no", "visited_on", "mode") == [
        (2, "0", "2026-03-01", "上门"),
        (3, "1", "2026-03-02", None),
        (4, "2", "2026-03-03", "电话"),
    ]


def test_a_query_may_hold_colons_and_line_feeds(
    connection: duckdb.DuckDBPyConnection, visits: sa.Table, tmp_path: Path
) -> None:
    query = '''"""
      WITH v AS (SELECT * FROM "回访 台账")
      SELECT 回访号, 登记号 || ' :x' AS 登记号, visited_on FROM v WHERE 方式 IS NOT NULL ORDER BY 回访号 DESC"""'''
    [landing] = landings(
        connection, tmp_path, f"sqlite:///{tmp_path}/业务.db", f"回访 = {query}".replace("回访 =", '"回访" =')
    )
    assert landing.file == "visits"
    assert cells(connection, landing, "visit_no", "registration_no") == [(2, "2", "R3 :x"), (3, "0", "R1 :x")]


def test_a_database_beside_its_declaration_is_found(
    connection: duckdb.DuckDBPyConnection, visits: sa.Table, tmp_path: Path
) -> None:
    [landing] = landings(connection, tmp_path, "sqlite:///业务.db", 'visits = "回访 台账"')
    assert landing.rows == 3


def test_the_password_is_never_told(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for url in ("nodialect://u:s3cr%40t@host/db", "sqlite://u:s3cr%40t@host/none.db", "s3cr%40t"):
        with pytest.raises(Refused) as refused:
            landings(connection, tmp_path, url, 'visits = "v_visits"')
        assert (refused.value.reason, refused.value.file) == ("unreadable", "v_visits")
        told = f"{refused.value} {refused.value.__cause__} {refused.value.__context__ and ''}"
        assert "s3cr" not in told


def test_a_missing_table_is_unreadable_and_a_missing_column_named(
    connection: duckdb.DuckDBPyConnection, visits: sa.Table, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/业务.db"
    with pytest.raises(Refused, match="no such table"):
        landings(connection, tmp_path, url, 'visits = "v_visits"')
    with pytest.raises(Refused) as refused:
        landings(connection, tmp_path, url, """visits = 'SELECT 回访号, visited_on FROM "回访 台账"'""")
    assert refused.value.columns == ("registration_no",)


def test_rows_of_many_batches_keep_their_lines(
    connection: duckdb.DuckDBPyConnection, database: sa.Connection, tmp_path: Path
) -> None:
    database.exec_driver_sql("CREATE TABLE v (visit_no, registration_no, visited_on)")
    rows = [(n, f"R{n}", "2026-03-01") for n in range(45_000)]
    database.exec_driver_sql("INSERT INTO v VALUES (?, ?, ?)", rows)
    database.commit()
    [landing] = landings(connection, tmp_path, f"sqlite:///{tmp_path}/业务.db", 'visits = "v"')
    query = f"SELECT count(*) FILTER (visit_no = (_line - 2)::VARCHAR) FROM {landing.relation}"
    assert connection.execute(query).fetchall() == [(45_000,)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (17.0, "17"),
        (1e-7, "0.0000001"),
        (float("nan"), None),
        (float("inf"), "inf"),
        (Decimal("1234.50"), "1234.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("NaN"), None),
        (True, "true"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime.fromisoformat("2026-03-01T08:30"), "2026-03-01 08:30:00"),
        (datetime.fromisoformat("2026-02-28T16:00+00:00"), "2026-03-01"),
        (b"\xe4\xb8\xad", "中"),
        (memoryview(b"x"), "x"),
        (None, None),
        ("　a ", "　a "),
    ],
)
def test_typed_cells_become_plain_text(value: object, text: str | None) -> None:
    assert plain_text(value) == text
