"""The platform of streets and communities: reports, fairs, entities, retirees, offices, surveys."""

from collections.abc import Iterator

from .calendar import Period, month_end, month_start, quarter_bounds
from .metric import Part, flow, open_at, ratio, stock
from .regions import tree
from .rows import Live

SIX = ("organisation", "staffing", "funding", "premises", "rules", "work")


@ratio("reporting_on_time")
def reporting_on_time(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("reports"):
        if period.holds(row["due_on"]):
            submitted = period.seen(row["submitted_on"])
            yield Part(row["community_code"], int(submitted is not None and submitted <= row["due_on"]), 1)


@ratio("reports_accepted_first_time")
def reports_accepted_first_time(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("reports"):
        if period.holds(row["due_on"]) and period.seen(row["submitted_on"]) is not None:
            yield Part(row["community_code"], int(not row["returned_times"]), 1)


@flow("fairs_held")
def fairs_held(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("fairs"):
        if period.holds(row["held_on"]):
            yield Part(row["community_code"], 1, dims={"kind": row["kind"]})


@flow("fair_placed")
def fair_placed(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("fairs"):
        if period.holds(row["held_on"]):
            yield Part(row["community_code"], row["placed"] or 0, dims={"kind": row["kind"]})


@stock("entities_open")
def entities_open(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("entities"):
        if open_at(row["founded_on"], row["closed_on"], period.end):
            yield Part(row["community_code"], 1, dims={"kind": row["kind"]})


@stock("retirees_managed")
def retirees_managed(live: Live, period: Period) -> Iterator[Part]:
    """All rows of each credited community's newest month, the date's own month included."""
    regions = tree(live)
    rows = [row for row in live.rows("retirees") if row["month"] <= month_start(period.end)]
    newest: dict[str, object] = {}
    for row in sorted(rows, key=lambda row: row["month"]):
        newest[regions.credited(row["community_code"])] = row["month"]
    for row in rows:
        if row["month"] == newest[regions.credited(row["community_code"])]:
            yield Part(row["community_code"], row["managed"] or 0)


@ratio("retirees_verified")
def retirees_verified(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("retirees"):
        if period.holds(row["month"]) and period.holds(month_end(row["month"])):
            yield Part(row["community_code"], row["verified"] or 0, row["verification_due"] or 0)


@ratio("offices_complete")
def offices_complete(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("offices"):
        if row["year"] == period.end.year:
            yield Part(row["region_code"], int(all(row[part] for part in SIX)), 1)


@ratio("staff_certified")
def staff_certified(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("offices"):
        if row["year"] == period.end.year:
            yield Part(row["region_code"], row["certified_staff"] or 0, row["staff"] or 0)


@ratio("satisfaction")
def satisfaction(live: Live, period: Period) -> Iterator[Part]:
    for row in live.rows("surveys"):
        first, last = quarter_bounds(row["quarter"])
        if period.holds(first) and period.holds(last):
            yield Part(row["community_code"], row["satisfied"], row["respondents"])
