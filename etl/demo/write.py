"""Files of the deliveries, written as rows come: text, spreadsheets, Parquet. The same rows give the same bytes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from etl.contract import Column, Kind, Table
from etl.demo.dirt import Faults, full_width, old_numbers
from etl.demo.frames import Frame
from etl.demo.habits import Habit
from etl.demo.values import arrow, cells, texts

_EPOCH: Final = date(1970, 1, 1)
# Spreadsheets bear the time of their making: always this one.
_MADE_AT: Final = datetime(2026, 9, 30, tzinfo=UTC).replace(tzinfo=None)
_SUMMED: Final = (Kind.MONEY, Kind.WHOLE)
_NOT_SUMMED: Final = frozenset({"year", "budget_year", "target_year", "instalment_no", "revision", "term_months"})


class Sink(Protocol):
    """A file that takes rows until it is closed."""

    def append(self, rows: Frame) -> None:
        """Write `rows` below those before them."""

    def close(self) -> None:
        """Write what comes last, and close the file."""


def header(column: Column, habit: Habit) -> str:
    """The column's header as `habit` writes it, with the unit of money."""
    name = column.zh if habit.chinese else column.name
    bracket = "（{}）" if habit.form == "xlsx" else "({})"
    return name + bracket.format(habit.unit) if habit.unit and column.kind is Kind.MONEY else name


def columns_of(table: Table, rows: Frame) -> list[Column]:
    """The contract's columns that `rows` has, in the contract's order."""
    return [column for column in table.columns if column.name in rows]


class TextFile:
    """A CSV or TSV file."""

    def __init__(self, path: Path, table: Table, habit: Habit, faults: Faults) -> None:
        self._path, self._table, self._habit, self._faults = path, table, habit, faults
        self._columns: list[Column] = []

    def append(self, rows: Frame) -> None:
        """Write `rows`, after the header if they are the first, with the faults that clerks make."""
        first = not self._columns
        self._columns = self._columns or columns_of(self._table, rows)
        columns = [texts(self._table.name, column, rows[column.name], self._habit) for column in self._columns]
        self._faults.spoil(self._columns, columns, rows)
        lines = [list(line) for line in zip(*columns, strict=True)]
        if first:
            lines += self._faults.rows(self._columns, lines)
            if self._habit.quirks:
                full_width(self._columns, lines)
                old_numbers(self._columns, lines)
            heads = [header(column, self._habit) for column in self._columns]
            lines.insert(0, heads)
        self._write(lines, is_first=first)

    def close(self) -> None:
        """Write the row of totals, where the office writes one."""
        if self._habit.totals and self._columns:
            line = ["" for _ in self._columns]
            line[[column.key for column in self._columns].index(True)] = self._habit.totals
            self._write([line], is_first=False)

    def _write(self, lines: list[list[str]], *, is_first: bool) -> None:
        extra = [self._habit.unknown_column if is_first else "", *[""] * (len(lines) - 1)]
        if self._habit.unknown_column:
            lines = [[*line, cell] for line, cell in zip(lines, extra, strict=True)]
        if self._habit.thousands and self._habit.delimiter == ",":
            lines = [[f'"{cell}"' if "," in cell else cell for cell in line] for line in lines]
        text = "".join(self._habit.delimiter.join(line) + self._habit.newline for line in lines)
        # The mark of order is written once, whatever the number of pieces.
        encoding = self._habit.encoding if is_first else self._habit.encoding.removesuffix("-sig")
        with self._path.open("ab") as file:
            file.write(text.encode(encoding))


class SheetFile:
    """An XLSX workbook with title lines above the header and totals below the rows."""

    def __init__(self, path: Path, table: Table, habit: Habit, faults: Faults) -> None:
        self._table, self._habit, self._faults = table, habit, faults
        # Rows go to the disk as they come: memory does not grow with the sheet.
        self._book: Any = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": path.parent})
        self._book.set_properties({"created": _MADE_AT, "author": ""})
        self._sheet: Any = self._book.add_worksheet(table.zh)
        self._day: Any = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._columns: list[Column] = []
        self._sums: dict[int, float] = {}
        self._row = 0

    def append(self, rows: Frame) -> None:
        """Write `rows`, after title and header if they are the first."""
        first = not self._columns
        self._columns = self._columns or columns_of(self._table, rows)
        if first:
            self._begin()
        columns = [cells(self._table.name, column, rows[column.name], self._habit) for column in self._columns]
        self._faults.spoil(self._columns, columns, rows)
        lines = [list(line) for line in zip(*columns, strict=True)]
        for line in [*lines, *(self._faults.rows(self._columns, lines) if first else [])]:
            self._put(line)

    def _begin(self) -> None:
        if self._habit.titled:
            self._sheet.write_string(0, 0, f"磁湖市{self._table.zh}表")
            self._sheet.write_string(1, 0, "填报单位：磁湖市劳动和社会保障局")
            self._row = 2
        for place, column in enumerate(self._columns):
            self._sheet.write_string(self._row, place, header(column, self._habit))
        self._row += 1

    def _put(self, line: list[Any]) -> None:
        for place, (column, cell) in enumerate(zip(self._columns, line, strict=True)):
            if cell is None:
                continue
            if isinstance(cell, str):
                self._sheet.write_string(self._row, place, cell)
            elif column.kind is Kind.DATE:
                self._sheet.write_datetime(self._row, place, _EPOCH + timedelta(cell), self._day)
            else:
                self._sheet.write_number(self._row, place, cell)
                self._sums[place] = self._sums.get(place, 0) + cell
        self._row += 1

    def close(self) -> None:
        """Write the row of totals, and the workbook."""
        if self._habit.totals and self._columns:
            key = [column.key for column in self._columns].index(True)
            self._sheet.write_string(self._row, key, self._habit.totals)
            for place, total in sorted(self._sums.items()):
                column = self._columns[place]
                if column.kind in _SUMMED and column.name not in _NOT_SUMMED:
                    self._sheet.write_number(self._row, place, round(total, 6))
        self._book.close()


class ParquetFile:
    """A Parquet file, as a database exports it."""

    def __init__(self, path: Path, table: Table, habit: Habit) -> None:
        self._path, self._table, self._habit = path, table, habit
        self._writer: Any = None

    def append(self, rows: Frame) -> None:
        """Write `rows` as a row group."""
        columns = columns_of(self._table, rows)
        arrays = [arrow(self._table.name, column, rows[column.name], self._habit) for column in columns]
        batch = pa.table(dict(zip([header(column, self._habit) for column in columns], arrays, strict=True)))
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, batch.schema, compression="zstd")
        self._writer.write_table(batch)

    def close(self) -> None:
        """Write the file's end."""
        if self._writer is not None:
            self._writer.close()


def sink(path: Path, table: Table, habit: Habit, faults: Faults) -> Sink:
    """A new file of `table` at `path` in the form that `habit` names."""
    if habit.form == "xlsx":
        return SheetFile(path, table, habit, faults)
    if habit.form == "parquet":
        return ParquetFile(path, table, habit)
    return TextFile(path, table, habit, faults)
