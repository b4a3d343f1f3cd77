"""A delivery that looks wrong is held back (promise 4); exit codes; what the account says then."""

from typing import Any

import pytest

from tests.contract.bureau import REGIONS, SMALLEST, Bureau, csv_text, person, row


def persons(good: int, bad: int, **cells: Any) -> list[Any]:
    return [person(f"R{n}") for n in range(good)] + [
        person(f"R{good + n}", **(cells or {"category": "?"})) for n in range(bad)
    ]


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        ("persons__csv", b"", "unreadable"),
        ("persons__csv", b"\xff\xff\xff", "unreadable"),
        ("persons__xlsx", b"not a workbook", "unreadable"),
        ("persons__parquet", b"PAR1", "unreadable"),
        ("persons__csv", "registration_no,id_number\nR1,1\n", "missing_column"),
    ],
)
def test_a_file_that_cannot_be_used_holds_back_the_delivery(city: Bureau, file: str, content: Any, reason: str) -> None:
    account = city.refused(visits=[SMALLEST["visits"]], **{file: content})
    [refusal] = account["refused"]
    assert tuple(refusal) == ("file", "table", "reason", "message")
    assert (refusal["file"], refusal["table"], refusal["reason"]) == (file.replace("__", "."), "persons", reason)
    assert refusal["message"]
    assert city.quarantine() == []
    assert len(city.rows("loads")) == 1


def test_a_missing_column_is_named(city: Bureau) -> None:
    [refusal] = city.refused(persons="登记号,身份证号,社区代码,登记日期\n")["refused"]
    assert "人员类别" in refusal["message"]


@pytest.mark.parametrize(
    ("good", "bad", "taken"),
    [
        (0, 4, True),
        (40, 5, False),
        (45, 5, True),
        (44, 5, False),
        (46, 5, True),
        (0, 5, False),
        (60, 6, True),
        (53, 6, False),
    ],
)
def test_more_than_a_tenth_and_at_least_five_rejected_rows_are_too_many(
    city: Bureau, good: int, bad: int, taken: bool
) -> None:
    status, account = city.try_load(city.delivery(persons=persons(good, bad)))
    assert status == (0 if taken else 1)
    assert len(account["refused"]) == (0 if taken else 1)
    if not taken:
        assert (account["refused"][0]["file"], account["refused"][0]["table"]) == ("persons.csv", "persons")


def test_rows_held_only_for_references_are_left_out_of_the_share(city: Bureau) -> None:
    assert (
        city.load(visits=[row("visits", visit_no=f"V{n}") for n in range(20)])["tables"]["visits"]["quarantined"] == 20
    )
    assert city.load(persons=persons(0, 9, community_code="998801001099"))["tables"]["persons"]["quarantined"] == 9


def test_totals_rows_are_left_out_of_the_share(city: Bureau) -> None:
    totals = [{"registration_no": "合计"}] * 50
    assert city.try_load(city.delivery(persons=[*persons(40, 5), *totals]))[0] == 1


def test_the_share_is_of_one_file(city: Bureau) -> None:
    files = {"persons-1__csv": persons(0, 5), "persons-2__csv": [person(f"S{n}") for n in range(100, 200)]}
    account = city.refused(**files)
    assert [refusal["file"] for refusal in account["refused"]] == ["persons-1.csv"]


def test_the_other_tables_load_if_the_operator_says_so(city: Bureau) -> None:
    files = {
        "persons-1__csv": [person("R1")],
        "persons-2__csv": "",
        "posts": [SMALLEST["posts"]],
        "visits": [SMALLEST["visits"]],
    }
    city.refused(**files)
    account = city.load("--allow-partial", **files)
    assert [refusal["file"] for refusal in account["refused"]] == ["persons-2.csv"]
    # The file's whole table is refused with it, so what refers to it is held.
    assert "persons" not in account["tables"] or account["tables"]["persons"]["new"] == 0
    assert account["tables"]["posts"]["new"] == 1
    assert city.held() == [("visits", "registration_no", "unknown_reference")]
    account = city.load(persons=[person("R1")])
    assert account["tables"]["visits"]["released"] == 1


def test_a_refused_delivery_leaves_everything_as_it_was(city: Bureau) -> None:
    city.load(data_date="2026-07-31", persons=[person("R1")])
    before = (city.rows("loads"), city.figure("unemployed"), (city.home / "CURRENT").read_text())
    city.refused(persons=persons(0, 9), posts=[SMALLEST["posts"]])
    assert (city.rows("loads"), city.figure("unemployed"), (city.home / "CURRENT").read_text()) == before
    assert city.load(persons=[person("R2")])["load"] == 3


def test_a_broken_declaration_is_refused(city: Bureau) -> None:
    folder = city.delivery(persons=[person()])
    (folder / "delivery.toml").write_text("data_date = soon\n")
    status, account = city.try_load(folder)
    assert (status, account["load"], account["refused"][0]["file"]) == (1, None, "delivery.toml")


def test_wrong_use_is_told_by_exit_status_2(city: Bureau) -> None:
    assert city.run("load", str(city.folder / "nowhere")).exit_code == 2
    assert city.run("load").exit_code == 2
    assert city.run("load", str(city.delivery(persons=[person()])), "--no-such-option").exit_code == 2


def test_the_account_is_readable_without_json(city: Bureau) -> None:
    shown = city.run("load", str(city.delivery(persons=persons(9, 1))))
    assert shown.exit_code == 0
    assert "9" in shown.stdout
    refused = city.run("load", str(city.delivery(persons=csv_text(persons(0, 9)))))
    assert refused.exit_code == 1
    assert "persons.csv" in refused.stdout


def test_the_first_load_may_be_refused_too(bureau: Bureau) -> None:
    account = bureau.refused(regions=REGIONS, persons="")
    assert account["data_date"] == "2026-09-30"
    assert bureau.rows("loads") == []
    assert bureau.load(regions=REGIONS)["load"] == 1
