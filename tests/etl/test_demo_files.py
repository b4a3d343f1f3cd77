"""What the deliveries of the demonstration city look like: the same bytes for a seed, with the dirt of real exports."""

import hashlib
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from etl.commands.demo import demo
from etl.demo.calendar import NEVER, quarterly
from etl.demo.city import write_city
from etl.demo.dirt import Faults
from etl.demo.habits import HABITS, habits_of
from etl.demo.versions import versions
from etl.tables import BY_NAME


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deliveries of a small city over two years."""
    directory = tmp_path_factory.mktemp("city")
    write_city(directory, persons=900, years=2, seed=5)
    return directory


def sha256(directory: Path) -> dict[str, str]:
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    return {str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def text(path: Path, encoding: str) -> list[str]:
    return path.read_bytes().decode(encoding).splitlines()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 3), ("same", 3), ("other", 4)):
        write_city(tmp_path / name, persons=300, years=1, seed=seed)
    assert sha256(tmp_path / "one") == sha256(tmp_path / "same")
    assert sha256(tmp_path / "one") != sha256(tmp_path / "other")


def test_writing_again_leaves_nothing_of_an_earlier_city(tmp_path: Path) -> None:
    write_city(tmp_path, persons=300, years=1, seed=3)
    (tmp_path / "2026-09-30" / "persons-old.csv").write_text("registration_no\n")
    before = sha256(tmp_path)
    write_city(tmp_path, persons=300, years=1, seed=3)
    assert sorted(sha256(tmp_path)) == sorted(name for name in before if not name.endswith("persons-old.csv"))


def test_folders_are_named_by_the_quarters_last_days(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir())
    assert names[0] == "2024-12-31"
    assert names[-1] == "2026-09-30"
    assert len(names) == 8


def test_the_first_delivery_is_full_and_later_ones_hold_what_changed(folder: Path) -> None:
    rows = [len(text(path / "persons-990103.csv", "utf-8")) for path in sorted(folder.iterdir())]
    assert rows[0] > 2 * max(rows[1:])


def test_offices_write_as_they_are_used_to(folder: Path) -> None:
    first = folder / "2024-12-31"
    assert text(first / "下岗失业人员登记-磁山区.csv", "gb18030")[0].startswith("登记号,身份证号,姓名")
    assert text(first / "persons-990103.csv", "utf-8")[0].startswith("registration_no,id_number,name")
    assert "\t" in text(first / "下岗失业人员登记-云泽区.tsv", "utf-8")[0]
    assert "贷款金额(万元)" in text(first / "小额担保贷款.csv", "gb18030")[0]
    assert (first / "职业介绍.csv").read_bytes().startswith("\ufeff".encode())
    assert text(first / "就业安置-铜岭区.csv", "utf-8-sig")[-1].startswith("合 计")
    assert pq.read_table(first / "instalments.parquet").column_names[:2] == ["loan_no", "instalment_no"]


def test_a_sheet_has_a_title_above_its_header_and_totals_below_its_rows(folder: Path) -> None:
    book = load_workbook(folder / "2024-12-31" / "补贴预算.xlsx", read_only=True)
    lines = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert lines[0][0] == "磁湖市补贴预算表"
    assert lines[2][:3] == ["预算年度", "区县代码", "补贴类别"]
    assert lines[2][5] == "金额（万元）"
    assert lines[-1][0] == "合计"
    assert lines[-1][5] == pytest.approx(sum(float(str(line[5])) for line in lines[3:-1]))
    book.close()


def test_numbers_bear_thousands_separators_and_now_and_then_full_width_digits(folder: Path) -> None:
    lines = "\n".join(text(folder / "2024-12-31" / "就业安置-磁山区.csv", "gb18030"))
    assert '"2,' in lines
    assert "０" in lines


def test_some_id_numbers_are_still_those_of_the_old_cards(folder: Path) -> None:
    lines = text(folder / "2024-12-31" / "下岗失业人员登记-磁山区.csv", "gb18030")[1:]
    lengths = {len(line.split(",")[1]) for line in lines}
    assert {15, 18} <= lengths


def test_a_withdrawn_row_was_delivered_the_quarter_before(folder: Path) -> None:
    withdrawals = sorted(folder.glob("*/就业安置-撤销.csv"))
    assert withdrawals
    for path in withdrawals:
        head, *lines = [line.split(",") for line in text(path, "utf-8-sig")]
        assert head[-1] == "撤销"
        before = sorted(folder.iterdir())[sorted(folder.iterdir()).index(path.parent) - 1]
        delivered = b"".join(each.read_bytes() for each in before.glob("*") if each.suffix == ".csv")
        sheets = [load_workbook(each).worksheets[0] for each in before.glob("就业安置*.xlsx")]
        keys = {row[0] for sheet in sheets for row in sheet.iter_rows(values_only=True)}
        for line in lines:
            assert line[-1] == "是"
            assert line[0].encode() in delivered or line[0] in keys


def test_a_note_beside_the_tables_belongs_to_none(folder: Path) -> None:
    note = folder / "2024-12-31" / "交接说明.txt"
    assert "演示数据" in note.read_text(encoding="utf-8")
    assert not any(note.name.startswith((table.name, table.zh)) for table in BY_NAME.values())


def test_the_merged_community_names_its_successor_only_after_the_reform(folder: Path) -> None:
    found = sorted(path.parent.name for path in folder.glob("*/行政区划.xlsx"))
    assert found == ["2024-12-31", "2025-06-30"]
    rows = load_workbook(folder / "2025-06-30" / "行政区划.xlsx").worksheets[0].iter_rows(values_only=True)
    changed = {row[0]: row for row in rows}
    assert changed["990102005005"][-1] == "990102005006"
    assert changed["990105002009"][1] == "科苑社区"


def test_a_city_of_one_year_knows_the_reform_from_the_first_day(tmp_path: Path) -> None:
    write_city(tmp_path, persons=300, years=1, seed=1)
    rows = load_workbook(tmp_path / "2025-12-31" / "行政区划.xlsx").worksheets[0].iter_rows(values_only=True)
    codes = [row[0] for row in rows]
    assert len(codes) == len(set(codes))


def test_a_later_version_shows_what_happened_since_and_hides_what_comes() -> None:
    calendar = quarterly(1)
    registered, closed = calendar.ends[0] - 10, calendar.ends[2] - 10
    rows = {
        "registered_on": np.array([registered]),
        "certificate_on": np.array([NEVER]),
        "certificate_no": np.array([-1]),
        "closed_on": np.array([closed]),
        "close_reason": np.array([0]),
    }
    found = list(versions("persons", rows, calendar))
    assert [number for number, _ in found] == [0, 2]
    assert [version["closed_on"][0] for _, version in found] == [NEVER, closed]
    assert [version["close_reason"][0] for _, version in found] == [-1, 0]
    assert [version["updated_on"][0] for _, version in found] == [registered, closed]


def test_a_late_row_is_a_delivery_behind_and_a_spoilt_one_comes_again() -> None:
    calendar = quarterly(1)
    day = np.array([calendar.ends[1] - 5] * 2)
    rows = {"visited_on": day, "_late": np.array([True, False]), "_spoilt": np.array([False, True])}
    found = {number: version["_spoilt"].tolist() for number, version in versions("visits", rows, calendar)}
    assert found == {1: [True], 2: [False, False]}


def test_a_clerks_fault_bears_a_key_of_its_own() -> None:
    columns = [column for column in BY_NAME["visits"].columns if column.required]
    lines = [["HF00000000001", "DJ00000000001", "20260105"]]
    assert Faults("visits", 4, (0,)).rows(columns, lines) == [["HF80400000000", "DJ00000000001", ""]]
    assert Faults("visits", 4, (), twice=True).rows(columns, lines * 3) == lines * 2
    assert Faults("visits", 4, (0,)).rows(columns, []) == []


def test_a_large_city_no_longer_keeps_its_register_in_spreadsheets() -> None:
    assert "xlsx" in {habit.form for habit in habits_of("persons", 1)}
    assert "xlsx" not in {habit.form for habit in habits_of("persons", 20)}
    assert habits_of("targets", 20) == HABITS["targets"]


def test_the_command_names_the_folders_that_it_wrote(tmp_path: Path) -> None:
    ran = CliRunner().invoke(demo, [str(tmp_path), "--persons", "300", "--years", "1", "--seed", "2"])
    assert ran.exit_code == 0
    assert ran.stdout.split() == [str(path) for path in sorted(tmp_path.iterdir())]


def test_an_unknown_city_is_a_usage_error(tmp_path: Path) -> None:
    ran = CliRunner().invoke(demo, [str(tmp_path), "--city", "atlantis"])
    assert ran.exit_code == 2
    assert "cihu" in ran.output
