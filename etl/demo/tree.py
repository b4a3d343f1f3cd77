"""Rows of `regions`: the tree of the first day, and what the reform of 2025 changed in it."""

from datetime import date
from typing import Final

import numpy as np

from etl.demo import regions
from etl.demo.calendar import NEVER, Days, day
from etl.demo.frames import Frame, joined, taken
from etl.demo.goals import CITY
from etl.demo.plan import Plan
from etl.demo.regions import Region

_LEVELS: Final = ("city", "district", "street", "community")
_RESIDENTS_PER_HOUSEHOLD: Final = 3
_FOUNDED: Final = day(date(2003, 3, 1))


def region_rows(plan: Plan) -> list[Frame]:
    """The tree as first delivered, and its rows as changed by the reform (one frame where one delivery knows both)."""
    force, households = plan.labour_force(), plan.households
    before = _frame([CITY, *regions.districts(), *regions.streets(), *regions.communities()], households, force)
    before["_known_on"] = np.full(len(before["level"]), plan.calendar.start)
    after = _reformed(households, force)
    reform = day(regions.REFORM_ON)
    if plan.calendar.delivery_of(np.array([reform]))[0] > 0:
        return [before, after]
    unchanged = ~np.isin(before["region_code"], after["region_code"])
    return [joined([taken(before, np.flatnonzero(unchanged)), after])]


def _reformed(households: Days, force: Days) -> Frame:
    moved = [np.append(values, 0) for values in (households, force)]
    for values in moved:
        values[regions.SUCCESSOR] += values[regions.MERGED]
        values[-1] = int(values[regions.SPLIT_FROM] * regions.TO_NEW)
        values[regions.SPLIT_FROM] -= values[-1]
    communities = regions.communities()
    changed = [communities[n] for n in (regions.MERGED, regions.SUCCESSOR, regions.SPLIT_FROM)]
    frame = _frame([*changed, regions.new_community()], moved[0], moved[1])
    reform = day(regions.REFORM_ON)
    frame["_known_on"] = np.full(len(changed) + 1, reform)
    frame["valid_to"][0] = reform
    frame["successor_code"][0] = communities[regions.SUCCESSOR].code
    frame["valid_from"][-1] = reform
    return frame


def _frame(rows: list[Region], households: Days, force: Days) -> Frame:
    inside = [[row.number] if row.level == "community" else list(regions.members(row)) for row in rows]
    of_households = np.array([int(households[members].sum()) for members in inside])
    return {
        "region_code": np.array([row.code for row in rows]),
        "region_name": np.array([row.name for row in rows], dtype=object),
        "level": np.array([_LEVELS.index(row.level) for row in rows]),
        "parent_code": np.array([row.parent or -1 for row in rows]),
        "households": of_households,
        "residents": of_households * _RESIDENTS_PER_HOUSEHOLD,
        "labour_force": np.array([int(force[members].sum()) for members in inside]),
        "valid_from": np.full(len(rows), _FOUNDED),
        "valid_to": np.full(len(rows), NEVER),
        "successor_code": np.full(len(rows), -1),
    }
