"""Models on Spark: each is written to the store as Parquet and named in the session, so that later ones can read it."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from graphlib import TopologicalSorter
from typing import Final

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from etl.build import is_view
from etl.engines import EngineError
from etl.engines.dialect import to_spark
from etl.engines.store import Store
from etl.model import Model, ModelError

AT_ONCE: Final = 4  # models under way: small ones then do not leave the cluster idle
FINDING: Final = "mart.finding"
# Days and sums as in DuckDB: no local time, errors instead of nulls, the calendar as it is also before 1582.
_SETTINGS: Final = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


@contextmanager
def session(master: str, settings: Mapping[str, str]) -> Iterator[SparkSession]:
    """A session on the cluster at `master`, stopped at the end; `settings`: Spark's own, but for those given here.

    EngineError where Spark does not answer.
    """
    builder = SparkSession.builder.master(master).appName("reemploy")
    for name, value in {**settings, **_SETTINGS}.items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        raise EngineError(f"no Spark at {master}: {error}") from error
    try:
        yield spark
    finally:
        spark.stop()


@dataclass(frozen=True)
class Cluster:
    """A session and the store that its workers share."""

    spark: SparkSession
    store: Store

    def run(self, models: Sequence[Model], given: Sequence[str]) -> None:
        """Run the models, each after those that it reads; `given`: tables that the store holds already. ModelError."""
        for schema in ("history", "live", "policy", "log", "core", "mart", "finding"):
            self.spark.sql(f"CREATE SCHEMA {schema}")
        for table in given:
            self._name(table, self.spark.read.parquet(str(self.store.path(table))))
        by_table = {model.table: model for model in models}
        findings = sorted(table for table in by_table if table.startswith("finding."))
        graph = {model.table: model.reads & set(by_table) for model in models} | {FINDING: set(findings)}
        order = TopologicalSorter(graph)
        order.prepare()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            under_way: dict[Future[None], str] = {}
            while order.is_active():
                for table in order.get_ready():
                    model = by_table.get(table)
                    work = pool.submit(self._make, model) if model else pool.submit(self._collect, findings)
                    under_way[work] = table
                for work in wait(under_way, return_when=FIRST_COMPLETED).done:
                    _raise(work, under_way[work], pool)
                    order.done(under_way.pop(work))

    def _make(self, model: Model) -> None:
        select = to_spark(model.select)
        if model.schema == "mart" and is_view(model.name):
            self.spark.sql(f"CREATE VIEW {model.table} AS {select}")
        else:
            self._write(model.table, self.spark.sql(select))

    def _collect(self, findings: Sequence[str]) -> None:
        frames = [self.spark.table(table) for table in findings]
        self._write(FINDING, reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), frames))

    def _write(self, table: str, frame: DataFrame) -> None:
        frame.write.parquet(str(self.store.path(table)))
        self._name(table, frame)

    def _name(self, table: str, frame: DataFrame) -> None:
        self.spark.catalog.createTable(table, path=str(self.store.path(table)), source="parquet", schema=frame.schema)


def _raise(work: Future[None], table: str, pool: ThreadPoolExecutor) -> None:
    error = work.exception()
    if error is not None:
        pool.shutdown(wait=False, cancel_futures=True)
        raise ModelError(f"{table}: {error}") from error
