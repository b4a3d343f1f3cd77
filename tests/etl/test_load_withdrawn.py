"""Withdrawals as the build holds them; what a bureau sees of them: tests/contract/test_history.py."""

from tests.etl.bureau import PERSONS, PINE, REGIONS, Bureau, counts, person


def test_what_else_a_withdrawal_says_is_not_looked_at(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1")})
    head = PERSONS.strip() + ",voided\n"
    account = bureau.send({"persons.csv": head + "R1,123,990101009009,?,2026-02-30,true\n"})
    assert counts(account, "persons") == {"read": 1, "changed": 1}
    assert bureau.now("persons", "community_code, voided") == [(PINE, True)]


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


def test_in_a_file_of_keys_rows_that_are_not_known_lack_what_is_required(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1") + person("R2")})
    account = bureau.send({"persons.csv": "registration_no,voided\nR1,true\nR2,false\nR3,perhaps\n,true\n"})
    assert counts(account, "persons") == {"read": 4, "changed": 1, "unchanged": 1, "quarantined": 2}
    assert bureau.held() == [
        ("persons", "R3", "missing_required", "id_number"),
        ("persons", "", "missing_required", "registration_no"),
    ]


def test_composite_keys_with_defaults_can_be_withdrawn(bureau: Bureau) -> None:
    head = "target_year,region_code,indicator,value\n"
    bureau.send({"regions.csv": REGIONS, "targets.csv": head + "2026,990100,placed,100\n"})
    account = bureau.send({"targets.csv": "年度,区划代码,指标,撤销\n2026,990100,再就业人数,是\n"})
    assert counts(account, "targets") == {"read": 1, "changed": 1}
    assert bureau.now("targets", "issuer, revision, value::INTEGER, voided") == [("city", 0, 100, True)]
