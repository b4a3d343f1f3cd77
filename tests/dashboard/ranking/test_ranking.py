"""Whole rankings by hand: peers, missing leaves, vetoes, ties; and the laws that every ranking keeps."""

from decimal import Decimal
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.ranking.ranking import Ranking, rank_table
from dashboard.ranking.reading import parse_standard
from dashboard.ranking.standard import Standard
from tests.dashboard.ranking.tables import GOALPOSTS, NAN, flat, indicator, table

MINMAX = 'scale = { method = "minmax" }'
TWO = flat(indicator("a", 60), indicator("b", 40))
DEEP = parse_standard(f"""
name = "deep"
eligibility = {{ weight_present_min = 0 }}
[tree]
[[tree.children]]
name = "left"
weight = 25
[[tree.children.children]]
{indicator("a", 60)}
[[tree.children.children]]
{indicator("b", 40)}
[[tree.children]]
name = "right"
weight = 75
[[tree.children.children]]
{indicator("c", 10)}
""")


def scores(ranking: Ranking) -> dict[str, tuple[Decimal | None, int | None]]:
    return {unit.code: (unit.score, unit.rank) for unit in ranking.units}


def reasons(ranking: Ranking) -> dict[str, list[str]]:
    return {unit.code: [str(reason) for reason in unit.reasons] for unit in ranking.units if not unit.eligible}


def ranked(columns: dict[str, list[float]], standard: Standard, **more: list[float]) -> Ranking:
    return rank_table(table(columns, **more), standard, "2026Q3", draws=20)


def test_a_tree_of_sixty_levels_is_ranked_like_its_only_leaf() -> None:
    """Work that doubled with every level would never end here."""
    heads = "".join(f'[[tree{".children" * level}]]\nname = "n{level}"\n' for level in range(1, 60))
    deep = parse_standard(f'name = "t"\n[tree]\n{heads}[[tree{".children" * 60}]]\n{indicator("a")}\n')
    assert scores(ranked({"a": [30, 70]}, deep)) == {"u1": (Decimal("70.00"), 1), "u0": (Decimal("30.00"), 2)}


def test_a_score_is_the_weighted_mean_and_equal_scores_share_a_rank() -> None:
    found = ranked({"a": [100, 50, 50, 0], "b": [100, 50, 50, 100]}, TWO)
    assert scores(found) == {
        "u0": (Decimal("100.00"), 1),
        "u1": (Decimal("50.00"), 2),
        "u2": (Decimal("50.00"), 2),
        "u3": (Decimal("40.00"), 4),
    }
    first = found.units[0]
    assert (first.name, first.eligible, first.reasons) == ("U0", True, ())


def test_the_best_places_and_a_single_unit_are_those_of_the_whole_list() -> None:
    found = ranked({"a": [50, 100, NAN, 50, 0]}, flat(indicator("a")))
    listed = [(unit.code, unit.name, unit.score, unit.rank) for unit in found.units if unit.rank is not None]
    for most in (0, 3, 9):
        best = found.best_places(most)
        assert [(place.code, place.name, place.score, place.rank) for place in best] == listed[:most]
    assert found.number == len(listed) == 4
    assert [found.unit(unit.code) for unit in found.units] == list(found.units)
    assert found.unit("u9") is None


def test_the_rank_is_on_the_published_score() -> None:
    found = ranked({"a": [50.004, 50.0, 49.994]}, flat(indicator("a")))
    assert [(unit.score, unit.rank) for unit in found.units] == [
        (Decimal("50.00"), 1), (Decimal("50.00"), 1), (Decimal("49.99"), 3),
    ]  # fmt: skip


def test_a_missing_leaf_gives_its_weight_to_its_siblings_not_to_the_neighbouring_node() -> None:
    found = ranked({"a": [NAN, 40], "b": [80, 40], "c": [20, 40]}, DEEP)
    # u0: left is b alone, 80; 0.25 × 80 + 0.75 × 20.
    assert scores(found)["u0"] == (Decimal("35.00"), 2)
    left, right = found.units[1].criteria
    assert (left.score, left.weight, left.contribution) == (80, 25, 20)
    assert (right.score, right.weight, right.contribution) == (20, 75, 15)
    assert [leaf.weight for leaf in found.leaves("u0")] == [0, 25, 75]


def test_a_node_missing_whole_gives_its_weight_to_its_siblings() -> None:
    found = ranked({"a": [NAN, 40], "b": [NAN, 40], "c": [20, 40]}, DEEP)
    left, right = found.units[1].criteria
    assert scores(found)["u0"] == (Decimal("20.00"), 2)
    assert (left.score, left.weight, left.contribution) == (None, 0, 0)
    assert (right.score, right.weight, right.contribution) == (20, 100, 20)


def test_units_measured_by_less_than_80_percent_of_the_weight_are_left_out() -> None:
    standard = flat(indicator("a", 25), indicator("b", 55), indicator("c", 20))
    found = ranked({"a": [1, NAN, 1], "b": [1, 1, 1], "c": [NAN, 1, 1]}, standard)
    assert reasons(found) == {"u1": ["weight_present 75 % < 80 %"]}
    assert scores(found)["u1"] == (None, None)
    assert found.units[-1].criteria == ()


def test_a_unit_without_any_figure_is_left_out_whatever_the_standard_asks() -> None:
    found = ranked({"a": [NAN, 1], "b": [NAN, 1], "c": [NAN, 1]}, DEEP)
    assert reasons(found) == {"u0": ["weight_present 0 %"]}


def test_small_and_vetoed_units_leave_the_peers_before_scaling_and_are_listed_with_every_reason() -> None:
    found = rank_table(
        table(
            {"a": [1, 5, 3, 1000, -1000]},
            labour_force=[300, 2000, 301, 299, NAN],
            vetoes={"u3": "虚报台账"},
        ),
        flat(indicator("a", keys=MINMAX)),
        draws=20,
    )
    assert scores(found) == {
        "u1": (Decimal(100), 1), "u2": (Decimal(50), 2), "u0": (Decimal(0), 3), "u3": (None, None), "u4": (None, None),
    }  # fmt: skip
    assert reasons(found) == {"u3": ["labour_force 299 < 300", "veto: 虚报台账"], "u4": ["labour_force unknown"]}
    assert [leaf.value for leaf in found.leaves("u3")] == [1000]
    assert [leaf.score for leaf in found.leaves("u3")] == [None]


def test_figures_per_1000_labour_force_are_divided() -> None:
    found = rank_table(
        table({"a": [10, 40]}, labour_force=[1000, 2000]),
        flat(indicator("a", keys=f"per_1000_labour_force = true\n{GOALPOSTS}")),
        draws=20,
    )
    assert scores(found) == {"u1": (Decimal(20), 1), "u0": (Decimal(10), 2)}
    assert [leaf.value for leaf in found.leaves("u1")] == [20]


def test_all_peers_equal_get_fifty_and_share_the_first_place() -> None:
    found = ranked({"a": [7, 7, 7]}, flat(indicator("a", keys=MINMAX)))
    assert set(scores(found).values()) == {(Decimal("50.00"), 1)}
    assert {(unit.low, unit.high, unit.p_best) for unit in found.units} == {(1, 1, 1.0)}


def test_a_table_without_eligible_units_gives_no_ranks() -> None:
    found = ranked({"a": [1, 2]}, flat(indicator("a")), labour_force=[1, 2])
    assert [unit.rank for unit in found.units] == [None, None]


def test_a_geometric_mean_is_taken_on_1_to_100() -> None:
    found = ranked({"a": [100, 0], "b": [0, 0]}, flat(indicator("a"), indicator("b"), aggregate="geometric"))
    # √(100 × 1) and √(1 × 1)
    assert scores(found) == {"u0": (Decimal("10.00"), 1), "u1": (Decimal("1.00"), 2)}
    first, second = found.units[0].criteria, found.units[1].criteria
    assert [part.contribution for part in first] == pytest.approx([10, 0])
    assert [part.contribution for part in second] == pytest.approx([0.5, 0.5])


def test_geometric_and_arithmetic_nodes_may_be_mixed() -> None:
    standard = parse_standard(f"""
name = "mixed"
[tree]
aggregate = "geometric"
[[tree.children]]
name = "sum"
weight = 1
[[tree.children.children]]
{indicator("a")}
[[tree.children.children]]
{indicator("b")}
[[tree.children]]
{indicator("c")}
""")
    found = ranked({"a": [100, 50], "b": [0, 50], "c": [50, 50]}, standard)
    # sum of u0: (100 + 1) / 2 = 50.5, c: 1 + 0.99 × 50 = 50.5
    assert scores(found)["u0"] == (Decimal("50.50"), 1)
    assert sum(leaf.contribution for leaf in found.leaves("u0")) == pytest.approx(50.5)


def test_a_unit_is_marked_where_its_interval_holds_the_last_place_among_the_best() -> None:
    found = rank_table(table({"a": [9, 8, 7], "b": [7, 8, 9]}), TWO, draws=200, best=2)
    assert all(unit.low is not None and unit.high is not None for unit in found.units)
    assert [unit.unclear for unit in found.units] == [unit.low <= 2 <= unit.high for unit in found.units]


def test_units_may_be_shown_in_part_while_all_stay_peers() -> None:
    columns = {"a": [1.0, 5, 3]}
    found = rank_table(table(columns), flat(indicator("a", keys=MINMAX)), draws=20, shown=frozenset({"u2"}))
    assert scores(found) == {"u2": (Decimal(50), 2)}


VALUES = st.one_of(st.integers(0, 100).map(float), st.just(NAN))
ROWS = st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=12)
WEIGHTS = st.tuples(*[st.integers(1, 9)] * 3)
SCALES = st.tuples(*[st.sampled_from(["minmax", "zscore", "rank"])] * 3)


def standard_of(weights: tuple[float, ...], scales: tuple[str, ...], aggregate: str = "arithmetic") -> Standard:
    leaves = [
        indicator(name, weight, f'scale = {{ method = "{scale}" }}')
        for name, weight, scale in zip("abc", weights, scales, strict=True)
    ]
    return flat(*leaves, head="eligibility = { weight_present_min = 0.3 }", aggregate=aggregate)


def of_rows(rows: list[tuple[float, ...]], standard: Standard) -> Ranking:
    columns = {name: [row[at] for row in rows] for at, name in enumerate("abc")}
    return rank_table(table(columns), standard, "2026Q3", draws=8)


@settings(deadline=None)
@given(ROWS, WEIGHTS, SCALES, st.sampled_from([3.0, 0.25, 100.0]))
def test_only_the_proportions_of_weights_matter(
    rows: list[tuple[float, ...]], weights: tuple[int, ...], scales: tuple[str, ...], factor: float
) -> None:
    once = of_rows(rows, standard_of(weights, scales))
    again = of_rows(rows, standard_of(tuple(weight * factor for weight in weights), scales))
    assert once.units == again.units or np.allclose(once.scores.totals, again.scores.totals, atol=1e-9)
    assert scores(once) == scores(again)


@settings(deadline=None)
@given(ROWS, WEIGHTS, SCALES, st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_matter(
    rows: list[tuple[float, ...]], weights: tuple[int, ...], scales: tuple[str, ...], random: Random
) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    standard = standard_of(weights, scales)
    straight, shuffled = of_rows(rows, standard), of_rows([rows[at] for at in order], standard)
    found = {order[int(unit.code[1:])]: (unit.score, unit.rank, unit.low, unit.high) for unit in shuffled.units}
    assert found == {int(unit.code[1:]): (unit.score, unit.rank, unit.low, unit.high) for unit in straight.units}


@settings(deadline=None)
@given(ROWS, WEIGHTS, SCALES, st.sampled_from(["arithmetic", "geometric"]))
def test_contributions_add_up_to_the_score(
    rows: list[tuple[float, ...]], weights: tuple[int, ...], scales: tuple[str, ...], aggregate: str
) -> None:
    found = of_rows(rows, standard_of(weights, scales, aggregate))
    assert np.allclose(found.scores.leaf_points.sum(axis=1), found.scores.totals, atol=1e-9)
    for unit in found.units:
        if unit.eligible:
            assert unit.score is not None
            assert sum(part.contribution for part in unit.criteria) == pytest.approx(float(unit.score), abs=0.0051)
            assert sum(part.weight for part in unit.criteria) == pytest.approx(100)


@settings(deadline=None)
@given(ROWS, WEIGHTS, SCALES)
def test_twins_share_their_place(
    rows: list[tuple[float, ...]], weights: tuple[int, ...], scales: tuple[str, ...]
) -> None:
    found = {unit.code: unit for unit in of_rows([*rows, rows[0]], standard_of(weights, scales)).units}
    one, other = found["u0"], found[f"u{len(rows)}"]
    assert (one.score, one.rank, one.low, one.high, one.p_best) == (
        other.score,
        other.rank,
        other.low,
        other.high,
        other.p_best,
    )
