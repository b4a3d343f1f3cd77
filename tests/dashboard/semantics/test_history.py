"""What forecasts are made of: earlier years by the same day and in all, as far as the data hold them whole."""

from datetime import date

import pytest

from dashboard.season import Year
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.course import courses, reached_on
from dashboard.semantics.history import History, years_known
from dashboard.semantics.outlook import Outlook
from dashboard.semantics.scope import EVERYTHING
from dashboard.semantics.targets import Target, targets
from dashboard.view import View
from dashboard.warehouse import Build
from tests.spec.rows import person, placed, target, world
from tests.worlds import CITY, HILL, NORTH, PINE, QUAY, SOUTH

PLACED = METRICS["placed"]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Placed in PINE on the 10th and 25th of each month: two in 2022, four a month since 2023."""
    days = [f"{year}-{month:02d}-{day}" for year in (2023, 2024, 2025) for month in range(1, 13) for day in (10, 25)]
    days += [f"2026-{month:02d}-{day}" for month in range(1, 7) for day in (10, 25)]
    dated = [(f"{on}-{n}", on) for on in days for n in range(2)] + [(f"old-{n}", "2022-02-01") for n in range(2)]
    people = [person(f"R{no}", "2020-01-05") for no, _ in dated]
    done = [placed(f"P{no}", f"R{no}", on) for no, on in dated]
    goals = [target(CITY, "placed", 24), target(NORTH, "placed", 40)]
    return world(tmp_path_factory.mktemp("history"), date(2026, 6, 30), persons=people, placements=done, targets=goals)


def test_a_year_counts_by_the_same_day_and_in_all(build: Build) -> None:
    found = History(build, PLACED, date(2026, 6, 30), EVERYTHING).progress("district")
    assert found.now[NORTH] == 24
    assert found.of(NORTH) == {year: Year(24, 48) for year in (2023, 2024, 2025)}


def test_within_a_month_earlier_years_are_cut_on_the_same_day(build: Build) -> None:
    found = History(build, PLACED, date(2026, 6, 12), EVERYTHING).progress("city")
    assert found.now[CITY] == 22
    assert found.of(CITY)[2025] == Year(22, 48)


def test_a_year_of_which_the_data_hold_a_part_is_not_known(build: Build) -> None:
    assert years_known(build, [PLACED], date(2026, 6, 30)) == 3, "2022 has two placements where 2023 has 48"
    assert years_known(build, [PLACED], date(2023, 6, 30)) == 1, "what comes later cannot tell"
    assert years_known(build, [], date(2023, 6, 30)) is None


def test_what_never_errs_is_forecast_to_the_letter_and_shared_out_whole(build: Build) -> None:
    outlook = Outlook(build, PLACED, date(2026, 6, 30))
    city, district, street = (outlook.forecasts(level) for level in ("city", "district", "street"))
    assert city[CITY].value == pytest.approx(48)
    assert district[NORTH].value == pytest.approx(48)
    assert district[SOUTH].value == 0
    assert street[HILL].value == pytest.approx(48)
    assert sum(each.value or 0 for each in outlook.forecasts("community").values()) == pytest.approx(48)


def test_on_the_last_day_of_a_year_the_forecast_is_what_came(build: Build) -> None:
    found = Outlook(build, PLACED, date(2025, 12, 31)).forecasts("city")[CITY]
    assert (found.value, found.low, found.high) == (48, 48, 48)
    assert (found.probability(48, "+"), found.probability(49, "+")) == (1, 0)


def test_the_course_of_a_target_tells_the_day_it_was_reached_and_since_when_a_state_holds(build: Build) -> None:
    found = targets(build)
    city, north = courses(build, found[:1], date(2026, 6, 30)) + courses(build, found[1:], date(2026, 6, 30))
    assert [point.actual for point in city.points] == [4, 8, 12, 16, 20, 24]
    assert city.since is not None
    assert (city.since.day, city.since.state) == (date(2026, 6, 30), "met")
    assert reached_on(build, found, [city, north]) == [date(2026, 6, 25), None]
    assert north.since == north.points[0], "60 % are done by June: on track all year"


def test_a_community_with_nothing_so_far_shares_in_what_is_still_to_come(build: Build) -> None:
    found = Outlook(build, PLACED, date(2026, 1, 5)).forecasts("community")
    assert found[PINE].now == 0
    assert (found[PINE].value or 0) > 0
    assert found[QUAY].value == 0


@pytest.mark.parametrize("level", ["district", "street", "community"])
def test_the_course_of_a_target_is_the_same_beside_others_and_alone(city: View, level: str) -> None:
    """Alone only its own region is asked, else the lowest that holds them all."""
    day = date(2026, 8, 20)
    by_indicator: dict[str, list[Target]] = {}
    for found in targets(city.build, as_of=day, level=level):
        by_indicator.setdefault(found.indicator, []).append(found)
    for several in by_indicator.values():
        sample = several[:3] + several[-3:]
        assert courses(city.build, sample, day) == [courses(city.build, [each], day)[0] for each in sample]
