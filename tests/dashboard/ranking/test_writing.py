"""A standard written as TOML and read again is the same standard."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.ranking.reading import parse_standard, read_standard
from dashboard.ranking.standard import Group, Indicator, Leaf, Manual, Node, Rule, Scale, Standard
from dashboard.ranking.writing import standard_text
from dashboard.semantics.words import Text

ROOT = Path(__file__).parents[3]

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
labels = st.builds(Text, names, names)
weights = st.floats(0.001, 1000)
scales = st.one_of(
    st.builds(Scale, st.just("goalposts"), st.floats(-10, 0), st.floats(0.1, 1e6)),
    st.sampled_from([Scale("minmax"), Scale("minmax", winsorise=(0.05, 0.95)), Scale("rank"), Scale("zscore")]),
    st.just(Scale("zscore", capped=False)),
)
measures = st.one_of(
    st.builds(Indicator, names, st.sampled_from("+-"), scales, st.just("none"), st.booleans()),
    st.builds(Manual, names, st.floats(1, 100)),
    st.just(Rule("m", 10.0, bands=((95.0, 10.0), (90.5, 5.0)), cap=10.0)),
    st.builds(Rule, names, st.just(10.0), per_unit=st.floats(0, 9), cap=st.just(8.0), direction=st.just("+")),
    st.just(Rule("m", 10.0, deduct_per_unit=0.5, cap=10.0, floor=2.0, per_1000_labour_force=True)),
)
leaves = st.builds(Leaf, names, labels, weights, measures)


def group(children: Iterable[Node], name: str = "g") -> Group:
    named = [child.__class__(**{**vars(child), "name": f"{at} {child.name}"}) for at, child in enumerate(children)]
    return Group(name, Text("组", "group"), 2.5, "arithmetic", tuple(named))


nodes: st.SearchStrategy[Node] = st.recursive(
    leaves, lambda inner: st.lists(inner, min_size=1, max_size=3).map(group), max_leaves=6
)


@settings(max_examples=50)
@given(st.lists(nodes, min_size=1, max_size=3), labels, st.one_of(st.none(), st.dates(date(2000, 1, 1))))
def test_every_standard_comes_back(children: list[Node], name: Text, day: date | None) -> None:
    tree = group(children, "score")
    written = Standard(
        name, day, "street", 1, 250.0, 0.75, Group("score", tree.label, 1.0, "arithmetic", tree.children)
    )
    assert parse_standard(standard_text(written, ["head", ""])) == written


@pytest.mark.parametrize(
    "path", ["data/standards/default.toml", "data/cities/cihu/standard.toml", "tests/data/asem/standard.toml"]
)
def test_the_standards_that_we_bring_come_back(path: str) -> None:
    standard = read_standard(ROOT / path)
    assert parse_standard(standard_text(standard, comments={standard.tree.children[0].name: ["why"]})) == standard
