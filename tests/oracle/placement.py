"""Placement: persons placed, posts, referrals, trainings."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from .calendar import ONE_DAY, Period
from .metric import Part, flow, open_at, ratio, stock
from .registry import about, is_4050, of_registration, open_registrations
from .rows import Live, Row

TERM = timedelta(days=180)


def of_placement(live: Live, row: Row) -> dict[str, Any]:
    person = of_registration(live, row["registration_no"])
    return about(live, person, row["placed_on"]) | {"channel": row["channel"], "sponsor": row["sponsor"]}


@flow("placements")
def placements(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("placements"):
        if period.holds(row["placed_on"]):
            yield Part(row["community_code"], 1, dims=of_placement(live, row))


def placed_rows(live: Live, period: Period) -> Iterator[Row]:
    """The placements that are their person's first of the calendar year."""
    if "first" not in live.memory:
        first: dict[tuple[str, int], Row] = {}
        for row in sorted(live.rows("placements"), key=lambda row: (row["placed_on"], row["placement_no"])):
            person = of_registration(live, row["registration_no"])["person"]
            first.setdefault((person, row["placed_on"].year), row)
        live.memory["first"] = list(first.values())
    for row in live.memory["first"]:
        if period.holds(row["placed_on"]):
            yield row


@flow("placed")
def placed(live: Live, period: Period) -> Iterator[Part]:
    for row in placed_rows(live, period):
        yield Part(row["community_code"], 1, dims=of_placement(live, row))


@flow("certificate_holder_placed")
def certificate_holder_placed(live: Live, period: Period) -> Iterator[Part]:
    for row in placed_rows(live, period):
        issued = of_registration(live, row["registration_no"])["certificate_on"]
        if issued is not None and issued <= row["placed_on"]:
            yield Part(row["community_code"], 1, dims=of_placement(live, row))


@flow("placed_4050")
def placed_4050(live: Live, period: Period) -> Iterator[Part]:
    for row in placed_rows(live, period):
        if is_4050(of_registration(live, row["registration_no"]), row["placed_on"]):
            yield Part(row["community_code"], 1, dims=of_placement(live, row))


@flow("placed_hardship")
def placed_hardship(live: Live, period: Period) -> Iterator[Part]:
    for row in placed_rows(live, period):
        dims = of_placement(live, row)
        if dims["hardship_group"]:
            yield Part(row["community_code"], 1, dims=dims)


@ratio("placed_4050_rate")
def placed_4050_rate(live: Live, period: Period) -> Iterator[Part]:
    """Over those there on the day before the period and those who came in it."""
    yield from placed_4050(live, period)
    eve = period.start - ONE_DAY
    for row in open_registrations(live, eve):
        if is_4050(row, eve):
            yield Part(row["community_code"], den=1, dims=about(live, row, eve))
    for row in live.rows("persons"):
        if period.holds(row["registered_on"]) and is_4050(row, row["registered_on"]):
            yield Part(row["community_code"], den=1, dims=about(live, row, row["registered_on"]))


def retention(live: Live, period: Period, days: int) -> Iterator[Part]:
    for row in live.rows("placements"):
        term = row["placed_on"] + timedelta(days=days)
        if period.holds(term if period.ripe else row["placed_on"]) and term <= period.as_of:
            kept = row["ended_on"] is None or row["ended_on"] >= term
            yield Part(row["community_code"], int(kept), 1, of_placement(live, row))


@ratio("retention_180")
def retention_180(live: Live, period: Period) -> Iterator[Part]:
    return retention(live, period, 180)


@ratio("retention_90")
def retention_90(live: Live, period: Period) -> Iterator[Part]:
    return retention(live, period, 90)


@flow("posts_developed")
def posts_developed(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("posts"):
        if period.holds(row["developed_on"]):
            yield Part(row["community_code"], row["headcount"], dims={"kind": row["kind"]})


@stock("public_welfare_posts")
def public_welfare_posts(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("posts"):
        if row["kind"] == "public_welfare" and open_at(row["developed_on"], row["closed_on"], period.end):
            yield Part(row["community_code"], row["headcount"], dims={"kind": row["kind"]})


@ratio("post_fill_rate")
def post_fill_rate(live: Live, period: Period) -> Iterator[Part]:
    """Placements by D that name a post of the period, credited to the post's community."""
    for post in live.rows("posts"):
        if period.holds(post["developed_on"]):
            filled = sum(
                row["post_no"] == post["post_no"] and row["placed_on"] <= period.as_of
                for row in live.rows("placements")
            )
            yield Part(post["community_code"], filled, post["headcount"], {"kind": post["kind"]})


def of_referral(live: Live, row: Row) -> tuple[str, dict[str, Any]]:
    return of_registration(live, row["registration_no"])["community_code"], {"outcome": row["outcome"]}


@flow("referrals")
def referrals(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("referrals"):
        if period.holds(row["referred_on"]):
            community, dims = of_referral(live, row)
            yield Part(community, 1, dims=dims)


@ratio("referral_success")
def referral_success(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("referrals"):
        if period.holds(row["referred_on"]) and row["outcome"] in ("placed", "failed"):
            community, dims = of_referral(live, row)
            yield Part(community, int(row["outcome"] == "placed"), 1, dims)


@flow("trainings_completed")
def trainings_completed(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("trainings"):
        if row["passed"] and period.holds(row["finished_on"]):
            yield Part(row["community_code"], 1)


@ratio("training_to_job")
def training_to_job(live: Live, period: Period) -> Iterator[Part]:
    """Trainings passed whose person is placed within 180 days after, on any of its registrations."""
    for row in live.rows("trainings"):
        done = row["finished_on"]
        if not row["passed"] or done is None or done + TERM > period.as_of:
            continue
        if period.holds(done + TERM if period.ripe else done):
            person = of_registration(live, row["registration_no"])
            found = any(
                of_registration(live, job["registration_no"])["person"] == person["person"]
                and done < job["placed_on"] <= done + TERM
                for job in live.rows("placements")
            )
            yield Part(row["community_code"], int(found), 1)
