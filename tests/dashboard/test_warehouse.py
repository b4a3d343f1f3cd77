"""The build that is served, and the change to the next one."""

from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from dashboard.semantics.answer import answer
from dashboard.semantics.question import Question
from dashboard.warehouse import KEPT, Build, NotLoadedError, Warehouse
from etl.build import known_at
from tests.spec.rows import person
from tests.worlds import TREE, Delivery, world

FIRST = Delivery({"regions": TREE, "persons": [person("R1")]}, date(2026, 6, 30))
SECOND = Delivery({"persons": [person("R2")]}, date(2026, 9, 30))


def unemployed(build: Build) -> object:
    return answer(build, Question(("unemployed",))).rows[0]["unemployed"]


def test_the_build_is_the_one_that_current_names(tmp_path: Path) -> None:
    world(tmp_path, FIRST, SECOND)
    (tmp_path / "CURRENT").write_text("000001.duckdb\n", encoding="utf-8")
    warehouse = Warehouse(tmp_path)
    before = warehouse.build()
    assert (before.name, before.load, before.data_date, unemployed(before)) == ("000001", 1, date(2026, 6, 30), 1)
    assert warehouse.build() is before

    (tmp_path / "CURRENT").write_text("000002.duckdb", encoding="utf-8")
    assert unemployed(warehouse.build()) == 2
    assert unemployed(before) == 1, "who still reads the old one is not disturbed"


def test_an_earlier_load_is_asked_for_by_its_number(tmp_path: Path) -> None:
    world(tmp_path, FIRST, SECOND)
    warehouse = Warehouse(tmp_path, known_at)

    assert unemployed(warehouse.known_at(1)) == 1
    assert warehouse.known_at(2) is warehouse.build()
    for load in (0, 3):
        with pytest.raises(NotLoadedError, match="1 to 2"):
            warehouse.known_at(load)


def test_a_home_without_a_build_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(NotLoadedError, match="load a delivery first"):
        Warehouse(tmp_path).build()


def test_a_build_that_is_half_there_is_not_served(tmp_path: Path) -> None:
    world(tmp_path, FIRST, SECOND)
    (tmp_path / "CURRENT").write_text("000001.duckdb", encoding="utf-8")
    warehouse = Warehouse(tmp_path)
    assert unemployed(warehouse.build()) == 1
    whole = (tmp_path / "builds" / "000002.duckdb").read_bytes()
    (tmp_path / "builds" / "000002.duckdb").write_bytes(whole[: len(whole) // 3])
    (tmp_path / "CURRENT").write_text("000002.duckdb", encoding="utf-8")
    assert warehouse.build().load == 1, "what was served before still is"
    with pytest.raises(NotLoadedError, match="restore it"):
        Warehouse(tmp_path).build()
    (tmp_path / "builds" / "000002.duckdb").write_bytes(whole)
    assert warehouse.build().load == 2


def test_threads_have_cursors_of_their_own(tmp_path: Path) -> None:
    world(tmp_path, FIRST)
    build = Warehouse(tmp_path).build()
    found: list[object] = []
    threads = [Thread(target=lambda: found.append(unemployed(build))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [1] * 8


def test_builds_long_not_asked_for_are_let_go(tmp_path: Path) -> None:
    deliveries = [FIRST, *(Delivery({"persons": [person(f"R{n}")]}, date(2026, 9, n)) for n in range(2, KEPT + 3))]
    world(tmp_path, *deliveries)
    warehouse = Warehouse(tmp_path, known_at)
    first = warehouse.known_at(1)
    for load in range(2, len(deliveries)):
        assert unemployed(warehouse.known_at(load)) == load

    assert warehouse.known_at(1) is not first
    assert unemployed(first) == 1, "who holds it can still read it"
    assert warehouse.known_at(1) is warehouse.known_at(1)
