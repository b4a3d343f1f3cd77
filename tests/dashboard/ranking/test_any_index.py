"""Any table and any standard: the engine, given files alone, gives what a few lines of plain arithmetic give."""

import csv
import math
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.ranking.csv_table import read_csv_table
from dashboard.ranking.ranking import rank_table
from dashboard.ranking.reading import read_standard
from dashboard.ranking.standard import Group, Indicator, Leaf, Node, Scale, Standard
from dashboard.ranking.writing import standard_text
from dashboard.semantics.words import Text
from tests.dashboard.ranking.tables import table

COLUMNS = ("a", "b", "c")
UNITS = 7
scales = st.sampled_from([Scale("goalposts", 20.0, 70.0), Scale("minmax"), Scale("zscore"), Scale("rank")])
weights = st.sampled_from([0.5, 1.0, 2.0, 30.0])
leaves = st.builds(
    lambda column, weight, way, scale: Leaf("x", Text("x", "x"), weight, Indicator(column, way, scale)),
    st.sampled_from(COLUMNS),
    weights,
    st.sampled_from("+-"),
    scales,
)


def group(children: list[Node], weight: float, aggregate: str) -> Group:
    named = [type(child)(**{**vars(child), "name": f"n{at}"}) for at, child in enumerate(children)]
    return Group("score", Text("x", "x"), weight, aggregate, tuple(named))  # type: ignore[arg-type]  # drawn from both


aggregates = st.sampled_from(["arithmetic", "geometric"])
nodes = st.recursive(
    leaves, lambda inner: st.builds(group, st.lists(inner, min_size=1, max_size=3), weights, aggregates), max_leaves=8
)
trees = st.builds(group, st.lists(nodes, min_size=1, max_size=3), st.just(1.0), aggregates)
cells = st.none() | st.integers(0, 90).map(float)
tables = st.lists(st.tuples(cells, cells, cells), min_size=UNITS, max_size=UNITS)


def scaled(leaf: Leaf, column: list[float | None], floor: float) -> list[float | None]:
    """The values of a leaf on floor … 100, over those that have one."""
    measure = leaf.measure
    assert isinstance(measure, Indicator)
    known = [value for value in column if value is not None]
    less, scale = measure.direction == "-", measure.scale

    def one(value: float) -> float:
        if scale.method == "zscore":
            if min(known) == max(known):
                return 50.0
            z = (value - statistics.fmean(known)) / statistics.stdev(known)
            return min(100.0, max(floor, 50 + (-10 if less else 10) * z))
        if scale.method == "rank":
            if len(known) == 1:
                return 50.0
            rank = 1 + sum(other < value if less else other > value for other in known)
            share = (len(known) - rank) / (len(known) - 1)
            return floor + (100 - floor) * share
        low, high = (scale.low, scale.high) if scale.method == "goalposts" else (min(known), max(known))
        if low == high:
            return 50.0
        share = (high - value) / (high - low) if less else (value - low) / (high - low)
        return floor + (100 - floor) * min(1.0, max(0.0, share))

    return [None if value is None else one(value) for value in column]


def score(node: Node, columns: dict[str, list[float | None]], unit: int, floor: float = 0.0) -> float | None:
    """A node's score of one unit; None where it is missing whole."""
    if isinstance(node, Leaf):
        return scaled(node, columns[node.measure.column], floor)[unit]
    floor = 1.0 if node.aggregate == "geometric" else floor
    parts = [(child.weight, score(child, columns, unit, floor)) for child in node.children]
    known = [(weight, value) for weight, value in parts if value is not None]
    if not known:
        return None
    total = sum(weight for weight, _ in known)
    if node.aggregate == "geometric":
        return math.exp(sum(weight * math.log(value) for weight, value in known) / total)
    return sum(weight * value for weight, value in known) / total


@settings(max_examples=40, deadline=None)
@given(trees, tables)
def test_files_alone_give_what_plain_arithmetic_gives(tree: Group, rows: list[tuple[float | None, ...]]) -> None:
    standard = Standard(Text("x", "x"), None, "community", 4, 300.0, 0.0, tree)
    with TemporaryDirectory() as folder:
        (Path(folder) / "s.toml").write_text(standard_text(standard), encoding="utf-8")
        with (Path(folder) / "t.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([["unit", *COLUMNS], *([f"u{at}", *row] for at, row in enumerate(rows))])
        read = read_standard(Path(folder) / "s.toml")
        found = rank_table(read_csv_table(Path(folder) / "t.csv", read), read, draws=0)
    columns = {name: [row[at] for row in rows] for at, name in enumerate(COLUMNS)}
    expected = {f"u{at}": score(tree, columns, at) for at in range(UNITS)}
    assert {unit.code: unit.score is None for unit in found.units} == {
        unit: value is None for unit, value in expected.items()
    }
    for unit in found.units:
        value = expected[unit.code]
        if value is not None:
            assert unit.score is not None
            assert abs(float(unit.score) - value) < 1e-3


def test_a_zero_in_one_criterion_leaves_a_geometric_other_one_alone() -> None:
    fixed = Scale("goalposts", 0.0, 100.0)
    plain = Leaf("plain", Text("x", "x"), 1.0, Indicator("a", "+", fixed))
    root = Leaf("root", Text("x", "x"), 1.0, Indicator("b", "+", fixed))
    tree = group([plain, group([root], 1.0, "geometric")], 1.0, "arithmetic")
    standard = Standard(Text("x", "x"), None, "community", 2, 300.0, 0.8, tree)
    found = rank_table(table({"a": [0.0, 50.0], "b": [50.0, 0.0]}), standard, draws=20)
    assert [(unit.code, float(unit.score or 0)) for unit in found.units] == [("u1", 25.5), ("u0", 25.25)]
