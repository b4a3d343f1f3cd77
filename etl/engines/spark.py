"""A build on a cluster: history to shared storage, models on Spark, and a build file that serves what they wrote.

The build file holds what is small (log, policy, regions, the settled models) and views over the rest; the dashboard
opens it like any other.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import duckdb
from duckdb import DuckDBPyConnection

from etl.build import DRAFTED, check_declared, is_view, run_model, write_ground
from etl.canonical import literal, quoted
from etl.engines.cluster import FINDING, Cluster, session
from etl.engines.draft import draft
from etl.engines.served import begin, name_store, remove_unserved, replaced
from etl.engines.split import exported, growing, settled
from etl.engines.store import Store
from etl.home import Home
from etl.journal import copy_log
from etl.marts import DECLARED
from etl.marts.table import duckdb_type
from etl.model import models
from etl.tables import TABLES

EXPORT: Final = "export"
MODELS: Final = "models"
Progress = Callable[[str], None]


def build(
    source: Home,
    target: Home,
    store: Path,
    *,
    master: str,
    settings: Mapping[str, str],
    copied: bool = False,
    progress: Progress = lambda _stage: None,
) -> Path:
    """Run the models over the history of `source` on the cluster at `master`; the build served in `target` after it.

    `copied`: the marts into the build file, beside what it reads of the store for rows behind figures.
    Raises HomeError, EngineError, ModelError, PolicyError; then `target` serves what it did before.
    """
    with draft(source, target) as place, duckdb.connect(str(place.path), config=DRAFTED) as connection:
        connection.execute(f"ATTACH {literal(str(place.newest))} AS newest (READ_ONLY)")
        [(load, data_date)] = connection.execute("SELECT load, data_date FROM newest.core.stamp").fetchall()
        folder = begin(store, target, load)
        try:
            progress(EXPORT)
            _take_over(connection, folder, load)
            write_ground(connection, load=load, data_date=data_date, city_packs=place.packs)
            name_store(connection, folder)
            progress(MODELS)
            _run(connection, folder, master, settings)
            _serve(connection, folder, copied=copied)
            folder.sync()
            connection.close()
            beside = replaced(target, load)
            built = target.publish(place.path, load)
        except BaseException:
            folder.remove()
            raise
        target.prune()
        remove_unserved(store, target, beside)
        return built


def _take_over(connection: DuckDBPyConnection, store: Store, load: int) -> None:
    """History into the store, and its views and the log into the build."""
    for table in TABLES:
        name = f"history.{table.name}"
        store.write(connection, name, f"newest.history.{quoted(table.name)}")
        store.show(connection, name)
    copy_log(connection, load)
    connection.execute("DETACH newest")


def _run(connection: DuckDBPyConnection, store: Store, master: str, settings: Mapping[str, str]) -> None:
    small, large = settled(models()), growing(models())
    for model in small:
        run_model(connection, model)
    given = exported(large)
    for table in given:
        store.write(connection, table, table)
    with session(master, settings) as spark:
        Cluster(spark, store).run(large, [*(f"history.{table.name}" for table in TABLES), *given])


def _serve(connection: DuckDBPyConnection, store: Store, *, copied: bool) -> None:
    """What Spark wrote, as declared and checked against it; what the build reads stays in the store, the rest goes."""
    large = growing(models())
    views = [model for model in large if model.schema == "mart" and is_view(model.name)]
    read = set().union(*(model.reads for model in views))
    written = [model.table for model in large if model not in views]
    served = {table for table in (*written, FINDING) if table.startswith("mart.") or table in read}
    for table in sorted(served):
        store.show(connection, table, _declared(table), copied=copied and table.startswith("mart."))
    for model in views:
        select = f"SELECT {_declared(model.table)} FROM ({model.select})"
        connection.execute(f"CREATE OR REPLACE VIEW {model.table} AS {select}")
    for model in models():
        if model.schema == "mart":
            check_declared(connection, model)
    read_on = {table for table in served if not (copied and table.startswith("mart."))}
    store.keep_only(read_on | {f"history.{table.name}" for table in TABLES})


def _declared(table: str) -> str:
    """SQL: a mart's columns by their declared types; all columns of what is none."""
    mart = DECLARED.get(table.removeprefix("mart."))
    if mart is None or not table.startswith("mart."):
        return "*"
    return ", ".join(
        f"CAST({quoted(each.name)} AS {duckdb_type(each)}) AS {quoted(each.name)}" for each in mart.columns
    )
