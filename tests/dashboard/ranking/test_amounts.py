"""Figures as arrays, of many units over several periods at once, are the figures that questions give one by one."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dashboard.period import Period, named_period, period_before
from dashboard.ranking.amounts import Amounts
from dashboard.ranking.official import ranking, ranks_in
from dashboard.ranking.sums import are_one_question
from dashboard.semantics.answer import answer
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING
from dashboard.view import View
from dashboard.warehouse import Build
from tests.spec.rows import day, person, placed, post
from tests.worlds import build as build_of

# All but those that can only be asked by something: of decimals and of persons too, which arrays do not sum.
NAMES = tuple(name for name, metric in METRICS.items() if not metric.required)


def before(last: str, number: int) -> list[Period]:
    found = named_period(last)
    assert found is not None
    periods = [found]
    while len(periods) < number:
        periods.insert(0, period_before(periods[0]))
    return periods


def odd(number: int) -> list[Period]:
    """Days that are no whole months, one stretch after another."""
    periods = [Period(date(2026, 2, 10), date(2026, 7, 20))]
    while len(periods) < number:
        periods.insert(0, period_before(periods[0]))
    return periods


@pytest.mark.parametrize(
    ("level", "periods"),
    [
        ("community", before("2026Q3", 1)),
        ("street", [Period(date(2025, 3, 15), date(2026, 2, 10))]),
        ("street", before("2026Q3", 2)),
        ("district", before("2025", 2)),
        ("district", before("2026-09", 3)),
        ("city", before("2025", 2)),
        ("community", odd(3)),
        ("district", [*before("2026Q3", 2), Period(date(2026, 10, 1), date(2026, 11, 20))]),
        ("street", [*before("2026Q2", 2), Period(date(2026, 7, 1), date(2026, 8, 20))]),
    ],
)
def test_arrays_hold_what_questions_answer(city: View, level: str, periods: list[Period]) -> None:
    agree(city.build, level, periods)


@pytest.mark.parametrize("level", ["community", "city"])
def test_a_period_that_is_not_over_is_asked_apart(tmp_path: Path, level: str) -> None:
    """On the data date a quarter stands as on that day, not as at its last month's end."""
    tables = {
        "persons": [person("R1"), person("R2", "03-10"), person("R3", "2025-11-20", closed_on=day("03-12"))],
        "posts": [post("P1", "2025-12-01", 3), post("P2", "03-02", 5)],
        "placements": [placed("G1", "R3", "03-12")],
    }
    agree(build_of(tmp_path, tables, day("03-15")), level, before("2026Q1", 3))


def agree(build: Build, level: str, periods: list[Period]) -> None:
    """All figures of all units and periods are those that questions give."""
    amounts = Amounts(build, NAMES, level, periods)
    assert build.data_date is not None
    for row, period in enumerate(periods):
        question = Question(NAMES, (level,), start=period.start, end=period.end, ripe=True)
        said = {each["region_code"]: each for each in answer(build, question, EVERYTHING).rows}
        places = build.regions.valid(level, min(period.end, build.data_date))
        units = [amounts.columns[place.region_id] for place in places]
        for name in NAMES:
            expected = [np.nan if said[place.code][name] is None else float(said[place.code][name]) for place in places]
            np.testing.assert_array_equal(amounts.figures(name)[row, units], expected, err_msg=f"{name} {period.name}")


def test_periods_of_one_kind_one_after_another_are_one_question() -> None:
    quarters = before("2026Q3", 3)
    assert are_one_question(quarters)
    assert not are_one_question([quarters[0], quarters[2]])
    assert not are_one_question([*quarters[:2], Period(date(2026, 7, 1), date(2026, 8, 15))])
    assert not are_one_question(
        [Period(date(2026, 1, 2), date(2026, 1, 9)), Period(date(2026, 1, 10), date(2026, 1, 17))]
    )


@pytest.mark.parametrize("periods", [before("2026Q3", 3), before("2025", 3), odd(3)])
def test_rankings_asked_together_are_those_asked_alone(city: View, periods: list[Period]) -> None:
    for period in periods:
        found = ranking(city.build, period, "community", among=tuple(periods))
        alone = ranking(city.build, period, "community")
        assert found.units == alone.units
        said = {unit.code: unit.rank for unit in alone.units if unit.rank is not None}
        assert ranks_in(city.build, period, "community", tuple(periods)) == said
        np.testing.assert_array_equal(found.values, alone.values)
