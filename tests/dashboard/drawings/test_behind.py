"""The page of the rows behind a figure: what changed since the load before, who may look, and that looks are logged."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.draw import draw
from dashboard.drawings.since import headlines_changed
from dashboard.pages import page_at
from dashboard.panel import Drawing, Withheld
from dashboard.period import named_period
from dashboard.semantics.scope import Scope
from dashboard.view import View
from dashboard.warehouse import Warehouse
from tests.dashboard.drawings.views import seen
from tests.spec.rows import person, placed
from tests.worlds import NORTH, PINE, QUAY, TREE, Delivery, world

JUNE = named_period("2026-06")


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> View:
    """June as two loads knew it: A1 was withdrawn, A2 moved into June, A3 came late; A4 is of July."""
    first = {
        "regions": TREE,
        "persons": [person(f"R{number}") for number in range(1, 5)],
        "placements": [placed("A1", "R1", "2026-06-01"), placed("A2", "R2", "2026-05-31")],
    }
    later = {"placements": [
        placed("A2", "R2", "2026-06-02", community_code=QUAY), placed("A3", "R3", "2026-06-03"),
        placed("A4", "R4", "2026-07-01"),
    ]}  # fmt: skip
    home = world(
        tmp_path_factory.mktemp("june"),
        Delivery(first, date(2026, 6, 30)),
        Delivery(later, date(2026, 7, 31), {"placements": [placed("A1", "R1", "2026-06-01")]}),
    )
    return seen(Warehouse(home).build(), "/rows", indicator="placed", period=JUNE)


def panel(view: View, name: str) -> Drawing | Withheld:
    page = page_at("/rows")
    assert page is not None
    found = page.panel(name)
    assert found is not None
    return draw(found, view)


def test_why_the_figure_of_june_changed(corrected: View) -> None:
    drawn = panel(corrected, "changed")
    assert isinstance(drawn, Drawing)
    told = [(row["key"], row["kind"], row["before"], row["brings"], row["load"]) for row in drawn.table.rows]
    assert told == [
        ("A3", "new", None, 1, 2),
        ("A2", "counts now", None, 1, 2),
        ("A1", "row withdrawn", 1, None, 2),
    ]
    assert "was 1 as known at load 1, and is 2 as known now" in drawn.reading


def test_headlines_tell_what_was_corrected_from_what_came_later(corrected: View) -> None:
    placed_row = headlines_changed(replace(corrected, path="/data")).table.rows[0]
    assert [placed_row[name] for name in ("was", "new", "changed", "gone", "corrected", "today")] == [
        "2 persons", "1", "0", "1", "2 persons", "3 persons",
    ]  # fmt: skip


def test_rows_are_not_for_all_eyes(corrected: View) -> None:
    closed = replace(corrected, build=corrected.build.within(Scope((NORTH,), rows=False)))
    for name in ("figure", "rows", "origins", "changed"):
        drawn = panel(closed, name)
        assert isinstance(drawn, Withheld)
        assert drawn.reason == "not_allowed"
    own = panel(replace(corrected, build=corrected.build.within(Scope((NORTH,), rows=True))), "rows")
    assert isinstance(own, Drawing)
    assert {row["region_code"] for row in own.table.rows} == {PINE}
