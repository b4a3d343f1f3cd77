"""What a figure is set against: last year, the period before, the region above, or the peers.

The region above and the peers are of other sizes, so what adds up (a flow, a stock) is brought to the labour force of
the region at hand: the figure it would have at the rate of the region above, or at the median rate of its peers. A
ratio is set against theirs as it is.
"""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from dashboard.language import message
from dashboard.panel import Row
from dashboard.selection import Comparison
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.dimension import LEVELS

if TYPE_CHECKING:
    from dashboard.regions import Region
    from dashboard.view import View

Sizes = Mapping[str, float]
# What the menu and a mark of the compared value say, what stands before a change, and how a sentence ends.
NAMES: Final[dict[Comparison, str]] = {
    "last_year": message("same period last year"),
    "previous": message("period before"),
    "parent": message("level of the region above"),
    "peers": message("median of the peers"),
}
CHANGES: Final[dict[Comparison, str]] = {
    "last_year": message("on last year"),
    "previous": message("on the period before"),
    "parent": message("on the region above"),
    "peers": message("on the peers"),
}
SAID: Final[dict[Comparison, str]] = {
    "last_year": message("on the same period last year"),
    "previous": message("on the period before"),
    "parent": message("on the level of the region above"),
    "peers": message("on the median of its peers"),
}


def beside(view: "View", metrics: Sequence[str], by: Sequence[str], region: "Region") -> list[Row]:
    """The figures of the region above or of the peers, for the groups that `by` makes of `region`; the city's: none."""
    view = view.among_all()
    level = next((name for name in by if name in LEVELS), None)
    others = tuple(name for name in by if name not in LEVELS)
    area = region if level else view.tree.above(region)
    if area is None:
        return []
    codes = None if level else {region.code}
    level = level or region.level
    sizes = _sizes(view, level, area)
    rows = view.ask(*metrics, by=(level, *others), region=area)
    if view.selection.compare == "parent":
        above = {_key(row, others): row for row in view.ask(*metrics, by=others, region=area)}
        made = [_of_parent(row, above.get(_key(row, others), {}), metrics, sizes) for row in rows]
    else:
        made = [_of_peers(row, [peer for peer in rows if _key(peer, others) == _key(row, others)], metrics, sizes)
                for row in rows]  # fmt: skip
    if codes is None:
        return made
    return [_without_region(row) for row in made if row["region_code"] in codes]


def _without_region(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in ("region_code", "region_name")}


def _sizes(view: "View", level: str, area: "Region") -> Sizes:
    rows = view.ask("labour_force", by=(level,), region=area)
    return {str(row["region_code"]): float(row["labour_force"]) for row in rows if row["labour_force"]}


def _of_parent(row: Row, above: Row, metrics: Sequence[str], sizes: Sizes) -> Row:
    """The row with each figure at the rate of the region above."""
    whole = sum(sizes.values())
    own = sizes.get(row["region_code"], 0.0)
    made: dict[str, Any] = dict(row)
    for name in metrics:
        value = above.get(name)
        if METRICS[name].kind != "ratio" and value is not None:
            value = float(value) * own / whole if own and whole else None
        made[name] = value
    return made


def _of_peers(row: Row, group: Sequence[Row], metrics: Sequence[str], sizes: Sizes) -> Row:
    """The row with each figure at the median of the other rows, per head of the labour force where it adds up."""
    own = sizes.get(row["region_code"], 0.0)
    made: dict[str, Any] = dict(row)
    for name in metrics:
        adds_up = METRICS[name].kind != "ratio"
        rates = [
            float(peer[name]) * (own / sizes[peer["region_code"]] if adds_up else 1)
            for peer in group
            if peer["region_code"] != row["region_code"]
            and peer[name] is not None
            and (not adds_up or peer["region_code"] in sizes)
        ]
        made[name] = median(rates) if rates and (own or not adds_up) else None
    return made


def _key(row: Row, others: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in others)
