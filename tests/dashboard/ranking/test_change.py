"""A change is split exactly: own figures, the peers', revised data, another standard; the parts are its sum."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.ranking.change import Rankings, change, standings
from dashboard.ranking.ranking import Ranking, rank_table
from dashboard.ranking.standard import Standard
from tests.dashboard.ranking.tables import NAN, flat, indicator, table

MINMAX = 'scale = { method = "minmax", winsorise = [0.05, 0.95] }'
ZSCORE = 'scale = { method = "zscore" }'
FIXED = flat(indicator("a", 75), indicator("b", 25))
RELATIVE = flat(indicator("a", 75, MINMAX), indicator("b", 25, ZSCORE))

Columns = dict[str, list[float]]


def ranked(columns: Columns, standard: Standard = FIXED) -> Ranking:
    return rank_table(table(columns), standard, draws=0)


def way(published: Columns, revised: Columns, now: Columns, standard: Standard = FIXED) -> Rankings:
    known = ranked(revised, standard)
    return Rankings(standings(ranked(published, standard)), known, known, ranked(now, standard))


def test_under_goalposts_a_units_score_changes_by_its_own_figures_and_its_rank_by_its_peers() -> None:
    found = change(way({"a": [50, 60], "b": [0, 0]}, {"a": [50, 60], "b": [0, 0]}, {"a": [54, 40], "b": [0, 0]}), "u0")
    assert found is not None
    assert (found.own.score, found.peers.score) == (Decimal("3.00"), Decimal("0.00"))
    assert (found.own.rank, found.peers.rank, found.total.rank) == (0, 1, 1)


def test_what_was_corrected_since_is_revised_data() -> None:
    found = change(way({"a": [50, 60], "b": [0, 0]}, {"a": [90, 60], "b": [0, 0]}, {"a": [90, 60], "b": [0, 0]}), "u0")
    assert found is not None
    assert (found.revised.score, found.own.score, found.revised.rank) == (Decimal("30.00"), Decimal("0.00"), 1)


def test_another_standard_is_a_part_of_its_own() -> None:
    columns: Columns = {"a": [50, 90, 90], "b": [90, 0, 0]}
    before, after = ranked(columns), ranked(columns, flat(indicator("a", 25), indicator("b", 75)))
    rankings = Rankings(standings(before), before, after, after)
    found = change(rankings, "u0")
    assert found is not None
    assert not rankings.is_comparable
    assert (found.standard.score, found.own.score, found.peers.score) == (Decimal(20), Decimal(0), Decimal(0))
    assert found.total.rank == found.standard.rank == 2


def test_a_unit_that_was_not_ranked_has_no_change() -> None:
    before, now = {"a": [50.0, NAN], "b": [0.0, NAN]}, {"a": [50.0, 60.0], "b": [0.0, 0.0]}
    assert change(way(before, before, now), "u1") is None


values = st.floats(0, 100, allow_nan=False).map(lambda number: round(number, 3))
tables = st.lists(st.tuples(values, values), min_size=5, max_size=5).map(
    lambda rows: {"a": [row[0] for row in rows], "b": [row[1] for row in rows]}
)


@settings(max_examples=60)
@given(tables, tables, tables, st.sampled_from([FIXED, RELATIVE]))
def test_the_parts_add_up_to_the_change_to_the_last_digit(
    published: Columns, revised: Columns, now: Columns, standard: Standard
) -> None:
    rankings = way(published, revised, now, standard)
    for unit in rankings.now.table.units:
        found = change(rankings, unit)
        assert found is not None
        parts = (found.own, found.peers, found.revised, found.standard)
        assert sum((part.score for part in parts), Decimal(0)) == found.now.score - found.before.score
        assert sum(part.rank for part in parts) == found.before.rank - found.now.rank


@settings(max_examples=30)
@given(tables, st.tuples(values, values), st.sampled_from([FIXED, RELATIVE]))
def test_where_only_one_unit_has_changed_nothing_comes_from_its_peers(
    before: Columns, row: tuple[float, float], standard: Standard
) -> None:
    now = {name: [value, *before[name][1:]] for name, value in zip(before, row, strict=True)}
    found = change(way(before, before, now, standard), "u0")
    assert found is not None
    assert (found.peers.score, found.peers.rank, found.revised.rank) == (0, 0, 0)


@settings(max_examples=30)
@given(tables, tables, st.sampled_from([FIXED, RELATIVE]))
def test_where_a_unit_has_not_changed_nothing_is_its_own(before: Columns, after: Columns, standard: Standard) -> None:
    now = {name: [before[name][0], *after[name][1:]] for name in before}
    found = change(way(before, before, now, standard), "u0")
    assert found is not None
    assert (found.own.score, found.own.rank) == (0, 0)
