"""What a delivery is: its data date, its files, their forms."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from tests.contract.bureau import COMMUNITY, REGIONS, SMALLEST, STREET, Bureau, csv_text, id_number, person, row

HEADER = ["登记号", "身份证号", "姓名", "社区代码", "人员类别", "登记日期"]


def test_the_data_date_is_declared(bureau: Bureau) -> None:
    assert bureau.load(data_date="2026-09-30", regions=REGIONS)["data_date"] == "2026-09-30"


def test_the_data_date_is_the_folders_name(bureau: Bureau) -> None:
    folder = bureau.delivery(data_date=None, regions=REGIONS, persons=[person()])
    folder = folder.rename(folder.with_name("2026-08-31"))
    assert bureau.try_load(folder)[1]["data_date"] == "2026-08-31"


def test_the_data_date_is_the_newest_event_of_an_accepted_row(bureau: Bureau) -> None:
    account = bureau.load(
        data_date=None,
        regions=REGIONS,
        persons=[
            person("R1", registered_on="2026-03-05", updated_on="2026-07-01"),
            person("R2", registered_on="2026-08-01", category="?"),
        ],
        instalments=[row("instalments", due_on="2028-01-01")],
        visits=[
            row("visits", visited_on="2026-04-07"),
            row("visits", visit_no="V2", visited_on="2026-05-01", mode="?"),
        ],
    )
    assert account["data_date"] == "2026-04-07"


def test_an_older_delivery_is_refused_unless_it_is_a_backfill(city: Bureau) -> None:
    older = city.delivery(data_date="2026-06-29", persons=[person()])
    status, account = city.try_load(older)
    assert (status, account["load"]) == (1, None)
    assert len(account["refused"]) == 1
    assert city.try_load(older, "--backfill")[0] == 0
    assert [(load["load"], load["data_date"], load["backfill"]) for load in city.rows("loads")] == [
        (1, "2026-06-30", False),
        (2, "2026-06-29", True),
    ]
    assert city.load(data_date="2026-06-30", persons=[person("R2")])["load"] == 3


def test_d_is_the_largest_data_date_of_the_loads_known(city: Bureau) -> None:
    city.load("--backfill", data_date="2026-01-31", persons=[person()])
    assert city.figure("unemployed") == 1
    [answer] = city.rows("query", "registrations", "--from", "2026-01-01", "--to", "2026-12-31")
    assert answer["registrations"] == 1


def test_files_that_are_no_sources_are_listed(city: Bureau) -> None:
    folder = city.delivery(persons=[person()], readme__txt="x", persons__docx=b"x", people__csv="a,b\n1,2\n")
    (folder / "附件").mkdir()
    (folder / "附件" / "persons.csv").write_text("x")
    status, account = city.try_load(folder)
    assert status == 0
    assert account["unrecognised"] == ["people.csv", "persons.docx", "readme.txt"]
    assert [file["file"] for file in account["files"]] == ["persons.csv"]


def test_an_empty_delivery_loads_nothing(city: Bureau) -> None:
    account = city.load()
    assert (account["load"], account["tables"], account["files"], account["refused"]) == (2, {}, [], [])


def test_several_files_feed_one_table(city: Bureau) -> None:
    files = {"persons-甲__csv": [person("R1")], "下岗失业人员登记-乙__csv": [person("R2"), person("R3")]}
    account = city.load(**files)
    assert account["tables"]["persons"]["new"] == 3
    assert [(file["file"], file["table"], file["read"]) for file in account["files"]] == [
        ("persons-甲.csv", "persons", 1),
        ("下岗失业人员登记-乙.csv", "persons", 2),
    ]


def test_unknown_columns_are_ignored_and_reported(city: Bureau) -> None:
    account = city.load(persons=[person(备注="x", 学历="y", Category="下岗职工")])
    assert account["unknown_columns"] == {"persons.csv": ["备注", "学历", "Category"]}
    assert account["tables"]["persons"]["new"] == 1


def test_a_header_without_rows_is_a_table_with_no_rows(city: Bureau) -> None:
    account = city.load(persons=",".join(HEADER) + "\n")
    assert set(account["tables"]["persons"].values()) == {0}
    assert account["files"][0]["read"] == 0


def test_totals_rows_are_skipped_and_counted(city: Bureau) -> None:
    rows = [
        person("R1"),
        {"registration_no": "合计", "category": "1"},
        {"registration_no": " 小　计 "},
        {"registration_no": "总 计"},
        {"registration_no": "合计数", "id_number": "x"},
    ]
    account = city.load(persons=rows, budgets=[row("budgets"), row("budgets", funding_source="合计", amount="")])
    assert account["tables"]["persons"] == {
        "read": 5, "new": 1, "changed": 0, "unchanged": 0,
        "duplicates": 0, "totals_rows": 3, "quarantined": 1, "released": 0,
    }  # fmt: skip
    assert account["tables"]["budgets"]["totals_rows"] == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_text_files_of_all_kinds_are_accounted_by_line(city: Bureau, encoding: str, delimiter: str) -> None:
    rows = [
        HEADER,
        ["R1", id_number(), "甲", COMMUNITY, "下岗职工", "2026/1/5"],
        [],
        ["R2", id_number(order=3), "乙", "x", "?", ""],
    ]
    text = "\r\n".join(delimiter.join(cells) for cells in rows)
    account = city.load(persons=text.encode(encoding))
    assert (account["tables"]["persons"]["new"], account["tables"]["persons"]["quarantined"]) == (1, 1)
    [entry] = city.quarantine()
    assert (entry["file"], entry["line"], entry["column"]) == ("persons.csv", 4, "registered_on")


def test_workbooks_are_read_on_all_sheets(city: Bureau) -> None:
    workbook = openpyxl.Workbook()
    for number, title in enumerate(("一季度", "二季度", "隐藏")):
        sheet = workbook.create_sheet(title)
        sheet.append(["某区登记台账"])
        sheet.append([*HEADER, "备注"])
        sheet.append(
            [f"R{number}", id_number(order=number * 2 + 1), "甲", int(COMMUNITY), "下岗职工", date(2026, 1, 5)]
        )
        sheet.append(["合计", None, None, None, 1])
        sheet.append([f"R{number + 5}", 3, "乙", int(STREET[:9]), "下岗职工", date(2026, 1, 5)])
    workbook["隐藏"].sheet_state = "hidden"
    content = io.BytesIO()
    workbook.save(content)
    account = city.load(下岗失业人员登记__xlsx=content.getvalue())
    counts = {
        "read": 6,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "duplicates": 0,
        "totals_rows": 2,
        "quarantined": 2,
        "released": 0,
    }
    assert account["tables"]["persons"] == counts
    assert account["files"] == [{"file": "下岗失业人员登记.xlsx", "table": "persons", **counts}]
    assert account["unknown_columns"] == {"下岗失业人员登记.xlsx": ["备注"]}
    assert [(entry["line"], entry["reason"]) for entry in city.quarantine()] == [(5, "bad_id_number")] * 2


def test_parquet_and_its_lines(city: Bureau) -> None:
    content = io.BytesIO()
    columns = {
        "回访号": [1.0, 2.0, 3.0],
        "registration_no": ["R1"] * 3,
        "回访日期": pa.array([date(2026, 4, 1), None, date(2026, 4, 2)]),
    }
    pq.write_table(pa.table(columns), content)
    account = city.load(persons=[person()], visits__parquet=content.getvalue())
    assert account["tables"]["visits"]["new"] == 2
    [entry] = city.quarantine()
    assert (entry["file"], entry["line"], entry["column"], entry["key"]) == ("visits.parquet", 3, "visited_on", "2")
    assert city.load(visits=[row("visits", visit_no="1")])["tables"]["visits"]["unchanged"] == 1


def test_a_database_is_a_delivery(city: Bureau, tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/业务.db")
    with engine.begin() as database:
        database.exec_driver_sql("CREATE TABLE v_persons (登记号, 身份证号, 社区代码, 人员类别, 登记日期)")
        rows = [
            ("R1", id_number(), COMMUNITY, "下岗职工", "2026-01-05"),
            ("R2", "1", COMMUNITY, "下岗职工", "2026-01-05"),
        ]
        database.exec_driver_sql("INSERT INTO v_persons VALUES (?, ?, ?, ?, ?)", rows)
    engine.dispose()
    folder = city.delivery(data_date=None)
    (folder / "delivery.toml").write_text(
        f'data_date = 2026-09-30\nurl = "sqlite:///{tmp_path}/业务.db"\n[tables]\npersons = "v_persons"\n'
        """visits = "SELECT 'V' || 登记号 AS visit_no, 登记号, '2026-04-01' AS visited_on FROM v_persons"\n""",
        "utf-8",
    )
    status, account = city.try_load(folder)
    assert status == 0
    assert account["data_date"] == "2026-09-30"
    assert account["tables"]["persons"]["new"] == account["tables"]["visits"]["new"] == 1
    assert [(entry["file"], entry["line"], entry["reason"]) for entry in city.quarantine()] == [
        ("v_persons", 3, "bad_id_number"),
        ("visits", 3, "unknown_reference"),
    ]


def test_title_rows_above_a_csv_header_are_skipped(city: Bureau) -> None:
    account = city.load(visits="回访台账,,\n" + csv_text([SMALLEST["visits"]]), persons=[person()])
    assert account["tables"]["visits"]["new"] == 1
