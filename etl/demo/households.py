"""Zero-employment households: found at registration, cleared by a placement, mostly within twenty days."""

from typing import Final

import numpy as np

from etl.demo.calendar import NEVER
from etl.demo.frames import Frame, happens, length
from etl.demo.people import PLACED
from etl.demo.plan import Part, Plan, credited

_SHARE: Final = 0.03
_WITHIN: Final = 19


def identify(plan: Plan, part: Part, spells: Frame) -> Frame:
    """Rows of `zero_households`; marks their spells (`_zero`) and lets them end with the placement that cleared it."""
    rng = plan.rng(9, part.number)
    size = length(spells)
    alone = _only_one(spells)
    found = alone & (rng.random(size) < _SHARE) & (spells["_registered"] >= plan.calendar.start)
    identified = spells["_registered"] + rng.integers(1, 25, size)
    found &= identified <= plan.calendar.end
    quality = plan.quality_at(spells["_community"], identified)
    in_time = rng.random(size) < np.clip(0.93 + 0.05 * quality, 0.6, 0.99)
    days = np.where(in_time, rng.integers(2, _WITHIN, size), rng.integers(22, 75, size))
    never = ~in_time & happens(rng, 0.12, size)
    cleared = np.where(never, NEVER, identified + days)
    cleared = np.where(cleared > plan.calendar.end, NEVER, cleared)
    spells["_zero"] = found
    spells["_closed"] = np.where(found, cleared, spells["_closed"])
    spells["_reason"] = np.where(found, np.where(cleared == NEVER, -1, PLACED), spells["_reason"])
    rows = np.flatnonzero(found)
    return {
        "household_no": spells["_household"][rows],
        "identified_on": identified[rows],
        "community_code": credited(spells["_community"][rows], identified[rows], rng),
        "cleared_on": cleared[rows],
        "_community": spells["_community"][rows],
    }


def _only_one(spells: Frame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    _, where, count = np.unique(spells["_household"], return_inverse=True, return_counts=True)
    return np.asarray(count[where] == 1)
