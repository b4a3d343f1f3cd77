"""Whose figures a reader sees: every panel of every page, for readers of a district, a street and two streets."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest

from dashboard.access.account import Account
from dashboard.app import tree_of
from dashboard.components.breadcrumb import search_options
from dashboard.draw import draw
from dashboard.pages import PAGES
from dashboard.panel import Drawing, Page, Panel, Withheld
from dashboard.regions import Region
from dashboard.semantics.answer import answer
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.question import NotAllowedError, Question
from dashboard.semantics.scope import Scope
from dashboard.semantics.targets import targets
from dashboard.view import View

PANELS = [(page, panel) for page in PAGES for panel in page.panels]
NAMES = [f"{page.name}/{panel.name}" for page, panel in PANELS]
OF_NO_REGION = ("ranking/standard", "methods/metrics", "methods/examples", "methods/example_rows", "methods/tables")
READERS = ("district", "street", "two streets")
CODE = re.compile(r"(?<!\d)\d{12}(?!\d)")


def regions_of(city: View, reader: str) -> tuple[str, ...]:
    """The last district, its first street, or the first streets of two districts; never what comes first."""
    districts = city.tree.children(city.tree.root)
    if reader == "district":
        return (districts[-1].code,)
    if reader == "street":
        return (city.tree.children(districts[-1])[0].code,)
    return tuple(city.tree.children(district)[0].code for district in districts[1:3])


def view_within(city: View, reader: str, page: Page | None = None) -> View:
    """The page as somebody sees it whose regions these are."""
    role = "district" if reader == "district" else "street"
    account = Account(1, "li", "", (role,), regions_of(city, reader))
    build = city.build.within(account.scope)
    found = replace(city, build=build, tree=tree_of(build))
    return replace(found, path=page.path, quarterly=page.quarterly) if page else found


def foreign_regions(city: View, view: View) -> list[Region]:
    """All regions but the reader's own and those above them."""
    own = set(view.tree.by_code)
    above = {step.code for code in own for step in city.tree.path(city.tree.find(code))}
    return [region for code, region in city.tree.by_code.items() if code not in own | above]


def strings(value: Any) -> Iterator[str]:
    """Every text in a drawing."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(key)
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def everything_said(drawn: Drawing) -> str:
    """The reading, the rows, the figure and the body of a drawing."""
    body = json.loads(json.dumps(drawn.body, default=lambda part: part.to_plotly_json())) if drawn.body else ""
    figure = orjson.loads(orjson.dumps(drawn.figure, default=str, option=orjson.OPT_SERIALIZE_NUMPY))
    rows = [{name: str(value) for name, value in row.items()} for row in drawn.table.rows]
    return "\n".join(strings([drawn.reading, figure, body, rows]))


@pytest.mark.parametrize(("page", "panel"), PANELS, ids=NAMES)
@pytest.mark.parametrize("reader", READERS)
def test_a_panel_names_no_region_of_others(city: View, reader: str, page: Page, panel: Panel) -> None:
    view = view_within(city, reader, page)
    drawn = draw(panel, view)
    if isinstance(drawn, Withheld):
        assert drawn.reason in ("no_rows", "hidden"), drawn.detail
        return
    said = everything_said(drawn)
    own = {region.name for region in view.tree.by_code.values()}
    foreign = foreign_regions(city, view)
    assert not set(CODE.findall(said)) & {region.code for region in foreign}
    for name in own:
        said = said.replace(name, "")
    assert [region.name for region in foreign if region.name not in own and region.name in said] == []


@pytest.mark.parametrize(("page", "panel"), PANELS, ids=NAMES)
def test_a_panel_of_anothers_region_says_not_allowed(city: View, page: Page, panel: Panel) -> None:
    view = view_within(city, "street", page)
    for code in (city.tree.root.code, foreign_regions(city, view)[0].code):
        drawn = draw(panel, replace(view, selection=view.selection.but(region=code)))
        if f"{page.name}/{panel.name}" in OF_NO_REGION:
            assert not isinstance(drawn, Withheld)
        else:
            assert isinstance(drawn, Withheld)
            assert drawn.reason == "not_allowed"


@pytest.mark.parametrize("reader", READERS)
def test_what_is_seen_is_what_the_whole_city_shows(city: View, reader: str) -> None:
    """Every metric of every region of a reader's is the same figure that the analyst of the city sees."""
    view = view_within(city, reader)
    asked = [metric.name for metric in METRICS.values() if not metric.required][:: 1 if reader == "district" else 6]
    for level in ("district", "street"):
        own = answer(view.build, Question(tuple(asked), (level,))).rows
        every = {row["region_code"]: row for row in answer(city.build, Question(tuple(asked), (level,))).rows}
        assert [row["region_code"] for row in own] == [
            code for code in every if code in view.tree.by_code and not _is_root_of_several(view, str(code))
        ]
        for row in own:
            assert row == pytest.approx(every[row["region_code"]], nan_ok=True), row["region_code"]


def _is_root_of_several(view: View, code: str) -> bool:
    return code == view.tree.root.code and len(view.build.scope.regions or ()) > 1


@pytest.mark.parametrize("reader", READERS)
def test_targets_are_those_of_ones_own_regions_and_told_alike(city: View, reader: str) -> None:
    view = view_within(city, reader)
    every = targets(city.build)
    assert targets(view.build) == [
        target
        for target in every
        if target.region_code in view.tree.by_code and not _is_root_of_several(view, target.region_code)
    ]


@pytest.mark.parametrize("reader", READERS)
def test_a_page_shows_the_targets_that_are_ones_own(city: View, reader: str) -> None:
    """Of whatever regions it asks for."""
    view = view_within(city, reader)
    regions = list(city.tree.by_code.values())
    assert sorted(view.targets(regions), key=repr) == sorted(targets(view.build), key=repr)


def test_nothing_is_asked_beyond_the_scope(city: View) -> None:
    view = view_within(city, "district")
    foreign = foreign_regions(city, view)
    for region in foreign[:20]:
        with pytest.raises(NotAllowedError):
            answer(view.build, Question(("placed",), region=region.code))
        with pytest.raises(NotAllowedError):
            answer(view.build, Question(("placed",), where=((region.level, region.code),)))
    assert answer(view.build, Question(("placed",), ("city",))).rows == []


def test_differences_of_answers_give_no_others_figure(city: View) -> None:
    """The city without its own part would be the others': the city as such is not told."""
    view = view_within(city, "street")
    total = answer(view.build, Question(("placed",))).rows
    own = answer(view.build, Question(("placed",), region=view.tree.root.code)).rows
    assert total == own


@pytest.mark.parametrize("reader", READERS)
def test_the_search_offers_ones_own_regions(city: View, reader: str) -> None:
    view = view_within(city, reader)
    for region in foreign_regions(city, view)[:40]:
        assert region.code not in {option["value"] for option in search_options(view, region.name)}


def test_a_scope_of_nothing_sees_nothing(city: View) -> None:
    build = city.build.within(Scope(regions=()))
    assert answer(build, Question(("placed",), ("community",))).rows == []
    assert answer(build, Question(("placed",))).rows == [{"placed": 0}]
    assert targets(build) == []


def test_the_same_scope_is_the_same_build(city: View) -> None:
    one, other = (city.build.within(Scope(("990102000000",))) for _ in range(2))
    assert one is other
    assert one.whole is city.build
    assert one.within(city.build.scope).scope == city.build.scope
