"""A larger city out of a loaded one: its marts repeated, as a load of so many more people and communities leaves them.

`people` times the people live in `regions` times the streets and communities of the same districts. Every repeated
person, loan and payment bears a number of its own; a mart keeps the order that its model gives it. What is counted by
unit (reports, offices, targets …) grows with the regions alone. Deliveries and their history are not repeated.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from dashboard.semantics.catalogue import METRICS
from etl.model import MODELS, Model, models, models_digest, ordered

# Rows of these are of one unit: there are as many more as there are units.
BY_UNIT: Final = frozenset({
    "assessment", "coverage", "labour_force", "letter", "office", "office_item", "report", "retiree", "survey",
    "target", "unit_account", "fund_multiple", "region", "budget", "held_row", "fund_movement",
})  # fmt: skip
# Summed anew from the others.
SUMMED: Final = (
    "people_day", "money_day", "people_month", "money_month", "people_month_above", "money_month_above",
    "subsidy_by_month",
)  # fmt: skip
STEP: Final = 1000  # between the region_id of a street or community and that of its next copy
MEMORY: Final = "8GB"
NUMBERS: Final = ("registration_id", "person_id")
OWN: Final = re.compile(r"\w+_no|key")  # columns that name a thing
PLACES: Final = ("region_id", "delivered_id", "credited_id", "street_id", "community_id")
RENAMED: Final = {
    "own_id": "region_id",
    "credited_id": "region_id",
    "certificate_on": "issued_on",
}  # what a model is ordered by, in its mart
CODES: Final = ("region_code", "community_code", "street_code")


@dataclass(frozen=True)
class City:
    """A build file, and the rows of its marts."""

    path: Path
    rows: int


def grown(source: Path, home: Path, people: int, regions: int) -> City:
    """A home at `home` whose build is that of `source`, with so many times the people in so many times the units."""
    shutil.rmtree(home, ignore_errors=True)
    (home / "builds").mkdir(parents=True)
    path = home / "builds" / source.name
    shutil.copy(source, path)
    config = {"threads": 2, "memory_limit": MEMORY, "temp_directory": str(home / "spilled")}
    with duckdb.connect(str(path), config=config) as connection:
        connection.execute("SET preserve_insertion_order = true")
        _plan(connection, people, regions)
        # The regions come last: the others ask them where their rows lie.
        tables = sorted(_marts(connection), key=lambda name: name == "region")
        for name in tables:
            _repeat(connection, f"mart.{name}", of_units=name in BY_UNIT)
        for name in ("core.subsidy", "core.registration"):  # of which marts are views
            _repeat(connection, name, of_units=False)
        _scale(connection, people, regions)
        summed(connection)
        rows = sum(connection.execute(f"SELECT count(*) FROM mart.{name}").fetchall()[0][0] for name in tables)
        connection.execute("DROP TABLE main.copy; DROP TABLE main.lies_in; CHECKPOINT")
    shutil.rmtree(home / "spilled", ignore_errors=True)
    (home / "CURRENT").write_text(path.name, encoding="utf-8")
    return City(path, rows)


def rows_of(path: Path) -> int:
    """The rows of a build's marts."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return sum(
            connection.execute(f"SELECT count(*) FROM mart.{name}").fetchall()[0][0] for name in _marts(connection)
        )


def summed(connection: duckdb.DuckDBPyConnection) -> None:
    """The sums by month anew, from the marts as they are now."""
    for model in _of_months():
        connection.execute(f"CREATE OR REPLACE TABLE {model.table} AS {model.select}")


def _of_months() -> list[Model]:
    by_table = {model.table: model for model in models()}
    found, left = set(), [f"mart.{name}" for name in SUMMED]
    while left:
        table = left.pop()
        found.add(table)
        left += [read for read in by_table[table].reads if read.startswith("core.") and read in by_table]
    return ordered([by_table[table] for table in found])


def _plan(connection: duckdb.DuckDBPyConnection, people: int, regions: int) -> None:
    """`copy`: which copies there are. `lies_in`: whether a region is one that is repeated."""
    connection.execute(
        f"CREATE TABLE main.copy AS SELECT r, p, r * {people} + p AS number "
        f"FROM range({regions}) AS a (r), range({people}) AS b (p)"
    )
    connection.execute(
        "CREATE TABLE main.lies_in AS SELECT region_id, level IN ('street', 'community') AS is_repeated "
        "FROM mart.region"
    )


def _marts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'mart' ORDER BY 1")
    return [name for (name,) in found.fetchall() if name not in SUMMED]


def _repeat(connection: duckdb.DuckDBPyConnection, table: str, *, of_units: bool) -> None:
    """Replace a table by its copies; one without a region stays."""
    columns = [name for name, *_ in connection.execute(f"DESCRIBE {table}").fetchall()]
    if "region_id" not in columns:
        return
    changed = []
    for name in columns:
        if name in NUMBERS:
            [(most,)] = connection.execute(f"SELECT coalesce(max({name}), 0) + 1 FROM {table}").fetchall()
            changed.append(f"cast(t.{name} + copy.number * {most} AS INTEGER) AS {name}")
        elif name in PLACES:
            changed.append(f"cast(t.{name} + {STEP} * copy.r * there.is_repeated::INTEGER AS INTEGER) AS {name}")
        elif name in CODES or (name == "parent_code" and table == "mart.region"):
            changed.append(_code(name))
        elif OWN.fullmatch(name) and not of_units and name != "instalment_no":
            changed.append(f"t.{name} || CASE WHEN copy.number = 0 THEN '' ELSE '-' || copy.number END AS {name}")
    once = "copy.p = 0 AND (there.is_repeated OR copy.r = 0)" if of_units else "true"
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT t.* REPLACE ({', '.join(changed)}) "
        f"FROM {table} AS t JOIN main.lies_in AS there ON t.region_id = there.region_id CROSS JOIN main.copy AS copy "
        f"WHERE {once} {_order(table, columns)}"
    )


def _code(name: str) -> str:
    """A code with the number of its street moved on by a hundred a copy; those above streets stay."""
    moved = f"lpad((substr(t.{name}, 7, 3)::INTEGER + 100 * copy.r)::VARCHAR, 3, '0')"
    return (
        f"CASE WHEN substr(t.{name}, 7, 3) = '000' THEN t.{name} "
        f"ELSE substr(t.{name}, 1, 6) || {moved} || substr(t.{name}, 10) END AS {name}"
    )


def _order(table: str, columns: list[str]) -> str:
    """The order of its model, as far as the mart itself says it."""
    schema, name = table.split(".")
    [text] = [path.read_text("utf-8") for path in [MODELS / schema / f"{name}.sql"]]
    last = text.rstrip().splitlines()[-1]
    if not last.startswith("ORDER BY"):
        return ""
    parts = [part.split(".")[-1] for part in last.removeprefix("ORDER BY ").split(", ")]
    known = [part for part in (RENAMED.get(part, part) for part in parts) if part.split(" ")[0] in columns]
    return f"ORDER BY {', '.join(known)}" if known else ""


def _scale(connection: duckdb.DuckDBPyConnection, people: int, regions: int) -> None:
    """What is promised, allotted and counted of people follows their number."""
    times = f"CASE WHEN length(rtrim(region_code, '0')) > 6 THEN {people} ELSE {people * regions} END"
    counted = ", ".join(f"'{name}'" for name, metric in METRICS.items() if metric.kind != "ratio")
    for column in ("labour_force", "households", "residents"):
        connection.execute(f"UPDATE mart.region SET {column} = {column} * {times}")
    for statement in (
        f"UPDATE mart.labour_force SET labour_force = labour_force * {times}",
        f"UPDATE mart.target SET value = value * {times} WHERE indicator IN ({counted})",
        f"UPDATE mart.budget SET amount = amount * {people * regions}",
        # A build of earlier models is asked for columns that it has not; this one holds them all.
        f"UPDATE core.stamp SET models = '{models_digest()}'",
    ):
        connection.execute(statement)
