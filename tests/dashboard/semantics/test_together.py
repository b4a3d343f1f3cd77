"""Questions asked together say what each says alone, in fewer statements."""

from datetime import date
from typing import Any

import pytest

from dashboard.semantics.answer import answer, answered
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING, Scope
from dashboard.semantics.together import asked_together
from dashboard.view import View
from dashboard.warehouse import Build

NAMES = tuple(name for name, metric in METRICS.items() if not metric.required)
# Whole months; years; days before and after whole months; days within one month; as at an earlier day.
PERIODS = [
    (date(2024, 4, 1), date(2026, 5, 31), None),
    (date(2024, 1, 1), date(2025, 12, 31), None),
    (date(2025, 3, 15), date(2026, 2, 10), None),
    (date(2026, 2, 3), date(2026, 2, 20), None),
    (date(2026, 1, 1), date(2026, 5, 17), date(2026, 5, 17)),
]
BY: list[tuple[str, ...]] = [
    (),
    ("city",),
    ("district",),
    ("street",),
    ("community",),
    ("year",),
    ("district", "month"),
]


@pytest.mark.parametrize("where", ["city", "district", "scope"])
def test_questions_asked_together_say_what_each_says_alone(city: View, where: str) -> None:
    district = next(place.code for place in city.tree.by_code.values() if place.level == "district")
    scope = Scope(regions=(district,)) if where == "scope" else EVERYTHING
    region = None if where == "city" else district
    groups = BY if where == "city" else BY[::3]
    questions = [Question(NAMES, by, region, start, end, as_of) for start, end, as_of in PERIODS for by in groups]
    together = [answered(asking).rows for asking in asked_together(city.build, questions, scope)]
    for question, rows in zip(questions, together, strict=True):
        assert rows == answer(city.build, question, scope).rows, question
    assert sum(map(len, together)) > len(questions)


def test_one_statement_sums_what_several_questions_need(city: View) -> None:
    asked: list[Any] = []

    class Counted(Build):
        def fetch(self, statement: Any, **values: Any) -> list[tuple[Any, ...]]:
            asked.append(statement)
            return super().fetch(statement, **values)

    build = Counted(city.build.path)
    asked.clear()
    periods = [(date(year, 1, 1), date(year, month, 28)) for year in (2024, 2025) for month in (6, 9)]
    for asking in asked_together(build, [Question(("placed",), (), None, *period) for period in periods]):
        answered(asking)
    build.close()
    assert len(asked) == 3, "the regions, the whole months, and the days of the months that are not whole"


def test_a_filter_is_asked_alone(city: View) -> None:
    question = Question(("placed",), where=(("sex", "female"),))
    [asking] = asked_together(city.build, [question])
    assert answered(asking).rows == answer(city.build, question).rows
