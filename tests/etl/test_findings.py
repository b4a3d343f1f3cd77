"""Rows that can be used but deserve a look: every finding of the registry, subsidies, budgets and targets."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dashboard.warehouse import Build
from etl.marts.region import finding
from tests.spec.rows import budget, day, person, placed, subsidy, target, world
from tests.worlds import CITY, HILL, LAKE, NORTH, PINE, QUAY, SOUTH, TREE, WILLOW, Row, region


def found(build: Build, name: str) -> list[str]:
    rows = build.fetch(select(finding.c.key).where(finding.c.finding == name).order_by(finding.c.key))
    return [key for (key,) in rows]


def test_what_was_delivered_beside_the_id_number_is_found_where_it_disagrees(tmp_path: Path) -> None:
    people = [
        person("R1", sex_delivered="male"),
        person("R2", birth_date_delivered=day("1990-01-02")),
        person("R3", sex_delivered="female", birth_date_delivered=day("1990-01-01")),
        person("R4"),
    ]
    assert found(world(tmp_path, persons=people), "id_mismatch") == ["R1", "R2"]


def test_two_registrations_of_a_person_open_at_the_data_date(tmp_path: Path) -> None:
    people = [
        person("R1", person_key="k"),
        person("R2", person_key="k"),
        person("R3", person_key="m"),
        person("R4", person_key="m", closed_on=day("09-30"), close_reason="moved"),
    ]
    assert found(world(tmp_path, persons=people), "double_registration") == ["R1", "R2"]


@pytest.mark.parametrize(
    ("on", "reason", "is_found"),
    [
        ("01-04", "moved", True),
        ("01-05", "moved", False),
        ("03-01", "moved", False),
        ("03-02", "moved", True),
        ("03-02", "placed", False),
    ],
)
def test_placed_before_registration_or_after_its_closing(
    tmp_path: Path, on: str, reason: str, *, is_found: bool
) -> None:
    people = [person("R1", "01-05", closed_on=day("03-01"), close_reason=reason)]
    build = world(tmp_path, persons=people, placements=[placed("P1", "R1", on)])

    assert found(build, "placed_while_not_registered") == (["P1"] if is_found else [])


def months(first: str | None, last: str | None = None) -> dict[str, date | None]:
    return {
        "period_start": day(f"{first}-01") if first else None, "period_end": day(f"{last}-01") if last else None
    }  # fmt: skip


def paid(no: str, kind: str = "post", registration: str = "R1", **more: Any) -> Row:
    return subsidy(no, "09-01", 1, kind=kind, registration_no=registration, **more)


def test_payments_that_share_a_month(tmp_path: Path) -> None:
    people = [person("R1"), person("R2", person_key="R1"), person("R3")]
    payments = [
        paid("S1", **months("2026-01", "2026-03")),
        paid("S2", registration="R2", **months("2026-03", "2026-04")),
        paid("S3", **months("2026-05", "2026-05")),
        paid("S4", **months("2026-01", "2026-09"), funding_source="central"),
        paid("S5", kind="insurance", **months("2026-01", "2026-09")),
        paid("S6", registration="R3", **months("2026-01", "2026-09")),
        paid("S7", **months(None)),
    ]
    assert found(world(tmp_path, persons=people, subsidies=payments), "subsidy_overlap") == ["S1", "S2"]


def test_a_post_or_insurance_subsidy_for_a_month_without_a_job(tmp_path: Path) -> None:
    placements = [placed("P1", "R1", "02-28", ended_on=day("04-01")), placed("P2", "R1", "08-31")]
    payments = [
        paid("S1", **months("2026-02", "2026-04")),
        paid("S2", **months("2026-04", "2026-05")),
        paid("S3", kind="insurance", **months("2026-08", "2026-12")),
        paid("S4", kind="insurance", **months("2026-01")),
        paid("S5", kind="training", **months("2026-01", "2026-01")),
    ]
    build = world(tmp_path, persons=[person("R1")], placements=placements, subsidies=payments)

    assert found(build, "subsidy_without_job") == ["S2", "S4"]


@pytest.mark.parametrize(
    ("sex", "born", "month", "is_found"),
    [
        ("female", "1971-03-01", "2026-03", False),
        ("female", "1971-03-01", "2026-04", True),
        ("female", "1971-02-28", "2026-03", True),
        ("male", "1971-02-28", "2026-03", False),
        ("male", "1966-02-28", "2026-03", True),
        ("female", "1972-02-29", "2027-03", False),
    ],
)
def test_a_month_that_begins_after_working_age_has_ended(
    tmp_path: Path, sex: str, born: str, month: str, *, is_found: bool
) -> None:
    people = [person("R1", sex=sex, birth_date=day(born))]
    build = world(tmp_path, persons=people, subsidies=[paid("S1", "training", **months("2026-01", month))])

    assert found(build, "subsidy_after_working_age") == (["S1"] if is_found else [])


def test_paid_for_months_after_the_person_left(tmp_path: Path) -> None:
    gone = {"closed_on": day("03-10"), "close_reason": "deceased"}
    people = [
        person("R1", **gone),
        person("R2", **gone),
        person("R2b", "05-15", person_key="R2"),
        person("R3", **{**gone, "close_reason": "other"}),
        person("R4", **{**gone, "close_reason": "moved"}),
    ]
    payments = [
        paid("S1", "training", "R1", **months("2026-02", "2026-03")),
        paid("S2", "training", "R1", **months("2026-03", "2026-04")),
        paid("S3", "training", "R2", **months("2026-05", "2026-06")),
        paid("S4", "training", "R2", **months("2026-04", "2026-06")),
        paid("S5", "training", "R3", **months("2026-04", "2026-06")),
        paid("S6", "training", "R4", **months("2026-04", "2026-04")),
    ]
    placements = [placed("P1", "R4", "04-30", ended_on=day("04-30"))]
    build = world(tmp_path, persons=people, placements=placements, subsidies=payments)

    assert found(build, "subsidy_after_exit") == ["S2", "S4"]


def test_more_months_than_the_policy_allows(tmp_path: Path) -> None:
    payments = [
        paid("S1", registration="R1", **months("2020-01", "2022-12")),
        paid("S2", registration="R1", **months("2022-12", "2022-12")),
        paid("S3", registration="R2", **months("2020-01", "2022-12")),
        paid("S4", registration="R2", **months("2023-01", "2023-01"), funding_source="central"),
        paid("S5", "training", "R2", **months("2010-01", "2023-01")),
    ]
    build = world(tmp_path, persons=[person("R1"), person("R2")], subsidies=payments)

    assert found(build, "subsidy_over_duration") == ["S3", "S4"]


def test_a_budget_overspent_by_its_region(tmp_path: Path) -> None:
    budgets = [budget(CITY, 5), budget(NORTH, 10), budget(SOUTH, 10), budget(SOUTH, 3, revision=1)]
    spent = [subsidy("S1", "02-01", 10), subsidy("S2", "02-01", 4, community_code=QUAY)]
    build = world(tmp_path / "a", budgets=budgets, subsidies=spent)
    assert found(build, "budget_overspent") == [f"2026/{SOUTH}/placement_award/city/1"], "the city has 18 in all"

    more = [*spent, subsidy("S3", "03-01", 5)]
    build = world(tmp_path / "b", budgets=budgets, subsidies=more)
    assert found(build, "budget_overspent") == [
        f"2026/{code}/placement_award/city/{revision}" for code, revision in ((CITY, 0), (NORTH, 0), (SOUTH, 1))
    ]


def test_children_whose_targets_add_up_to_less_than_the_parents(tmp_path: Path) -> None:
    gone = region("990103000000", "district", CITY, valid_to=day("03-01"))
    goals = [
        target(CITY, "placed", 10), target(NORTH, "placed", 4), target(SOUTH, "placed", 5, revision=1),
        target(SOUTH, "placed", 6),
        target(CITY, "placements", 10), target(NORTH, "placements", 4),
        target(CITY, "registrations", 9), target(NORTH, "registrations", 4), target(SOUTH, "registrations", 5),
        target(HILL, "placed", 5, issuer="district"), target(PINE, "placed", 2, issuer="district"),
        target(WILLOW, "placed", 2, issuer="province"),
    ]  # fmt: skip
    build = world(tmp_path, regions=[*TREE, gone], targets=goals)

    assert found(build, "target_sum_mismatch") == [f"2026/{CITY}/placed/city/0"]


def test_a_finding_says_where_and_since_which_load(tmp_path: Path) -> None:
    merged = region("990101002009", "community", LAKE, successor_code=PINE)
    build = world(
        tmp_path, regions=[*TREE, merged], persons=[person("R1", sex_delivered="male", community_code="990101002009")]
    )
    columns = ("finding", "table_name", "region_code", "district_code", "street_code", "load", "detail")

    assert build.fetch(select(*(finding.c[name] for name in columns))) == [
        ("id_mismatch", "persons", PINE, NORTH, HILL, 1, "sex: male ≠ female")
    ]
