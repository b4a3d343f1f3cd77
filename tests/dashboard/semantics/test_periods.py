"""Each month, quarter and year of a question is its own period: the same figure as asked for that period alone."""

from collections.abc import Sequence
from datetime import date
from itertools import cycle

import pytest

from dashboard.semantics.answer import answer
from dashboard.semantics.calendar import Span, spans, written
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.metric import Metric
from dashboard.semantics.question import Question
from dashboard.warehouse import Build
from tests.spec.loan_rows import due, loan, paid
from tests.spec.rows import budget, day, person, placed, post, subsidy, world
from tests.worlds import CITY, NORTH, PINE, QUAY, REED, WILLOW, Row

START, END = date(2025, 11, 12), date(2026, 8, 20)
PLACES = (PINE, WILLOW, REED, QUAY)
asked_alone = pytest.mark.parametrize(
    "metric", [metric for metric in METRICS.values() if not metric.required], ids=lambda metric: metric.name
)


def _people() -> list[Row]:
    months = [
        "2025-10-31", "2025-11-11", "2025-11-12", "2025-12-31", "2026-01-01", "2026-02-28", "2026-08-20", "2026-08-21",
    ]  # fmt: skip
    rows: list[Row] = []
    for number, (registered, place) in enumerate(zip(months * 3, cycle(PLACES), strict=False)):
        closed = months[(number * 5 + 3) % len(months)]
        more: dict[str, object] = (
            {"closed_on": day(closed), "close_reason": "placed"} if closed >= registered and number % 3 else {}
        )
        born = date(1986 - 10 * (number % 2), 1 + number % 12, 28)
        more |= {"sex": "female" if number % 3 else "male", "household_no": f"H{number % 4}"}
        more |= {"cause": "c" if number % 2 else None, "birth_date": born}
        rows.append(person(f"R{number}", registered, community_code=place, **more))
    return rows


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A bit of everything, at the edges of months."""
    people = _people()
    days = ["2025-11-12", "2025-11-30", "2025-12-01", "2026-01-31", "2026-03-01", "2026-08-20", "2026-08-21"]
    return world(
        tmp_path_factory.mktemp("periods"),
        persons=people,
        placements=[placed(f"P{n}", f"R{n}", on, community_code=PLACES[n % 4]) for n, on in enumerate(days * 2)],
        posts=[post(f"J{n}", on, n + 1, kind="public_welfare", closed_on=day("2026-03-01"))
               for n, on in enumerate(days[:4])],
        zero_households=[
            {"household_no": f"H{n}", "community_code": PINE, "identified_on": day(on), "cleared_on": day("2026-03-01")}
            for n, on in enumerate(days[:4])
        ],
        subsidies=[subsidy(f"S{n}", on, n + 1, registration_no=f"R{n % 3}") for n, on in enumerate(days)],
        budgets=[budget(CITY, 50), budget(CITY, 20, budget_year=2025), budget(NORTH, 9, kind="post")],
        retirees=[
            {"community_code": PINE, "month": day(f"{month}-01"), "managed": n, "verified": n, "verification_due": 9}
            for n, month in enumerate(["2025-11", "2025-12", "2026-03", "2026-08"], 1)
        ],
        entities=[{"entity_no": f"E{n}", "community_code": QUAY, "kind": "base", "founded_on": day(on)}
                  for n, on in enumerate(days)],
        surveys=[{"community_code": PINE, "quarter": quarter, "respondents": 9, "satisfied": 4}
                 for quarter in ("2025Q4", "2026Q1", "2026Q2")],
        loans=[loan(f"L{n}", on, 1000 + n) for n, on in enumerate(days)],
        instalments=[due(f"L{n}", 1, on, 1000) for n, on in enumerate(days)],
        repayments=[paid("Y1", "L0", "2026-01-31", 400), paid("Y2", "L1", "2026-02-01", 300, kind="compensation")],
    )  # fmt: skip


@asked_alone
@pytest.mark.parametrize("grain", ["month", "quarter", "year"])
def test_a_period_of_many_is_as_if_it_were_asked_alone(build: Build, metric: Metric, grain: str) -> None:
    for place in ((), ("community",)):
        rows = answer(build, Question((metric.name,), by=(*place, grain), start=START, end=END)).rows
        for span in _telling(spans(START, END, grain)):
            alone = answer(build, Question((metric.name,), by=place, start=span.start, end=span.end)).rows
            shown = [row for row in rows if row[grain] == written(span.first, grain)]
            assert _figures(shown, metric.name) == _figures(alone, metric.name), span


@asked_alone
def test_the_groups_of_a_period_of_many_are_too(build: Build, metric: Metric) -> None:
    for dimension in metric.dimensions:
        rows = answer(build, Question((metric.name,), by=("month", dimension), start=START, end=END)).rows
        for span in _telling(spans(START, END, "month")):
            alone = answer(build, Question((metric.name,), by=(dimension,), start=span.start, end=span.end)).rows
            shown = [row for row in rows if row["month"] == written(span.first, "month")]
            assert _groups(shown, dimension, metric.name) == _groups(alone, dimension, metric.name), (dimension, span)


def _telling(periods: Sequence[Span]) -> list[Span]:
    """The first three and the last two: cut by the question, whole, before and after the turn of the year."""
    return list(dict.fromkeys([*periods[:3], *periods[-2:]]))


def _figures(rows: list[dict[str, object]], name: str) -> dict[object, object]:
    # A region that is not valid is listed for a whole question or for none; here all are valid.
    return {row.get("region_code"): row[name] for row in rows}


def _groups(rows: list[dict[str, object]], dimension: str, name: str) -> dict[object, object]:
    return {row[dimension]: row[name] for row in rows if row[name]}
