"""The rows behind a figure make up exactly that figure: of every metric, for regions, periods, days and groups.

That they do for figures worked out by hand, none of which is 0, is seen in tests/spec/test_examples.py.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.semantics.answer import answer
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.listing import say_origin
from dashboard.semantics.question import NotAllowedError, Question, QuestionError
from dashboard.semantics.rows import rows_behind
from dashboard.semantics.scope import Scope
from dashboard.view import View
from dashboard.warehouse import Build
from tests.behind import figure_of_rows, is_same
from tests.spec.rows import person, placed, subsidy, world
from tests.worlds import NORTH, PINE, QUAY, SOUTH


def group_of(build: Build, question: Question, dimension: str) -> tuple[tuple[str, str | None], ...]:
    """A filter on one group of the dimension that has a figure."""
    [metric] = question.metrics
    by = tuple(dict.fromkeys((dimension, *METRICS[metric].required)))
    found = [
        row for row in answer(build, Question((metric,), by, start=question.start)).rows if row[metric] is not None
    ]
    row = next((row for row in found if row[metric]), found[0] if found else {})
    return tuple((name, None if row[name] is None else written(row[name])) for name in by) if row else ()


def written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def questions(build: Build, metric: str) -> Iterator[Question]:
    """Two years of the city, a community as at an earlier day, and a group of the first and the last dimension."""
    assert build.data_date is not None
    start = date(build.data_date.year - 1, 1, 1)
    whole = Question((metric,), start=start)
    where = group_of(build, whole, METRICS[metric].required[0]) if METRICS[metric].required else ()
    whole = Question((metric,), start=start, where=where)
    yield whole
    level = "community" if METRICS[metric].exists_from == "community" else "district"
    place = build.regions.valid(level, build.data_date)[0].code
    yield Question((metric,), region=place, start=start, as_of=date(build.data_date.year, 6, 30), where=where)
    free = [name for name in METRICS[metric].dimensions if name not in METRICS[metric].required]
    for dimension in dict.fromkeys((free[:1] + free[-1:]) if free else ()):
        group = dict(where) | dict(group_of(build, whole, dimension))
        yield Question((metric,), start=start, where=tuple(group.items()))


@pytest.mark.parametrize("metric", METRICS)
def test_rows_make_up_their_figure(city: View, metric: str) -> None:
    for question in questions(city.build, metric):
        behind = rows_behind(city.build, question)
        if behind.figure is None and METRICS[metric].custom is not None:
            continue  # a district's fund of which an entry names no district
        assert is_same(figure_of_rows(behind), behind.figure), question


def test_every_row_names_the_file_and_line_that_brought_it(city: View) -> None:
    for metric in ("placed", "loan_outstanding", "fund_balance", "subsidy_spend", "reporting_on_time"):
        behind = rows_behind(city.build, Question((metric,)))
        for part in behind.parts:
            rows = behind.rows(part.part, 50)
            assert rows
            assert all(row.load and row.file_id and row.line for row in rows)
            assert sum(origin.rows for origin in behind.origins(part.part)) == part.number


def test_files_that_rows_name_themselves_are_those_of_their_keys(city: View) -> None:
    for metric in ("placed", "retention_180", "placed_4050"):
        behind = rows_behind(city.build, Question((metric,), start=date(2024, 3, 1)))
        for part in behind.parts:
            assert say_origin(part.part.measures)
            by_key = Counter((row.load, row.file_id) for row in behind.rows(part.part))
            assert {(each.load, each.file_id): each.rows for each in behind.origins(part.part)} == by_key


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return world(
        tmp_path_factory.mktemp("rows"),
        persons=[person("R1", community_code=PINE), person("R2", community_code=QUAY)],
        placements=[placed("A1", "R1", "2026-02-01", community_code=PINE), placed("A2", "R2", "2026-03-01")],
        subsidies=[
            subsidy("S1", "2026-05-02", "100.00", community_code=PINE, registration_no="R1"),
            subsidy("S2", "2026-05-01", "50.00", community_code=PINE, registration_no="R1"),
            subsidy("S3", "2026-06-01", "70.00", community_code=QUAY),
        ],
    )


def keys(build: Build, question: Question) -> list[list[str]]:
    behind = rows_behind(build, question)
    return [[row.key for row in behind.rows(part.part)] for part in behind.parts]


def test_a_person_is_named_by_the_first_payment_of_the_period(small: Build) -> None:
    assert keys(small, Question(("subsidy_beneficiaries",))) == [["S2"]]
    assert keys(small, Question(("subsidy_per_beneficiary",))) == [["S2", "S1"], ["S2"]]


def test_rows_are_those_of_the_readers_own_regions(small: Build) -> None:
    north = small.within(Scope((NORTH,), rows=True))
    assert keys(north, Question(("subsidy_spend",))) == [["S2", "S1"]]
    with pytest.raises(NotAllowedError):
        rows_behind(north, Question(("subsidy_spend",), region=SOUTH))


def test_who_may_not_see_rows_sees_none(small: Build) -> None:
    with pytest.raises(NotAllowedError):
        rows_behind(small.within(Scope(None, rows=False)), Question(("placed",)))


def test_rows_are_of_one_figure(small: Build) -> None:
    with pytest.raises(QuestionError):
        rows_behind(small, Question(("placed",), by=("month",)))
    with pytest.raises(QuestionError):
        rows_behind(small, Question(("placed", "placements")))
