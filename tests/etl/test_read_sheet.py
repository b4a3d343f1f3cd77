"""XLSX workbooks as offices keep them: title rows, merged cells, several sheets, dates and codes as numbers."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import openpyxl
import pytest
import xlsxwriter

from etl.read import Landing, Refused, find_files, land

HEADER = ["登记号", "身份证号", "姓名", "社区代码", "人员类别", "登记日期", "就业愿望"]
FIRST = ["R1", "420202196501011234", "张三", 420202001001.0, "下岗职工", date(2005, 3, 1), "家政"]
SECOND = [
    "R2",
    "420202197001011234",
    "李四",
    420202001002,
    "失业人员",
    datetime.fromisoformat("2005-03-02T08:30"),
    None,
]


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@pytest.fixture
def workbook() -> openpyxl.Workbook:
    return openpyxl.Workbook()


def filled(workbook: openpyxl.Workbook, title: str, *rows: Sequence[Any]) -> Any:
    sheet = workbook.create_sheet(title)
    for row in rows:
        sheet.append(row)
    return sheet


def landed(connection: duckdb.DuckDBPyConnection, workbook: openpyxl.Workbook, folder: Path) -> list[Landing]:
    workbook.save(folder / "persons-xialu.xlsx")
    sources, _ = find_files(folder)
    return land(connection, sources[0], 4)


def cells(connection: duckdb.DuckDBPyConnection, landing: Landing, *names: str) -> list[tuple[object, ...]]:
    return connection.execute(f"SELECT _line, {', '.join(names)} FROM {landing.relation} ORDER BY _line").fetchall()


def test_lines_are_the_sheets_rows_and_title_rows_are_skipped(
    connection: duckdb.DuckDBPyConnection, workbook: openpyxl.Workbook, tmp_path: Path
) -> None:
    sheet = filled(
        workbook, "台账", ["下陆区下岗失业人员登记"], [], ["登记号", None, "填表人"], HEADER, FIRST, [], SECOND
    )
    sheet.merge_cells("A1:G1")
    [landing] = landed(connection, workbook, tmp_path)
    assert cells(connection, landing, "registration_no", "name") == [(5, "R1", "张三"), (7, "R2", "李四")]
    assert landing.serials


def test_lines_are_the_sheets_rows_where_the_sheet_begins_lower_and_further_right(
    connection: duckdb.DuckDBPyConnection, workbook: openpyxl.Workbook, tmp_path: Path
) -> None:
    indented = [[None, None, *row] for row in (HEADER, FIRST, SECOND)]
    filled(workbook, "台账", [], [], *indented)
    [landing] = landed(connection, workbook, tmp_path)
    assert cells(connection, landing, "registration_no", "job_wish") == [(4, "R1", "家政"), (5, "R2", None)]


def test_numbers_dates_and_booleans_become_plain_text(
    connection: duckdb.DuckDBPyConnection, workbook: openpyxl.Workbook, tmp_path: Path
) -> None:
    third = ["R3", 42020219700101123, 0.00001, 1e15, True, 38412, 5.31]
    filled(workbook, "台账", HEADER, FIRST, SECOND, third)
    [landing] = landed(connection, workbook, tmp_path)
    assert cells(connection, landing, "community_code", "registered_on") == [
        (2, "420202001001", "2005-03-01"),
        (3, "420202001002", "2005-03-02"),
        (4, "1000000000000000", "38412"),
    ]
    [_, _, typed] = cells(connection, landing, "name", "category", "job_wish")
    assert typed == (4, "0.00001", "true", "5.31")


def test_an_error_cell_keeps_its_text(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "persons.xlsx") as workbook:
        for title in ("说明 & 目录", "台账 & 表"):
            sheet = workbook.add_worksheet(title)
            sheet.write_row("A1", HEADER)
            sheet.write_row("A2", ["R1", "420202196501011234", "张三", "420202001001", "下岗职工", "2005-03-01"])
            sheet.write_formula("G2", "=1/0", None, "#DIV/0!")
    sources, _ = find_files(tmp_path)
    for landing in land(connection, sources[0], 1):
        assert cells(connection, landing, "job_wish") == [(2, "#DIV/0!")]


def test_all_visible_sheets_that_hold_the_header_are_read(
    connection: duckdb.DuckDBPyConnection, workbook: openpyxl.Workbook, tmp_path: Path
) -> None:
    filled(workbook, "说明", ["填表说明"], ["登记号", "每人一号"])
    filled(workbook, "一季度", HEADER, FIRST)
    filled(workbook, "隐藏", HEADER, FIRST).sheet_state = "hidden"
    filled(workbook, "深藏", HEADER, FIRST).sheet_state = "veryHidden"
    workbook.create_chartsheet("图")
    filled(workbook, "二季度", ["二季度"], [*reversed(HEADER), "备注"], list(reversed(SECOND)))
    first, second = landed(connection, workbook, tmp_path)
    assert (first.file, second.file) == ("persons-xialu.xlsx", "persons-xialu.xlsx")
    assert cells(connection, first, "registration_no") == [(2, "R1")]
    assert cells(connection, second, "registration_no") == [(3, "R2")]
    assert (first.unknown, second.unknown) == ((), ("备注",))
    assert first.relation != second.relation


def test_wholly_empty_rows_are_no_rows_and_surplus_cells_are_marked(
    connection: duckdb.DuckDBPyConnection, workbook: openpyxl.Workbook, tmp_path: Path
) -> None:
    filled(workbook, "台账", HEADER, [*FIRST, None, "多出"], [" ", None, "　"], SECOND)
    [landing] = landed(connection, workbook, tmp_path)
    assert cells(connection, landing, "registration_no", "_extra") == [(2, "R1", True), (4, "R2", False)]


def test_a_sheet_with_only_the_header_has_no_rows(
    connection: duckdb.DuckDBPyConnection, workbook: openpyxl.Workbook, tmp_path: Path
) -> None:
    filled(workbook, "台账", HEADER)
    [landing] = landed(connection, workbook, tmp_path)
    assert landing.rows == 0


def test_a_workbook_without_the_header_lacks_columns(
    connection: duckdb.DuckDBPyConnection, workbook: openpyxl.Workbook, tmp_path: Path
) -> None:
    filled(workbook, "台账", ["台账"], HEADER[:4], FIRST[:4])
    with pytest.raises(Refused) as refused:
        landed(connection, workbook, tmp_path)
    assert refused.value.reason == "missing_column"
    assert refused.value.columns == ("category", "registered_on")


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 torn"])
def test_a_damaged_workbook_is_unreadable(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "persons.xlsx").write_bytes(content)
    sources, _ = find_files(tmp_path)
    with pytest.raises(Refused) as refused:
        land(connection, sources[0], 1)
    assert refused.value.reason == "unreadable"


def outcome(connection: duckdb.DuckDBPyConnection, folder: Path, n: int) -> object:
    sources, _ = find_files(folder)
    try:
        return [cells(connection, landing, "*") for landing in land(connection, sources[0], n)]
    except Refused as refused:
        return refused.reason


def test_a_damaged_byte_makes_a_workbook_unreadable_or_changes_nothing(
    connection: duckdb.DuckDBPyConnection, workbook: openpyxl.Workbook, tmp_path: Path
) -> None:
    filled(workbook, "台账", HEADER, FIRST, SECOND)
    workbook.save(tmp_path / "persons.xlsx")
    whole = (tmp_path / "persons.xlsx").read_bytes()
    undamaged = outcome(connection, tmp_path, 0)
    outcomes = []
    for place in range(40, len(whole), len(whole) // 60):
        (tmp_path / "persons.xlsx").write_bytes(whole[:place] + b"\xff\x00\xff" + whole[place + 3 :])
        outcomes.append(outcome(connection, tmp_path, place))
    assert outcomes.count("unreadable") > 20
    assert all(found in ("unreadable", undamaged) for found in outcomes)


def test_a_workbook_that_is_refused_at_its_second_sheet_leaves_nothing_of_the_first(
    connection: duckdb.DuckDBPyConnection, workbook: openpyxl.Workbook, tmp_path: Path
) -> None:
    workbook.remove(workbook.active)
    filled(workbook, "一月", HEADER, FIRST)
    filled(workbook, "二月", HEADER, SECOND)
    workbook.save(tmp_path / "whole.xlsx")
    with ZipFile(tmp_path / "whole.xlsx") as whole, ZipFile(tmp_path / "persons.xlsx", "w") as torn:
        for name in whole.namelist():
            part = whole.read(name)
            torn.writestr(name, part[: len(part) // 2] if name.endswith("sheet2.xml") else part)
    (tmp_path / "whole.xlsx").unlink()
    assert outcome(connection, tmp_path, 1) == "unreadable"
    assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == []
