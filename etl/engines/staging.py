"""Rows of large deliveries judged on the cluster: the loader's own SQL over Parquet in the store.

Landed text is checked there only where it names no person by ID number and bears no word that is not stored: keys and
identifiers never leave the machine that loads. What is small is judged there too.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from etl.check import Landed, add_candidates, candidate_select
from etl.contract import Kind, Table
from etl.engines import EngineError
from etl.engines.beside import Beside
from etl.engines.cluster import session
from etl.engines.dialect import to_spark
from etl.engines.store import Store
from etl.faults import checked_columns
from etl.judging import Make, make_here

LEAST: Final = 200_000  # rows; below, a cluster takes longer to begin than one machine to end
_TREE: Final = "regions"  # few rows, and recursion over successors, which Spark's SQL would do in other words
_HOME_ONLY: Final = (Kind.ID_NUMBER, Kind.IDENTIFIER, Kind.INDICATOR)


class Staging:
    """A session, and the folder of the store through which rows go out and come back."""

    def __init__(self, spark: SparkSession, store: Store, least: int = LEAST) -> None:
        self._spark, self._store, self._least = spark, store, least
        for schema in ("landing", "history"):
            spark.sql(f"CREATE SCHEMA IF NOT EXISTS {schema}")

    def check(self, connection: DuckDBPyConnection, table: Table, landed: Landed, data_date: date | None) -> None:
        """Check every row of a landing and add it to the candidates, here or on the cluster: the same rows."""
        if landed.landing.rows < self._least or not may_leave(table, frozenset(landed.landing.columns)):
            add_candidates(connection, table, landed, data_date)
            return
        given, made = f"landing.f{landed.number}", f"checked.f{landed.number}"
        self._store.write(connection, given, landed.relation)
        schema = self._spark.read.parquet(str(self._store.path(given))).schema
        self._spark.catalog.createTable(given, path=str(self._store.path(given)), source="parquet", schema=schema)
        checked = self._spark.sql(to_spark(candidate_select(table, replace(landed, relation=given), data_date)))
        kinds = dict(connection.execute("SELECT column_name, column_type FROM (DESCRIBE candidate)").fetchall())
        cells = [checked[name].cast(_spark_type(kinds[name])).alias(name) for name in checked.columns]
        checked.select(*cells).write.parquet(str(self._store.path(made)))
        relation = self._store.relation(made)
        connection.execute(f"INSERT INTO candidate BY NAME SELECT * FROM {relation} ORDER BY _line")
        self._spark.sql(f"DROP TABLE {given}")
        self._store.keep_only(set())

    @contextmanager
    def making(self, connection: DuckDBPyConnection, table: Table) -> Iterator[Make]:
        """What makes tables of SELECTs over candidates and history, here or on the cluster: the same rows."""
        [(rows,)] = connection.execute("SELECT count(*) FROM candidate").fetchall()
        if rows < self._least or table.name == _TREE:
            yield make_here(connection)
            return
        beside = Beside(self._spark, self._store, connection, table)
        try:
            yield beside.make
        finally:
            beside.forget()


@contextmanager
def staging(master: str, store: Path, settings: Mapping[str, str], least: int = LEAST) -> Iterator[Staging]:
    """Judging on the cluster at `master`; its part of the store is gone at the end. EngineError."""
    folder = Store.anew(store, "staging")
    try:
        with session(master, settings) as spark:
            yield Staging(spark, folder, least)
    except (PySparkException, Py4JError) as error:
        raise EngineError(f"Spark at {master} gave up: {error}") from error
    finally:
        folder.remove()


def may_leave(table: Table, delivered: frozenset[str]) -> bool:
    """Whether a landing with these columns can be checked elsewhere: no identifiers, and no need of history."""
    if any(column.kind in _HOME_ONLY for column in table.columns):
        return False
    return delivered.issuperset(table.required) and delivered.issuperset(checked_columns(table))


def _spark_type(duckdb_type: str) -> str:
    return "STRING" if duckdb_type == "VARCHAR" else duckdb_type
