"""What is worked out over a build goes with it: a server that sees loads for years holds the newest alone."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from dashboard.app import view_of
from dashboard.draw import draw
from dashboard.pages import PAGES
from dashboard.remembered import Rows, remembered
from dashboard.selection import Selection
from dashboard.semantics.answer import answer
from dashboard.semantics.question import Question
from dashboard.semantics.scope import Scope
from dashboard.view import View
from dashboard.warehouse import Build, Warehouse
from tests.spec.rows import person
from tests.worlds import NORTH, TREE, Delivery, world

DAYS = date(2026, 6, 30), date(2026, 9, 30)


def open_files() -> set[str]:
    found = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            found.add(str(descriptor.readlink()))
        except FileNotFoundError:  # the one that listed them
            continue
    return found


def test_all_that_every_panel_worked_out_goes_with_the_build_that_a_load_replaced(tmp_path: Path) -> None:
    home = world(tmp_path, *(Delivery({"regions": TREE, "persons": [person("R1")]}, day) for day in DAYS))
    (home / "CURRENT").write_text("000001.duckdb", encoding="utf-8")
    warehouse = Warehouse(home)
    for page in PAGES:
        for scope in (Scope(), Scope((NORTH,), rows=True)):
            view = view_of(warehouse, Selection(), page, scope)
            assert view is not None
            for panel in page.panels:
                draw(panel, view)
    first = weakref.ref(warehouse.build())
    assert str(home / "builds" / "000001.duckdb") in open_files()
    del view

    (home / "CURRENT").write_text("000002.duckdb", encoding="utf-8")
    warehouse.build()
    gc.collect()
    assert first() is None
    assert str(home / "builds" / "000001.duckdb") not in open_files()


def test_what_is_remembered_is_worked_out_once_a_build_and_scope(tmp_path: Path) -> None:
    asked: list[tuple[str, int]] = []

    @remembered(2)
    def doubled(build: Build, number: int) -> int:
        asked.append((build.name, number))
        return 2 * number

    home = world(tmp_path, *(Delivery({"regions": TREE}, day) for day in DAYS))
    one, other = (Build(home / "builds" / f"00000{load}.duckdb") for load in (1, 2))
    north = one.within(Scope((NORTH,)))
    assert [doubled(build, 4) for build in (one, one, other, north, north, one)] == [8] * 6
    assert asked == [("000001", 4), ("000002", 4), ("000001", 4)]
    assert [doubled(one, number) for number in (5, 6, 4)] == [10, 12, 8]
    assert asked[3:] == [("000001", 5), ("000001", 6), ("000001", 4)], "the oldest of more than two is forgotten"


def test_who_asks_for_what_another_is_working_out_waits_for_it(tmp_path: Path) -> None:
    begun, may_end = Event(), Event()
    asked: list[int] = []

    @remembered(2)
    def slow(build: Build, number: int) -> str:
        asked.append(number)
        begun.set()
        assert may_end.wait(60)
        return build.name

    build = Build(world(tmp_path, Delivery({"regions": TREE}, DAYS[0])) / "builds" / "000001.duckdb")
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(slow, build, 4)
        assert begun.wait(60)
        second = pool.submit(slow, build, 4)
        with pytest.raises(TimeoutError):
            second.result(0.2)
        may_end.set()
        assert (first.result(60), second.result(60), asked) == ("000001", "000001", [4])


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    tries: list[int] = []

    @remembered(2)
    def failing(_build: Build, number: int) -> int:
        tries.append(number)
        if len(tries) == 1:
            raise ValueError("the disk was full")
        return number

    build = Build(world(tmp_path, Delivery({"regions": TREE}, DAYS[0])) / "builds" / "000001.duckdb")
    with pytest.raises(ValueError, match="the disk was full"):
        failing(build, 4)
    assert [failing(build, 4), failing(build, 4), len(tries)] == [4, 4, 2]


def test_the_rows_asked_for_longest_ago_go_first_and_long_lists_are_not_kept() -> None:
    kept = Rows(most=6, longest=2)
    kept.keep("first", [(1,)])
    kept.keep("second", [(2,)])
    kept.keep("long", [(1,), (2,), (3,)])
    assert kept.find("long") is None
    assert kept.find("first") == ((1,),)
    kept.keep("third", [(3,), (4,)])
    assert [kept.find(name) for name in ("first", "second", "third")] == [((1,),), None, ((3,), (4,))]


def test_an_answer_that_is_kept_is_the_same_and_nobody_elses(city: View) -> None:
    districts = [place.code for place in city.tree.children(city.tree.root)][:2]
    question = Question(("placed", "loan_outstanding"), by=("street",))
    fresh = [answer(Build(city.build.path), question, Scope((code,))).rows for code in districts]
    again = [answer(city.build, question, Scope((code,))).rows for _ in (1, 2) for code in districts]
    assert again == [*fresh, *fresh]
    assert fresh[0] != fresh[1]
