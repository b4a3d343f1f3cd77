"""XLSX workbooks: every visible sheet that holds the header."""

import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import duckdb
import python_calamine

from etl.contract import VOIDED, Kind, Table
from etl.read.archive import LARGEST, BulkyError, check_bulk
from etl.read.cell import plain_text, writer_of
from etl.read.header import Header, find_header, may_be_header, missing_columns
from etl.read.landing import Landing, Refused, Source
from etl.read.rows import Cells, Row, land_rows, landing_of
from etl.read.sheet_errors import error_cells
from etl.tables import BY_NAME

_Line = tuple[int, list[Any]]


def land_workbook(connection: duckdb.DuckDBPyConnection, source: Source, relation: str) -> list[Landing]:
    """Land each visible sheet of one workbook that holds the header; lines are the sheet's rows, the first being 1."""
    table = BY_NAME[source.table]
    landings: list[Landing] = []
    headless: list[Cells] = []
    for sheet in _visible_sheets(source):
        lines = _lines(source, sheet)
        header = _read_to_header(table, lines, headless)
        if header is not None:
            name = relation if not landings else f"{relation}_{len(landings) + 1}"
            landed = land_rows(connection, name, header, _rows(table, header, lines))
            landings.append(landing_of(source, name, header, landed, serials=True))
    if not landings:
        raise missing_columns(source.file, table, headless)
    return landings


def _visible_sheets(source: Source) -> Iterator[python_calamine.CalamineSheet]:
    if not _is_whole(source.path):
        raise _unreadable(source)
    try:
        check_bulk(source.path)
    except BulkyError as fault:
        size = f"{LARGEST / (1 << 30):g} GB"
        message = f"解压后超过 {size}，或含有不应有的文档类型声明；请拆成几个文件"
        english = f"Unpacked it takes more than {size}, or it declares a document type: split it into several files."
        raise Refused(source.file, source.table, "unreadable", (message, english)) from fault
    try:
        with python_calamine.CalamineWorkbook.from_path(str(source.path)) as workbook:
            for entry in workbook.sheets_metadata:
                visible = entry.visible is python_calamine.SheetVisibleEnum.Visible
                if visible and entry.typ is python_calamine.SheetTypeEnum.WorkSheet:
                    yield workbook.get_sheet_by_name(entry.name)
    except python_calamine.CalamineError as fault:
        raise _unreadable(source) from fault


def _is_whole(path: Path) -> bool:
    """Whether the archive's checksums are right: a damaged file must not be read in part."""
    try:
        with ZipFile(path) as archive:
            return archive.testzip() is None
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError, struct.error):
        return False


def _unreadable(source: Source) -> Refused:
    message = "不是可读的 XLSX 文件，或文件已损坏、加密"
    english = "This is no XLSX workbook, or it is damaged or encrypted."
    return Refused(source.file, source.table, "unreadable", (message, english))


def _lines(source: Source, sheet: python_calamine.CalamineSheet) -> Iterator[_Line]:
    errors = error_cells(source.path, sheet.name)
    rows_with_errors = {row for row, _ in errors}
    first = sheet.start[1] if sheet.start else 0
    for line, values in enumerate(sheet.iter_rows(), 1):
        if line in rows_with_errors:
            yield line, [errors.get((line, at), value) for at, value in enumerate(values, first)]
        else:
            yield line, values


def _read_to_header(table: Table, lines: Iterator[_Line], headless: list[Cells]) -> Header | None:
    """The first row that holds all required headers; `lines` stands behind it. Rows that come near go to `headless`."""
    for _, values in lines:
        cells = [plain_text(value) for value in values]
        if not may_be_header(table, cells):
            continue
        found = find_header(table, [cells])
        if found is not None:
            return found[1]
        headless.append(cells)
    return None


def _rows(table: Table, header: Header, lines: Iterator[_Line]) -> Iterator[Row]:
    writers = _writers(table, header)
    width = len(writers)
    for line, values in lines:
        cells = [write(value) for write, value in zip(writers, values, strict=False)]
        yield line, cells + [plain_text(value) for value in values[width:]]


def _writers(table: Table, header: Header) -> list[Callable[[Any], str | None]]:
    kinds: dict[str, Kind] = {column.name: column.kind for column in (*table.columns, VOIDED)}
    named = {position: name for name, position in header.positions.items()}
    return [writer_of(kinds[named[at]] if at in named else None) for at in range(header.width)]
