"""The demonstration city, ten and a hundred times as large: where each stands, made when first asked for.

Ten times: as many people in the same communities; a hundred times: ten times the communities with ten times the people
each (`grown_city`), for delivering and loading that takes hours. What has been made for these models stands till
`make clean`.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from dashboard.warehouse import Warehouse
from etl.demo.plan import USUAL_PERSONS
from etl.model import models_digest
from tests.bench.grown_city import City, grown, rows_of
from tests.bench.loading import all_loaded, written

FOLDER: Final = Path("build") / "bench"
YEARS: Final = 3
SIZES: Final = {1: (1, 1), 10: (10, 1), 100: (10, 10)}  # people a community, communities


@dataclass(frozen=True)
class Home:
    """A home, and the rows of its build's marts."""

    times: int
    path: Path
    rows: int


def deliveries(times: int = 1) -> Path:
    """The deliveries of the demonstration city, as `make demo` writes them, with so many times the persons."""
    folder = FOLDER / f"deliveries-{times}"
    if not (folder / "whole").exists():
        written(folder, times * USUAL_PERSONS, YEARS)
        (folder / "whole").touch()
    return folder


def loaded_home() -> Path:
    """The demonstration city, loaded."""
    home = FOLDER / "city-1"
    if not _is_current(home):
        all_loaded(deliveries(), home)
    return home


def homes() -> list[Home]:
    """At each size."""
    build = Warehouse(loaded_home()).build()
    source = build.path
    build.close()
    found = []
    for times, (people, regions) in SIZES.items():
        home = FOLDER / f"city-{times}"
        path = home / "builds" / source.name
        city = City(path, rows_of(path)) if _is_current(home) else grown(source, home, people, regions)
        found.append(Home(times, home, city.rows))
    return found


def copied(home: Path, name: str) -> Path:
    """A copy of a home that may be changed."""
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(home, folder))


def _is_current(home: Path) -> bool:
    """Whether a city stands there that these models made."""
    if not (home / "CURRENT").exists():
        return False
    with duckdb.connect(str(home / "builds" / (home / "CURRENT").read_text("utf-8").strip()), read_only=True) as build:
        return build.execute("SELECT models FROM core.stamp").fetchall() == [(models_digest(),)]
