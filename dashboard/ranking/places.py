"""Published scores and the places they give: half up, equal scores share a place, the next is skipped (1, 2, 2, 4)."""

from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dashboard.ranking.scale import Floats

Whole = NDArray[np.int64]

# A mean of exact tenths may come out as 62.00499999999999: within a billionth it is the 62.005 that rounds up.
_NEARLY: Final = 1e-9
# Above so many steps, and above so many for each unit, a table of all possible scores costs more than sorting.
_TABLE_LIMIT: Final = 2_000_000
_STEPS_A_UNIT: Final = 32


def steps(scores: Floats, decimals: int) -> Whole:
    """Scores as published, counted in units of the last decimal, half up: 62.005 with two decimals is 6201."""
    unit = 10.0**decimals
    return np.floor((scores + _NEARLY) * unit + 0.5).astype(np.int64)


def published(step: int, decimals: int) -> Decimal:
    """The score that `step` units of the last decimal are."""
    return Decimal(int(step)).scaleb(-decimals)


def places(row: Whole) -> Whole:
    """The place of each score of `row` (as `steps`), 1 being the best."""
    if not row.size:
        return row
    low = row.min()
    if row.max() - low <= min(_TABLE_LIMIT, _STEPS_A_UNIT * row.size):
        above = row - low
        at_most = np.cumsum(np.bincount(above))
        return np.asarray(row.size + 1 - at_most[above])
    return row.size - np.searchsorted(np.sort(row), row, side="right") + 1
