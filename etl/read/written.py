"""Delimited text read row by row: the opening of every file, and the whole of a file that is oddly written."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from etl.read.header import Header, find_header, missing_columns
from etl.read.landing import Refused, Source
from etl.read.rows import Cells, Row
from etl.tables import BY_NAME

_DELIMITERS = (",", "\t", ";")
_OPENING_LINES = 50
_LONGEST_LINE = 1 << 20


@dataclass(frozen=True)
class Layout:
    """How a file is laid out; the header's last physical line is number `skipped`."""

    delimiter: str
    skipped: int
    header: Header


class _Lines:
    """The physical lines of a file, each ending in one line feed; `count` of them given so far, `row` since `begin`."""

    def __init__(self, file: TextIO, skipped: int = 0) -> None:
        self._file = file
        self.count, self.row = 0, list[str]()
        for _ in range(skipped):
            next(self)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        self.count += 1
        # Exports that add a carriage return to one that is there already are common; a lone one is no line end.
        self.row.append(line.rstrip("\r\n").replace("\r", " ") + "\n")
        return self.row[-1]

    def begin(self) -> int:
        """Forget the last row's lines; the number of the line that comes next."""
        self.row.clear()
        return self.count + 1


def find_layout(source: Source, path: Path) -> Layout:
    """Delimiter and header of the UTF-8 file `path`: the first row that holds all required headers."""
    table = BY_NAME[source.table]
    seen: list[Cells] = []
    for delimiter in _DELIMITERS:
        rows = list(_opening(path, delimiter))
        found = find_header(table, [cells for _, cells in rows])
        if found is not None:
            return Layout(delimiter, rows[found[0]][0], found[1])
        seen += [cells for _, cells in rows]
    raise missing_columns(source.file, table, seen)


def written_rows(source: Source, path: Path, layout: Layout) -> Iterator[Row]:
    """The rows below the header, each with the line on which it begins; Refused where quotes hide where rows end."""
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        lines = _Lines(file, layout.skipped)
        reader = csv.reader(lines, delimiter=layout.delimiter)
        while True:
            line = lines.begin()
            try:
                cells = next(reader, None)
                if cells is None:
                    return
                if len(lines.row) > 1 or "".join(cells[-1:]).endswith("\n"):
                    # A stray quote may have swallowed rows: a cell of several lines must be quoted by the book.
                    next(csv.reader(list(lines.row), delimiter=layout.delimiter, strict=True))
            except csv.Error as fault:
                message = f"第 {line} 行起的引号不成对，无法分清各行"
                english = f"From line {line} on a quotation mark lacks its partner: the rows cannot be told apart."
                raise Refused(source.file, source.table, "unreadable", (message, english)) from fault
            yield line, cells


def _opening(path: Path, delimiter: str) -> Iterator[Row]:
    """The first rows, each with its last physical line."""
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=delimiter)
        while lines.count < _OPENING_LINES:
            try:
                cells = next(reader, None)
            except csv.Error:
                return
            if cells is None:
                return
            yield lines.count, cells
