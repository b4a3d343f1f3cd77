"""Which file feeds which table, and what headers mean."""

from datetime import date
from pathlib import Path

import pytest

from etl.contract import Table
from etl.read import Refused, declared_date, find_files
from etl.read.files import table_of
from etl.read.header import read_header
from etl.tables import BY_NAME, TABLES


@pytest.mark.parametrize(
    ("file_name", "table"),
    [
        ("persons.csv", "persons"),
        ("PERSONS-xialu.XLSX", "persons"),
        ("persons2026.csv", "persons"),
        ("persons_a.csv", "persons"),
        ("persons（下陆）.csv", "persons"),
        ("ｐｅｒｓｏｎｓ.csv", "persons"),
        ("下岗失业人员登记-下陆区.csv", "persons"),
        ("下岗失业人员登记 下陆区.csv", "persons"),
        ("下岗失业人员登记表.csv", None),
        ("personsx.csv", None),
        ("person.csv", None),
        ("my persons.csv", None),
        ("岗位.csv", "posts"),
        ("岗位补贴.csv", None),
        ("补贴支出.parquet", "subsidies"),
        ("补贴预算-2026.csv", "budgets"),
        ("~$persons.xlsx", None),
        (".csv", None),
    ],
)
def test_a_file_belongs_to_the_table_that_its_name_starts_with(file_name: str, table: str | None) -> None:
    assert table_of(file_name) == table


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_is_found_by_both_names(table: Table) -> None:
    assert table_of(f"{table.name}.csv") == table_of(f"{table.zh}1.csv") == table.name


def test_files_come_in_order_and_what_is_no_source_is_listed(tmp_path: Path) -> None:
    for name in (
        "visits.csv",
        "Persons.TSV",
        "persons.docx",
        "读我.txt",
        "岗位.xlsx",
        "loans.parquet",
        "delivery.toml",
    ):
        (tmp_path / name).touch()
    (tmp_path / "附件").mkdir()
    (tmp_path / "附件" / "visits.csv").touch()
    (tmp_path / "posts.csv").mkdir()
    sources, unrecognised = find_files(tmp_path)
    found = {source.file: (source.table, source.form) for source in sources}
    assert found == {
        "Persons.TSV": ("persons", "csv"),
        "loans.parquet": ("loans", "parquet"),
        "visits.csv": ("visits", "csv"),
        "岗位.xlsx": ("posts", "xlsx"),
    }
    assert list(found) == sorted(found)
    assert unrecognised == ["persons.docx", "读我.txt"]


@pytest.mark.parametrize(
    "written", ["data_date = 2026-09-30", 'data_date = "2026-09-30"', "data_date = 2026-09-30T00:00:00"]
)
def test_the_declaration_says_the_data_date(tmp_path: Path, written: str) -> None:
    folder = tmp_path / "2026-06-30"
    folder.mkdir()
    assert declared_date(folder) == date(2026, 6, 30)
    (folder / "delivery.toml").write_text("\ufeff" + written, "utf-8")
    assert declared_date(folder) == date(2026, 9, 30)


@pytest.mark.parametrize("name", ["三季度", "2026-13-01", "20260930", "2026-09-30-补"])
def test_a_folders_name_that_is_no_iso_date_says_none(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert declared_date(tmp_path / name) is None


@pytest.mark.parametrize(
    "written", ["data_date = 九月", 'data_date = "九月"', "url = 3", 'url = "sqlite://"\ntables = "x"', "\udcff"]
)
def test_a_declaration_that_cannot_be_used_refuses_the_delivery(tmp_path: Path, written: str) -> None:
    (tmp_path / "delivery.toml").write_bytes(written.encode("utf-8", "surrogateescape"))
    with pytest.raises(Refused) as refused:
        find_files(tmp_path) if written[0] == "u" else declared_date(tmp_path)
    assert (refused.value.file, refused.value.table, refused.value.reason) == ("delivery.toml", None, "unreadable")


def test_the_declaration_names_tables_of_a_database(tmp_path: Path) -> None:
    text = 'url = "sqlite:///x.db"\n[tables]\npersons = "v_persons"\n"回访" = "select 1"\npeople = "v_people"\n'
    (tmp_path / "delivery.toml").write_text(text, "utf-8")
    (tmp_path / "posts.csv").touch()
    sources, unrecognised = find_files(tmp_path)
    assert [(source.file, source.table, source.form) for source in sources] == [
        ("v_persons", "persons", "database"),
        ("visits", "visits", "database"),
        ("posts.csv", "posts", "csv"),
    ]
    assert unrecognised == ["[tables] people"]


@pytest.mark.parametrize(
    ("delivered", "name", "factor"),
    [
        ("amount", "amount", 1),
        (" AMOUNT　", "amount", 1),
        ("金额", "amount", 1),
        ("金额(元)", "amount", 1),
        ("金额(千元)", "amount", 1_000),
        ("金额（万元）", "amount", 10_000),
        ("金额 ( 亿元 )", "amount", 100_000_000),
        ("金额【万元】", "amount", 10_000),
        ("金额\n(单位：万元)", "amount", 10_000),
        ("金额(含税)(万元)", "amount", 10_000),
        ("金额(含税)", "amount", 1),
        ("ａｍｏｕｎｔ（万元）", "amount", 10_000),
        ("支付日期(年月日)", "paid_on", 1),
        ("支付号(万元)", "payment_no", 1),
        ("撤销", "voided", 1),
        ("Voided", "voided", 1),
    ],
)
def test_headers_are_read_in_every_habit(delivered: str, name: str, factor: int) -> None:
    header = read_header(BY_NAME["subsidies"], ["备注", delivered])
    assert dict(header.positions) == {name: 1}
    assert header.factors.get(name, 1) == factor
    assert header.texts[name] == delivered.strip()
    assert header.unknown == ("备注",)


@pytest.mark.parametrize("delivered", ["金额万元", "总金额", "(万元)", "金额(万元)x", "amounts"])
def test_other_headers_are_unknown(delivered: str) -> None:
    header = read_header(BY_NAME["subsidies"], [delivered])
    assert (dict(header.positions), header.unknown) == ({}, (delivered,))


def test_the_first_of_two_headers_for_one_column_counts() -> None:
    header = read_header(BY_NAME["subsidies"], ["金额(万元)", "amount", None, "", "金额"])
    assert dict(header.positions) == {"amount": 0}
    assert dict(header.factors) == {"amount": 10_000}
    assert header.unknown == ("amount", "金额")
