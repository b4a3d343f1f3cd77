"""Candidates beside each other and beside history, on the cluster: the loader's own SELECTs over Parquet in the store.

Duplicates, references, withdrawals and the versions that follow are SELECTs over `candidate`, `history.…` and what was
made before. Their results, a row for each row that something is wrong with or that is new, come back as temporary
tables of the build that is being made; nothing else is written here. The store sees what history would: `person_key`,
never an ID number.
"""

from duckdb import DuckDBPyConnection
from pyspark.sql import DataFrame, SparkSession
from sqlglot import exp, parse_one

from etl.canonical import quoted
from etl.contract import Table
from etl.engines.dialect import to_spark
from etl.engines.store import Store
from etl.tables import BY_NAME

# Judging writes these two; all else of a candidate stays as it was checked.
_VERDICT = ("_fault", "_mode")


class Beside:
    """The candidates of one source table in the store, and what of history they are set beside."""

    def __init__(self, spark: SparkSession, store: Store, connection: DuckDBPyConnection, table: Table) -> None:
        self._spark, self._store, self._connection, self._table = spark, store, connection, table
        self._given: set[str] = set()
        self._made: list[str] = []
        self._rows: DataFrame | None = None

    def make(self, name: str, select: str) -> None:
        """Run the SELECT on the cluster and make of its rows a temporary table `name`, which later ones can read."""
        for history in sorted(_histories(select) - self._given):
            self._give(history)
        self._candidates().createOrReplaceTempView("candidate")
        made = f"made.{name}{len(self._made)}"
        path = str(self._store.path(made))
        frame = self._spark.sql(to_spark(select))
        frame.write.parquet(path)
        self._spark.read.schema(frame.schema).parquet(path).createOrReplaceTempView(name)
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM {self._store.relation(made)}")
        self._made.append(name)

    def forget(self) -> None:
        """Remove all of it from the session and from the store."""
        for history in self._given:
            self._spark.sql(f"DROP TABLE history.{history}")
        for view in {"candidate", *self._made}:
            self._spark.catalog.dropTempView(view)
        self._store.keep_only(set())

    def _candidates(self) -> DataFrame:
        """The candidates as they are judged by now: the rows once, and each time what was found of some of them."""
        if self._rows is None:
            unjudged = f"(SELECT rowid, * EXCLUDE ({', '.join(_VERDICT)}) FROM candidate)"
            self._rows = self._written("judged.candidate", unjudged)
        listed = ", ".join(_VERDICT)
        found = f"(SELECT rowid, {listed} FROM candidate WHERE _fault IS NOT NULL OR _mode <> 0)"
        verdicts = self._written(f"judged.verdict{len(self._made)}", found)
        return self._rows.join(verdicts, "rowid", "left").fillna(0, ["_mode"])

    def _give(self, history: str) -> None:
        """The versions that hold now: whole of the table itself and of regions, of other tables the keys."""
        table = BY_NAME[history]
        whole = table is self._table or history == "regions"
        columns = "*" if whole else ", ".join([*map(quoted, table.key), "load_until"])
        name = f"history.{history}"
        frame = self._written(name, f"(SELECT rowid, {columns} FROM {name} WHERE load_until IS NULL)")
        path = str(self._store.path(name))
        self._spark.catalog.createTable(name, path=path, source="parquet", schema=frame.schema)
        self._given.add(history)

    def _written(self, name: str, source: str) -> DataFrame:
        self._store.write(self._connection, name, source)
        return self._spark.read.parquet(str(self._store.path(name)))


def _histories(select: str) -> set[str]:
    return {table.name for table in parse_one(select, read="duckdb").find_all(exp.Table) if table.db == "history"}
