"""`reemploy load`, `loads`, `quarantine`, `findings` as they are called: what they print, and their exit status."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl.cli import main
from tests.etl.bureau import PERSONS, REGIONS, Bureau, person


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def test_a_load_prints_its_account_and_leaves_its_traces(bureau: Bureau) -> None:
    delivery = bureau.write({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1") + person("R2", on="?")})
    loaded = run("load", delivery, "--home", bureau.home.path, "--json")
    assert loaded.exit_code == 0
    account = json.loads(loaded.stdout)
    assert (account["load"], account["tables"]["persons"]["quarantined"]) == (1, 1)

    held = json.loads(run("quarantine", "--home", bureau.home.path, "--format", "json").stdout)
    assert [list(row) for row in held] == [
        ["load", "table", "file", "line", "column", "reason", "message", "key", "values"]
    ]
    assert (held[0]["line"], held[0]["column"], held[0]["reason"], held[0]["key"]) == (
        3,
        "registered_on",
        "bad_date",
        "R2",
    )
    assert held[0]["message"] == "“registered_on”写的是“?”，不是有效日期，请写成 2026-03-01。"
    assert held[0]["values"]["registered_on"] == "?"

    as_csv = run("quarantine", "--home", bureau.home.path, "--format", "csv", "--lang", "en").stdout
    [row] = csv.DictReader(io.StringIO(as_csv))
    assert json.loads(row["values"]) == held[0]["values"]
    assert row["message"] == "“registered_on” says “?”, which is no valid date: write 2026-03-01."

    [load] = json.loads(run("loads", "--home", bureau.home.path, "--format", "json").stdout)
    assert (load["load"], load["data_date"], load["delivery"], load["new"], load["read"]) == (
        1,
        "2026-09-30",
        "delivery-1",
        6,
        7,
    )
    assert json.loads(run("findings", "--home", bureau.home.path, "--format", "json").stdout) == []


def test_a_refusal_prints_the_same_account_and_exits_with_1(bureau: Bureau) -> None:
    delivery = bureau.write({"regions.csv": "region_code\n990100\n"})
    refused = run("load", delivery, "--home", bureau.home.path, "--json")
    assert refused.exit_code == 1
    account = json.loads(refused.stdout)
    assert account["load"] is None
    assert list(account) == ["load", "data_date", "tables", "files", "unrecognised", "unknown_columns", "refused"]
    [refusal] = account["refused"]
    assert (refusal["file"], refusal["table"], refusal["reason"]) == ("regions.csv", "regions", "missing_column")
    assert "region_name" in run("load", delivery, "--home", bureau.home.path, "--lang", "en").stdout


def test_wrong_use_exits_with_2(tmp_path: Path) -> None:
    assert run("load", tmp_path / "nowhere", "--home", tmp_path).exit_code == 2
    assert run("load").exit_code == 2


def test_the_readable_account_speaks_the_readers_language(bureau: Bureau) -> None:
    delivery = bureau.write({"regions.csv": REGIONS + "合计,,,,\n", "notes.docx": "x"})
    chinese = run("load", delivery, "--home", bureau.home.path).stdout
    assert "第 1 次入库，数据截止 2026-09-30。" in chinese
    assert "未识别的文件：notes.docx" in chinese
    english = run("load", delivery, "--home", bureau.home.path, "--lang", "en").stdout
    assert "Load 2, data date 2026-09-30." in english


def test_what_fails_is_said_in_the_account_too(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS})
    (bureau.home.path / "key").unlink()
    failed = run("load", bureau.write({"regions.csv": REGIONS}), "--home", bureau.home.path, "--json")
    assert failed.exit_code == 1
    [refusal] = json.loads(failed.stdout)["refused"]
    assert refusal["reason"] == "failed"
    assert "restore" in refusal["message"]


def test_findings_name_the_row_its_region_and_why(bureau: Bureau) -> None:
    persons = PERSONS.strip() + ",sex\n" + person("R1", id_number="11010519491231002X").strip() + ",男\n"
    bureau.send({"regions.csv": REGIONS, "persons.csv": persons})
    [found] = json.loads(run("findings", "--home", bureau.home.path, "--format", "json").stdout)
    assert list(found) == ["finding", "table", "key", "region_code", "district_code", "street_code", "load", "message"]
    assert (found["finding"], found["table"], found["key"], found["load"]) == ("id_mismatch", "persons", "R1", 1)
    assert found["district_code"] == "990101000000"
    assert found["message"].startswith("性别或出生日期与身份证号不符")


def test_before_the_first_load_the_lists_are_empty(tmp_path: Path) -> None:
    for command in ("loads", "quarantine", "findings"):
        assert json.loads(run(command, "--home", tmp_path, "--format", "json").stdout) == []
