"""Registry and assistance: every metric as a worked example."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.spec.rows import by, day, figure, person, placed, world
from tests.worlds import CITY, HILL, LAKE, NORTH, PINE, QUAY, REED, TREE, WILLOW, Row, region


def test_registrations_count_by_the_day_of_registration(tmp_path: Path) -> None:
    build = world(tmp_path, persons=[person("R1", "01-01"), person("R2", "03-31"), person("R3", "04-01")])

    assert figure(build, "registrations", "01-01", "03-31") == 2
    assert by(build, "registrations", "month") == {"2026-01": 1, "2026-03": 1, "2026-04": 1}


def test_the_unemployed_are_those_open_on_the_day(tmp_path: Path) -> None:
    closed = person("R2", "01-05", closed_on=day("03-10"), close_reason="moved")
    build = world(tmp_path, persons=[person("R1", "02-01"), closed])

    assert figure(build, "unemployed", end="01-04") == 0
    assert figure(build, "unemployed", end="02-01") == 2, "registered on the day counts"
    assert figure(build, "unemployed", end="03-10") == 1, "closed on the day does not"


def test_a_stock_by_month_is_its_value_at_each_months_end(tmp_path: Path) -> None:
    closed = person("R2", "01-31", closed_on=day("02-28"), close_reason="moved")
    build = world(tmp_path, persons=[person("R1", "02-10"), closed])

    assert by(build, "unemployed", "month", end=day("03-15")) == {"2026-01": 1, "2026-02": 1, "2026-03": 1}


@pytest.mark.parametrize(
    ("sex", "born", "on", "is_4050"),
    [
        ("female", "1986-06-15", "06-14", False),
        ("female", "1986-06-15", "06-15", True),
        ("male", "1976-06-15", "06-14", False),
        ("male", "1976-06-15", "06-15", True),
        ("male", "1986-06-15", "06-15", False),
        ("female", "1984-02-29", "2024-02-28", False),
        ("female", "1984-02-29", "2024-02-29", True),
        ("male", "1976-02-29", "02-28", False),
        ("male", "1976-02-29", "03-01", True),
    ],
)
def test_4050_is_reached_on_the_birthday_and_on_1_march_for_29_february(
    tmp_path: Path, sex: str, born: str, on: str, *, is_4050: bool
) -> None:
    build = world(tmp_path, persons=[person("R1", "2020-01-01", sex=sex, birth_date=day(born))])

    assert figure(build, "unemployed_4050", "2020-01-01", on) == int(is_4050)


def test_the_unemployment_rate_leaves_out_people_where_the_labour_force_is_unknown(tmp_path: Path) -> None:
    unknown = region("990101002009", "community", LAKE)
    people = [person(f"R{number}", community_code=PINE) for number in range(15)]
    people.append(person("X", community_code=unknown["region_code"]))
    build = world(tmp_path, regions=[*TREE, unknown], persons=people)

    assert figure(build, "unemployment_rate") == 100 * 15 / (1000 + 500 + 400 + 800)
    assert by(build, "unemployment_rate", "street") == {HILL: 100 * 15 / 1500}
    assert figure(build, "unemployment_rate", region=unknown["region_code"]) is None


def test_the_labour_force_of_a_merged_community_counts_for_its_successor_while_it_was_valid(tmp_path: Path) -> None:
    merged = {**region(WILLOW, "community", HILL, labour_force=500), "valid_to": day("07-01"), "successor_code": REED}
    regions = [place for place in TREE if place["region_code"] != WILLOW] + [merged]
    people = [person("R1", community_code=WILLOW), person("R2", community_code=REED)]
    build = world(tmp_path, regions=regions, persons=people)

    assert by(build, "unemployed", "community") == {REED: 2}, "history is restated to the present communities"
    assert figure(build, "unemployment_rate", end="06-30", region=REED) == 100 * 2 / 900
    assert figure(build, "unemployment_rate", end="07-01", region=REED) == 100 * 2 / 400
    assert figure(build, "labour_force", end="06-30", region=LAKE) == 900
    assert figure(build, "unemployed", region=WILLOW) == 2, "a merged-away code answers for its successor"


def test_a_community_counts_as_valid_from_its_first_day_until_before_its_last(tmp_path: Path) -> None:
    young = region("990101001003", "community", HILL, labour_force=70, valid_from=day("02-01"), valid_to=day("03-01"))
    build = world(tmp_path, regions=[*TREE, young])

    days = ["01-31", "02-01", "02-28", "03-01"]
    assert [figure(build, "labour_force", end=end, region=HILL) for end in days] == [1500, 1570, 1570, 1500]


def test_certificates_count_by_the_day_of_issue(tmp_path: Path) -> None:
    build = world(tmp_path, persons=[person("R1", certificate_on=day("02-10")), person("R2")])

    assert figure(build, "certificates_issued") == 1
    assert figure(build, "certificates_issued", "03-01") == 0


def test_ledger_completeness_weighs_five_fields_of_the_open_and_the_placement_of_the_placed(tmp_path: Path) -> None:
    people = [
        person("R1", cause="c", family="f", skill="s"),
        person("R2", insurance="i"),
        person("R3", "2025-01-01", closed_on=day("03-01"), close_reason="placed", cause="c"),
        person("R4", "2025-01-01", closed_on=day("03-02"), close_reason="placed"),
        person("R5", "2025-01-01", closed_on=day("2025-12-31"), close_reason="placed"),
        person("R6", "2025-01-01", closed_on=day("03-03"), close_reason="moved"),
    ]
    build = world(tmp_path, persons=people, placements=[placed("P1", "R3", "06-01"), placed("P5", "R5", "2025-12-31")])

    assert figure(build, "ledger_completeness") == 100 * (3 + 1 + 1) / (5 * 2 + 2)
    assert figure(build, "ledger_completeness", as_of=day("05-31")) == 100 * (3 + 1) / (5 * 2 + 2)
    assert figure(build, "ledger_completeness", end="03-01") == 100 * (3 + 1 + 1) / (5 * 4 + 1), "R4, R6 still open"
    six = {
        "ledger_cause": 50, "ledger_family": 50, "ledger_skill": 50, "ledger_job_wish": 0, "ledger_insurance": 50,
        "ledger_placement": 50,
    }  # fmt: skip
    assert {name: figure(build, name) for name in six} == six, (
        "R1 and R2 are open; of R3 and R4 only R3 has a placement"
    )
    assert figure(build, "ledger_placement", as_of=day("05-31")) == 0


def test_a_ledger_is_updated_when_it_was_touched_in_the_days_quarter(tmp_path: Path) -> None:
    people = [
        person("R1", updated_on=day("07-01")), person("R2", updated_on=day("06-30")), person("R3"),
        person("R4", updated_on=day("08-20"), closed_on=day("09-01"), close_reason="moved"),
    ]  # fmt: skip
    build = world(tmp_path, persons=people)

    assert figure(build, "ledger_updated") == 100 / 3, "R4 is closed"
    assert figure(build, "ledger_updated", as_of=day("08-31")) == 50, "R4 is still open"
    assert figure(build, "ledger_updated", end="06-30", as_of=day("06-30")) == 25, "R1 and R4 were updated later"


def household(no: str, identified: str, cleared: str | None = None, **more: Any) -> Row:
    cleared_on = day(cleared) if cleared else None
    return {
        "household_no": no, "community_code": PINE, "identified_on": day(identified), "cleared_on": cleared_on
    } | more  # fmt: skip


def test_zero_households_are_open_until_the_day_before_they_are_cleared(tmp_path: Path) -> None:
    build = world(tmp_path, zero_households=[household("H1", "02-01", "02-20"), household("H2", "02-10")])

    days = ["01-31", "02-01", "02-10", "02-19", "02-20"]
    assert [figure(build, "zero_households_open", end=end) for end in days] == [0, 1, 2, 2, 1]
    assert [figure(build, name) for name in ("zero_households_identified", "zero_households_cleared")] == [2, 1]


def test_a_household_is_due_soon_in_the_week_that_ends_with_its_day_20_and_overdue_after_it(tmp_path: Path) -> None:
    households = [household("H1", "02-01"), household("H2", "02-01", "02-17"), household("H3", "02-01", "02-23")]
    build = world(tmp_path, zero_households=households)

    days = ["02-14", "02-15", "02-17", "02-21", "02-22", "02-23"]
    assert [figure(build, "zero_households_due_soon", end=end) for end in days] == [0, 3, 2, 2, 0, 0]
    assert [figure(build, "zero_households_overdue", end=end) for end in days] == [0, 0, 0, 0, 2, 1]
    assert by(build, "zero_households_overdue", "month")["2026-02"] == 1


def test_zero_households_are_judged_after_20_days(tmp_path: Path) -> None:
    households = [
        household("H1", "02-01", "02-21"),
        household("H2", "02-01", "02-22"),
        household("H3", "02-01"),
        household("H4", "09-10", "09-30"),
        household("H5", "09-11", "09-12"),
    ]
    build = world(tmp_path, zero_households=households)

    assert figure(build, "zero_households_cleared_20d") == 50, "H5 is not 20 days old on 30 September"
    assert figure(build, "zero_households_cleared_20d", "09-11") is None
    assert by(build, "zero_households_cleared_20d", "month") == {"2026-02": 100 / 3, "2026-09": 100}


def test_follow_up_is_due_in_the_months_after_a_placement_in_hardship_while_it_lasts(tmp_path: Path) -> None:
    people = [person("R1", hardship="disabled"), person("R2")]
    placements = [placed("P1", "R1", "02-10", ended_on=day("06-15")), placed("P2", "R2", "02-10")]
    visits = [
        {"visit_no": "V1", "registration_no": "R1", "visited_on": day("02-20"), "mode": "door"},
        {"visit_no": "V2", "registration_no": "R1", "visited_on": day("04-01"), "mode": "door"},
        {"visit_no": "V3", "registration_no": "R1", "visited_on": day("04-30"), "mode": "phone"},
    ]
    build = world(tmp_path, persons=people, placements=placements, visits=visits)

    assert figure(build, "follow_up_rate") == 25, "due in March, April, May and June; visited in April"
    assert by(build, "follow_up_rate", "month") == {"2026-04": 100}
    assert figure(build, "follow_up_rate", end="04-29") == 0, "April ends on the 30th"
    assert figure(build, "follow_up_rate", "07-01") is None, "over before July"


def test_follow_up_is_due_for_twelve_months(tmp_path: Path) -> None:
    people = [person("R1", "2024-01-01", hardship="disabled", community_code=QUAY)]
    build = world(tmp_path, persons=people, placements=[placed("P1", "R1", "2025-01-31")])

    assert figure(build, "follow_up_rate", "2025-01-01", "2025-01-31") is None
    assert figure(build, "follow_up_rate", "2026-01-01", "2026-01-31", region=QUAY) == 0, (
        "of the registration's community"
    )
    assert figure(build, "follow_up_rate", "2026-01-01", "2026-01-31", region=NORTH) is None
    assert figure(build, "follow_up_rate", "2026-02-01", "2026-09-30") is None


def test_figures_exist_at_every_level(tmp_path: Path) -> None:
    build = world(tmp_path, persons=[person("R1"), person("R2", community_code=QUAY)])

    assert by(build, "unemployed", "city") == {CITY: 2}
    assert figure(build, "unemployed", region=NORTH) == 1
    assert figure(build, "unemployed", region="990101") == 1, "6, 9 or 12 digits"
    assert figure(build, "unemployed", region="990101001") == 1


def test_a_day_before_any_data_has_a_stock_of_0_and_a_missing_rate(tmp_path: Path) -> None:
    build = world(tmp_path, date(2026, 9, 30), persons=[person("R1")])

    assert figure(build, "unemployed", "2020-01-01", "2020-12-31") == 0
    assert figure(build, "ledger_completeness", "2020-01-01", "2020-12-31") is None
