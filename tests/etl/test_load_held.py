"""Rows that wait, as the build holds them; what a bureau sees of them: tests/contract/test_references.py."""

import json
from typing import Any

import pytest

from etl import explained, maintain
from etl.messages import row_message
from tests.etl.bureau import PERSONS, PINE, PLACEMENTS, REGIONS, WILLOW, Bureau, counts, person

LOANS = "loan_no,registration_no,community_code,bank,applied_on\n"
REPAYMENTS = "payment_no,loan_no,paid_on,principal,interest,kind,reverses\n"
ASTER = "990101001003"
ASTER_LINE = f"{ASTER},紫菀社区,community,990101001,100\n"


def placement(number: str, registration: str, community: str = PINE, on: str = "2026-03-01") -> str:
    return f"{number},{registration},{community},market,{on}\n"


def test_a_chain_is_held_whole_and_released_together(bureau: Bureau) -> None:
    placements = PLACEMENTS + placement("P1", "R1")
    first = bureau.send(
        {"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1", community=ASTER), "placements.csv": placements}
    )
    assert counts(first, "placements") == {"read": 1, "quarantined": 1}
    assert bureau.held() == [
        ("persons", "R1", "unknown_region", "community_code"),
        ("placements", "P1", "unknown_reference", "registration_no"),
    ]
    second = bureau.send({"regions.csv": REGIONS.splitlines()[0] + "\n" + ASTER_LINE})
    assert counts(second, "regions") == {"read": 1, "new": 1}
    assert counts(second, "persons") == counts(second, "placements") == {"released": 1}
    assert bureau.held() == []
    assert bureau.ended() == [("R1", "released", 2), ("P1", "released", 2)]
    assert bureau.now("placements", "placement_no, load_from, file_id, line") == [("P1", 2, 3, 2)]


def test_another_bad_value_is_another_row(bureau: Bureau) -> None:
    bureau.send(
        {
            "regions.csv": REGIONS,
            "persons.csv": PERSONS + person("R1", on="?") + person("R1", on="!") + person("R1", on="?"),
        }
    )
    assert bureau.held("line") == [(2,), (3,)]


def test_of_several_held_rows_of_a_key_the_newest_is_released(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "placements.csv": PLACEMENTS + placement("P1", "R1")})
    bureau.send({"placements.csv": PLACEMENTS + placement("P1", "R1", WILLOW)})
    account = bureau.send({"persons.csv": PERSONS + person("R1")})
    assert counts(account, "placements") == {"released": 1}
    assert bureau.now("placements", "placement_no, community_code") == [("P1", WILLOW)]
    assert bureau.ended() == [("P1", "settled", 3), ("P1", "released", 3)]


def test_a_held_row_says_what_it_waits_for_now(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "placements.csv": PLACEMENTS + placement("P1", "R1", ASTER)})
    assert bureau.held() == [("placements", "P1", "unknown_region", "community_code")]
    bureau.send({"regions.csv": REGIONS + ASTER_LINE})
    assert bureau.held() == [("placements", "P1", "unknown_reference", "registration_no")]
    bureau.send({"persons.csv": PERSONS + person("R1")})
    assert bureau.held() == []


def test_a_code_of_another_level_is_wrong_and_not_waiting(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1", community="990101001")})
    assert bureau.held() == [("persons", "R1", "bad_region_code", "community_code")]


def test_conflicting_duplicates_are_all_held_and_exact_ones_counted(bureau: Bureau) -> None:
    rows = person("R1") + person("R1", community=WILLOW) + person("R1") + person("R2") + person("R2")
    account = bureau.send(
        {"regions.csv": REGIONS, "persons-1.csv": PERSONS + rows, "persons-2.csv": PERSONS + person("R2")}
    )
    assert counts(account, "persons") == {"read": 6, "new": 1, "duplicates": 2, "quarantined": 3}
    # The third is identical to the first, which is held already.
    assert bureau.held('"key", reason, "column", line') == [
        ("R1", "conflicting_duplicate", "registration_no", 2), ("R1", "conflicting_duplicate", "registration_no", 3),
    ]  # fmt: skip
    bureau.send({"persons.csv": PERSONS + person("R1", community=WILLOW)})
    assert bureau.held() == []
    assert bureau.now("persons", "registration_no, community_code") == [("R1", WILLOW), ("R2", PINE)]


def test_a_reversal_names_a_payment_of_the_same_loan_that_is_no_reversal(bureau: Bureau) -> None:
    loans = LOANS + f"L1,R1,{PINE},银行,2026-01-06\nL2,R1,{PINE},银行,2026-01-06\n"
    payments = (
        "Y1,L1,2026-02-01,10,1,repayment,\nY2,L1,2026-02-02,10,1,reversal,Y1\nY3,L2,2026-02-02,10,1,reversal,Y1\n"
        "Y4,L1,2026-02-03,10,1,reversal,Y2\nY5,L1,2026-02-03,10,1,reversal,Y9\nY6,L1,2026-02-03,10,1,reversal,\n"
    )
    files = {"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1"), "loans.csv": loans}
    bureau.send({**files, "repayments.csv": REPAYMENTS + payments})
    assert bureau.now("repayments", "payment_no") == [("Y1",), ("Y2",)]
    assert bureau.held('"key", reason, "column"') == [
        ("Y3", "unknown_reference", "reverses"), ("Y4", "unknown_reference", "reverses"),
        ("Y5", "unknown_reference", "reverses"), ("Y6", "missing_required", "reverses"),
    ]  # fmt: skip
    account = bureau.send({"repayments.csv": REPAYMENTS + "Y9,L1,2026-02-01,5,1,repayment,\n"})
    assert counts(account, "repayments") == {"read": 1, "new": 1, "released": 1}


def test_a_reversal_of_a_held_payment_waits_with_it(bureau: Bureau) -> None:
    payments = REPAYMENTS + "Y2,L1,2026-02-02,10,1,reversal,Y1\nY1,L1,2026-02-01,10,1,repayment,\n"
    bureau.send({"regions.csv": REGIONS, "repayments.csv": payments})
    loans = LOANS + f"L1,R1,{PINE},银行,2026-01-06\n"
    account = bureau.send({"persons.csv": PERSONS + person("R1"), "loans.csv": loans})
    assert counts(account, "repayments") == {"released": 2}


def test_regions_of_a_wrong_parent_or_successor_are_out_of_range(bureau: Bureau) -> None:
    head = REGIONS.splitlines()[0] + ",successor_code\n"
    old = "\n".join(line + "," for line in REGIONS.splitlines()[1:]) + "\n"
    new = (
        "990101001010,甲社区,community,990101,,\n"  # a district is no parent of a community
        "990101001011,乙社区,community,990101001,,990101001\n"  # a street is no successor of a community
        "990101001012,丙社区,community,990101001,,990101001013\n990101001013,丁社区,community,990101001,,990101001012\n"
        "990101001014,戊社区,community,990101001,,990101001014\n"
        "990101001015,己社区,community,990101009,,\n"
        "990101001016,庚社区,community,990101001,,990101001001\n"
    )  # fmt: skip
    (bureau.folder / "home").mkdir()
    (bureau.home.path / "settings.toml").write_text("[loading]\nrejected_rows = 100\n")
    bureau.send({"regions.csv": head + old + new})
    assert bureau.held('"key", reason, "column"') == [
        ("990101001010", "out_of_range", "parent_code"), ("990101001011", "out_of_range", "successor_code"),
        ("990101001012", "out_of_range", "successor_code"), ("990101001013", "out_of_range", "successor_code"),
        ("990101001014", "out_of_range", "successor_code"), ("990101001015", "unknown_region", "parent_code"),
    ]  # fmt: skip
    assert len(bureau.now("regions")) == 6


def test_values_are_kept_as_delivered_with_identifiers_masked(bureau: Bureau) -> None:
    head = "登记号,身份证号,姓名,电话,社区代码,人员类别,登记日期\n"
    rows = (
        f" R1 ,990101198001010019,张三,13800000000,{PINE},失业人员,2026-01-05\nR2,12345,,,{PINE},失业人员,2026-01-05\n"
    )
    bureau.send({"regions.csv": REGIONS, "persons.csv": head + rows})
    held = [json.loads(values) for (values,) in bureau.held('"values"')]
    assert [list(row.values()) for row in held] == [
        [" R1 ", "990101********0019", "***", "***", PINE, "失业人员", "2026-01-05"],
        ["R2", "***", "", "", PINE, "失业人员", "2026-01-05"],
    ]
    assert list(held[0]) == head.strip().split(",")


def test_a_row_with_more_cells_than_the_header_is_held_and_masked(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1").strip() + ",surplus\n"})
    assert bureau.held('reason, "column"') == [("out_of_range", None)]
    assert PINE not in str(bureau.held('"values"'))
    assert "比表头多" in bureau.message()


def test_what_is_said_of_held_rows_stands_until_they_wait_for_another(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def speaking(*fault: Any, key: str, **rest: Any) -> str:
        said.append(key)
        return row_message(*fault, key=key, **rest)

    monkeypatch.setattr(maintain, "FEW", 0)
    monkeypatch.setattr(explained, "row_message", speaking)
    header = "placement_no,registration_no,community_code,channel,placed_on,post_no\n"
    waiting = "".join(f"P{number},R{number},{PINE},market,2026-03-01,{post}\n" for number, post in enumerate("XX", 1))
    for files, keys, held in (
        ({"regions.csv": REGIONS, "persons.csv": PERSONS, "placements.csv": header + waiting}, {"P1", "P2"}, 2),
        ({"placements.csv": PLACEMENTS + placement("P3", "R3")}, {"P3"}, 3),
        ({"persons.csv": PERSONS + person("R1")}, {"P1"}, 3),
        ({"persons.csv": PERSONS + person("R3")}, set(), 2),
    ):
        said.clear()
        bureau.send(files)
        assert set(said) == keys
        assert bureau.ask("SELECT count(*), count(DISTINCT entry) FROM core.held_message") == [(held, held)]
    [(first,), (other,)] = bureau.ask("SELECT message_en FROM core.held_message ORDER BY entry")
    assert first.startswith("“post_no” X is not in “Posts”")
    assert other.startswith("“registration_no” R2 is not in")
