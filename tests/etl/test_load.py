"""One delivery after the other, as the build holds it; what a bureau sees of it: tests/contract."""

from datetime import date

import pytest

from etl import maintain
from tests.etl.bureau import INDICATORS, PERSONS, PINE, PLACEMENTS, REGIONS, WILLOW, Bureau, counts, person, valid_id


def test_the_account_is_printed_as_specified(bureau: Bureau) -> None:
    persons = "登记号,身份证号,社区代码,人员类别,登记日期,备注\n" + f"R1,{valid_id('1')},{PINE},失业人员,2026-01-05,x\n"
    account = bureau.send({"regions.csv": REGIONS, "下岗失业人员登记.csv": persons, "readme.txt": "hello"}).as_json()
    zero = {"changed": 0, "unchanged": 0, "duplicates": 0, "totals_rows": 0, "quarantined": 0, "released": 0}
    assert account == {
        "load": 1,
        "data_date": "2026-09-30",
        "tables": {"regions": {"read": 5, "new": 5, **zero}, "persons": {"read": 1, "new": 1, **zero}},
        "files": [
            {"file": "regions.csv", "table": "regions", "read": 5, "new": 5, **zero},
            {"file": "下岗失业人员登记.csv", "table": "persons", "read": 1, "new": 1, **zero},
        ],
        "unrecognised": ["readme.txt"],
        "unknown_columns": {"下岗失业人员登记.csv": ["备注"]},
        "refused": [],
    }


def test_a_changed_row_replaces_the_earlier_one_which_stays_as_history(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1")})
    account = bureau.send({"persons.csv": PERSONS + person("R1", community=WILLOW)})
    assert counts(account, "persons") == {"read": 1, "changed": 1}
    versions = bureau.ask("SELECT community_code, load_from, load_until FROM history.persons ORDER BY load_from")
    assert versions == [(PINE, 1, 2), (WILLOW, 2, None)]


def test_files_of_one_table_may_have_different_columns(bureau: Bureau) -> None:
    first = PERSONS.strip() + ",skill\n" + person("R1").strip() + ",焊工\n"
    account = bureau.send({"regions.csv": REGIONS, "persons-a.csv": first, "persons-b.csv": PERSONS + person("R2")})
    assert [(each.file, each.counts.new) for each in account.files] == [
        ("regions.csv", 5), ("persons-a.csv", 1), ("persons-b.csv", 1),
    ]  # fmt: skip
    assert bureau.now("persons", "registration_no, skill") == [("R1", "焊工"), ("R2", None)]


def test_name_and_phone_are_neither_stored_nor_compared(bureau: Bureau) -> None:
    head = PERSONS.strip() + ",name,phone\n"
    bureau.send({"regions.csv": REGIONS, "persons.csv": head + person("R1").strip() + ",张三,13800000000\n"})
    account = bureau.send({"persons.csv": head + person("R1").strip() + ",李四,13900000000\n"})
    assert counts(account, "persons") == {"read": 1, "unchanged": 1}
    build = bureau.home.current()
    assert build is not None
    content = build.read_bytes()
    assert "张三".encode() not in content
    assert valid_id("1").encode() not in content


def test_a_15_digit_number_is_the_same_person_and_hardship_is_a_set(bureau: Bureau) -> None:
    head = PERSONS.strip() + ",hardship\n"
    long, short = "110105194912310029", "110105491231002"
    long = "11010519491231002X"
    tail = f",{PINE},unemployed,2026-01-05,"
    bureau.send({"regions.csv": REGIONS, "persons.csv": f"{head}R1,{long}{tail}单亲；低保\n"})
    account = bureau.send({"persons.csv": f"{head}R1,{short}{tail}minimum_living;单亲、低保\n"})
    assert counts(account, "persons") == {"read": 1, "unchanged": 1}
    assert bureau.now("persons", "sex, birth_date, hardship") == [
        ("female", date(1949, 12, 31), "minimum_living;single_parent")
    ]


def test_the_id_number_wins_and_what_was_delivered_is_kept_beside_it(bureau: Bureau) -> None:
    head = PERSONS.strip() + ",sex,birth_date\n"
    row = f"R1,11010519491231002X,{PINE},unemployed,2026-01-05"
    bureau.send({"regions.csv": REGIONS, "persons.csv": f"{head}{row},男,1949-12-30\n"})
    columns = "sex, birth_date, sex_delivered, birth_date_delivered"
    assert bureau.now("persons", columns) == [("female", date(1949, 12, 31), "male", date(1949, 12, 30))]
    bureau.send({"persons.csv": f"{head}{row},女,1949-12-31\n"})
    assert bureau.now("persons", columns) == [("female", date(1949, 12, 31), None, None)]


def test_defaults_hold_for_new_rows_and_empty_cells(bureau: Bureau) -> None:
    head = "payment_no,kind,community_code,paid_on,amount,funding_source"
    row = f",intermediation,{PINE},2025-12-31,10,city"
    files = {"regions.csv": REGIONS, "subsidies.csv": f"{head},budget_year\nS1{row},\nS2{row},2026\n"}
    bureau.send(files)
    bureau.send({"subsidies.csv": f"{head}\nS2{row}\nS3{row}\n"})
    assert bureau.now("subsidies", "payment_no, budget_year") == [("S1", 2025), ("S2", 2026), ("S3", 2025)]


def test_a_target_needs_no_issuer_and_knows_labels_of_indicators(bureau: Bureau) -> None:
    head = "target_year,region_code,indicator,value\n"
    rows = "2026,990100,再就业人数,100\n2026,990100,风险贷款率(30天),5\n2026,990100,happiness,5\n"
    bureau.send({"regions.csv": REGIONS, "targets.csv": head + rows})
    assert bureau.now("targets", "indicator, issuer, revision") == [("par_30", "city", 0), ("placed", "city", 0)]
    assert bureau.held() == [("targets", "2026/990100000000/happiness/city/0", "not_in_list", "indicator")]
    assert "happiness" not in INDICATORS


def test_without_a_declared_date_the_newest_event_counts(bureau: Bureau) -> None:
    files = {
        "regions.csv": REGIONS,
        "persons.csv": PERSONS + person("R1", on="2026-03-04") + person("R2", on="2027-01-01x"),
    }
    assert bureau.send(files, data_date=None).data_date == date(2026, 3, 4)
    assert bureau.send({"regions.csv": REGIONS}, data_date=None).data_date is None


def test_a_derived_date_that_is_older_is_refused_too(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS}, data_date="2026-09-30")
    refused = bureau.send({"persons.csv": PERSONS + person("R1")}, data_date=None)
    assert (refused.load, [each.reason for each in refused.refused]) == (None, ["older_data_date"])


def test_an_event_after_the_data_date_is_a_fault_and_a_due_date_is_not(bureau: Bureau) -> None:
    persons = PERSONS.strip() + ",updated_on\n" + person("R1", on="2026-10-01").strip() + ",\n"
    persons += person("R2").strip() + ",2026-12-31\n"
    bureau.send({"regions.csv": REGIONS, "persons.csv": persons})
    assert bureau.held() == [("persons", "R1", "future_date", "registered_on")]
    assert bureau.now("persons", "registration_no") == [("R2",)]


def test_too_many_rejected_rows_refuse_the_file_and_its_table(bureau: Bureau) -> None:
    good = "".join(person(f"R{n}") for n in range(100, 136))
    bad = "".join(person(f"R{n}", on="?") for n in range(200, 205))
    bureau.send({"regions.csv": REGIONS})
    files = {"persons-a.csv": PERSONS + good + bad, "persons-b.csv": PERSONS + person("R1")}
    refused = bureau.send(files)
    assert [(each.file, each.reason) for each in refused.refused] == [("persons-a.csv", "too_many_rejected")]
    assert refused.load is None
    assert "41 行中有 5 行" in refused.refused[0].message
    partial = bureau.send(files, allow_partial=True)
    assert partial.load == 2
    assert (bureau.now("persons"), bureau.held()) == ([], [])


def test_the_limits_are_a_setting(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS})
    (bureau.home.path / "settings.toml").write_text("[loading]\nrejected_share = 0.5\nrejected_rows = 1\n")
    assert bureau.send({"persons.csv": PERSONS + person("R1", on="?")}).load is None
    assert bureau.send({"persons.csv": PERSONS + person("R1", on="?") + person("R2")}).load == 2


def test_checks_between_columns_see_what_the_file_leaves_as_it_was(bureau: Bureau) -> None:
    closed = PERSONS.strip() + ",closed_on,close_reason\n" + person("R1").strip() + ",2026-02-01,就业\n"
    bureau.send({"regions.csv": REGIONS, "persons.csv": closed})
    late = bureau.send({"persons.csv": PERSONS + person("R1", on="2026-03-01")})
    assert counts(late, "persons") == {"read": 1, "quarantined": 1}
    assert bureau.held() == [("persons", "R1", "date_order", "closed_on")]
    emptied = PERSONS.strip() + ",closed_on\n" + person("R1").strip() + ",\n"
    bureau.send({"persons.csv": emptied})
    assert bureau.held()[1:] == [("persons", "R1", "missing_required", "closed_on")]
    moved = PERSONS.strip() + ",closed_on\n" + person("R1").strip() + ",2026-02-03\n"
    assert counts(bureau.send({"persons.csv": moved}), "persons") == {"read": 1, "changed": 1}
    assert bureau.now("persons", "closed_on::VARCHAR, close_reason") == [("2026-02-03", "placed")]
    assert bureau.held() == []


def test_full_width_characters_are_folded_wherever_they_stand(bureau: Bureau) -> None:
    rows = f"Ｒ１,{valid_id('1')},{PINE},失业人员,２０２６年１月５日\n"
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + rows + person("R1")})
    assert bureau.now("persons", "registration_no, registered_on::VARCHAR") == [("R1", "2026-01-05")]
    assert bureau.ask("SELECT duplicates FROM log.files WHERE file = 'persons.csv'") == [(1,)]


def test_a_refused_delivery_still_tells_its_unknown_columns(bureau: Bureau) -> None:
    files = {"regions.csv": REGIONS, "persons.csv": PERSONS.strip() + ",zodiac\n", "posts.csv": "a,b\n1,2\n"}
    account = bureau.send(files)
    assert (account.load, account.tables, account.files) == (None, {}, [])
    assert account.unknown_columns == {"persons.csv": ["zodiac"]}


def test_models_are_kept_up_once_there_are_more_than_a_few_rows(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + "".join(person(f"R{n}") for n in range(9))})
    bureau.send({"persons.csv": PERSONS + person("R9")})
    assert bureau.ask("FROM core.kept") == []
    monkeypatch.setattr(maintain, "FEW", 14)  # five regions and ten persons are more
    bureau.send({"persons.csv": PERSONS + person("R9")})
    assert ("core.registration",) in bureau.ask("SELECT table_name FROM core.kept")


def test_a_model_that_reads_nothing_that_changed_is_left_as_it_is(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maintain, "FEW", 0)
    persons = PERSONS + "".join(person(f"R{n}") for n in range(9))
    bureau.send({"regions.csv": REGIONS, "persons.csv": persons})
    bureau.send({"persons.csv": persons + person("R9")})
    touched = dict(bureau.ask("SELECT table_name, touched FROM core.kept"))
    assert (touched["core.registration"], touched["core.loan"]) == (True, False)

    bureau.send({"persons.csv": persons + person("R9")})
    assert set(bureau.ask("SELECT touched FROM core.kept")) == {(False,)}
    assert len(bureau.now("persons", "registration_no")) == len(bureau.ask("FROM mart.registration"))


def test_a_household_alone_touches_the_placements_of_its_persons(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maintain, "FEW", 0)
    households = "household_no,identified_on,community_code\n"
    known = "".join(f"H{n},2026-02-01,{PINE}\n" for n in range(1, 9))
    persons = "".join(person(f"R{n}").strip() + f",H{n}\n" for n in range(9))
    placements = "".join(f"P{n},R{n},{PINE},job_fair,2026-03-01\n" for n in range(9))
    bureau.send(
        {
            "regions.csv": REGIONS,
            "persons.csv": PERSONS.strip() + ",household_no\n" + persons,
            "placements.csv": PLACEMENTS + placements,
            "zero_households.csv": households + known,
        }
    )
    bureau.send({"zero_households.csv": households + f"H0,2026-02-01,{PINE}\n"})

    touched = dict(bureau.ask("SELECT table_name, touched FROM core.kept"))
    assert (touched["core.registration"], touched["core.placement"]) == (False, True)
    hardships = "SELECT placement_no, hardships FROM mart.placement ORDER BY ALL"
    assert {bits & 2 for _, bits in bureau.ask(hardships)} == {2}, "each person's household has nobody at work"
