"""Measures that are no metrics, by the breakdown chosen: regions side by side, or groups of a dimension."""

from typing import Any

from dashboard.components.picker import value_label
from dashboard.drawings.areas import split_by, written
from dashboard.parts import amounts_of
from dashboard.semantics.summing import Measure
from dashboard.view import View


def amounts_by(view: View, base: str, measure: Measure, *extra: str) -> dict[tuple[Any, ...], Any]:
    """The measure's amounts by group (a region's code, or a dimension's value), then by `extra`, asked as `base`."""
    by = split_by(view, base)
    if by == view.level:
        found = amounts_of(view, base, measure, by=(by,), extra=extra, region=view.area)
        return {key[1:]: amount for key, amount in found.items()}
    return {key[2:]: amount for key, amount in amounts_of(view, base, measure, extra=(by, *extra)).items()}


def group_said(view: View, base: str, group: Any) -> str:
    """What a group is called."""
    by = split_by(view, base)
    return view.tree.find(str(group)).name if by == view.level else value_label(view, by, group)


def group_drill(view: View, base: str, group: Any) -> tuple[str, str]:
    """What a click on a group chooses: the dimension and its value, as the address writes them."""
    by = split_by(view, base)
    return ("region", str(group)) if by == view.level else (by, written(group))


def is_here(view: View, base: str, group: Any) -> bool:
    """Whether the group is the region in view: a community stands among its peers."""
    return split_by(view, base) == view.level and group == view.region.code
