"""Withdrawals: the row counts nowhere, keeps its values and history, and comes back only on an explicit no."""

from tests.etl.bureau import PERSONS, PINE, PLACEMENTS, REGIONS, WILLOW, Bureau, counts, person


def test_a_withdrawal_by_key_alone_keeps_the_other_values(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1")})
    account = bureau.send({"persons.csv": "登记号,撤销\nR1,是\n"})
    assert counts(account, "persons") == {"read": 1, "changed": 1}
    assert bureau.now("persons", "registration_no, community_code, voided") == [("R1", PINE, True)]
    assert bureau.ask("SELECT count(*) FROM live.persons") == [(0,)]
    assert bureau.ask("SELECT count(*) FROM history.persons") == [(2,)]
    again = bureau.send({"persons.csv": "登记号,撤销\nR1,是\n"})
    assert counts(again, "persons") == {"read": 1, "unchanged": 1}


def test_what_else_a_withdrawal_says_is_not_looked_at(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1")})
    head = PERSONS.strip() + ",voided\n"
    account = bureau.send({"persons.csv": head + "R1,123,990101009009,?,2026-02-30,true\n"})
    assert counts(account, "persons") == {"read": 1, "changed": 1}
    assert bureau.now("persons", "community_code, voided") == [(PINE, True)]


def test_only_an_explicit_false_restores(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1")})
    bureau.send({"persons.csv": "registration_no,voided\nR1,1\n"})
    head = PERSONS.strip() + ",voided\n"
    row = person("R1").strip()
    assert counts(bureau.send({"persons.csv": PERSONS + person("R1")}), "persons") == {"read": 1, "unchanged": 1}
    assert counts(bureau.send({"persons.csv": f"{head}{row},\n"}), "persons") == {"read": 1, "unchanged": 1}
    changed = bureau.send({"persons.csv": PERSONS + person("R1", community=WILLOW)})
    assert counts(changed, "persons") == {"read": 1, "changed": 1}
    assert bureau.now("persons", "community_code, voided") == [(WILLOW, True)]
    bureau.send({"persons.csv": f"{head}{row},否\n"})
    assert bureau.now("persons", "community_code, voided") == [(PINE, False)]


def test_a_withdrawal_of_a_row_never_loaded_is_held_and_never_applied(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "persons.csv": "registration_no,voided\nR1,true\n"})
    assert bureau.held() == [("persons", "R1", "unknown_reference", "registration_no")]
    assert "从未入库" in bureau.message()
    assert "never loaded" in bureau.message("en")
    account = bureau.send({"persons.csv": PERSONS + person("R1")})
    assert counts(account, "persons") == {"read": 1, "new": 1}
    assert bureau.ended() == [("R1", "settled", 2)]
    assert bureau.now("persons", "voided") == [(False,)]


def test_many_unknown_withdrawals_refuse_no_file(bureau: Bureau) -> None:
    rows = "".join(f"R{n},true\n" for n in range(20))
    account = bureau.send({"regions.csv": REGIONS, "persons.csv": "registration_no,voided\n" + rows})
    assert (account.load, counts(account, "persons")) == (1, {"read": 20, "quarantined": 20})


def test_a_whole_row_may_be_new_and_withdrawn_at_once(bureau: Bureau) -> None:
    head = PERSONS.strip() + ",voided\n"
    account = bureau.send({"regions.csv": REGIONS, "persons.csv": head + person("R1").strip() + ",true\n"})
    assert counts(account, "persons") == {"read": 1, "new": 1}
    assert bureau.now("persons", "registration_no, voided") == [("R1", True)]


def test_in_a_file_of_keys_rows_that_are_not_known_lack_what_is_required(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1") + person("R2")})
    account = bureau.send({"persons.csv": "registration_no,voided\nR1,true\nR2,false\nR3,perhaps\n,true\n"})
    assert counts(account, "persons") == {"read": 4, "changed": 1, "unchanged": 1, "quarantined": 2}
    assert bureau.held() == [
        ("persons", "R3", "missing_required", "id_number"),
        ("persons", "", "missing_required", "registration_no"),
    ]


def test_a_row_and_its_withdrawal_in_one_delivery_contradict_each_other(bureau: Bureau) -> None:
    files = {"persons-1.csv": PERSONS + person("R1"), "persons-2.csv": "registration_no,voided\nR1,true\n"}
    account = bureau.send({"regions.csv": REGIONS, **files})
    assert counts(account, "persons") == {"read": 2, "quarantined": 2}
    assert {reason for *_, reason, _ in bureau.held()} == {"conflicting_duplicate"}


def test_rows_of_a_withdrawn_row_count_nowhere_but_optional_references_are_as_if_empty(bureau: Bureau) -> None:
    posts = f"post_no,community_code,kind,headcount,developed_on\nJ1,{PINE},enterprise,3,2026-01-01\n"
    head = PLACEMENTS.strip() + ",post_no\n"
    placements = head + f"P1,R1,{PINE},market,2026-02-01,J1\nP2,R2,{PINE},market,2026-02-01,J1\n"
    persons = PERSONS + person("R1") + person("R2")
    bureau.send({"regions.csv": REGIONS, "persons.csv": persons, "posts.csv": posts, "placements.csv": placements})
    account = bureau.send({"persons.csv": "登记号,撤销\nR1,是\n", "posts.csv": "岗位号,撤销\nJ1,1\n"})
    assert account.load == 2
    assert bureau.ask("SELECT placement_no, post_no FROM live.placements") == [("P2", None)]
    later = bureau.send({"placements.csv": head + f"P3,R1,{PINE},market,2026-02-01,J1\n"})
    assert counts(later, "placements") == {"read": 1, "new": 1}
    assert bureau.ask("SELECT count(*) FROM live.placements") == [(1,)]


def test_composite_keys_with_defaults_can_be_withdrawn(bureau: Bureau) -> None:
    head = "target_year,region_code,indicator,value\n"
    bureau.send({"regions.csv": REGIONS, "targets.csv": head + "2026,990100,placed,100\n"})
    account = bureau.send({"targets.csv": "年度,区划代码,指标,撤销\n2026,990100,再就业人数,是\n"})
    assert counts(account, "targets") == {"read": 1, "changed": 1}
    assert bureau.now("targets", "issuer, revision, value::INTEGER, voided") == [("city", 0, 100, True)]
