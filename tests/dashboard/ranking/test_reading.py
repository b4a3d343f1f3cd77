"""A standard's file is read whole, and what is wrong with it is said with its line."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.ranking.fields import StandardError
from dashboard.ranking.reading import parse_standard, read_standard
from dashboard.ranking.standard import Group, Indicator, Manual, Rule, Scale
from dashboard.ranking.standards import DEFAULT, known_metrics, standard_of
from dashboard.semantics.words import Text

EXAMPLE = """\
name = { zh = "就业服务最佳社区评估标准", en = "Best employment-service community" }
valid_from = 2026-01-01
level = "community"
decimals = 2
eligibility = { labour_force_min = 300, weight_present_min = 0.8 }
[tree]
aggregate = "arithmetic"
[[tree.children]]
name = "posts"
label = { zh = "开发岗位最多", en = "Most posts developed" }
weight = 25
[[tree.children.children]]
indicator = "posts_developed"
per_1000_labour_force = true
weight = 60
direction = "+"
scale = { method = "minmax", winsorise = [0.05, 0.95] }
[[tree.children.children]]
rule = { metric = "referral_success", full = 10, bands = [[90, 5], [95, 10]] }
weight = 20
[[tree.children.children]]
name = "sheet"
rule = { metric = "fairs_held", full = 10, per_unit = 1 }
weight = 10
[[tree.children.children]]
item = "service_hall"
full = 5
weight = 10
[[tree.children]]
indicator = "unemployment_rate"
weight = 75
direction = "−"
transform = "log"
scale = { method = "goalposts", low = 1, high = 20 }
"""


def fault(text: str, metrics: bool = False) -> StandardError:
    with pytest.raises(StandardError) as caught:
        parse_standard(text, "s.toml", known_metrics() if metrics else None)
    return caught.value


def test_the_shape_of_metrics_md_is_read_whole() -> None:
    standard = parse_standard(EXAMPLE)
    assert standard.name == Text("就业服务最佳社区评估标准", "Best employment-service community")
    assert (standard.valid_from, standard.level, standard.decimals) == (date(2026, 1, 1), "community", 2)
    assert (standard.labour_force_min, standard.weight_present_min) == (300, 0.8)
    posts, _ = standard.tree.children
    assert isinstance(posts, Group)
    assert (posts.name, posts.label.en, posts.weight, posts.aggregate) == (
        "posts",
        "Most posts developed",
        25,
        "arithmetic",
    )
    first, bands, per_unit, manual = (leaf.measure for leaf in standard.leaves[:4])
    assert first == Indicator(
        "posts_developed", "+", Scale("minmax", winsorise=(0.05, 0.95)), per_1000_labour_force=True
    )
    assert bands == Rule("referral_success", 10, bands=((95, 10), (90, 5)), cap=10)
    assert per_unit == Rule("fairs_held", 10, per_unit=1, cap=10)
    assert manual == Manual("service_hall", 5)
    assert standard.leaves[4].measure == Indicator("unemployment_rate", "-", Scale("goalposts", 1, 20), transform="log")
    assert [leaf.name for leaf in standard.leaves] == [
        "posts_developed", "referral_success", "sheet", "service_hall", "unemployment_rate",
    ]  # fmt: skip


def test_the_default_standard_is_that_of_metrics_md() -> None:
    standard = standard_of(DEFAULT)
    shares = {
        leaf.name: (child.weight, leaf.weight, leaf.measure.direction)
        for child in standard.tree.children
        if isinstance(child, Group)
        for leaf in child.children
        if not isinstance(leaf, Group) and isinstance(leaf.measure, Indicator)
    }
    assert shares == {
        "posts_developed": (25, 60, "+"),
        "public_welfare_posts": (25, 40, "+"),
        "reporting_on_time": (25, 50, "+"),
        "reports_accepted_first_time": (25, 20, "+"),
        "ledger_completeness": (25, 30, "+"),
        "referral_success": (25, 25, "+"),
        "training_to_job": (25, 20, "+"),
        "follow_up_rate": (25, 20, "+"),
        "zero_households_cleared_20d": (25, 20, "+"),
        "satisfaction": (25, 15, "+"),
        "unemployment_rate": (25, 60, "-"),
        "placed_4050_rate": (25, 40, "+"),
    }
    scales = {leaf.measure.scale for leaf in standard.leaves if isinstance(leaf.measure, Indicator)}
    assert scales == {Scale("minmax", winsorise=(0.05, 0.95))}
    per_1000 = [
        leaf.name
        for leaf in standard.leaves
        if isinstance(leaf.measure, Indicator) and leaf.measure.per_1000_labour_force
    ]
    assert per_1000 == ["posts_developed", "public_welfare_posts"]
    assert standard.tree.children[0].label == Text("开发岗位最多", "Most posts developed")


def test_labels_and_directions_that_are_not_given_are_the_metrics_own() -> None:
    text = '[tree]\n[[tree.children]]\nindicator = "登记失业率"\nscale = { method = "rank" }\n'
    [leaf] = parse_standard('name = "x"\n' + text, metrics=known_metrics()).leaves
    assert leaf.measure == Indicator("unemployment_rate", "-", Scale("rank"))
    assert leaf.label.zh == "登记失业率"


def test_weights_left_out_by_all_siblings_are_equal() -> None:
    text = 'name = "x"\n[tree]\n' + "".join(
        f'[[tree.children]]\nindicator = "{name}"\nscale = {{ method = "rank" }}\n' for name in "ab"
    )
    assert [leaf.weight for leaf in parse_standard(text).leaves] == [1, 1]


CASES = [
    ('direction = "−"', 'direction = "up"', 32, "tree.children[2].direction: must be one of +, -, −, not 'up'"),
    ('method = "minmax"', 'method = "minmix"', 17, "must be one of goalposts, minmax, zscore, rank, not 'minmix'"),
    ("[0.05, 0.95]", "[0.95, 0.05]", 17, "two rising shares of 1"),
    ("[0.05, 0.95]", "[5, 95]", 17, "two rising shares of 1"),
    ("weight = 60", "wieght = 60", 12, "weight is missing"),
    ("weight = 60", "weight = -1", 15, "must be 0 or more, not -1"),
    ("weight = 60", 'weight = "60"', 15, "must be a number, not '60'"),
    ("per_1000_labour_force = true", "per_1000_labor_force = true", 14, "did you mean 'per_1000_labour_force'?"),
    ("low = 1, high = 20", "low = 20, high = 1", 34, "must be more than low (20), not 1"),
    ("low = 1,", "low = 0,", 34, "must be more than 0 where the transform is log"),
    ("low = 1,", "", 34, "low is missing"),
    ("[[90, 5], [95, 10]]", "[[90, 5], [95, 11]]", 19, "points must be between 0 and the full mark (10), not 11"),
    ("[[90, 5], [95, 10]]", "[[90, 5], 95]", 19, "each band is [value, points], not 95"),
    ("full = 10, per_unit = 1", "full = 10", 23, "has one of bands, per_unit, deduct_per_unit; this has none"),
    ("full = 5", "full = 0", 27, "must be more than 0, not 0"),
    ('level = "community"', 'level = "city"', 3, "must be one of community, street, district, not 'city'"),
    ("decimals = 2", "decimals = 2.5", 4, "must be a whole number, not 2.5"),
    ("valid_from = 2026-01-01", 'valid_from = "2026"', 2, "must be a day"),
    ('aggregate = "arithmetic"', 'aggregate = "mean"', 7, "must be one of arithmetic, geometric, not 'mean'"),
    ("weight_present_min = 0.8", "weight_present_min = 80", 5, "must be between 0 and 1, not 80"),
    ('item = "service_hall"\n', "", 25, "has one of children, indicator, rule and item; this has none of them"),
    ('item = "service_hall"', 'indicator = "x"\nitem = "service_hall"', 27, "this has indicator and item"),
    ('name = "sheet"', 'name = "sheet"\nlabel = 3', 23, 'must be a text or { zh = "…", en = "…" }, not 3'),
    ("decimals = 2", "decimals = = 2", 4, "is no TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "line", "message"), CASES)
def test_a_fault_is_said_with_its_line(right: str, wrong: str, line: int, message: str) -> None:
    error = fault(EXAMPLE.replace(right, wrong, 1))
    assert (error.file, error.line) == ("s.toml", line)
    assert message in error.message
    assert str(error).startswith(f"s.toml:{line}: ")


def test_a_metric_that_is_not_in_the_catalogue_is_named_with_the_nearest() -> None:
    error = fault(EXAMPLE.replace("posts_developed", "posts_develloped"), metrics=True)
    assert error.line == 13
    assert "there is no metric 'posts_develloped'; the nearest: posts_developed" in error.message


def test_a_fault_in_a_list_written_in_lines_is_found_in_its_line() -> None:
    text = """\
name = "x"
[tree]
children = [
  { indicator = "a", weight = 1, scale = { method = "rank" } },
  { name = "b", weight = 1, children = [
    { indicator = "c", weight = 1, scale = { method = "rank" } },
    { indicator = "d", weight = 1, scale = { method = "rnk" } },
  ] },
]
"""
    assert fault(text).line == 7


def test_a_tree_needs_children_with_a_weight() -> None:
    assert "tree is missing" in fault('name = "x"\n').message
    assert "must be a list of at least one table" in fault('name = "x"\n[tree]\nchildren = []\n').message
    zero = 'name = "x"\n[tree]\n[[tree.children]]\nindicator = "a"\nweight = 0\nscale = { method = "rank" }\n'
    assert "the weights of these siblings add up to 0" in fault(zero).message


def test_a_file_that_is_not_there_is_a_fault_too(tmp_path: Path) -> None:
    with pytest.raises(StandardError, match="cannot be read"):
        read_standard(tmp_path / "none.toml")


def test_names_are_given_or_made_and_never_shared_by_siblings() -> None:
    leaf = '[[tree.children]]\n{name}\nrule = {{ metric = "a", full = 1, per_unit = 1 }}\n'
    texts = ["", 'name = "a_2"', "", ""]
    head = 'name = "x"\n[tree]\n'
    standard = parse_standard(head + "".join(leaf.format(name=text) for text in texts))
    assert [child.name for child in standard.tree.children] == ["a", "a_2", "a_3", "a_4"]
    twice = fault(head + 2 * leaf.format(name='name = "b"'))
    assert (twice.line, "'b' is the name of two siblings" in twice.message) == (7, True)
    group = '[[tree.children]]\n{label}\nchildren = [{{ item = "hall", full = 1 }}]\n'
    assert parse_standard(head + group.format(label='label = "work"')).tree.children[0].name == "work"
    assert "name is missing" in fault(head + group.format(label="")).message
