"""What the ranking's panels say is the same ranking, said in several ways."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard.app import view_of
from dashboard.draw import draw
from dashboard.drawings.last_ranking import last_ranking
from dashboard.drawings.ranked import ranking_of
from dashboard.drawings.workbench import weight_chosen
from dashboard.pages import page_at
from dashboard.panel import Drawing, Withheld
from dashboard.period import period_before
from dashboard.publish.recipe import Recipe
from dashboard.ranking.change import Standing
from dashboard.ranking.standards import DEFAULT
from dashboard.selection import Selection
from dashboard.semantics.words import Text
from dashboard.text import Words
from dashboard.view import View
from dashboard.warehouse import Warehouse
from tests.worlds import PINE, TREE, Delivery, world


def seen(city: View, **choices: Any) -> View:
    """The ranking as a reader sees it who made these choices."""
    selection = Selection().but(**choices)
    return replace(city, selection=selection, words=Words(selection.lang), path="/ranking", quarterly=True)


def drawn(view: View, panel: str) -> Drawing:
    page = page_at("/ranking")
    assert page is not None
    shown = page.panel(panel)
    assert shown is not None
    found = draw(shown, view)
    assert isinstance(found, Drawing), found
    return found


def rows(view: View, panel: str) -> list[dict[str, Any]]:
    return [dict(row) for row in drawn(view, panel).table.rows]


def first(city: View) -> View:
    """The view of the unit on the first rank."""
    return seen(city, region=ranking_of(seen(city)).units[0].code)


def test_the_parts_of_a_units_score_add_up_to_it(city: View) -> None:
    view = first(city)
    found = rows(view, "unit")
    score = ranking_of(view).units[0].score
    assert score is not None
    assert sum(row["contribution"] for row in found) == pytest.approx(float(score), abs=0.005)
    measured = [row for row in found if row["low"] is not None]
    assert measured
    assert all(row["low"] <= row["value"] <= row["high"] for row in measured)


def test_what_separates_a_unit_from_another_adds_up_to_the_gap(city: View) -> None:
    view = first(city)
    units = ranking_of(view).units
    gap = float((units[0].score or 0) - (units[1].score or 0))
    assert sum(row["other_0"] for row in rows(view, "apart")) == pytest.approx(gap, abs=0.011)


def test_a_change_is_split_exactly(city: View) -> None:
    view = first(city)
    unit = ranking_of(view).units[0]
    before = last_ranking(view).rankings.published[unit.code]
    parts = rows(view, "changed")
    assert sum((row["points"] for row in parts), Decimal(0)) == (unit.score or 0) - before.score
    assert sum(row["ranks"] for row in parts) == before.rank - (unit.rank or 0)


def test_without_an_edition_changes_are_told_against_the_period_before(city: View) -> None:
    view = first(city)
    last = last_ranking(view)
    assert (last.edition, last.period) == (None, period_before(view.period_whole))
    known = {row["code"]: row["before"] for row in rows(view, "league")}
    assert known[view.region.code] == last.rankings.published[view.region.code].score
    assert last.rankings.is_comparable


def test_an_edition_that_is_out_is_what_changes_are_told_against(tmp_path: Path) -> None:
    home = world(tmp_path, Delivery({"regions": TREE}, date(2026, 9, 30)))
    for name, issued, score in (("2026Q2-1", date(2026, 7, 9), "61.20"), ("2026Q2-2", date(2026, 8, 1), "60.00")):
        recipe = Recipe(
            edition=name, period="2026Q2", level="community", load=1, issued_on=issued, issuer=Text("局", "Bureau"),
            address="", standard=DEFAULT.read_text(encoding="utf-8"), policy="", hide_counts_below=5, best=10,
            objections_until=issued, missing_reports_max="5", held_rows_max="0", code={},
        )  # fmt: skip
        folder = home / "editions" / name
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text("{}", encoding="utf-8")
        content = {"recipe": recipe.frozen(), "units": [{"code": PINE, "score": score, "rank": 3}]}
        (folder / "edition.json").write_text(json.dumps(content), encoding="utf-8")
    view = view_of(Warehouse(home), Selection(), page_at("/ranking"))
    assert view is not None
    last = last_ranking(view)
    assert (last.edition, last.load, last.period.name) == ("2026Q2-2", 1, "2026Q2")
    assert last.rankings.published == {PINE: Standing(Decimal("60.00"), 3)}


def test_every_unit_is_in_one_tier_and_its_course_ends_at_its_rank(city: View) -> None:
    view = seen(city)
    ranked = {unit.code: unit.rank for unit in ranking_of(view).units if unit.rank}
    assert {row["code"]: row["rank"] for row in rows(view, "tiers")} == ranked
    assert all(row["tier"] for row in rows(view, "tiers"))
    courses = drawn(view, "courses")
    now = courses.table.columns[-1].name
    assert {row["code"]: row[now] for row in courses.table.rows} == ranked


def test_the_funnel_shows_the_leaf_chosen(city: View) -> None:
    view = seen(city, indicator="satisfaction", lang="en")
    found = drawn(view, "chance")
    assert found.reading.startswith("Satisfaction: ")
    assert [choice.label for choice in found.choices if choice.chosen] == ["Satisfaction"]
    assert all(row["rate"] == pytest.approx(100 * row["count"] / row["of"]) for row in found.table.rows)


def test_the_standards_leaves_weigh_a_hundred_and_the_note_says_what_weights_are(city: View) -> None:
    found = drawn(seen(city, lang="en"), "standard")
    assert sum(row["share"] for row in found.table.rows if row["available"] is not None) == pytest.approx(100)
    assert "trade-offs, not importance" in json.dumps(found.body.to_plotly_json(), default=str)


def test_weights_tried_out_change_the_workbench_alone(city: View) -> None:
    view = seen(city, weights=(("posts", 100), ("nothing.such", 5)), lang="en")
    tried, official = rows(view, "workbench"), rows(view, "league")
    assert [row["code"] for row in official] == [row["code"] for row in rows(seen(city), "league")]
    assert {row["code"]: row["official"] for row in tried} == {row["code"]: row["rank"] for row in official}
    assert [row["score"] for row in tried] != [row["official_score"] for row in tried]
    assert "the official ranking stays as it is" in drawn(view, "workbench").reading


def test_a_weight_moved_back_leaves_the_address(city: View) -> None:
    view = seen(city)
    moved = weight_chosen(view, "posts", 60)
    assert moved.search == "?weight=posts%3A60"
    assert weight_chosen(replace(view, selection=moved), "posts", 25) == Selection()
    assert weight_chosen(view, "nothing.such", 60) == Selection()


def test_a_unit_that_is_left_out_is_told_why(city: View) -> None:
    left_out = [unit for unit in ranking_of(seen(city)).units if not unit.eligible]
    assert left_out
    page = page_at("/ranking")
    assert page is not None
    panel = page.panel("unit")
    assert panel is not None
    said = draw(panel, seen(city, region=left_out[0].code, lang="en"))
    assert isinstance(said, Withheld)
    assert said.detail.startswith(f"{left_out[0].name} is not ranked: ")


def test_four_districts_claim_nothing_of_how_sure_they_are(city: View) -> None:
    assert "nothing is claimed" in drawn(seen(city, level="district", lang="en"), "likely").reading
