"""The product's targets held against the second calculation's."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from .compare import same, shown
from .rows import Live
from .targets import judged, standing

FIGURES = ("value", "actual", "completion", "time_elapsed", "lead")


def target_differences(live: Live, year: int, as_of: date, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What differs between the targets that stand for `year`, as at `as_of`, in words."""
    given = {name_of(row): row for row in rows}
    for row in standing(live):
        name = name_of(row)
        if row["target_year"] != year:
            continue
        if name not in given:
            yield f"target {name} is not listed"
            continue
        theirs, ours = given.pop(name), judged(live, row, as_of) | {"value": row["value"]}
        for figure in FIGURES:
            if not same(ours[figure], theirs[figure]):
                yield f"target {name} {figure}: second calculation {shown(ours[figure])}, product {theirs[figure]}"
        if ours["state"] != theirs["state"]:
            yield f"target {name} state: second calculation {ours['state']}, product {theirs['state']}"
        if ours["needed_per_week"] is not None and not same(ours["needed_per_week"], theirs["needed_per_week"]):
            needed = shown(ours["needed_per_week"])
            yield f"target {name} needed: second calculation {needed}, product {theirs['needed_per_week']}"
        if int(row["revision"]) != theirs["revision"]:
            yield f"target {name} revision: second calculation {row['revision']}, product {theirs['revision']}"
    for name in given:
        yield f"target {name} is listed without standing"


def name_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (str(row["target_year"]), row["region_code"], row["indicator"], row["issuer"])
