"""What a delivery knows: rows that are new or changed since the one before, as they were on its data date."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.demo.calendar import NEVER, Calendar, Days
from etl.demo.frames import Frame, length, taken

# The day from which a row is known, by table (`_known_on`: set by those who make the rows).
_FIRST: Final = {
    "persons": "registered_on",
    "zero_households": "identified_on",
    "posts": "developed_on",
    "referrals": "referred_on",
    "fairs": "held_on",
    "placements": "placed_on",
    "trainings": "started_on",
    "visits": "visited_on",
    "loans": "applied_on",
    "instalments": "_known_on",
    "repayments": "paid_on",
    "fund_entries": "entry_on",
    "subsidies": "paid_on",
    "targets": "signed_on",
    "reports": "due_on",
    "entities": "founded_on",
}
# What happens to a row later: the day's column, and the columns that come with it.
_LATER: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "persons": {"certificate_on": ("certificate_no",), "closed_on": ("close_reason",)},
    "zero_households": {"cleared_on": ()},
    "posts": {"closed_on": ()},
    "referrals": {"_outcome_on": ()},
    "placements": {"ended_on": ("end_reason",)},
    "trainings": {"finished_on": ("passed",)},
    "loans": {
        "community_on": (),
        "street_on": (),
        "district_on": (),
        "decided_on": ("decision",),
        "disbursed_on": ("jobs_created",),
        "written_off_on": (),
    },
    "reports": {"submitted_on": ("returned_times",)},
    "entities": {"closed_on": ()},
    "regions": {"valid_to": ("successor_code",)},
}
_PENDING: Final = 2


def first_known(table: str, frame: Frame, calendar: Calendar) -> Days:
    """Number of the delivery that first holds each row; a row that comes late is a delivery behind."""
    first = calendar.delivery_of(frame[_FIRST.get(table, "_known_on")])
    late = frame.get("_late")
    return first if late is None else np.where(late, np.minimum(first + 1, len(calendar.ends) - 1), first)


def versions(table: str, frame: Frame, calendar: Calendar) -> Iterator[tuple[int, Frame]]:
    """For each delivery that holds any: its rows of `frame`, without what lies after its data date."""
    if not length(frame):
        return
    first = first_known(table, frame, calendar)
    changes = [calendar.delivery_of(frame[column]) for column in _LATER.get(table, {}) if column in frame]
    # A row that was spoilt in a delivery comes again, put right, in the next.
    spoilt = frame.get("_spoilt", np.zeros(length(frame), dtype=bool))
    changes.append(np.where(spoilt, first + 1, -1))
    for number, end in enumerate(calendar.ends):
        known = first == number
        for change in changes:
            known = known | ((change == number) & (first < number))
        if known.any():
            rows = taken(frame, np.flatnonzero(known))
            rows["_spoilt"] = (spoilt & (first == number))[known]
            yield number, as_of(table, rows, end)


def as_of(table: str, rows: Frame, end: int) -> Frame:
    """`rows` as they were on the day `end`: later dates, and what comes with them, are missing."""
    for column, companions in _LATER.get(table, {}).items():
        if column not in rows:
            continue
        unseen = rows[column] > end
        rows[column] = np.where(unseen, NEVER, rows[column])
        for name in companions:
            rows[name] = np.where(unseen, -1, rows[name])
    if table == "referrals":
        rows["outcome"] = np.where(rows["_outcome_on"] > end, _PENDING, rows["outcome"])
    if table == "persons":
        rows["updated_on"] = _updated(rows)
    return rows


def _updated(rows: Frame) -> NDArray[np.int64]:
    seen = [np.where(rows[name] == NEVER, 0, rows[name]) for name in ("registered_on", "certificate_on", "closed_on")]
    newest: NDArray[np.int64] = np.max(np.stack(seen), axis=0)
    return newest
