"""What the page of the registry promises beside its figures: parts that add up, and groups that never do."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.draw import draw
from dashboard.drawings.ledgers import SIX, WHOLE
from dashboard.drawings.term import COUNTED
from dashboard.pages import page_at
from dashboard.panel import Drawing, Withheld
from dashboard.parts import ratio_sums
from dashboard.selection import Selection
from dashboard.semantics.scope import Scope
from dashboard.view import View

BUSY = date(2026, 6, 4)  # three households are open in the demonstration city, one of them on its last days


def seen(city: View, **choices: Any) -> View:
    return replace(city, selection=Selection().but(**choices), path="/registry")


def drawn(view: View, name: str) -> Drawing | Withheld:
    page = page_at("/registry")
    assert page is not None
    panel = page.panel(name)
    assert panel is not None
    return draw(panel, view)


@pytest.mark.parametrize("level", ["city", "district"])
def test_the_six_clears_add_up_to_the_completeness_of_the_ledgers(city: View, level: str) -> None:
    region = city.tree.root if level == "city" else city.tree.children(city.tree.root)[0]
    view = seen(city, region=region.code)
    whole = ratio_sums(view, WHOLE)
    parts = [sums for name in SIX if (sums := ratio_sums(view, name)) is not None]
    assert whole is not None
    assert whole[1] > 0
    assert (sum(part[0] for part in parts), sum(part[1] for part in parts)) == whole


def test_the_matrix_begins_with_the_least_complete_and_is_ordered_by_the_field_chosen(city: View) -> None:
    for field in (WHOLE, "ledger_insurance"):
        made = drawn(seen(city, indicator=field), "matrix")
        assert isinstance(made, Drawing)
        shares = [row[field] for row in made.table.rows]
        assert shares == sorted(shares)


def test_hardship_groups_stand_each_by_itself_and_are_not_added_up(city: View) -> None:
    made = drawn(seen(city), "hardship")
    assert isinstance(made, Drawing)
    assert made.figure is not None
    assert made.figure["layout"].get("barmode") != "stack"
    assert "不可相加" in made.reading
    rows = made.table.rows
    total = city.figures("unemployed")["unemployed"]
    assert sum(row["unemployed"] for row in rows) > total, "some are in several"
    assert all(row["unemployed"] <= total for row in rows)


def test_where_nothing_is_known_there_is_a_word_and_no_empty_chart(city: View) -> None:
    for panel in ("ages", "hardship"):
        nobody = drawn(seen(city, as_of=date(2020, 1, 1)), panel)
        assert isinstance(nobody, Withheld)
        assert nobody.reason == "no_rows"


@pytest.mark.parametrize("kept", [None, *COUNTED[1:]])
def test_the_list_holds_exactly_the_households_that_the_figure_counts(city: View, kept: str | None) -> None:
    view = seen(city, as_of=BUSY, indicator=kept)
    listed = drawn(view, "households")
    assert isinstance(listed, Drawing)
    assert len(listed.table.rows) == view.figures(kept or COUNTED[0])[kept or COUNTED[0]]


def test_who_may_not_see_rows_sees_how_many_but_not_which(city: View) -> None:
    view = replace(seen(city, as_of=BUSY), build=city.build.within(Scope(None, rows=False)))
    listed, counted = drawn(view, "households"), drawn(view, "countdown")
    assert isinstance(listed, Withheld)
    assert listed.reason == "not_allowed"
    assert isinstance(counted, Drawing)
    assert sum(row["zero_households_open"] for row in counted.table.rows) == 3
