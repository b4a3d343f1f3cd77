"""Targets: how far each is, on which day, and the word for it."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.semantics.targets import Target, TargetsByRegion, targets
from dashboard.view import View
from dashboard.warehouse import Build
from tests.spec.rows import budget, day, person, placed, subsidy, target, world
from tests.worlds import CITY, HILL, NORTH, PINE, QUAY, TREE, Delivery, region
from tests.worlds import world as home_of


def working(folder: Path, *rows: object, placements: int = 3, data_date: date = date(2026, 7, 1)) -> Build:
    """A build of some targets, in which so many persons were placed on 1 February."""
    people = [person(f"R{n}") for n in range(placements)]
    done = [placed(f"P{n}", f"R{n}", "02-01") for n in range(placements)]
    return world(folder, data_date, persons=people, placements=done, targets=rows)


def only(found: list[Target]) -> Target:
    assert len(found) == 1
    return found[0]


def test_completion_time_elapsed_and_lead_of_what_adds_up(tmp_path: Path) -> None:
    found = only(targets(working(tmp_path, target(CITY, "placed", 6))))

    assert (found.actual, found.completion) == (3, 50)
    assert found.time_elapsed == pytest.approx(100 * 182 / 365)
    assert found.lead == pytest.approx(50 - 100 * 182 / 365)
    assert found.state == "on_track"
    assert found.needed_per_week == pytest.approx(3 / (183 / 7))


@pytest.mark.parametrize(
    ("value", "state"),
    [(3, "met"), (2, "met"), (6, "on_track"), ("6.0164", "on_track"), ("6.6", "watch"), ("6.7", "behind")],
)
def test_the_state_of_what_adds_up_goes_by_the_lead(tmp_path: Path, value: int | str, state: str) -> None:
    assert only(targets(working(tmp_path, target(CITY, "placed", value)))).state == state


def test_five_points_behind_is_still_watch(tmp_path: Path) -> None:
    pack = tmp_path / "packs" / "city"
    pack.mkdir(parents=True)
    curve = [0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 1]
    (pack / "policy.toml").write_text(f'city_code = "{CITY}"\n[targets.pace]\nplaced = {curve}\n', encoding="utf-8")
    tables = {
        "regions": TREE,
        "persons": [person("R1")],
        "placements": [placed("P1", "R1", "01-10")],
        "targets": [
            target(CITY, "placed", value, issuer=issuer) for value, issuer in ((2, "city"), ("1.8", "province"))
        ],
    }
    home = home_of(tmp_path / "home", Delivery(tables, date(2026, 2, 14)), city_packs=[tmp_path / "packs"])
    city, province = targets(Build(home / "builds" / "000001.duckdb"))

    assert city.time_elapsed == 55, "half of February's share on the 14th of 28 days"
    assert (city.lead, city.state) == (-5, "watch")
    assert province.state == "on_track"


def test_less_is_better_for_the_unemployed(tmp_path: Path) -> None:
    people = [person(f"R{n}") for n in range(21)]
    goals = [target(place, "unemployed", value) for place, value in ((CITY, 21), (NORTH, 20), (HILL, 19))]
    found = targets(world(tmp_path, persons=people, targets=goals))

    assert [row.state for row in found] == ["met", "watch", "behind"]
    assert {(row.time_elapsed, row.lead) for row in found} == {(None, None)}
    assert found[0].completion == 100


def test_a_rate_is_met_watched_or_behind_by_its_value(tmp_path: Path) -> None:
    goals = [target(CITY, "budget_execution", value, issuer=issuer) for value, issuer in (
        (38, "city"), (40, "district"), (41, "province"),
    )]  # fmt: skip
    build = world(tmp_path, targets=goals, budgets=[budget(CITY, 100)], subsidies=[subsidy("S1", "02-01", 38)])
    found = {row.issuer: row for row in targets(build)}

    assert {issuer: row.state for issuer, row in found.items()} == {
        "city": "met",
        "district": "watch",
        "province": "behind",
    }
    assert found["district"].completion == 95
    assert found["district"].lead is None


def test_each_issuer_has_its_own_target_at_its_highest_revision(tmp_path: Path) -> None:
    goals = [
        target(CITY, "placed", 5), target(CITY, "placed", 9, revision=1, document_no="2号"),
        target(CITY, "placed", 7, issuer="province"),
    ]  # fmt: skip
    found = targets(working(tmp_path, *goals))

    assert [(row.issuer, row.revision, row.value) for row in found] == [("city", 1, 9), ("province", 0, 7)]
    assert found[0].document_no == "2号"


def test_a_past_years_target_is_judged_at_its_31_december(tmp_path: Path) -> None:
    people = [person("R1", "2025-01-01"), person("R2", "2025-01-01")]
    done = [placed("P1", "R1", "2025-12-31"), placed("P2", "R2", "01-01")]
    build = world(tmp_path, persons=people, placements=done, targets=[target(CITY, "placed", 2, target_year=2025)])
    found = only(targets(build, year=2025))

    assert (found.actual, found.time_elapsed, found.state) == (1, 100, "behind")
    assert found.needed_per_week is None, "no day is left"
    assert targets(build) == [], "of this year there is none"


def test_a_year_that_has_not_begun_has_no_actual(tmp_path: Path) -> None:
    found = only(targets(working(tmp_path, target(CITY, "placed", 2, target_year=2027)), year=2027))

    assert (found.actual, found.completion, found.time_elapsed, found.state) == (None, None, None, "missing")


def test_as_of_an_earlier_day_only_what_was_done_by_then_counts(tmp_path: Path) -> None:
    found = only(targets(working(tmp_path, target(CITY, "placed", 6)), as_of=day("01-31")))

    assert (found.actual, found.completion, found.state) == (0, 0, "behind")


def test_a_region_gives_its_targets_and_those_of_all_below_it(tmp_path: Path) -> None:
    build = working(tmp_path, *(target(place, "placed", 2) for place in (CITY, NORTH, PINE, QUAY)))

    assert [row.region_code for row in targets(build, region="990101")] == [NORTH, PINE]
    assert [row.actual for row in targets(build)] == [3, 3, 3, 0]


def test_a_figure_that_does_not_exist_at_that_level_is_missing(tmp_path: Path) -> None:
    found = only(targets(working(tmp_path, target(PINE, "subsidy_budget", 5))))

    assert (found.actual, found.state) == (None, "missing")


def test_a_target_of_a_merged_community_is_judged_by_its_successor(tmp_path: Path) -> None:
    merged = region("990101001009", "community", HILL, successor_code=PINE)
    rows = {"persons": [person("R1")], "placements": [placed("P1", "R1", "02-01")]}
    goals = [target("990101001009", "placed", 1)]
    found = only(targets(world(tmp_path, regions=[*TREE, merged], targets=goals, **rows)))

    assert (found.region_code, found.actual, found.state) == ("990101001009", 1, "met")


def test_a_target_of_0_has_no_completion_and_is_met(tmp_path: Path) -> None:
    found = only(targets(working(tmp_path, target(CITY, "placed", 0))))

    assert (found.completion, found.lead, found.state) == (None, None, "met")


def test_forecasts_of_districts_add_up_to_the_citys(tmp_path: Path) -> None:
    people = [person(f"R{n}", "2023-01-01", community_code=QUAY if n % 3 else PINE) for n in range(90)]
    done = [
        placed(f"P{year}-{n}", f"R{n}", f"{year}-{1 + n % 9:02d}-10", community_code=QUAY if n % 3 else PINE)
        for year in (2024, 2025, 2026)
        for n in range(90)
        if year < 2026 or n % 9 < 6
    ]
    goals = [target(place, "placed", 100) for place in (CITY, NORTH, "990102000000", HILL)]
    build = world(tmp_path, date(2026, 6, 30), persons=people, placements=done, targets=goals)
    city, north, hill, south = targets(build)

    assert city.forecast == pytest.approx((north.forecast or 0) + (south.forecast or 0))
    assert hill.forecast == pytest.approx(north.forecast)
    assert city.forecast == pytest.approx(90, abs=3), "two thirds were done by June in earlier years"
    for row in (city, north, south):
        assert row.forecast_low is not None
        assert row.forecast_high is not None
        assert (row.actual or 0) <= row.forecast_low <= (row.forecast or 0) <= row.forecast_high
        assert row.probability is not None
        assert 0 <= row.probability <= 1


@pytest.mark.parametrize("level", ["city", "district", "street", "community"])
def test_a_level_by_itself_is_told_the_same_as_all_levels_at_once(city: View, level: str) -> None:
    known = city.build.regions
    every = [found for found in targets(city.build) if known.find(found.region_code).level == level]
    assert targets(city.build, level=level) == every
    assert len(every) > 0


@pytest.mark.parametrize("level", ["district", "community"])
def test_targets_judged_one_region_at_a_time_are_those_of_all_at_once(city: View, level: str) -> None:
    every = targets(city.build, level=level)
    held = TargetsByRegion(city.build, city.as_of.year, city.as_of, level)
    for code in {found.region_code for found in every}:
        assert list(held.of(code)) == [found for found in every if found.region_code == code]
    assert held.of("000000000000") == ()
    assert city.targets(city.parts) == [
        found for part in city.parts for found in targets(city.build) if found.region_code == part.code
    ]
