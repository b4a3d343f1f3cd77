"""Reports, fairs, entities, retirees, offices, surveys: every metric as a worked example."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.spec.rows import by, day, figure, post, world
from tests.worlds import HILL, PINE, QUAY, TREE, WILLOW, Row, region


def report(number: int, due: str, submitted: str | None, returned: int = 0) -> Row:
    return {
        "community_code": PINE, "report": f"report {number}", "period": "2026-01", "due_on": day(due),
        "submitted_on": day(submitted) if submitted else None, "returned_times": returned,
    }  # fmt: skip


def test_reports_are_on_time_when_submitted_by_their_due_date(tmp_path: Path) -> None:
    reports = [
        report(1, "02-10", "02-10"), report(2, "02-10", "02-11"), report(3, "02-10", None), report(4, "10-10", "02-01"),
    ]  # fmt: skip
    build = world(tmp_path, reports=reports)

    assert figure(build, "reporting_on_time") == 100 / 3, "due after the data date does not count"
    assert figure(build, "reporting_on_time", "03-01") is None


def test_a_report_submitted_after_the_day_is_unseen_on_it(tmp_path: Path) -> None:
    reports = [report(1, "02-10", "02-10", 1), report(2, "02-10", "02-11"), report(3, "02-10", None)]
    build = world(tmp_path, reports=reports)

    assert figure(build, "reports_accepted_first_time") == 50
    assert figure(build, "reports_accepted_first_time", as_of=day("02-10")) == 0, "only the returned one is there"
    assert figure(build, "reports_accepted_first_time", as_of=day("02-09")) is None


def test_fairs_count_by_their_day_and_by_what_they_achieved(tmp_path: Path) -> None:
    fairs = [
        {
            "fair_no": "A",
            "community_code": PINE,
            "kind": "fair",
            "held_on": day("02-01"),
            "posts_offered": 90,
            "attended": 300,
            "placed": 12,
        },
        {"fair_no": "B", "community_code": PINE, "kind": "online", "held_on": day("03-01")},
    ]
    build = world(tmp_path, fairs=fairs)

    assert figure(build, "fairs_held") == 2
    assert figure(build, "fair_placed") == 12
    assert [figure(build, name) for name in ("fair_posts", "fair_attended")] == [90, 300]
    assert by(build, "fairs_held", "kind") == {"fair": 1, "online": 1}


def test_entities_are_open_from_their_founding_until_the_day_before_they_close(tmp_path: Path) -> None:
    entity = {
        "entity_no": "E1",
        "community_code": PINE,
        "kind": "base",
        "founded_on": day("02-01"),
        "closed_on": day("03-01"),
        "jobs_planned": 9,
        "jobs": 7,
    }
    build = world(tmp_path, entities=[entity])

    assert [figure(build, "entities_open", end=end) for end in ("01-31", "02-01", "02-28", "03-01")] == [0, 1, 1, 0]
    assert by(build, "entities_open", "kind", end=day("02-10")) == {"base": 1}
    jobs = ("entity_jobs_planned", "entity_jobs")
    assert [figure(build, name, end="02-10") for name in jobs] == [9, 7]
    assert [figure(build, name) for name in jobs] == [0, 0]


def test_an_entity_older_than_all_else_stands_on_days_within_the_first_month(tmp_path: Path) -> None:
    """The first month is that of the first event; a day in it has no month's end before."""
    older = {"entity_no": "E1", "community_code": PINE, "kind": "base", "founded_on": day("2015-05-01"), "jobs": 4}
    leaving = {**older, "entity_no": "E2", "closed_on": day("02-10"), "jobs": 3}
    build = world(tmp_path, entities=[older, leaving], posts=[post("P1", "02-05", 2)])

    ends = ("2025-12-31", "02-01", "02-09", "02-10", "02-14", "02-28", "03-15")
    assert [figure(build, "entities_open", "2025-12-01", end) for end in ends] == [2, 2, 2, 1, 1, 1, 1]
    assert [figure(build, "entity_jobs", "2025-12-01", end) for end in ends] == [7, 7, 7, 4, 4, 4, 4]
    assert [figure(build, "posts_open", "2025-12-01", end) for end in ends] == [0, 0, 2, 2, 2, 2, 2]


def retirees(
    community: str, month: str, managed: int | None, due: int | None = None, verified: int | None = None
) -> Row:
    return {
        "community_code": community, "month": day(f"{month}-01"), "managed": managed, "verification_due": due,
        "verified": verified,
    }  # fmt: skip


def test_retirees_in_care_are_those_of_each_communitys_newest_month(tmp_path: Path) -> None:
    rows = [retirees(PINE, "2026-01", 10), retirees(PINE, "2026-03", 14), retirees(QUAY, "2026-02", 5)]
    build = world(tmp_path, retirees=rows)

    ends = ["01-15", "02-28", "03-01", "09-30"]
    assert [figure(build, "retirees_managed", end=end) for end in ends] == [10, 15, 19, 19]
    assert figure(build, "retirees_managed", "2025-01-01", "2025-12-31") == 0


def test_the_newest_month_is_that_of_the_present_community(tmp_path: Path) -> None:
    merged = {**region(WILLOW, "community", HILL), "successor_code": PINE, "valid_to": day("03-01")}
    regions = [place for place in TREE if place["region_code"] != WILLOW] + [merged]
    rows = [retirees(PINE, "2026-02", 10), retirees(WILLOW, "2026-02", 3), retirees(PINE, "2026-03", 14)]
    build = world(tmp_path, regions=regions, retirees=rows)

    assert figure(build, "retirees_managed", end="02-28") == 13
    assert figure(build, "retirees_managed", end="03-31") == 14, "WILLOW's people are in PINE's March"


def test_verification_takes_whole_months_only(tmp_path: Path) -> None:
    rows = [
        {**retirees(PINE, "2026-01", 9, 10, 8), "visited": 4, "deceased": 1},
        {**retirees(PINE, "2026-02", 9, 10, 6), "visited": 3},
        retirees(PINE, "2026-03", 9, None, 5),
    ]
    build = world(tmp_path, date(2026, 3, 30), retirees=rows)

    assert figure(build, "retirees_verified") == 70, "March is not over"
    assert figure(build, "retirees_verified", "01-02", "02-28") == 60
    assert by(build, "retirees_verified", "month") == {"2026-01": 80, "2026-02": 60}
    assert figure(build, "retirees_verified", "02-01", "02-27") is None
    assert [figure(build, name) for name in ("retirees_visited", "retirees_deceased")] == [7, 1]
    assert by(build, "retirees_visited", "month") == {"2026-01": 4, "2026-02": 3}


SIX = ("organisation", "staffing", "funding", "premises", "rules", "work")


def office(code: str, year: int, *, missing: str = "", **more: Any) -> Row:
    return {"region_code": code, "year": year, **{item: item != missing for item in SIX}, **more}


def test_offices_are_complete_with_all_six_in_place(tmp_path: Path) -> None:
    offices = [
        office(PINE, 2026), office(QUAY, 2026, missing="rules"), office(HILL, 2026), office(QUAY, 2025),
        {"region_code": WILLOW, "year": 2026, "organisation": True},
    ]  # fmt: skip
    build = world(tmp_path, offices=offices)

    assert figure(build, "offices_complete") == 50
    assert figure(build, "offices_complete", "2025-01-01", "2025-12-31") == 100, "the date's year"
    assert figure(build, "offices_complete", "2024-01-01", "2024-12-31") is None
    assert by(build, "offices_complete", "community") == {PINE: 100}, "a street's office is no community's"
    assert figure(build, "offices_complete", region=HILL) == 100 * 2 / 3
    assert figure(build, "offices_in_place") == 100 * (6 + 5 + 6 + 1) / 24
    assert by(build, "offices_in_place", "office_item")["rules"] == 50
    assert by(build, "offices", "office_level") == {"street": 1, "community": 3}


def test_staff_are_certified_as_sums_say_with_a_missing_part_as_0(tmp_path: Path) -> None:
    of_pine = {"staff_quota": 5, "floor_area": 60, "funds_budget": 100, "funds_spent": 90, "licensed": True}
    offices = [
        office(PINE, 2026, staff=4, certified_staff=3, **of_pine),
        office(QUAY, 2026, staff=4, floor_area=40, connected_on=day("09-30")),
        office(WILLOW, 2026, connected_on=day("10-01")),
    ]
    build = world(tmp_path, offices=offices)

    assert figure(build, "staff_certified") == 100 * 3 / 8
    assert figure(build, "staff_certified", region=WILLOW) is None
    sums = {"office_staff": 8, "office_staff_quota": 5, "office_funds_budget": 100, "office_funds_spent": 90}
    assert {name: figure(build, name) for name in sums} == sums
    assert figure(build, "office_floor_area") == 50, "WILLOW's is not known"
    assert [figure(build, name) for name in ("offices_licensed", "offices_connected")] == [1, 1]


def test_satisfaction_takes_whole_quarters_only(tmp_path: Path) -> None:
    surveys = [
        {"community_code": PINE, "quarter": "2026Q1", "respondents": 10, "satisfied": 9, "complaints": 2},
        {"community_code": QUAY, "quarter": "2026Q1", "respondents": 30, "satisfied": 21},
        {"community_code": PINE, "quarter": "2026Q3", "respondents": 10, "satisfied": 2},
    ]
    build = world(tmp_path, date(2026, 9, 29), surveys=surveys)

    assert figure(build, "satisfaction") == 75, "the third quarter is not over"
    assert figure(build, "satisfaction", "01-02", "09-30") is None
    assert by(build, "satisfaction", "quarter") == {"2026Q1": 75}
    assert by(build, "satisfaction", "month") == {}, "no quarter lies in a month"
    assert by(build, "satisfaction", "year") == {"2026": 75}
    assert figure(build, "complaints") == 2
