"""The profile of a region: every figure once, among its peers, with a trend that is only said where it is tested."""

import json
from dataclasses import replace
from typing import Any

import pytest

from dashboard.draw import draw
from dashboard.drawings.lines import is_kept, lines_of
from dashboard.pages import page_at, profile
from dashboard.panel import Drawing, Withheld
from dashboard.selection import Selection
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.scope import Scope
from dashboard.text import Words
from dashboard.view import View

# What a sheet of single figures cannot show: these need a stage, a cohort, or a matrix of buckets.
ELSEWHERE = {"loan_stage_days", "vintage_30", "vintage_90", "roll_amount"}
SHEETS = (
    profile.REGISTRY, profile.PLACEMENT, profile.ASSISTANCE, profile.POSTS, profile.SERVICES, profile.PLATFORM,
    profile.OFFICES, profile.SUBSIDIES, profile.LENDING, profile.REPAYMENT,
)  # fmt: skip


DEPTHS = {"district": 1, "street": 2, "community": 3}


def seen(city: View, **choices: Any) -> View:
    """The profile as a reader sees it who made these choices."""
    selection = Selection().but(**choices)
    return replace(city, selection=selection, words=Words(selection.lang), path="/profile")


def place(city: View, level: str) -> str:
    """The first region of a level."""
    region = city.tree.root
    for _ in range(DEPTHS[level]):
        region = city.tree.children(region)[0]
    return region.code


def drawn(city: View, panel: str, **choices: object) -> Drawing:
    page = page_at("/profile")
    assert page is not None
    found = page.panel(panel)
    assert found is not None
    made = draw(found, seen(city, **choices))
    assert isinstance(made, Drawing), made
    return made


def words_of(drawing: Drawing) -> str:
    return json.dumps(drawing.body.to_plotly_json(), default=lambda part: part.to_plotly_json(), ensure_ascii=False)


def test_every_metric_stands_on_exactly_one_sheet() -> None:
    listed = [name for sheet in SHEETS for name in sheet]
    assert sorted(listed) == sorted(set(METRICS) - ELSEWHERE)


def test_a_district_stands_among_the_districts(city: View) -> None:
    rows = drawn(city, "registry", region=place(city, "district")).table.rows
    rate = next(row for row in rows if row["metric"] == METRICS["unemployment_rate"].label.zh)
    districts = city.ask("unemployment_rate", by=("district",))
    values = sorted(row["unemployment_rate"] for row in districts)
    assert (rate["low"], rate["high"]) == (values[0], values[-1])
    assert rate["place"].split("/")[1].startswith(str(len(districts)))


def test_what_adds_up_is_set_beside_the_peers_per_head_of_the_labour_force(city: View) -> None:
    rows = drawn(city, "placement", region=place(city, "district")).table.rows
    placed = next(row for row in rows if row["metric"] == METRICS["placed"].label.zh)
    rates = [1000 * row["placed"] / row["labour_force"] for row in city.ask("placed", "labour_force", by=("district",))]
    assert placed["high"] == pytest.approx(max(rates))


@pytest.mark.parametrize("level", ["district", "street", "community"])
def test_a_figure_is_the_same_asked_with_the_whole_page_by_itself_and_among_its_siblings(
    city: View, level: str
) -> None:
    view = seen(city, region=place(city, level))
    names = [name for name in profile.SHEETS if is_kept(view, name)]
    together = lines_of(view, tuple(names), tuple(names))
    assert len(together) > 50
    assert [line for name in names for line in lines_of(view, (name,))] == together
    assert [line.value for line in together] == [view.figures(name)[name] for name in names]


@pytest.mark.parametrize("level", ["city", "district", "street"])
def test_a_filter_holds_on_the_sheets_whose_figures_know_it(city: View, level: str) -> None:
    region, women = None if level == "city" else place(city, level), (("sex", "female"),)
    view = seen(city, region=region)
    of_women = drawn(city, "placement", region=region, where=women).table.rows[0]["value"]
    assert of_women == view.figures("placed", where=women)["placed"] != view.figures("placed")["placed"]


def test_months_before_the_first_delivery_are_no_zeros(city: View) -> None:
    [line] = lines_of(city, ("placements",))
    assert len(line.history) == 12
    assert all(value is None or value > 0 for value in line.history)


def test_figures_that_a_community_has_not_are_named_instead_of_shown_as_zero(city: View) -> None:
    made = drawn(city, "subsidies", region=place(city, "community"))
    assert METRICS["budget_execution"].label.zh not in [row["metric"] for row in made.table.rows]
    assert METRICS["budget_execution"].label.zh in words_of(made)


def test_a_community_says_its_rank_and_the_city_its_best(city: View) -> None:
    assert "个单位中列第" in drawn(city, "rank", region=place(city, "community")).reading
    best = drawn(city, "rank").table.rows
    assert [row["rank"] for row in best] == sorted(row["rank"] for row in best)


def test_the_work_lists_name_rows_by_number_only(city: View) -> None:
    visits = drawn(city, "visits", region=place(city, "street"))
    assert {column.name for column in visits.table.columns} == {
        "registration_no", "region_name", "placed_on", "month_number", "last_visited_on", "due_on",
    }  # fmt: skip
    households = drawn(city, "households")
    waiting = [row["day_number"] for row in households.table.rows]
    assert waiting == sorted(waiting, reverse=True)


def test_who_may_not_see_rows_is_told_so(city: View) -> None:
    page = page_at("/profile")
    assert page is not None
    found = page.panel("visits")
    assert found is not None
    view = View(Selection(), city.build.within(Scope(None, rows=False)), city.tree, city.words, "/profile")
    withheld = draw(found, view)
    assert isinstance(withheld, Withheld)
    assert withheld.reason == "not_allowed"


def test_a_figure_chosen_on_a_sheet_colours_the_map(city: View) -> None:
    made = drawn(city, "map", indicator="satisfaction")
    assert METRICS["satisfaction"].label.zh in words_of(made)


def test_what_stands_above_a_readers_communities_has_no_figure_of_a_district(city: View) -> None:
    street = city.tree.find(place(city, "street"))
    own = tuple(region.code for region in city.tree.children(street)[:2])
    tree = city.tree.within(own)
    view = replace(
        seen(city), build=city.build.within(Scope(own)), tree=tree, selection=Selection(region=tree.root.code)
    )
    assert (view.region.level, view.region.code) == ("street", city.tree.root.code)
    kept = [name for name in profile.LENDING if is_kept(view, name)]
    assert kept == [name for name in profile.LENDING if METRICS[name].exists_from in ("street", "community")]
    assert "fund_balance" in profile.LENDING
    assert "fund_balance" not in kept
