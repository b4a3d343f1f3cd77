"""The folders of a city's deliveries: which rows go into which file, and when a file is closed."""

from pathlib import Path
from typing import Final

import numpy as np

from etl.contract import VOIDED
from etl.demo import regions
from etl.demo.calendar import Calendar
from etl.demo.dirt import faults_of
from etl.demo.frames import Frame, taken
from etl.demo.habits import Habit, habits_of
from etl.demo.values import texts
from etl.demo.versions import versions
from etl.demo.write import Sink, header, sink
from etl.tables import BY_NAME

_NOTE: Final = "交接说明：本文件夹为演示数据（虚构城市磁湖市），各表随附。\n"
_WITHDRAWALS: Final = Habit(encoding="utf-8-sig")


class Deliveries:
    """One folder per quarter under `directory`, named by its data date."""

    def __init__(self, directory: Path, calendar: Calendar, scale: float) -> None:
        self._calendar, self._scale = calendar, scale
        self.folders = folders(directory, calendar)
        for folder in self.folders:
            folder.mkdir(parents=True, exist_ok=True)
            for old in folder.iterdir():
                old.unlink()
        self._open: dict[tuple[int, str, int], Sink] = {}
        self._withdrawn: dict[int, list[str]] = {}
        (self.folders[0] / "交接说明.txt").write_text(_NOTE, encoding="utf-8")

    def put(self, table: str, rows: Frame, district: int = 0) -> None:
        """Add `rows`, which belong to `district`, to all deliveries that hold a version of them."""
        for number, version in versions(table, rows, self._calendar):
            self._sink(number, table, district).append(version)
            self._note_withdrawals(number, table, version)

    def close_district(self, district: int) -> None:
        """Close the files that `district` alone writes."""
        for place in [place for place in self._open if place[2] == district and self._of_districts(place[1])]:
            self._open.pop(place).close()

    def close(self) -> None:
        """Close every file, and write the withdrawals."""
        for place in list(self._open):
            self._open.pop(place).close()
        for number, numbers in sorted(self._withdrawn.items()):
            self._write_withdrawals(number, numbers)

    def _of_districts(self, table: str) -> bool:
        return len(habits_of(table, self._scale)) > 1

    def _sink(self, number: int, table: str, district: int) -> Sink:
        district = district if self._of_districts(table) else 0
        place = (number, table, district)
        if place not in self._open:
            habit = habits_of(table, self._scale)[district]
            path = self.folders[number] / _file_name(table, habit, district if self._of_districts(table) else None)
            self._open[place] = sink(path, BY_NAME[table], habit, faults_of(table, number, district))
        return self._open[place]

    def _note_withdrawals(self, number: int, table: str, version: Frame) -> None:
        void = version.get("_void")
        if table != "placements" or void is None or not void.any():
            return
        key = BY_NAME[table].column("placement_no")
        found = texts(table, key, taken(version, np.flatnonzero(void))["placement_no"], _WITHDRAWALS)
        self._withdrawn.setdefault(number + 1, []).extend(found)

    def _write_withdrawals(self, number: int, numbers: list[str]) -> None:
        # Only the key is given, as a clerk strikes out a line: the other columns are there and empty.
        table = BY_NAME["placements"]
        lines = [[*(header(column, _WITHDRAWALS) for column in table.columns), VOIDED.zh]]
        lines += [[each, *([""] * (len(table.columns) - 1)), "是"] for each in numbers]
        path = self.folders[number] / f"{table.zh}-撤销.csv"
        path.write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8-sig", newline="\n")


def folders(directory: Path, calendar: Calendar) -> list[Path]:
    """The folders of the deliveries under `directory`, in order, each named by its data date."""
    names = np.array(calendar.ends).astype("datetime64[D]").astype(str)
    return [directory / name for name in names.tolist()]


def _file_name(table: str, habit: Habit, district: int | None) -> str:
    name = BY_NAME[table].zh if habit.chinese else table
    if district is None:
        return f"{name}.{habit.form}"
    of = regions.districts()[district]
    return f"{name}-{of.name if habit.chinese else of.code // 10**6}.{habit.form}"
