"""Registry and assistance: the unemployed, certificates, ledgers, zero-employment households, follow-up visits."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from .calendar import Period, add_months, age, month_end, month_start
from .metric import Part, flow, open_at, ratio, stock
from .regions import tree
from .rows import Live, Row

AGES_4050 = {"male": 50, "female": 40}
DAYS_TO_CLEAR = 20
LEDGER = ("cause", "family", "skill", "job_wish", "insurance")


def of_registration(live: Live, registration_no: str) -> Row:
    if "registrations" not in live.memory:
        live.memory["registrations"] = {row["registration_no"]: row for row in live.rows("persons")}
    found: Row = live.memory["registrations"][registration_no]
    return found


def is_4050(person: Row, day: date) -> bool:
    return age(person["born"], day) >= AGES_4050[person["sex"]]


def in_zero_household(live: Live, person: Row, day: date) -> bool:
    """Its household is identified by `day` and not cleared before it: cleared on the day itself still counts."""
    if "households" not in live.memory:
        live.memory["households"] = defaultdict(list)
        for row in live.rows("zero_households"):
            live.memory["households"][row["household_no"]].append(row)
    return person["household_no"] is not None and any(
        row["identified_on"] <= day and (row["cleared_on"] is None or row["cleared_on"] >= day)
        for row in live.memory["households"].get(person["household_no"], ())
    )


def hardship_groups(live: Live, person: Row, day: date) -> frozenset[str]:
    groups = set(person["hardship"] or ())
    if is_4050(person, day):
        groups.add("4050")
    if in_zero_household(live, person, day):
        groups.add("zero_household")
    return frozenset(groups)


def age_band(years: int) -> str:
    if years < 16:
        return "under 16"
    for first, last in ((16, 24), (25, 34), (35, 44), (45, 54)):
        if first <= years <= last:
            return f"{first}-{last}"
    return "55+"


def about(live: Live, person: Row, day: date) -> dict[str, Any]:
    """The dimensions of a registration at the event's or the stock's date."""
    return {
        "sex": person["sex"],
        "age_band": age_band(age(person["born"], day)),
        "category": person["category"],
        "hardship_group": hardship_groups(live, person, day),
    }


def open_registrations(live: Live, day: date) -> Iterator[Row]:
    for row in live.rows("persons"):
        if open_at(row["registered_on"], row["closed_on"], day):
            yield row


@flow("registrations")
def registrations(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("persons"):
        if period.holds(row["registered_on"]):
            yield Part(row["community_code"], 1, dims=about(live, row, row["registered_on"]))


@stock("unemployed")
def unemployed(live: Live, period: Period) -> Iterator[Part]:
    for row in open_registrations(live, period.end):
        yield Part(row["community_code"], 1, dims=about(live, row, period.end))


@stock("unemployed_4050")
def unemployed_4050(live: Live, period: Period) -> Iterator[Part]:
    for row in open_registrations(live, period.end):
        if is_4050(row, period.end):
            yield Part(row["community_code"], 1, dims=about(live, row, period.end))


@ratio("unemployment_rate")
def unemployment_rate(live: Live, period: Period) -> Iterator[Part]:
    """The unemployed where the credited community's labour force is known, over that of the communities valid then."""
    regions = tree(live)
    for row in open_registrations(live, period.end):
        if regions.rows[regions.credited(row["community_code"])]["labour_force"] is not None:
            yield Part(row["community_code"], num=1)
    for code, row in regions.rows.items():
        if row["level"] == "community" and row["labour_force"] is not None and regions.valid(code, period.end):
            yield Part(code, den=row["labour_force"])


@stock("labour_force")
def labour_force(live: Live, period: Period) -> Iterator[Part]:
    regions = tree(live)
    for code, row in regions.rows.items():
        if row["level"] == "community" and regions.valid(code, period.end):
            yield Part(code, row["labour_force"] or 0)


@flow("certificates_issued")
def certificates_issued(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("persons"):
        if period.holds(row["certificate_on"]):
            yield Part(row["community_code"], 1, dims=about(live, row, row["certificate_on"]))


@ratio("ledger_completeness")
def ledger_completeness(live: Live, period: Period) -> Iterator[Part]:
    """Five fields of each open registration; and whether each closed as placed this year has a placement by D."""
    placed = {row["registration_no"] for row in live.rows("placements") if row["placed_on"] <= period.as_of}
    for row in live.rows("persons"):
        dims = about(live, row, period.end)
        if open_at(row["registered_on"], row["closed_on"], period.end):
            yield Part(row["community_code"], sum(row[field] is not None for field in LEDGER), 5, dims)
        closed = row["closed_on"]
        if row["close_reason"] == "placed" and closed.year == period.end.year and closed <= period.end:
            yield Part(row["community_code"], int(row["registration_no"] in placed), 1, dims)


@stock("zero_households_open")
def zero_households_open(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("zero_households"):
        if open_at(row["identified_on"], row["cleared_on"], period.end):
            yield Part(row["community_code"], 1)


@ratio("zero_households_cleared_20d")
def zero_households_cleared_20d(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("zero_households"):
        limit = row["identified_on"] + timedelta(days=DAYS_TO_CLEAR)
        if period.holds(limit if period.ripe else row["identified_on"]) and limit <= period.as_of:
            in_time = row["cleared_on"] is not None and row["cleared_on"] <= limit
            yield Part(row["community_code"], int(in_time), 1)


@ratio("follow_up_rate")
def follow_up_rate(live: Live, period: Period) -> Iterator[Part]:
    """Months 1 … 12 after a placement in hardship that end in the period, while it lasts: those with a visit."""
    visited = {(row["registration_no"], month_start(row["visited_on"])) for row in live.rows("visits")}
    for row in live.rows("placements"):
        person = of_registration(live, row["registration_no"])
        dims = about(live, person, row["placed_on"])
        if not dims["hardship_group"]:
            continue
        for number in range(1, 13):
            month = add_months(row["placed_on"], number)
            if not period.holds(month_end(month)) or (row["ended_on"] is not None and row["ended_on"] < month):
                continue
            met = (row["registration_no"], month) in visited
            yield Part(
                person["community_code"], int(met), 1, dims | {"channel": row["channel"], "sponsor": row["sponsor"]}
            )
