"""A figure worked out from every single row behind it."""

from collections.abc import Sequence
from statistics import median
from typing import Any

import pytest

from dashboard.semantics.rows import Behind, Listing, SourceRow
from dashboard.semantics.summing import ALIKE, MEDIAN


def total(part: Listing, rows: Sequence[SourceRow]) -> Any:
    how = part.part.measures[0].aggregate
    amounts = [row.amount for row in rows]
    if not amounts:
        return None
    if how is ALIKE:
        return amounts[0] if len(set(amounts)) == 1 else None
    return median(amounts) if how is MEDIAN else sum(amounts)


def figure_of_rows(behind: Behind) -> Any:
    """The figure, from every single row; the rows are as many as the parts say."""
    listed = {part.name: (part, behind.rows(part.part)) for part in behind.parts}
    assert {name: len(rows) for name, (_, rows) in listed.items()} == {part.name: part.number for part in behind.parts}
    return behind.metric.made({name: total(part, rows) for name, (part, rows) in listed.items()})


def is_same(made: Any, figure: Any) -> bool:
    """Amounts to the cent, ratios as floating numbers are."""
    return made == figure or bool(float(made) == pytest.approx(float(figure), rel=1e-12))
