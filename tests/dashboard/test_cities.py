"""A home of several cities as a reader walks it: all of them together at the top, each of them below."""

import json
from pathlib import Path

import pytest

from dashboard.app import tree_of, view_of
from dashboard.draw import draw
from dashboard.drawings.loan_fund import fund
from dashboard.pages import PAGES
from dashboard.panel import Drawing, Page, Panel, Withheld
from dashboard.quality import is_whole
from dashboard.regions import Region, Tree
from dashboard.selection import Selection
from dashboard.semantics.dimension import TOP
from dashboard.semantics.scope import Scope
from dashboard.view import View
from dashboard.warehouse import Build, Warehouse
from etl.marts.region import ALL_CITIES
from tests.dashboard.drawings.views import seen
from tests.spec.loan_rows import entry
from tests.spec.test_cities import EAST, OTHER, opened
from tests.worlds import CITY, NORTH, PINE

ABOVE = Region(ALL_CITIES, "全部城市", TOP, None)
PANELS = [(page, panel) for page in PAGES for panel in page.panels]
NAMES = [f"{page.name}/{panel.name}" for page, panel in PANELS]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cities")
    opened(folder).close()
    (folder / "home" / "CURRENT").write_text("000001.duckdb", encoding="utf-8")
    return folder / "home"


@pytest.fixture(scope="module")
def build(home: Path) -> Build:
    return Warehouse(home).build()


def view(home: Path, **choices: object) -> View:
    found = view_of(Warehouse(home), Selection().but(**choices), None)
    assert found is not None
    return found


def test_the_cities_stand_under_a_root_that_is_named_in_the_readers_language(home: Path, build: Build) -> None:
    tree = tree_of(build)

    assert tree.root == ABOVE
    assert tree_of(build, "en").root.name == "All cities"
    assert [city.code for city in tree.children(tree.root)] == [CITY, OTHER]
    assert [step.code for step in tree.path(tree.find(PINE))][:3] == [ALL_CITIES, CITY, NORTH]
    assert view(home).region == ABOVE


def test_the_pack_of_all_cities_names_what_stands_above_them(home: Path) -> None:
    pack = home / "cities" / "province"
    pack.mkdir(parents=True)
    (pack / "policy.toml").write_text(
        f'city_code = "{ALL_CITIES}"\nname = {{ zh = "磁州省", en = "Cizhou" }}\n', encoding="utf-8"
    )

    assert view(home).region.name == "磁州省"
    assert view(home, lang="en").region.name == "Cizhou"


def test_every_city_has_an_address_of_its_own_and_the_root_none(build: Build) -> None:
    top = seen(build, region=OTHER)

    assert [top.at(step) for step in top.tree.path(top.region)] == [
        "/targets?lang=en",
        "/targets?region=990200&lang=en",
    ]
    assert Selection.parse("?region=000000").region == ALL_CITIES
    assert top.tree.find(ALL_CITIES) == top.tree.root


def test_the_parts_of_the_root_are_the_cities_and_theirs_the_districts(build: Build) -> None:
    top, city = seen(build), seen(build, region=OTHER)

    assert (top.level, [part.code for part in top.parts]) == ("city", [CITY, OTHER])
    assert (city.level, [part.code for part in city.parts]) == ("district", [EAST])
    assert [part.code for part in city.tree.siblings(city.region)] == [CITY, OTHER]
    assert is_whole(top)
    assert not is_whole(city)


def test_figures_at_the_root_are_those_of_all_cities(build: Build) -> None:
    top, city = seen(build), seen(build, region=OTHER)

    assert top.figures("placements") == {"placements": 2}
    assert city.figures("placements") == {"placements": 1}
    assert {row["region_code"]: row["placements"] for row in top.ask("placements", by=("city",))} == {CITY: 1, OTHER: 1}
    assert top.targets() == []
    assert [target.region_code for target in top.targets(top.parts)] == [CITY, OTHER]


def test_a_reader_of_one_city_begins_there_and_one_of_two_districts_above_them(build: Build) -> None:
    tree = tree_of(build)

    assert tree.within([OTHER]).root.code == OTHER
    both = tree.within([CITY, OTHER])
    assert (both.root.level, [part.code for part in both.children(both.root)]) == (TOP, [CITY, OTHER])
    apart = tree.within([NORTH, EAST])
    assert (apart.root.level, [part.code for part in apart.children(apart.root)]) == ("city", [NORTH, EAST])
    assert view_scoped(build, NORTH, EAST).figures("placements") == {"placements": 2}
    assert view_scoped(build, EAST).figures("placements") == {"placements": 1}


def view_scoped(build: Build, *codes: str) -> View:
    own = build.within(Scope(codes))
    return View(Selection(), own, tree_of(own), seen(build).words)


def test_a_home_of_one_city_has_nothing_above_it() -> None:
    city = Region(CITY, "磁湖市", "city", None)
    assert Tree.of([city, Region(NORTH, "磁山区", "district", CITY)]).root == city


@pytest.mark.parametrize("region", [None, OTHER], ids=["all cities", "one city"])
@pytest.mark.parametrize(("page", "panel"), PANELS, ids=NAMES)
def test_every_panel_draws_or_says_kindly_why_not(build: Build, page: Page, panel: Panel, region: str | None) -> None:
    drawn = draw(panel, seen(build, page.path, region=region))

    assert isinstance(drawn, Drawing) or drawn.reason == "no_rows"


def test_the_targets_of_all_cities_are_each_citys(build: Build) -> None:
    [panel] = [panel for page, panel in PANELS if (page.name, panel.name) == ("targets", "bullets")]
    drawn = draw(panel, seen(build))

    assert isinstance(drawn, Withheld)
    assert drawn.detail == "Each city has targets of its own; all of them together have none."


@pytest.mark.parametrize("text", ['name = "磁州省"', "city_code = [", 'name = { en = "Cihu" }', ""])
def test_a_pack_that_cannot_be_read_names_nobody_and_takes_no_page_down(tmp_path: Path, text: str) -> None:
    opened(tmp_path).close()
    home = tmp_path / "home"
    (home / "CURRENT").write_text("000001.duckdb", encoding="utf-8")
    (home / "cities" / "province").mkdir(parents=True)
    (home / "cities" / "province" / "policy.toml").write_text(
        f'city_code = "{ALL_CITIES}"\n{text}\n', encoding="utf-8-sig"
    )

    assert view(home).tree.root.name == "全部城市"


def test_a_fund_of_cities_with_caps_of_their_own_is_within_none(tmp_path: Path) -> None:
    named = (entry("1", "01-01", 1_000, district=NORTH), entry("2", "01-01", 3_000, district=EAST))
    opened(tmp_path, entries=named).close()
    (tmp_path / "home" / "CURRENT").write_text("000001.duckdb", encoding="utf-8")
    drawing = fund(view(tmp_path / "home", lang="en"))

    assert "times over." in drawing.reading
    assert "at most" not in drawing.reading
    said = json.dumps(drawing.body.to_plotly_json(), default=lambda part: part.to_plotly_json(), ensure_ascii=False)
    assert "Each city has a cap of its own." in said
    assert "within the cap" not in said


def test_a_city_is_told_why_its_fund_is_not_known(tmp_path: Path) -> None:
    opened(tmp_path, entries=(entry("1", "01-01", 1_000, district=EAST), entry("2", "06-01", 500))).close()
    (tmp_path / "home" / "CURRENT").write_text("000001.duckdb", encoding="utf-8")
    with pytest.raises(Withheld) as told:
        fund(view(tmp_path / "home", region=OTHER, lang="en"))
    assert "of several cities" in told.value.detail
