"""Hidden counts stay hidden: by examples, and by trying to solve random trees from all that is shown."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.publish.disclosure import Book, DisclosureError, Sum, hidden, pinned
from tests.dashboard.publish.solver import solved


def tree(*groups: tuple[int, ...]) -> Book:
    """A city of districts of communities, everything listed."""
    counts: dict[str, int] = {"city": sum(map(sum, groups))}
    sums = [Sum("city", tuple(f"d{at}" for at in range(len(groups))))]
    for at, group in enumerate(groups):
        counts[f"d{at}"] = sum(group)
        parts = {f"d{at}c{number}": count for number, count in enumerate(group)}
        counts |= parts
        sums.append(Sum(f"d{at}", tuple(parts)))
    return Book(counts, tuple(sums), frozenset(counts), frozenset(counts))


def test_large_counts_are_all_shown() -> None:
    assert hidden(tree((10, 20), (30, 40))) == frozenset()


def test_noughts_are_shown() -> None:
    assert hidden(tree((0, 20), (30, 0))) == frozenset()


def test_a_small_count_takes_the_smallest_beside_it_with_it() -> None:
    assert hidden(tree((3, 20, 12), (30, 40))) == {"d0c0", "d0c2"}


def test_two_small_counts_whose_sum_leaves_no_choice_take_a_third() -> None:
    assert hidden(tree((1, 1, 9, 30), (30, 40))) == {"d0c0", "d0c1", "d0c2"}


def test_two_small_counts_that_leave_a_choice_protect_each_other() -> None:
    assert hidden(tree((2, 4, 9), (30, 40))) == {"d0c0", "d0c1"}


def test_an_only_child_hides_its_parent_and_a_place_beside_the_parent_down_to_the_ground() -> None:
    withheld = hidden(tree((3, 0), (30, 40), (50, 60)))
    assert withheld == {"d0", "d0c0", "d1", "d1c0"}


def test_what_is_published_already_is_not_used_as_cover() -> None:
    book = tree((3, 20, 12), (30, 40))
    assert hidden(book, frozenset({"d0c2"})) == {"d0c0", "d0c1"}


def test_a_count_that_published_figures_already_give_away_is_refused() -> None:
    book = tree((3, 20, 12), (30, 40))
    with pytest.raises(DisclosureError, match="1 small counts"):
        hidden(book, frozenset(book.counts) - {"d0c0"})


def test_a_complement_is_a_count_too() -> None:
    """10 placed of whom 8 were 4050: the other two are not given away."""
    counts = {"placed": 10, "group": 8, "others": 2}
    listed = frozenset({"placed", "group"})
    assert hidden(Book(counts, (Sum("placed", ("group", "others")),), listed, listed)) == {"group"}


def test_a_threshold_of_the_city_holds() -> None:
    assert hidden(replace(tree((8, 20, 12), (30, 40)), below=10)) == {"d0c0", "d0c2"}


def test_what_is_shown_counts_as_known() -> None:
    book = tree((3, 20), (30, 40))
    assert pinned(book, ["d0c0", "d0c1"]) == {"d0c0", "d0c1"}


GROUPS = st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=6).map(tuple), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(GROUPS)
def test_no_hidden_count_of_a_random_tree_can_be_solved(groups: list[tuple[int, ...]]) -> None:
    book = tree(*groups)
    withheld = hidden(book)
    assert book.small <= withheld
    shown = {key: count for key, count in book.counts.items() if key not in withheld}
    assert solved(shown, book.sums, withheld) == {}


@settings(max_examples=40, deadline=None)
@given(GROUPS, st.data())
def test_nor_from_an_edition_and_its_correction_together(groups: list[tuple[int, ...]], data: st.DataObject) -> None:
    """What the correction left as it was is one unknown in both; the first edition is never taken back."""
    first = tree(*groups)
    shown = first.shown - hidden(first)
    corrected = tree(
        *(tuple(data.draw(st.sampled_from((count, count, count + 1))) for count in group) for group in groups)
    )
    renamed = {key: key if first.counts[key] == count else f"{key}'" for key, count in corrected.counts.items()}
    both = Book(
        counts=first.counts | {renamed[key]: count for key, count in corrected.counts.items()},
        sums=first.sums
        + tuple(Sum(renamed[one.whole], tuple(renamed[part] for part in one.parts)) for one in corrected.sums),
        listed=first.listed | frozenset(renamed.values()),
        shown=shown | frozenset(renamed.values()),
    )
    try:
        withheld = hidden(both, shown)
    except DisclosureError:
        return  # refused: nothing is published
    known = {key: count for key, count in both.counts.items() if key in both.shown - withheld}
    assert solved(known, both.sums, set(both.counts) - set(known)) == {}
