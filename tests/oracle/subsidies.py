"""Subsidies: spending, who received it, budgets and their execution, cost per placement."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from .calendar import Period
from .metric import Part, distinct, flow, metric, per_person, percent, stock, times, total
from .placement import placed
from .regions import tree
from .registry import of_registration
from .rows import Live, Row

OF_PLACEMENT = ("post", "insurance", "intermediation", "training", "placement_award")


def about(row: Row) -> dict[str, Any]:
    return {"kind": row["kind"], "funding_source": row["funding_source"], "budget_year": f"{row['budget_year']}"}


def paid(live: Live, period: Period) -> Iterator[Row]:
    """Payments of the period; of every budget year by D where the question goes by budget year."""
    for row in live.rows("subsidies"):
        if row["paid_on"] <= period.as_of if period.by_budget_year else period.holds(row["paid_on"]):
            yield row


@flow("subsidy_spend")
def subsidy_spend(live: Live, period: Period) -> Iterator[Part]:
    for row in paid(live, period):
        yield Part(row["community_code"], row["amount"], dims=about(row))


def to_persons(live: Live, period: Period) -> Iterator[Part]:
    for row in paid(live, period):
        if row["registration_no"] is not None:
            person = of_registration(live, row["registration_no"])["person"]
            yield Part(row["community_code"], row["amount"], dims=about(row), key=person)


@metric("subsidy_beneficiaries", distinct, "distinct")
def subsidy_beneficiaries(live: Live, period: Period) -> Iterator[Part]:
    return to_persons(live, period)


@metric("subsidy_per_beneficiary", per_person, "ratio")
def subsidy_per_beneficiary(live: Live, period: Period) -> Iterator[Part]:
    return to_persons(live, period)


def budgets(live: Live, period: Period) -> list[Row]:
    """The highest revision of each budget of the date's year, or of every year where the question goes by it."""
    highest: dict[tuple[object, ...], Row] = {}
    for row in sorted(live.rows("budgets"), key=lambda row: row["revision"] or 0):
        if period.by_budget_year or row["budget_year"] == period.end.year:
            highest[row["budget_year"], row["district_code"], row["kind"], row["funding_source"]] = row
    return list(highest.values())


@stock("subsidy_budget", lowest="district")
def subsidy_budget(live: Live, period: Period) -> Iterator[Part]:
    for row in budgets(live, period):
        yield Part(row["district_code"], row["amount"], dims=about(row))


def spent(live: Live, period: Period, region: str) -> Iterator[tuple[Row, bool]]:
    """Payments of the budget year by the date, and whether the region has a budget for their kind and source."""
    above = tree(live).above
    lines = {
        (row["budget_year"], row["kind"], row["funding_source"])
        for row in budgets(live, period)
        if region in above[row["district_code"]]
    }
    last = period.as_of if period.by_budget_year else period.end
    for row in live.rows("subsidies"):
        in_year = period.by_budget_year or row["budget_year"] == period.end.year
        if in_year and row["paid_on"] <= last:
            yield row, (row["budget_year"], row["kind"], row["funding_source"]) in lines


@metric("budget_execution", percent, "ratio", lowest="district", per_region=True)
def budget_execution(live: Live, period: Period, region: str) -> Iterator[Part]:
    for row, budgeted in spent(live, period, region):
        if budgeted:
            yield Part(row["community_code"], num=row["amount"], dims=about(row))
    for part in subsidy_budget(live, period):
        yield Part(part.region, den=part.num, dims=part.dims)


@metric("subsidy_unbudgeted", total, "stock", lowest="district", per_region=True)
def subsidy_unbudgeted(live: Live, period: Period, region: str) -> Iterator[Part]:
    for row, budgeted in spent(live, period, region):
        if not budgeted:
            yield Part(row["community_code"], row["amount"], dims=about(row))


@metric("cost_per_placement", times, "ratio")
def cost_per_placement(live: Live, period: Period) -> Iterator[Part]:
    for row in paid(live, period):
        if row["kind"] in OF_PLACEMENT:
            yield Part(row["community_code"], num=row["amount"])
    for part in placed(live, period):
        yield Part(part.region, den=Fraction(part.num))
