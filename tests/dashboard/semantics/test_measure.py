"""Measures of the same rows are summed in one pass, each over its own."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select

from dashboard.semantics.answer import answer
from dashboard.semantics.question import Question
from dashboard.warehouse import Build
from tests.spec.loan_rows import book, due, loan
from tests.spec.rows import day


class Counting(Build):
    """A build that counts its statements."""

    asked = 0

    def fetch(self, statement: Select[*tuple[Any, ...]], **values: Any) -> list[tuple[Any, ...]]:
        """The rows, as ever."""
        self.asked += 1
        return super().fetch(statement, **values)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Counting:
    rows = [loan("A", "01-10", 300), loan("B", "02-10", 100)]
    small = book(tmp_path_factory.mktemp("book"), rows, instalments=[due("A", 1, "02-10", 300)])
    small.close()
    return Counting(Path(small.path))


def statements(build: Counting, *metrics: str, by: tuple[str, ...] = ()) -> tuple[int, list[dict[str, object]]]:
    assert build.regions.by_id, "the regions are asked for once a build"
    assert build.first_month, "so is the month in which all begins"
    before = build.asked
    rows = answer(build, Question(metrics, by=by, start=day("01-01"), end=day("03-31"))).rows
    return build.asked - before, rows


def test_the_book_is_looked_at_once_for_all_that_is_asked_of_it(build: Counting) -> None:
    count, [row] = statements(build, "loan_outstanding", "loan_overdue", "par_30", "par_180", "recovery_rate")

    assert count == 1
    assert row == {
        "loan_outstanding": 400, "loan_overdue": 300, "par_30": 75, "par_180": 0, "recovery_rate": None
    }  # fmt: skip


def test_what_is_summed_together_is_what_is_summed_alone(build: Counting) -> None:
    names = ("loan_outstanding", "loan_overdue", "par_30", "loans_disbursed", "loan_amount_disbursed")
    count, together = statements(build, *names, by=("month",))
    alone = [statements(build, name, by=("month",))[1] for name in names]

    assert count == 2, "the book, and the loans"
    assert [row[name] for row in together for name in names] == [
        alone[position][month][name] for month in range(3) for position, name in enumerate(names)
    ]
