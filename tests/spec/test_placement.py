"""Placements, posts, referrals, trainings: every metric as a worked example."""

from pathlib import Path

import pytest

from tests.spec.rows import by, day, figure, person, placed, post, world
from tests.worlds import PINE, QUAY, REED, WILLOW, Row


def test_placements_count_every_time_persons_once_a_year(tmp_path: Path) -> None:
    people = [person("R1", "2025-01-01"), person("R2", "02-01", person_key="R1"), person("R3")]
    placements = [
        placed("P1", "R1", "2025-12-31"),
        placed("P2", "R1", "02-01", community_code=QUAY),
        placed("P3", "R2", "03-01"),
        placed("P4", "R3", "03-01"),
    ]
    build = world(tmp_path, persons=people, placements=placements)

    assert figure(build, "placements") == 3
    assert figure(build, "placed") == 2, "R1 and R2 are one person"
    assert figure(build, "placed", "2025-01-01", "2026-12-31") == 3, "once in each calendar year"
    assert by(build, "placed", "month") == {"2026-02": 1, "2026-03": 1}
    assert by(build, "placed", "community") == {PINE: 1, QUAY: 1}
    assert figure(build, "placed", "03-01", "03-31") == 1, "the year's first was in February: judged before the period"


def test_of_two_placements_on_one_day_the_lesser_number_is_the_first(tmp_path: Path) -> None:
    placements = [placed("P2", "R1", "02-01", channel="flexible"), placed("P10", "R1", "02-01", channel="base")]
    build = world(tmp_path, persons=[person("R1")], placements=placements)

    assert by(build, "placed", "channel") == {"base": 1}, "numbers are text: P10 < P2"
    assert figure(build, "placed", where=(("channel", "flexible"),)) == 0, "judged before filtering"


def test_who_is_4050_is_so_on_the_day_of_placement(tmp_path: Path) -> None:
    people = [person("R1", birth_date=day("1986-03-01")), person("R2", birth_date=day("1986-03-02"))]
    build = world(tmp_path, persons=people, placements=[placed("P1", "R1", "03-01"), placed("P2", "R2", "03-01")])

    assert figure(build, "placed_4050") == 1


@pytest.mark.parametrize(
    ("cleared", "on", "is_in_hardship"),
    [
        (None, "01-31", False),
        (None, "02-01", True),
        ("02-10", "02-10", True),
        ("02-10", "02-11", False),
    ],
)
def test_a_zero_employment_household_is_a_hardship_until_the_day_it_is_cleared(
    tmp_path: Path, cleared: str | None, on: str, *, is_in_hardship: bool
) -> None:
    household: Row = {
        "household_no": "H1", "community_code": REED, "identified_on": day("02-01"),
        "cleared_on": day(cleared) if cleared else None,
    }  # fmt: skip
    people = [person("R1", household_no="H1"), person("R2")]
    placements = [placed("P1", "R1", on), placed("P2", "R2", on)]
    build = world(tmp_path, persons=people, zero_households=[household], placements=placements)

    assert figure(build, "placed_hardship") == int(is_in_hardship)
    assert by(build, "placed", "hardship_group") == ({"zero_household": 1, None: 1} if is_in_hardship else {None: 2})


def test_hardship_of_ones_own_and_4050_count_too(tmp_path: Path) -> None:
    people = [person("R1", hardship="disabled;long_term"), person("R2", birth_date=day("1980-01-01")), person("R3")]
    build = world(tmp_path, persons=people, placements=[placed(f"P{n}", f"R{n}", "03-01") for n in (1, 2, 3)])

    assert figure(build, "placed_hardship") == 2
    assert by(build, "placed", "hardship_group") == {"disabled": 1, "long_term": 1, "4050": 1, None: 1}
    both = (("hardship_group", "disabled"), ("hardship_group", "long_term"))
    assert figure(build, "placed", where=both) == 1, "in two groups, counted once"
    assert figure(build, "placed", where=(("hardship_group", None),)) == 1


def test_certificate_holders_have_theirs_by_the_day_of_placement(tmp_path: Path) -> None:
    people = [person("R1", certificate_on=day("03-01")), person("R2", certificate_on=day("03-02")), person("R3")]
    build = world(tmp_path, persons=people, placements=[placed(f"P{n}", f"R{n}", "03-01") for n in (1, 2, 3)])

    assert figure(build, "certificate_holder_placed") == 1


def test_the_4050_rate_sets_the_placed_against_those_there_before_and_those_who_came(tmp_path: Path) -> None:
    old = {"birth_date": day("1980-01-01")}
    people = [
        person("R1", "2025-06-01", **old),
        person("R2", "2025-06-01", closed_on=day("2025-12-31"), close_reason="moved", **old),
        person("R3", "02-10", **old),
        person("R4", "02-10", birth_date=day("1986-02-11")),
    ]
    build = world(tmp_path, persons=people, placements=[placed("P1", "R1", "02-20")])

    assert figure(build, "placed_4050_rate") == 50, "1 of R1 and R3; R2 had gone, R4 is 39 on registration"
    assert by(build, "placed_4050_rate", "month", end=day("03-31")) == {"2026-02": 50}
    assert figure(build, "placed_4050_rate", "01-01", "01-31") == 0
    assert figure(build, "placed_4050_rate", "02-11", "02-28") == 50, "R3 is there on the day before"
    assert by(build, "placed_4050_rate", "sex") == {"female": 50}


@pytest.mark.parametrize("days", [90, 180])
def test_retention_counts_placements_old_enough_that_did_not_end_before(tmp_path: Path, days: int) -> None:
    start = day("01-10")
    ends = [None, days, days - 1]
    placements = [
        placed(f"P{n}", "R1", "01-10", ended_on=None if end is None else start.fromordinal(start.toordinal() + end))
        for n, end in enumerate(ends)
    ]
    build = world(tmp_path, persons=[person("R1")], placements=[*placements, placed("P9", "R1", "09-20")])
    ripe = start.fromordinal(start.toordinal() + days)

    assert figure(build, f"retention_{days}") == 100 * 2 / 3
    assert figure(build, f"retention_{days}", as_of=ripe.fromordinal(ripe.toordinal() - 1)) is None
    assert figure(build, f"retention_{days}", as_of=ripe) == 100 * 2 / 3


def test_a_ranking_takes_the_placements_whose_term_ends_in_the_period(tmp_path: Path) -> None:
    build = world(tmp_path, persons=[person("R1")], placements=[placed("P1", "R1", "01-10")])

    assert figure(build, "retention_180", "07-01", "09-30") is None
    assert figure(build, "retention_180", "07-01", "09-30", ripe=True) == 100
    assert figure(build, "retention_180", "01-01", "06-30", ripe=True) is None


def test_a_number_that_nobody_believes_stops_no_load(tmp_path: Path) -> None:
    """A telephone number among the headcounts: it shows on every page, where it can be seen and corrected."""
    build = world(tmp_path, posts=[post("B1", "02-01", 13_800_138_000), post("B2", "02-01", 4)])
    assert figure(build, "posts_developed", start="01-15", end="02-20") == 13_800_138_004
    assert figure(build, "posts_open", end="02-20") == 13_800_138_004


def test_posts_count_by_headcount_on_the_day_they_are_developed(tmp_path: Path) -> None:
    build = world(tmp_path, posts=[post("J1", "02-01", 3), post("J2", "02-28", 4, kind="entity")])

    assert figure(build, "posts_developed") == 7
    assert by(build, "posts_developed", "kind") == {"enterprise": 3, "entity": 4}
    assert figure(build, "posts_developed", end="02-27") == 3


def test_public_welfare_posts_are_those_not_closed(tmp_path: Path) -> None:
    posts = [
        post("J1", "02-01", 3, kind="public_welfare"),
        post("J2", "02-01", 4, kind="public_welfare", closed_on=day("03-01")),
        post("J3", "02-01", 5),
    ]
    build = world(tmp_path, posts=posts)

    assert [figure(build, "public_welfare_posts", end=end) for end in ("01-31", "02-28", "03-01")] == [0, 7, 3]
    assert [figure(build, "posts_open", end=end) for end in ("01-31", "02-28", "03-01")] == [0, 12, 8], "of all kinds"


def test_the_fill_rate_credits_the_posts_community_and_counts_placements_by_the_data_date(tmp_path: Path) -> None:
    placements = [
        placed("P1", "R1", "02-20", post_no="J1", community_code=REED),
        placed("P2", "R2", "05-20", post_no="J1", community_code=REED),
        placed("P3", "R3", "05-20"),
    ]
    people = [person(no) for no in ("R1", "R2", "R3")]
    build = world(
        tmp_path, persons=people, posts=[post("J1", "02-01", 4, community_code=WILLOW)], placements=placements
    )

    assert by(build, "post_fill_rate", "community") == {WILLOW: 50}
    assert figure(build, "post_fill_rate", "02-01", "02-28") == 50, "filled after the period, by the data date"
    assert figure(build, "post_fill_rate", "02-01", "02-28", as_of=day("05-19")) == 25
    assert figure(build, "post_fill_rate", "03-01") is None, "no post was developed"


def test_referrals_are_credited_to_the_registrations_community(tmp_path: Path) -> None:
    outcomes = ["placed", "failed", "failed", "pending"]
    referrals = [
        {"referral_no": f"F{n}", "registration_no": "R1", "referred_on": day("02-01"), "outcome": outcome}
        for n, outcome in enumerate(outcomes)
    ]
    build = world(tmp_path, persons=[person("R1", community_code=QUAY)], referrals=referrals)

    assert by(build, "referrals", "community") == {QUAY: 4}
    assert figure(build, "referral_success") == 100 / 3
    assert by(build, "referrals", "outcome") == {"placed": 1, "failed": 2, "pending": 1}
    assert figure(build, "referral_success", where=(("outcome", "pending"),)) is None


def test_training_leads_to_a_job_within_180_days_of_the_persons_own(tmp_path: Path) -> None:
    people = [person("R1"), person("R2"), person("R3", person_key="R2"), person("R4")]
    trainings = [
        {"training_no": f"T{n}", "registration_no": no, "community_code": PINE, "started_on": day("01-05"),
         "finished_on": day("01-10"), "passed": True}
        for n, no in enumerate(("R1", "R2", "R4"))
    ]  # fmt: skip
    failed = {**trainings[0], "training_no": "T8", "passed": False}
    unfinished = {**trainings[0], "training_no": "T9", "finished_on": None}
    placements = [placed("P1", "R1", "01-10"), placed("P3", "R3", "07-09"), placed("P4", "R4", "07-10")]
    build = world(tmp_path, persons=people, trainings=[*trainings, failed, unfinished], placements=placements)

    assert figure(build, "trainings_completed") == 3
    assert figure(build, "trainings_started") == 5
    assert figure(build, "training_pass_rate") == 75, "three of the four that were finished"
    assert figure(build, "training_to_job") == 100 / 3, (
        "R1 too early, R2 on day 180 by another registration, R4 on day 181"
    )
    assert figure(build, "training_to_job", as_of=day("07-08")) is None
    assert figure(build, "training_to_job", "07-01", "07-31", ripe=True) == 100 / 3
