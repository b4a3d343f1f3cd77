"""Builds with nothing but regions and findings, made of the declared marts: what one load after another found."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from dashboard.warehouse import Build
from etl.build import declaration
from etl.marts.doubts import doubt_payment, doubt_placement, doubt_registration
from etl.marts.region import build as build_mart
from etl.marts.region import finding, region

CITY, NORTH, SOUTH = "998800000000", "998801000000", "998802000000"
Row = tuple[str, str, str, float, float]  # finding, key, region, amount, in doubt
REGIONS = ((1, CITY, "city", (1, None)), (2, NORTH, "district", (1, 2)), (3, SOUTH, "district", (1, 3)))


def build_of(folder: Path, load: int, *rows: Row) -> Build:
    """The build of a load that bears these findings on payments."""
    path = folder / f"{load:06d}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE SCHEMA mart")
        for table in (build_mart, region, finding, doubt_payment, doubt_placement, doubt_registration):
            connection.execute(declaration(table))
        connection.execute("INSERT INTO mart.build VALUES (?, ?, ?)", [load, date(2026, 9, 30), CITY])
        for number, code, level, (city, district) in REGIONS:
            place = [number, code, code, level, None if level == "city" else CITY, number, city, district, None, None]
            always = [date(1, 1, 1), date(9999, 12, 31)]
            connection.execute(
                f"INSERT INTO mart.region VALUES ({', '.join('?' * 15)})", [*place, *always, *[None] * 3]
            )
        for name, key, code, amount, doubt in rows:
            values: Sequence[object] = [name, "subsidies", key, code, code, None, load, None, amount, doubt]
            connection.execute(f"INSERT INTO mart.finding VALUES ({', '.join('?' * 10)})", values)
    return Build(path)
