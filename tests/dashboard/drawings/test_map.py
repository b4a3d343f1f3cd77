"""The map of a page: which regions, which colours, and what a click on a tile or inside an outline chooses."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard import callbacks, ids
from dashboard.components.tile_map import short_name
from dashboard.drawings.map import figure_of, region_map, target_of
from dashboard.panel import Drawing, Withheld
from dashboard.regions import read
from dashboard.selection import Selection
from dashboard.text import Words
from dashboard.view import View
from tests.spec.rows import budget, person, placed, subsidy, target
from tests.worlds import HILL, LAKE, NORTH, PINE, PORT, REED, SOUTH, WILLOW, build

SQUARE = [[114.0, 30.0], [114.1, 30.0], [114.1, 30.1], [114.0, 30.0]]


def seen(folder: Path, region: str | None = None, **tables: Any) -> View:
    """Three placed in PINE, one in WILLOW."""
    where = [PINE] * 3 + [WILLOW]
    people = [person(f"R{at}", community_code=code) for at, code in enumerate(where)]
    jobs = [placed(f"P{at}", f"R{at}", "03-01", community_code=code) for at, code in enumerate(where)]
    made = build(folder, {"persons": people, "placements": jobs, **tables})
    return View(Selection(region=region), made, read(made), Words("zh"), "/loans")


def said(drawing: Drawing) -> str:
    return json.dumps(drawing.body, default=lambda part: part.to_plotly_json(), ensure_ascii=False)


def rows(drawing: Drawing) -> dict[str, Any]:
    return {row["region_code"]: row["value"] for row in drawing.table.rows}


def test_the_city_is_mapped_by_streets_under_their_districts(tmp_path: Path) -> None:
    drawn = region_map(seen(tmp_path), figure_of("placed"))
    assert rows(drawn) == {HILL: 4, LAKE: 0, PORT: 0}
    assert f"/loans?region={NORTH[:6]}" in said(drawn)
    assert f"/loans?region={HILL[:9]}" in said(drawn)


def test_a_figure_that_ends_at_the_district_is_mapped_by_districts(tmp_path: Path) -> None:
    budgets = [budget(NORTH, 1000), budget(SOUTH, 500)]
    paid = [subsidy("S1", "03-01", 250)]
    view = seen(tmp_path, budgets=budgets, subsidies=paid)
    assert rows(region_map(view, figure_of("budget_execution", "subsidy_spend"))) == {NORTH: 25, SOUTH: 0}
    below = replace(view, selection=Selection(region=NORTH))
    drawn = region_map(below, figure_of("budget_execution", "subsidy_spend"))
    assert rows(drawn) == {PINE: 250, WILLOW: 0, REED: 0}


def test_a_map_without_any_figure_is_not_drawn(tmp_path: Path) -> None:
    with pytest.raises(Withheld):
        region_map(seen(tmp_path), figure_of("par_30"))


def test_a_community_is_mapped_among_its_siblings_and_marked(tmp_path: Path) -> None:
    drawn = region_map(seen(tmp_path, PINE), figure_of("placed"))
    assert rows(drawn) == {PINE: 3, WILLOW: 1}
    assert said(drawn).count("tile-here") == 1


def test_targets_are_told_by_shape_and_figure_not_by_colour_alone(tmp_path: Path) -> None:
    targets = [target(HILL, "placed", 4), target(LAKE, "placed", 100), target(PORT, "placed", 100)]
    drawn = region_map(seen(tmp_path, targets=targets), target_of("placed"))
    assert rows(drawn) == {HILL: 100, LAKE: 0, PORT: 0}
    for mark in ("shape shape-met", "shape shape-behind", "100.0%", "0.00%"):
        assert mark in said(drawn)
    assert "图上 3 个区划中有 2 个滞后" in drawn.reading


def test_a_bureaus_own_outlines_are_drawn_and_a_click_inside_one_leads_down(tmp_path: Path) -> None:
    view = seen(tmp_path)
    pack = tmp_path / "cities" / "own"
    pack.mkdir(parents=True)
    (pack / "policy.toml").write_text('city_code = "990100000000"\n', encoding="utf-8")
    features = [
        {"properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}
        for code in (HILL, LAKE, PORT)
    ]
    (pack / "regions.geojson").write_text(json.dumps({"features": features}), encoding="utf-8")
    drawn = region_map(view, figure_of("placed"))
    assert drawn.figure is not None
    assert [trace.get("meta") for trace in drawn.figure["data"][:3]] == [
        ["region", code] for code in (HILL, LAKE, PORT)
    ]
    inside = {"points": [{"curveNumber": 1, "x": 114.05, "y": 30.02}]}
    clicked = callbacks.chosen(replace(view, path="/profile"), ids.panel_chart("profile", "map"), inside)
    assert clicked.region == LAKE


@pytest.mark.parametrize(
    ("name", "short"), [("磁山街道", "磁山"), ("临湖区", "临湖"), ("新区", "新区"), ("东湖社区", "东湖")]
)
def test_names_on_tiles_lose_what_all_of_them_end_in(name: str, short: str) -> None:
    assert short_name(name) == short
