"""Any CSV of units × indicators can be ranked, and a bad one is refused with its line."""

import math
from pathlib import Path

import pytest

from dashboard.ranking.csv_table import TableError, read_csv_table
from dashboard.ranking.standard import Standard
from dashboard.ranking.table import Table
from tests.dashboard.ranking.tables import GOALPOSTS, flat, indicator

TWO = flat(indicator("a"), 'item = "hall"\nfull = 5\nweight = 1')


def read(folder: Path, text: str, standard: Standard = TWO) -> Table:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8-sig")
    return read_csv_table(path, standard)


def fault(folder: Path, text: str, standard: Standard = TWO) -> str:
    with pytest.raises(TableError) as caught:
        read(folder, text, standard)
    return str(caught.value).removeprefix(str(folder))


def test_the_first_column_is_the_unit_and_the_header_names_the_indicators(tmp_path: Path) -> None:
    found = read(tmp_path, 'place,hall,unused,a\n东社区,4,x,"1,000.5"\n\n西社区,,x,NA\n')
    assert found.units == found.names == ("东社区", "西社区")
    assert found.columns["metric", "a"][0] == 1000.5
    assert found.columns["item", "hall"][0] == 4
    assert all(math.isnan(column[1]) for column in found.columns.values())
    assert (found.labour_force, found.vetoes) == (None, {})


def test_labour_force_vetoes_and_names_count_where_the_file_has_them(tmp_path: Path) -> None:
    found = read(tmp_path, "code,region_name,labour_force,veto,a,hall\n1,东,300,,1,1\n2,西,,查实虚报,1,1\n")
    assert found.names == ("东", "西")
    assert found.labour_force is not None
    assert found.labour_force[0] == 300
    assert math.isnan(found.labour_force[1])
    assert found.vetoes == {"2": "查实虚报"}


def test_faults_name_file_and_line(tmp_path: Path) -> None:
    assert (
        fault(tmp_path, "u,a\nx,1\n") == "/table.csv:1: has no column 'hall', which the standard's leaf 'hall' measures"
    )
    assert fault(tmp_path, "u,a,hall\nx,1,1\ny,many,1\n") == "/table.csv:3: a must be a number, not 'many'"
    assert fault(tmp_path, "u,a,hall\nx,inf,1\n") == "/table.csv:2: a must be a number, not 'inf'"
    assert fault(tmp_path, "u,a,hall\nx,1\n") == "/table.csv:2: has 2 cells, the header has 3"
    assert fault(tmp_path, "u,a,hall\n,1,1\n") == "/table.csv:2: names no unit"
    assert fault(tmp_path, "u,a,hall\nx,1,1\nx,1,1\n") == "/table.csv:3: unit 'x' was already given on line 2"
    assert fault(tmp_path, "") == "/table.csv:1: a header with the unit and at least one indicator is needed"
    per_1000 = flat(indicator("a", keys=f"per_1000_labour_force = true\n{GOALPOSTS}"))
    assert fault(tmp_path, "u,a\nx,1\n", per_1000).endswith(
        "has no column 'labour_force', which the standard divides by"
    )


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot be read"):
        read_csv_table(tmp_path / "none.csv", TWO)
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TableError, match="cannot be read"):
        read_csv_table(tmp_path / "binary.csv", TWO)


def test_what_spreadsheets_write_for_numbers_is_read_as_it_is_meant(tmp_path: Path) -> None:
    found = read(tmp_path, 'u,a,hall\nx,45%,"12,345.5"\ny,30 ％,−3\nz,,1e3\n')
    assert list(found.columns["metric", "a"][:2]) == [45, 30]
    assert list(found.columns["item", "hall"]) == [12345.5, -3, 1000]


@pytest.mark.parametrize("cell", ['"1,5"', "1_000", "1e308", "%", "1 000"])
def test_what_could_mean_two_things_or_overflows_is_refused_with_its_line(tmp_path: Path, cell: str) -> None:
    said = cell.strip('"')
    assert fault(tmp_path, f"u,a,hall\nx,1,1\ny,{cell},1\n") == f"/table.csv:3: a must be a number, not {said!r}"


def test_two_columns_of_a_name_other_marks_and_shares_of_two_kinds_are_refused(tmp_path: Path) -> None:
    assert fault(tmp_path, "u,a,hall,a\nx,1,1,2\n").startswith("/table.csv:1: has several columns 'a'")
    assert fault(tmp_path, "u;a;hall\nx;1;1\n").endswith("needed; its cells are parted by commas")
    assert fault(tmp_path, "u,a,hall\nx,45%,1\ny,0.5,1\n").startswith("/table.csv:3: a has cells with and without %")


def test_a_file_of_a_chinese_spreadsheet_is_read_and_one_of_neither_code_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("单位,a,hall\n东社区,4,1\n".encode("gb18030"))
    assert read_csv_table(path, TWO).units == ("东社区",)
    path.write_bytes("u,a,hall\nx,1,1\n".encode("utf-16"))
    with pytest.raises(TableError, match="it is neither UTF-8 nor GB18030"):
        read_csv_table(path, TWO)
