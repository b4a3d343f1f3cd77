"""Every row is accounted for (promise 1); duplicates; what a second look at the same rows counts."""

from typing import Any

import pytest

from tests.contract.bureau import OTHER, SMALLEST, Bureau, id_number, person, row

ACCOUNT = ("read", "new", "changed", "unchanged", "duplicates", "totals_rows", "quarantined", "released")


def counts(account: dict[str, Any], table: str) -> dict[str, int]:
    found: dict[str, int] = {name: number for name, number in account["tables"][table].items() if number}
    return found


def test_an_account_states_every_count_and_adds_up(city: Bureau) -> None:
    city.load(persons=[person("R1"), person("R2"), person("R3")])
    account = city.load(
        persons=[
            person("R1"),
            person("R2", job_wish="家政"),
            person("R4"),
            person("R4"),
            person("R5", category="?"),
            {"registration_no": "合计"},
        ]
    )
    for each in (account["tables"]["persons"], account["files"][0]):
        assert {name: each[name] for name in ACCOUNT} == {
            "read": 6, "new": 1, "changed": 1, "unchanged": 1,
            "duplicates": 1, "totals_rows": 1, "quarantined": 1, "released": 0,
        }  # fmt: skip
    assert tuple(account["tables"]["persons"]) == ACCOUNT
    assert tuple(account["files"][0]) == ("file", "table", *ACCOUNT)


def test_the_same_delivery_again_gets_a_number_and_changes_nothing(city: Bureau) -> None:
    folder = city.delivery(persons=[person("R1"), person("R2", category="?")], visits=[SMALLEST["visits"]])
    _, first = city.try_load(folder)
    held = city.quarantine()
    _, second = city.try_load(folder)
    assert (first["load"], second["load"]) == (2, 3)
    assert counts(first, "persons") == {"read": 2, "new": 1, "quarantined": 1}
    assert counts(second, "persons") == {"read": 2, "unchanged": 1, "quarantined": 1}
    assert city.quarantine() == held
    assert city.figure("unemployed") == 1


def test_exact_duplicates_across_files_count_once(city: Bureau) -> None:
    account = city.load(**{"persons-1__csv": [person("R1")], "persons-2__csv": [person("R1", category="laid_off")]})
    assert counts(account, "persons") == {"read": 2, "new": 1, "duplicates": 1}
    assert [(file["file"], file["new"], file["duplicates"]) for file in account["files"]] == [
        ("persons-1.csv", 1, 0),
        ("persons-2.csv", 0, 1),
    ]


def test_conflicting_duplicates_are_all_held(city: Bureau) -> None:
    account = city.load(
        **{
            "persons-1__csv": [person("R1"), person("R1"), person("R2")],
            "persons-2__csv": [person("R1", job_wish="家政")],
        }
    )
    # The two equal rows are one another's duplicates; what they say conflicts with the third.
    assert account["tables"]["persons"]["new"] == 1
    assert account["tables"]["persons"]["quarantined"] + account["tables"]["persons"]["duplicates"] == 3
    entries = city.quarantine()
    assert {entry["reason"] for entry in entries} == {"conflicting_duplicate"}
    assert {entry["column"] for entry in entries} == {"registration_no"}
    assert {entry["file"] for entry in entries} == {"persons-1.csv", "persons-2.csv"}
    assert {entry["key"] for entry in entries} == {"R1"}


def test_a_conflict_names_the_first_key_column(city: Bureau) -> None:
    city.load(budgets=[row("budgets"), row("budgets", amount=5)])
    assert city.held() == [("budgets", "budget_year", "conflicting_duplicate")] * 2


def test_a_conflict_is_judged_among_valid_rows_only(city: Bureau) -> None:
    account = city.load(persons=[person("R1"), person("R1", category="?")])
    assert counts(account, "persons") == {"read": 2, "new": 1, "quarantined": 1}
    assert city.held() == [("persons", "category", "not_in_list")]


def test_a_conflict_comes_before_a_reference(city: Bureau) -> None:
    city.load(visits=[row("visits"), row("visits", mode="电话")])
    assert city.held() == [("visits", "visit_no", "conflicting_duplicate")] * 2


def test_content_is_compared_in_canonical_form(city: Bureau) -> None:
    same = person("R1", hardship="低保;残疾", name="甲")
    account = city.load(
        persons=[
            same,
            {**same, "hardship": "disabled、minimum_living", "name": "乙", "registered_on": "2026年1月5日"},
            {**same, "category": "laid_off", "community_code": "998801001001.0"},
        ]
    )
    assert account["tables"]["persons"]["new"] + account["tables"]["persons"]["duplicates"] >= 2


def test_a_bad_row_delivered_again_is_counted_and_not_held_twice(city: Bureau) -> None:
    city.load(data_date="2026-07-31", persons=[person("R1", category="?"), person("R2")])
    account = city.load(persons=[person("R3"), person("R1", category="?"), person("R1", category="??")])
    assert account["tables"]["persons"]["quarantined"] == 2
    assert [(entry["load"], entry["line"], entry["values"]["category"]) for entry in city.quarantine()] == [
        (2, 2, "?"),
        (3, 4, "??"),
    ]


def test_a_held_row_in_another_hand_is_not_held_twice(city: Bureau) -> None:
    visit = row("visits", visited_on="2026-04-01")
    city.load(data_date="2026-07-31", visits=[visit])
    account = city.load(visits=[{**visit, "visited_on": "2026年4月1日"}])
    assert counts(account, "visits") == {"read": 1, "quarantined": 1}
    assert [(entry["load"], entry["values"]["visited_on"]) for entry in city.quarantine()] == [(2, "2026-04-01")]


def test_a_quarantine_entry_tells_everything(city: Bureau) -> None:
    header = "登记号,身份证号,姓名,电话,社区代码,人员类别,登记日期"
    text = f"{header}\nR9,{id_number()},某人,13800000000,{OTHER},下岗 职工,2026-01-05\n"
    city.load(persons=text)
    [entry] = city.quarantine()
    assert tuple(entry) == ("load", "table", "file", "line", "column", "reason", "message", "key", "values")
    assert (entry["load"], entry["table"], entry["file"], entry["line"]) == (2, "persons", "persons.csv", 2)
    assert (entry["column"], entry["reason"], entry["key"]) == ("category", "not_in_list", "R9")
    assert "下岗 职工" in entry["message"]
    number = id_number()
    assert entry["values"] == {
        "登记号": "R9",
        "身份证号": f"{number[:6]}********{number[-4:]}",
        "姓名": "***",
        "电话": "***",
        "社区代码": OTHER,
        "人员类别": "下岗 职工",
        "登记日期": "2026-01-05",
    }


@pytest.mark.parametrize("form", ["table", "csv"])
def test_listings_print_in_all_formats(city: Bureau, form: str) -> None:
    city.load(persons=[person("R1", category="?")])
    for command in ("quarantine", "findings", "loads"):
        assert city.run(command, "--format", form).exit_code == 0
