"""The worked examples that the Methods page shows come out as they are told, and every metric has one."""

from collections.abc import Mapping
from typing import Any

import pytest

from dashboard.semantics.answer import answer
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.examples import FAMILIES, FOLDER, Example, examples
from dashboard.semantics.question import Question
from dashboard.semantics.rows import rows_behind
from dashboard.warehouse import Build
from etl.tables import BY_NAME
from tests.behind import figure_of_rows, is_same
from tests.worlds import build

COMMUNITY = "990901001001"
CITY = "990900000000"


def credited(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the only community, where the table asks for one and the example leaves it out."""
    columns = {column.name for column in BY_NAME[table].columns}
    return ({"community_code": COMMUNITY} if "community_code" in columns else {}) | dict(row)


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Build]:
    """A build of each family of examples, by the identity of its rows."""
    found: dict[int, Build] = {}
    for example in examples().values():
        if id(example.rows) not in found:
            tables = {table: [credited(table, row) for row in rows] for table, rows in example.rows.items()}
            found[id(example.rows)] = build(tmp_path_factory.mktemp("family"), tables, example.data_date)
    return found


def test_every_metric_has_a_worked_example_and_every_example_a_metric() -> None:
    assert set(examples()) == set(METRICS)
    assert {path.stem for path in FOLDER.glob("*.toml")} == {*FAMILIES, "regions"}


@pytest.mark.parametrize("example", examples().values(), ids=list(examples()))
def test_the_figure_comes_out_as_it_is_told_and_so_do_the_rows_behind_it(
    example: Example, builds: dict[int, Build]
) -> None:
    metric = METRICS[example.metric]
    question = Question((metric.name,), region=CITY, start=example.start, end=example.end, where=example.where)
    [row] = answer(builds[id(example.rows)], question).rows
    assert row[metric.name] == pytest.approx(example.figure(metric.scale), rel=1e-12)
    assert is_same(figure_of_rows(rows_behind(builds[id(example.rows)], question)), row[metric.name])


@pytest.mark.parametrize("example", examples().values(), ids=list(examples()))
def test_an_example_has_rows_of_every_source_it_needs_and_says_why(example: Example) -> None:
    assert set(METRICS[example.metric].sources) & set(example.rows)
    assert example.why.zh.endswith("。")
    assert example.why.en.endswith(".")
