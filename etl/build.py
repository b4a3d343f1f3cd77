"""The models: ordered by what they read, run in an open build file, and checked against the declared marts.

A model is one SELECT in `models/<schema>/<name>.sql`; it reads `live`, `policy`, `log` and other models and becomes the
table `<schema>.<name>`. Models of `finding` are collected in `mart.finding`.
"""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
from duckdb import DuckDBPyConnection
from sqlalchemy import Table

from etl.coverage import coverage
from etl.explained import write_messages
from etl.history import create_history, stored_columns
from etl.journal import copy_log
from etl.live import create_live
from etl.maintain import begin, keep_up, recipe, write_kept
from etl.marts import DECLARED
from etl.marts.region import finding
from etl.marts.table import duckdb_type
from etl.model import Model, ModelError, models, models_digest, ordered
from etl.origin import create_origin
from etl.policy import SHIPPED, packs_of, write_policy
from etl.published import write_published
from etl.tables import TABLES
from etl.versions import forget_ended

MODEL_SCHEMAS: Final = ("core", "mart", "finding")
# A draft is worth nothing until it is named, and whoever names it syncs it whole: no statement waits for the disk.
# Holes are few and stay: to fill them the engine would write whole tables anew, as often as it clears its log.
DRAFTED: Final[dict[str, Any]] = {"fsync_mode": "NONE", "max_vacuum_tasks": 0}


def run_models(
    connection: DuckDBPyConnection,
    *,
    load: int,
    data_date: date | None,
    city_packs: Sequence[Path] = (SHIPPED,),
    touched: float = 0,
) -> None:
    """Create views, policy, core, marts and findings in an open build that has `history` and `log`.

    `load`, `data_date`: what this build is known at. Models of which the load before left the tables are kept up where
    the load touched no more than a share `touched` of the rows. Raises ModelError or etl.policy.PolicyError.
    """
    keeper = begin(connection, load, data_date, touched, run=run_model, check=check_declared)
    write_ground(connection, load=load, data_date=data_date, city_packs=city_packs, kept=keeper is not None)
    found = ordered([*models(), coverage()])
    if keeper is None:
        forget_ended(connection)
        for model in found:
            run_model(connection, model)
        check_all(connection, found)
    else:
        check_all(connection, keep_up(keeper, found))
    write_kept(connection, keeper)
    collect_findings(connection, [model for model in found if model.schema == "finding"])


def write_ground(
    connection: DuckDBPyConnection,
    *,
    load: int,
    data_date: date | None,
    city_packs: Sequence[Path],
    kept: bool = False,
) -> None:
    """Create what models read and none of them makes: the rows that count, policy, words and the stamp.

    `kept`: the load before left all this, made by the same code.
    """
    create_live(connection)
    create_origin(connection)
    write_policy(connection, city_packs)
    write_published(connection, city_packs)
    write_messages(connection, kept=kept)
    for schema in MODEL_SCHEMAS:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    # Until all models have run, no table may be taken for what this load left.
    connection.execute("DROP TABLE IF EXISTS core.kept")
    connection.execute(
        "CREATE OR REPLACE TABLE core.stamp AS"
        " SELECT ?::INTEGER AS load, ?::DATE AS data_date, ? AS models, ? AS recipe",
        [load, data_date, models_digest(), recipe()],
    )


def is_made_by_these_models(connection: DuckDBPyConnection) -> bool:
    """Whether an open build was made by the models of this release, so that its marts can be asked."""
    try:
        [(digest,)] = connection.execute("SELECT models FROM core.stamp").fetchall()
    except duckdb.Error:  # a build of a release that did not say
        return False
    return bool(digest == models_digest())


def run_model(connection: DuckDBPyConnection, model: Model) -> None:
    """Make the model's table or view of what it reads; ModelError."""
    kind = "VIEW" if model.schema == "mart" and is_view(model.name) else "TABLE"
    statement = f"CREATE OR REPLACE {kind} {model.table} AS {model.select}"
    try:
        try:
            connection.execute(statement)
        except duckdb.OutOfMemoryException:
            _execute_frugally(connection, statement)
    except duckdb.Error as error:
        raise ModelError(f"{model.table}: {error}") from error


def _execute_frugally(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    """What changed in place is written first, for it lies in memory until then; then one thread needs half the room."""
    connection.execute("CHECKPOINT")
    [(threads,)] = connection.execute("SELECT current_setting('threads')").fetchall()
    connection.execute("SET threads = 1")
    try:
        connection.execute(statement)
    finally:
        connection.execute(f"SET threads = {threads}")


def is_view(name: str) -> bool:
    """Whether a mart is declared as a view."""
    return name in DECLARED and "is_view" in DECLARED[name].info


def check_declared(connection: DuckDBPyConnection, model: Model, rows: str = "") -> None:
    """ModelError unless a mart has the declared columns and types, and no value is missing where none may be.

    `rows`: the table that holds its rows, where they are not all of them.
    """
    if model.schema == "mart":
        _declared(model)
        rows = rows or model.table
        made = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {rows})").fetchall()
        _check_columns(model, dict(made))
        _check_values(connection, {model: rows})


def check_all(connection: DuckDBPyConnection, made: Sequence[Model]) -> None:
    """What `check_declared` says of each of these; two statements for all are planned in a quarter of the time."""
    columns: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns()"
        " WHERE database_name = current_database() AND schema_name = 'mart'"
    ).fetchall():
        columns.setdefault(table, {})[column] = kind
    marts = [model for model in made if model.schema == "mart"]
    for model in marts:
        _check_columns(model, columns[model.name])
    _check_values(connection, {model: model.table for model in marts})


def _declared(model: Model) -> Table:
    try:
        return DECLARED[model.name]
    except KeyError:
        raise ModelError(f"{model.table} is not declared in etl.marts") from None


def _check_columns(model: Model, made: dict[str, str]) -> None:
    declared = {column.name: duckdb_type(column) for column in _declared(model).columns}
    if made != declared:
        differing = sorted(set(made.items()) ^ set(declared.items()))
        raise ModelError(f"{model.table} is not as declared: {differing}")


def _check_values(connection: DuckDBPyConnection, rows: Mapping[Model, str]) -> None:
    """ModelError where a value is missing in the relation that holds a mart's rows; a view's are counted elsewhere."""
    counts = []
    for model, relation in rows.items():
        required = (f'"{column.name}" IS NULL' for column in DECLARED[model.name].columns if not column.nullable)
        if not is_view(model.name):
            where = " OR ".join(required) or "FALSE"
            counts.append(f"SELECT '{model.table}', count(*) FROM {relation} WHERE {where}")
    for table, missing in connection.execute(" UNION ALL ".join(counts)).fetchall() if counts else []:
        if missing:
            raise ModelError(f"{table}: {missing} rows miss a value that is declared to be there")


def collect_findings(connection: DuckDBPyConnection, found: Sequence[Model]) -> None:
    """Make the declared mart.finding of all findings; each model gives its columns by name."""
    connection.execute(declaration(finding))
    for model in found:
        connection.execute(f"INSERT INTO mart.finding BY NAME SELECT * FROM {model.table}")


def declaration(table: Table) -> str:
    """The CREATE TABLE of a declared mart."""
    columns = ", ".join(
        f'"{column.name}" {duckdb_type(column)}{"" if column.nullable else " NOT NULL"}' for column in table.columns
    )
    return f"CREATE OR REPLACE TABLE mart.{table.name} ({columns})"


def known_at(home: Path, load: int) -> Path:
    """The build file of an earlier load: the retained one, or made by cutting the newest's history; LookupError."""
    retained = home / "builds" / f"{load:06d}.duckdb"
    made = home / "known" / f"{load:06d}.duckdb"
    if retained.exists():
        return retained
    if made.exists():
        return made
    newest = home / "builds" / (home / "CURRENT").read_text(encoding="utf-8").strip()
    made.parent.mkdir(parents=True, exist_ok=True)
    unfinished = made.with_suffix(f".{os.getpid()}.part")
    unfinished.unlink(missing_ok=True)
    try:
        cut(newest, unfinished, load, packs_of(home))
        unfinished.replace(made)
    finally:
        unfinished.unlink(missing_ok=True)
    return made


def cut(newest: Path, target: Path, load: int, city_packs: Sequence[Path]) -> None:
    """Make `target` the build as known at `load`, by the policies of `city_packs`; LookupError."""
    with duckdb.connect(str(target), config=DRAFTED) as connection:
        connection.execute(f"ATTACH '{str(newest).replace(chr(39), chr(39) * 2)}' AS newest (READ_ONLY)")
        create_history(connection)
        for table in TABLES:
            columns = ", ".join(f'"{name}"' for name, _ in stored_columns(table))
            connection.execute(
                f"INSERT INTO history.{table.name} BY NAME SELECT {columns}, voided, load_from, file_id, line "
                f"FROM newest.history.{table.name} WHERE load_from <= $1 AND (load_until IS NULL OR load_until > $1)",
                [load],
            )
        copy_log(connection, load)
        [(known, data_date)] = connection.execute("SELECT count(*), max(data_date) FROM log.loads").fetchall()
        if not known:
            raise LookupError(f"there is no load {load}")
        connection.execute("DETACH newest")
        run_models(connection, load=load, data_date=data_date, city_packs=city_packs)
    with target.open("rb") as file:
        os.fsync(file.fileno())
