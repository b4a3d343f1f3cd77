"""Statements that are run as one give what each gives alone: the same rows, of the same types."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from sqlalchemy import ARRAY, Date, Float, Integer, Numeric, bindparam, case, cast, func, literal, null, select

from dashboard.semantics.answer import answer, at_once
from dashboard.semantics.begun import first_months
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.question import Question
from dashboard.statements import Bundle, Compiled, bundled
from dashboard.view import View
from dashboard.warehouse import AT_ONCE, Build

NAMES = tuple(name for name, metric in METRICS.items() if not metric.required)


class Watched(Build):
    """A build that says how many statements it ran, and how many of them were several in one."""

    ran = bundles = 0

    def run(self, *asked: Any) -> Any:
        """What it gives, as ever."""
        self.ran += 1
        self.bundles += isinstance(asked[0], Bundle)
        return super().run(*asked)


class Alone(Build):
    """A build that runs every statement by itself."""

    @contextmanager
    def at_once(self, asked: Any) -> Iterator[None]:  # noqa: ARG002 - the signature of what it stands for
        """Nothing is asked for before it is needed."""
        yield


@pytest.fixture
def watched(city: View) -> Iterator[Watched]:
    build = Watched(city.build.path)
    yield build
    build.close()


@pytest.mark.parametrize("where", [(), (("sex", "female"),)], ids=["all", "filtered"])
@pytest.mark.parametrize("by", [(), ("district",), ("month",), ("street", "quarter")], ids=str)
def test_a_question_says_the_same_of_statements_run_as_one(
    city: View, watched: Watched, by: tuple[str, ...], where: tuple[tuple[str, str | None], ...]
) -> None:
    names = tuple(name for name in NAMES if not where or "sex" in METRICS[name].dimensions)
    alone = Alone(city.build.path)
    for period in ((date(2025, 3, 15), date(2026, 2, 10)), (date(2026, 1, 1), date(2026, 9, 30))):
        question = Question(names, by, None, *period, where=where)
        expected = answer(alone, question).rows  # every statement has been run once, so its types are known
        rows = answer(watched, question).rows
        assert [list(map(repr, row.values())) for row in rows] == [list(map(repr, row.values())) for row in expected]
    assert watched.bundles > 0
    alone.close()


def test_several_questions_are_answered_from_few_statements(city: View, watched: Watched) -> None:
    questions = [Question(NAMES, start=date(year, 2, 3), end=date(year, 8, 20)) for year in (2024, 2025, 2026)]
    expected = [answer(city.build, question).rows for question in questions]
    answer(watched, questions[0])
    first, watched.ran = watched.ran, 0
    with at_once(*((watched, question) for question in questions[1:])):
        ran = watched.ran
        assert [answer(watched, question).rows for question in questions[1:]] == expected[1:]
    assert watched.ran - ran < ran, "little was left to be asked"
    assert ran < 2 * first, "two questions together in fewer than each by itself"


def test_columns_keep_their_types_and_missing_values(watched: Watched) -> None:
    day, number = date(2026, 9, 30), Decimal("3.10")
    statements = [
        select(bindparam("a", type_=Integer).label("x"), cast(number, Numeric(9, 2)).label("y")),
        select(cast(day, Date).label("x"), literal(7).label("y"), cast(null(), Integer).label("z")),
        select(cast(Decimal("2.25"), Numeric(20, 8)).label("x")),
        select(literal("街道").label("x"), literal(2.5).label("y")),
    ]
    asked = [(statement, {"a": place} if place == 0 else {}) for place, statement in enumerate(statements)]
    alone = [watched.fetch(statement, **values) for statement, values in asked]
    again = Watched(watched.path)
    with again.at_once(asked):
        assert again.bundles == 1
        together = [again.fetch(statement, **values) for statement, values in asked]
    assert list(map(repr, together)) == list(map(repr, alone))
    assert (again.bundles, again.ran) == (1, 2), "the build's own, and all others in one"
    again.close()


def test_rows_find_their_statement_in_whatever_order_they_come() -> None:
    one = bundled(tuple(Compiled(sql, (), {}, duckdb.extract_statements(sql)[0], kinds) for sql, kinds in _TYPED))
    rows = [(0, 1, None), (1, 2, "a"), (0, 3, None), (1, 4, "b")]
    assert one.apart(rows) == [[(1,), (3,)], [(2, "a"), (4, "b")]]


_TYPED = (("SELECT 1", ("INTEGER",)), ("SELECT 2, 'a'", ("INTEGER", "VARCHAR")))


def test_columns_are_the_rows_whether_run_alone_or_as_one(watched: Watched) -> None:
    number = func.unnest(bindparam("a", type_=ARRAY(Integer)))
    statements = [
        select(number.label("x"), cast(null(), Integer).label("y")),
        select(cast(number, Float).label("x"), number.label("y"), literal(date(2026, 9, 30), Date).label("z")),
        select(case((number == 2, None), else_=number).label("x")),
        select(cast(number, Numeric(9, 2)).label("x")),
    ]
    asked = [(statement, {"a": [1, 2, 3]}) for statement in statements]
    again = Watched(watched.path)
    *alone, none = again.columns(asked)  # the first time their types are learned
    assert again.bundles == 0
    *together, still_none = again.columns(asked)
    assert again.bundles == 1
    assert (none, still_none) == (None, None), "an array would round decimals"
    for statement, *both in zip(asked, alone, together, strict=False):
        [before, after] = [[(each.dtype, each.tolist()) for each in columns or ()] for columns in both]
        assert after == before
        rows = watched.fetch(statement[0], **statement[1])
        assert [list(map(_day, each)) for _, each in before] == list(map(list, zip(*rows, strict=True)))
    first, second = again.columns([asked[0], asked[0]])
    assert first is second, "asked twice, run once"
    again.close()


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def test_no_bundle_holds_more_than_it_may_and_none_is_asked_for_twice(watched: Watched) -> None:
    statement = select(bindparam("a", type_=Integer).label("x"))
    assert watched.fetch(statement, a=-1) == [(-1,)]
    watched.ran = 0
    asked = [(statement, {"a": number}) for number in range(2 * AT_ONCE)]
    with watched.at_once([*asked, *asked]):
        assert watched.ran == 2
        with watched.at_once(asked):
            assert [watched.fetch(statement, **values) for _, values in asked] == [[(n,)] for n in range(2 * AT_ONCE)]
    assert watched.ran == 2


def test_what_is_asked_at_once_fails_as_it_fails_alone(city: View) -> None:
    question = Question(("placed",), region="999999")
    with pytest.raises(ValueError, match="999999") as alone, at_once():
        answer(city.build, question)
    with pytest.raises(ValueError, match="999999") as together, at_once((city.build, question)):
        raise AssertionError(question)
    assert str(together.value) == str(alone.value)


def test_since_when_the_build_holds_what_a_metric_is_made_of(city: View) -> None:
    begun = first_months(city.build.whole, NAMES)
    rows = answer(city.build, Question(NAMES, ("month",), start=date(2015, 1, 1))).rows
    for name in set(NAMES) & begun.keys():
        first = next((str(row["month"]) for row in rows if row[name]), None)
        month = begun[name]
        assert (month is None) <= (first is None), name
        assert first is None or month is None or f"{month:%Y-%m}" <= first, name
    assert begun["trainings_started"] == date.fromisoformat(
        next(f"{row['month']}-01" for row in rows if row["trainings_started"])
    )
    assert "offices" not in begun
