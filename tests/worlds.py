"""Small worlds: rows in canonical form become a home with a real build, without the loader's part of the way.

`world(folder, tables)` fills `history` as the loader would and runs the real models. Regions, where none are given, are
`TREE`: a city of two districts, three streets, four communities.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dashboard.warehouse import Build
from etl.build import DRAFTED, run_models
from etl.history import create_history, stored_columns
from etl.journal import create_log
from etl.policy import SHIPPED
from etl.tables import BY_NAME, TABLES

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]

CITY, NORTH, SOUTH = "990100000000", "990101000000", "990102000000"
HILL, LAKE, PORT = "990101001000", "990101002000", "990102001000"
PINE, WILLOW, REED, QUAY = "990101001001", "990101001002", "990101002001", "990102001001"


def region(code: str, level: str, parent: str | None, **more: Any) -> Row:
    """One row of regions; its name is its code unless given."""
    return {"region_code": code, "region_name": code, "level": level, "parent_code": parent, **more}


TREE: tuple[Row, ...] = (
    region(CITY, "city", None),
    region(NORTH, "district", CITY),
    region(SOUTH, "district", CITY),
    region(HILL, "street", NORTH),
    region(LAKE, "street", NORTH),
    region(PORT, "street", SOUTH),
    region(PINE, "community", HILL, labour_force=1000),
    region(WILLOW, "community", HILL, labour_force=500),
    region(REED, "community", LAKE, labour_force=400),
    region(QUAY, "community", PORT, labour_force=800),
)


@dataclass(frozen=True)
class Delivery:
    """What one load brings: rows by table; a row with an earlier one's key replaces it."""

    tables: Tables
    data_date: date
    voided: Tables = field(default_factory=dict)


def world(folder: Path, *deliveries: Delivery, city_packs: Sequence[Path] = (SHIPPED,)) -> Path:
    """A home under `folder` with a build per delivery, CURRENT naming the last."""
    (folder / "builds").mkdir(parents=True, exist_ok=True)
    for load in range(1, len(deliveries) + 1):
        with duckdb.connect(str(folder / "builds" / f"{load:06d}.duckdb"), config=DRAFTED) as connection:
            _fill(connection, deliveries[:load])
            data_date = max(delivery.data_date for delivery in deliveries[:load])
            run_models(connection, load=load, data_date=data_date, city_packs=city_packs)
    (folder / "CURRENT").write_text(f"{len(deliveries):06d}.duckdb", encoding="utf-8")
    return folder


def build(folder: Path, tables: Tables, data_date: date = date(2026, 9, 30)) -> Build:
    """The opened build of a world of one delivery; TREE stands in where no regions are given."""
    home = world(folder, Delivery({"regions": TREE, **tables}, data_date))
    return Build(home / "builds" / "000001.duckdb")


def _fill(connection: duckdb.DuckDBPyConnection, deliveries: Sequence[Delivery]) -> None:
    create_history(connection)
    create_log(connection)
    for load, delivery in enumerate(deliveries, 1):
        connection.execute(
            "INSERT INTO log.loads VALUES (?, ?, 'test', FALSE, TIMESTAMP '2026-10-01 08:00:00')",
            [load, delivery.data_date],
        )
        for name, rows in delivery.tables.items():
            for row in rows:
                _version(connection, name, row, load, voided=False)
        for name, rows in delivery.voided.items():
            for row in rows:
                _version(connection, name, row, load, voided=True)


def _version(connection: duckdb.DuckDBPyConnection, name: str, row: Row, load: int, *, voided: bool) -> None:
    table = next(table for table in TABLES if table.name == name)
    known = [column for column, _ in stored_columns(table)]
    assert set(row) <= set(known), f"{name} has no column {sorted(set(row) - set(known))}"
    filled = {column: row.get(column, _default(name, column, row)) for column in known}
    test = " AND ".join(f'"{column}" = ?' for column in table.key)
    key = [filled[column] for column in table.key]
    connection.execute(f'UPDATE history."{name}" SET load_until = {load} WHERE load_until IS NULL AND {test}', key)
    marks = ", ".join("?" for _ in known)
    listed = ", ".join(f'"{column}"' for column in known)
    connection.execute(
        f'INSERT INTO history."{name}" ({listed}, voided, load_from) VALUES ({marks}, ?, ?)',
        [*filled.values(), voided, load],
    )


def _default(name: str, column: str, row: Row) -> Any:
    if name == "subsidies" and column == "budget_year":
        return row["paid_on"].year
    if any(declared.name == column for declared in BY_NAME[name].columns):
        return BY_NAME[name].column(column).default
    return None
