"""The page Targets, panel by panel, over small worlds."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.drawings.bullets import bullets
from dashboard.drawings.cascade import cascade
from dashboard.drawings.heat import heat
from dashboard.drawings.letters import letters
from dashboard.drawings.outlooks import outlooks
from dashboard.drawings.paces import paces
from dashboard.drawings.places import places
from dashboard.drawings.shortfall import by_group, by_region
from dashboard.drawings.year import course
from dashboard.panel import Withheld
from dashboard.period import year_period
from dashboard.semantics.scope import Scope
from dashboard.warehouse import Build
from tests.dashboard.drawings.views import seen, words_of
from tests.spec.rows import person, placed, target, world
from tests.worlds import CITY, HILL, LAKE, NORTH, PINE, QUAY, REED, SOUTH


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """By 30 June 2026: 60 of 100 in the north (all in PINE), 5 of 60 in the south; the city was told 150, not 160."""
    folder = tmp_path_factory.mktemp("targets")
    north = [(f"N{n}", PINE, f"{1 + n // 10:02d}-{1 + n % 10:02d}", "market") for n in range(60)]
    south = [(f"S{n}", QUAY, "01-20", "self_employed") for n in range(5)]
    last = [(f"L{n}", PINE, f"2025-{1 + n % 12:02d}-10", "market" if n % 2 else "self_employed") for n in range(120)]
    people = [person(f"R{no}", "2024-01-05", community_code=code) for no, code, _, _ in (*north, *south, *last)]
    done = [
        placed(f"P{no}", f"R{no}", on, community_code=code, channel=by) for no, code, on, by in (*north, *south, *last)
    ]
    goals = [
        target(CITY, "placed", 150, document_no="1号", signed_on=date(2026, 2, 1)),
        target(CITY, "placed", 130, issuer="province"),
        target(NORTH, "placed", 90),
        target(NORTH, "placed", 100, revision=1, document_no="7号", signed_on=date(2026, 4, 1)),
        target(SOUTH, "placed", 60),
        target(HILL, "placed", 70), target(LAKE, "placed", 30),
        target(PINE, "placed", 50), target(REED, "placed", 0),
        target(CITY, "unemployed", 1000), target(NORTH, "unemployed", 1), target(SOUTH, "unemployed", 900),
    ]  # fmt: skip
    return world(folder, date(2026, 6, 30), persons=people, placements=done, targets=goals)


def test_bullets_show_each_issuers_target_and_say_all_of_it_in_words(bureau: Build) -> None:
    drawn = bullets(seen(bureau))
    said = words_of(drawn.body)
    assert "Persons re-employed (province)" in said
    assert drawn.table.rows[0]["value"] == 150
    assert drawn.table.rows[1]["issuer"] == "province"
    assert "on track" in said
    assert drawn.reading == "Behind: 1 of 3 targets; furthest is Persons re-employed, −6.3 pts against the pace."


def test_the_district_furthest_behind_is_named_with_the_month_since_when(bureau: Build) -> None:
    drawn = places(seen(bureau))
    assert [row["region_code"] for row in drawn.table.rows] == [SOUTH, NORTH]
    assert "Furthest behind on Persons re-employed is 990102000000" in drawn.reading
    assert drawn.reading.endswith("behind since the end of Feb 2026.")  # 5 of 60 are 8.3 %: January's pace held
    assert [row["since"] for row in drawn.table.rows][1] == "since January"


def test_a_target_reached_says_on_which_day(bureau: Build) -> None:
    [row] = [row for row in places(seen(bureau, region=HILL)).table.rows if row["region_code"] == PINE]
    assert row["reached"] == date(2026, 5, 10)
    assert row["since"] == "reached on 10 May 2026"


def test_of_a_level_those_furthest_above_the_limit_come_first(bureau: Build) -> None:
    drawn = places(seen(bureau, indicator="unemployed"))
    assert drawn.table.rows[0]["region_code"] == NORTH
    assert "against 1" in drawn.reading


def test_the_heat_table_is_ordered_by_the_indicator_chosen(bureau: Build) -> None:
    order = [
        words_of(heat(seen(bureau, indicator=name), "/targets").body).index(SOUTH)
        < words_of(heat(seen(bureau, indicator=name), "/targets").body).index(NORTH)
        for name in ("placed", "unemployed", None)
    ]
    assert order == [True, False, False]
    assert "behind" in words_of(heat(seen(bureau), "/targets").body), "a state is a word too"


def test_the_needed_pace_stands_beside_that_of_three_months(bureau: Build) -> None:
    drawn = paces(seen(bureau, region=SOUTH))
    [row] = drawn.table.rows
    assert row["missing"] == 55
    assert row["needed"] == pytest.approx(55 / (184 / 7))
    assert (row["months"], row["lately"]) == (0, 0)
    assert "needs 2.1 persons a week until 31 Dec 2026 to reach 60 persons" in drawn.reading
    city = paces(seen(bureau)).table.rows[0]
    assert city["months"] == pytest.approx(30 / 13), "April to June, 91 days"
    assert city["times"] == pytest.approx((85 / (184 / 7)) / (30 / 13))


def test_the_cascade_says_where_the_parts_do_not_make_the_whole(bureau: Build) -> None:
    drawn = cascade(seen(bureau))
    gaps = {row["region_code"]: (row["gap"], row["without"]) for row in drawn.table.rows}
    assert gaps[CITY] == (10, 0)
    assert gaps[NORTH] == (0, 0)
    assert gaps[HILL] == (-20, 1)
    assert PINE not in gaps, "two levels below the region in view are shown"
    assert "in 3 of 4 places the parts do not add up; most in 990101002000 (30 given to nobody)" in drawn.reading
    street = cascade(seen(bureau, region=HILL)).table.rows[0]
    assert (street["gap"], street["without"]) == (-20, 1)


def test_who_sees_two_districts_is_not_told_the_citys_target(bureau: Build) -> None:
    view = seen(bureau, indicator="placed")
    own = replace(view, build=bureau.within(Scope((NORTH, SOUTH))), tree=view.tree.within((NORTH, SOUTH)))
    rungs = {row["region_code"]: row["value"] for row in cascade(own).table.rows}
    assert rungs[own.tree.root.code] is None
    assert (rungs[NORTH], rungs[SOUTH]) == (100, 60)


def test_targets_of_a_level_are_not_added_up(bureau: Build) -> None:
    for panel in (cascade, by_region, by_group):
        with pytest.raises(Withheld):
            panel(seen(bureau, indicator="unemployed"))


def test_the_steps_of_the_shortfall_lead_from_what_was_due_to_what_was_done(bureau: Build) -> None:
    view = seen(bureau)
    for drawn in (by_region(view), by_group(view)):
        due, done = 150 * 181 / 365, 65
        assert due + sum(row["value"] for row in drawn.table.rows) == pytest.approx(done)
    regions = {row["drill"]: row["value"] for row in by_region(view).table.rows}
    assert regions[NORTH] == pytest.approx(60 - 100 * 181 / 365)
    assert regions[None] == pytest.approx(10 * 181 / 365), (
        "what was passed down beyond the target is no one's shortfall"
    )
    assert "most is missing in 990102000000" in by_region(view).reading


def test_channels_are_set_against_their_part_of_last_year(bureau: Build) -> None:
    rows = {row["drill"]: row["value"] for row in by_group(seen(bureau)).table.rows}
    assert rows["market"] == pytest.approx(60 - 150 * 181 / 365 / 2)
    assert rows["self_employed"] == pytest.approx(5 - 150 * 181 / 365 / 2)


def test_every_letter_stands_with_what_it_changed(bureau: Build) -> None:
    rows = letters(seen(bureau, region=NORTH)).table.rows
    assert [
        (row["revision"], row["value"], row["change"], row["superseded"])
        for row in rows
        if row["indicator"] == "placed"
    ] == [
        (1, 100, 10, False),
        (0, 90, None, True),
    ]
    reading = letters(seen(bureau, region=NORTH)).reading
    assert "last revised was Persons re-employed on 1 Apr 2026 (7号)" in reading
    assert (
        "issued by: province and city" in letters(seen(bureau)).reading
        or "city and province" in letters(seen(bureau)).reading
    )


def test_a_forecast_from_little_history_says_that_it_is_provisional(bureau: Build) -> None:
    drawn = outlooks(seen(bureau))
    assert "Provisional: only one earlier year is known whole" in words_of(drawn.body)
    assert drawn.table.rows[0]["low"] <= drawn.table.rows[0]["forecast"] <= drawn.table.rows[0]["high"]


def test_the_curve_runs_on_to_the_forecast_and_the_pace_to_the_target(bureau: Build) -> None:
    drawn = course(seen(bureau))
    assert drawn.figure is not None
    traces = {trace["name"]: trace for trace in drawn.figure["data"] if trace.get("name")}
    assert traces["pace to the target"]["y"][-1] == 150
    assert traces["2026"]["y"][5] == 65
    assert traces["expected"]["y"][:5] == [None] * 5
    assert traces["expected"]["y"][5] == 65
    assert traces["expected"]["y"][-1] == pytest.approx(bullets(seen(bureau)).table.rows[0]["forecast"])


def test_a_year_that_has_passed_is_told_as_over(bureau: Build) -> None:
    with pytest.raises(Withheld):
        outlooks(seen(bureau, period=year_period(2025)))
    with pytest.raises(Withheld):
        places(seen(bureau, period=year_period(2027)))
