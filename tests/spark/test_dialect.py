"""What both engines know and read differently: each rewrite, asked of DuckDB and of Spark, over values that tell."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from pyspark.sql import SparkSession

from etl.engines.cluster import session
from etl.engines.dialect import to_spark
from tests.spark.standalone import BRIEF, HOST

DAYS = "(VALUES (DATE '2024-01-31', DATE '2024-02-29'), (DATE '2023-12-31', DATE '2024-01-01'),"
DAYS += " (DATE '2024-02-29', DATE '2021-01-01'), (DATE '9999-12-31', DATE '0001-01-01')) AS day (one, other)"
SUMS = "(VALUES (300.03, 2), (0.25, 2), (100.01, 3), (-300.03, 2), (12.50, 1), (2.01, 2)) AS sums (amount, months)"
TEXTS = "(VALUES ('2026'), ('202603'), ('2026年3月'), ('2026\n'),"
TEXTS += " ('磁湖市2026'), ('\u200b磁\t'), ('12026'), ('a')) AS given (text)"
WIDE = "(VALUES (12500000.00), (12.50), (0.00), (-3.25), (999999999999.75)) AS wide (value)"


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    with session("local[1]", BRIEF | {"spark.driver.host": HOST, "spark.sql.shuffle.partitions": "1"}) as made:
        yield made


@pytest.mark.parametrize(
    "select",
    [
        pytest.param(
            f"SELECT date_diff('month', one, other) AS months FROM {DAYS}", id="months are boundaries crossed"
        ),
        pytest.param(
            f"SELECT cast(one + to_months(1) AS DATE) AS next_month FROM {DAYS} WHERE one < DATE '9999-01-01'",
            id="a month later",
        ),
        pytest.param(
            f"SELECT cast(other + to_years(50) AS DATE) AS turned FROM {DAYS}", id="years later, from 29 February too"
        ),
        pytest.param(
            f"SELECT cast(amount / months AS DECIMAL(18, 2)) AS share FROM {SUMS}", id="a share is a rounded double"
        ),
        pytest.param(f"SELECT amount / months AS share FROM {SUMS}", id="a division is a double"),
        pytest.param(f"SELECT cast(cast(value AS DOUBLE) AS VARCHAR) AS said FROM {WIDE}", id="a double without E"),
        pytest.param(
            "SELECT unnest(string_split('a|b.c|', '|')) AS piece", id="text is cut at a text, not at a pattern"
        ),
        pytest.param(f"SELECT strlen(text) AS bytes, ord(text) AS code FROM {TEXTS}", id="bytes, and the first code"),
        pytest.param(f"SELECT trim(text, chr(9) || chr(8203)) AS inner_text FROM {TEXTS}", id="characters by code"),
        pytest.param(f"SELECT text[1:4] || '-' || text[5:6] AS month FROM {TEXTS}", id="slices"),
        pytest.param(
            f"SELECT regexp_full_match(text, '[0-9]{{4}}|[0-9]{{6}}') AS is_whole FROM {TEXTS}",
            id="patterns that fit the whole",
        ),
        pytest.param(
            rf"SELECT regexp_replace(text, '^([0-9]{{4}})[-/年]?([0-9]+)月?$', '\1-\2-01') AS day FROM {TEXTS}",
            id="groups of a pattern",
        ),
        pytest.param(
            "SELECT number // 10000 AS years FROM (VALUES (509999), (-1), (-10001), (20000)) AS born (number)",
            id="whole years",
        ),
        pytest.param(
            "SELECT last_day(one) AS month_end, one - 1 AS before, strftime(one, '%Y-%m') AS month,"
            f" cast(one AS VARCHAR) AS said, greatest(one, NULL, other) AS later FROM {DAYS}",
            id="days",
        ),
        pytest.param(
            "SELECT number, row_number() OVER (ORDER BY text, number) AS place FROM"
            " (VALUES (1, 'é'), (2, 'z'), (3, NULL), (4, '磁'), (5, 'Z')) AS word (number, text)",
            id="texts in the order of their bytes, the missing last",
        ),
        pytest.param(
            "SELECT number, hash(number, text) = hash(first_number, first_text) AS alike, position <> first AS later"
            " FROM (SELECT *, row(number, text) AS position, min(row(number, text)) OVER () AS first,"
            " min(number) OVER () AS first_number, min(text) OVER () AS first_text FROM"
            " (VALUES (1, 'a'), (2, 'a'), (1, 'a'), (2, NULL), (1, 'é')) AS pair (number, text)) AS pairs",
            id="rows of values, and hashes of them",
        ),
    ],
)
def test_spark_answers_as_duckdb_does(spark: SparkSession, select: str) -> None:
    assert answers_of(spark.sql(to_spark(select)).collect()) == answers_of(duckdb.sql(select).fetchall())


def answers_of(rows: list[Any]) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in rows), key=repr)
