"""Rows of the registry, placements, platform and subsidies in few words, and figures of a build."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dashboard.semantics.answer import answer
from dashboard.semantics.question import Question
from dashboard.warehouse import Build
from tests.worlds import PINE, Row
from tests.worlds import build as build_of

D = date(2026, 9, 30)


def day(text: str) -> date:
    """The date that `text` (2025-03-01, or 03-01 in 2026) names."""
    return date.fromisoformat(text if len(text) > len("03-01") else f"2026-{text}")


def person(no: str, registered: str = "01-05", **more: Any) -> Row:
    """A registration of PINE's: a woman of 36, who is her own person unless `person_key` says whose."""
    return {
        "registration_no": no, "person_key": no, "sex": "female", "birth_date": date(1990, 1, 1),
        "community_code": PINE, "category": "unemployed", "registered_on": day(registered),
    } | more  # fmt: skip


def placed(no: str, registration: str, on: str, **more: Any) -> Row:
    """One placement, credited to PINE."""
    return {
        "placement_no": no, "registration_no": registration, "community_code": PINE, "channel": "market",
        "placed_on": day(on),
    } | more  # fmt: skip


def post(no: str, on: str, headcount: int, **more: Any) -> Row:
    """One batch of posts of PINE's."""
    return {
        "post_no": no, "community_code": PINE, "kind": "enterprise", "headcount": headcount, "developed_on": day(on)
    } | more  # fmt: skip


def subsidy(no: str, on: str, amount: int | str, **more: Any) -> Row:
    """One payment of a placement award from the city's money, in PINE."""
    return {
        "payment_no": no, "kind": "placement_award", "community_code": PINE, "paid_on": day(on),
        "amount": Decimal(amount), "funding_source": "city",
    } | more  # fmt: skip


def budget(region: str, amount: int | str, **more: Any) -> Row:
    """A budget of 2026 for placement awards from the city's money."""
    return {
        "budget_year": 2026, "district_code": region, "kind": "placement_award", "funding_source": "city",
        "revision": 0, "amount": Decimal(amount),
    } | more  # fmt: skip


def target(region: str, indicator: str, value: int | str, **more: Any) -> Row:
    """A target of 2026, set by the city."""
    return {
        "target_year": 2026, "region_code": region, "indicator": indicator, "issuer": "city", "revision": 0,
        "value": Decimal(value),
    } | more  # fmt: skip


def world(folder: Path, data_date: date = D, **tables: Sequence[Row]) -> Build:
    """A build of these rows over the tree of tests.worlds."""
    return build_of(folder, tables, data_date)


def figure(build: Build, metric: str, start: str = "01-01", end: str = "12-31", **asked: Any) -> Any:
    """One figure without a breakdown; decimals as they are."""
    question = Question((metric,), start=day(start), end=day(end), **asked)
    [row] = answer(build, question).rows
    return row[metric]


def by(build: Build, metric: str, *dimensions: str, **asked: Any) -> dict[Any, Any]:
    """The figures of the groups that have one other than 0, by their key: a region by its code."""
    found = {}
    for row in answer(build, Question((metric,), by=dimensions, **asked)).rows:
        key = tuple(value for name, value in row.items() if name not in ("region_name", metric))
        if row[metric]:
            found[key[0] if len(key) == 1 else key] = row[metric]
    return found
