"""The dirt of real exports: clerks' faults, rows that come late, rows entered twice and withdrawn."""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from etl.contract import Column, Kind
from etl.demo.calendar import NEVER, Calendar
from etl.demo.cases import EXTRA
from etl.demo.frames import Frame, joined, length, serials, taken
from etl.demo.plan import Part
from etl.demo.versions import first_known

_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_PER_PART: Final = 3
_PARTS: Final = 8
_TURNS: Final = 4
_EVERY: Final = 10
_CENTURY: Final = slice(6, 8)
# A cell that is wrong in one delivery and right in the next, by table.
SPOILT: Final = {
    "placements": ("monthly_wage", "两千五"),
    "posts": ("headcount", "若干"),
    "persons": ("birth_date", "1975.13.2"),
}
# Rows that are never put right: cells that replace those of a good row. A key is made new for each.
FAULTS: Final[dict[str, tuple[dict[str, str], ...]]] = {
    "persons": (
        {"id_number": "99010219800101"},
        {"category": ""},
        {"registered_on": "2025-02-30"},
        {"category": "待业青年"},
        {"closed_on": "2001-01-05", "close_reason": "其他"},
        {"community_code": "99010"},
        {"community_code": "990102001777"},
        {"id_number": "990102198001011230"},
    ),
    "placements": (
        {"registration_no": "DJ99999999999"},
        {"monthly_wage": "面议"},
        {"placed_on": "2027-03-05", "ended_on": "", "end_reason": ""},
        {"channel": "亲友介绍"},
    ),
    "posts": ({"headcount": "0", "closed_on": ""}, {"community_code": "990103000000", "closed_on": ""}),
    "trainings": ({"passed": "待定"}, {"finished_on": "2001-05-05"}),
    "visits": ({"visited_on": ""}, {"mode": "微信"}),
    "referrals": ({"outcome": "成功", "_again": "未成功"}, {"referred_on": "2026年13月1日"}),
    "loans": ({"amount": "-2"}, {"annual_rate": "五厘"}),
    "repayments": ({"kind": "reversal", "reverses": ""}, {"paid_on": "2029-01-01"}),
    "subsidies": ({"kind": "岗位补贴", "registration_no": ""}, {"amount": "0"}),
    "zero_households": ({"cleared_on": "20010101"},),
    "surveys": ({"satisfied": "999"},),
    "targets": ({"indicator": "居民幸福指数"},),
    "reports": ({"period": "2026Q5"},),
    "retirees": ({"managed": "-15"},),
    "assessments": ({"item": "veto", "remark": ""},),
}


@dataclass
class Faults:
    """The faults of one file; `numbers`: places in `FAULTS` of its table."""

    table: str
    delivery: int
    numbers: tuple[int, ...] = ()
    twice: bool = False
    _chosen: list[dict[str, str]] = field(default_factory=list)

    def spoil(self, columns: list[Column], values: list[list[Any]], rows: Frame) -> None:
        """Write nonsense into the cells of rows that are put right with the next delivery."""
        if self.table in SPOILT and "_spoilt" in rows:
            name, nonsense = SPOILT[self.table]
            place = [column.name for column in columns].index(name)
            for row in np.flatnonzero(rows["_spoilt"]).tolist():
                values[place][row] = nonsense

    def rows(self, columns: list[Column], lines: list[list[Any]]) -> list[list[Any]]:
        """Faulty rows made from good ones of `lines`, and (where `twice`) two good rows once more."""
        if not lines:
            return []
        found = [list(line) for line in lines[1:3]] if self.twice else []
        for number in self.numbers:
            fault = FAULTS[self.table][number]
            line = self._faulty(columns, lines[number % len(lines)], fault, number)
            found.append(line)
            if "_again" in fault:
                found.append(self._faulty(columns, line, {"outcome": fault["_again"]}, number))
        return found

    def _faulty(self, columns: list[Column], line: list[Any], fault: dict[str, str], number: int) -> list[Any]:
        made = list(line)
        for place, column in enumerate(columns):
            if column.key and column.kind is Kind.CODE:
                made[place] = f"{str(line[place])[:2]}8{self.delivery:02d}{number:08d}"
            if column.name in fault:
                made[place] = fault[column.name]
        return made


def full_width(columns: list[Column], lines: list[list[str]]) -> None:
    """Write the numbers of every tenth row in full-width digits."""
    numeric = [place for place, column in enumerate(columns) if column.kind in (Kind.MONEY, Kind.WHOLE)]
    for line in lines[::_EVERY]:
        for place in numeric:
            line[place] = line[place].translate(_FULL_WIDTH)


def old_numbers(columns: list[Column], lines: list[list[str]]) -> None:
    """Write the ID number of every fiftieth row in the 15 digits of the old cards, where it is of that century."""
    for place in [place for place, column in enumerate(columns) if column.kind is Kind.ID_NUMBER]:
        for line in lines[:: _EVERY * 5]:
            number = line[place]
            if number[_CENTURY] == "19":
                line[place] = number[: _CENTURY.start] + number[_CENTURY.stop : -1]


def faults_of(table: str, delivery: int, place: int) -> Faults:
    """The faults in the file of `table` that place number `place` (0: the city, or the first district) sends."""
    many = len(FAULTS.get(table, ()))
    # Each fault comes round once a year, from one district after the other.
    numbers = tuple(n for n in range(many) if (delivery + n) % _TURNS == 1 and place in (0, n % _TURNS))
    numbers = tuple(n for n in numbers if place == n % _TURNS or many <= _PER_PART)
    return Faults(table, delivery, numbers, twice=(delivery + len(table)) % 6 == _PER_PART)


def mark(part: Part, work: dict[str, Frame], calendar: Calendar) -> None:
    """Choose rows of `part` that come late, come spoilt, or were entered twice and are withdrawn."""
    if part.number >= _PARTS:
        return
    last = len(calendar.ends) - 1
    for table, frame in work.items():
        if table in SPOILT and length(frame):
            first = first_known(table, frame, calendar)
            early = np.flatnonzero((first >= 1) & (first < last) & ((first + part.number) % _TURNS == 0))
            frame["_spoilt"] = np.zeros(length(frame), dtype=bool)
            # One a delivery, so that no file has so many that it is refused.
            frame["_spoilt"][early[np.unique(first[early], return_index=True)[1]]] = True
    _hold_back(work, calendar)
    work["placements"] = _entered_twice(part, work["placements"], calendar)


def _hold_back(work: dict[str, Frame], calendar: Calendar) -> None:
    # The register's row comes a quarter after the placement that names it.
    persons, placements = work["persons"], work["placements"]
    first = first_known("persons", persons, calendar)
    placed = first_known("placements", placements, calendar)
    at_once = np.isin(persons["registration_no"], placements["registration_no"][placed < len(calendar.ends) - 1])
    at_once &= (first >= 1) & (persons["closed_on"] <= np.array([*calendar.ends, -1])[first])
    rows = np.flatnonzero(at_once & (first < len(calendar.ends) - 1) & ~persons["_spoilt"])
    persons["_late"] = np.zeros(length(persons), dtype=bool)
    persons["_late"][rows[:: max(len(rows) // _PER_PART, 1)][:_PER_PART]] = True


def _entered_twice(part: Part, placements: Frame, calendar: Calendar) -> Frame:
    first = first_known("placements", placements, calendar)
    rows = np.flatnonzero((first >= 1) & (first < len(calendar.ends) - 1) & ~placements["_spoilt"])
    copies = taken(placements, rows[:: max(len(rows) // _PER_PART, 1)][1 : _PER_PART + 1])
    copies["placement_no"] = serials(part.number, length(copies), begin=EXTRA + 1000)
    copies["_void"] = np.ones(length(copies), dtype=bool)
    # Nothing more is heard of them before they are struck out.
    copies["ended_on"], copies["end_reason"] = np.full(length(copies), NEVER), np.full(length(copies), -1)
    placements["_void"] = np.zeros(length(placements), dtype=bool)
    return joined([placements, copies])
