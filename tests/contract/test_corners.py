"""Where two clauses of the contract meet."""

from tests.contract.bureau import CITY, COMMUNITY, REGIONS, SMALLEST, STREET, Bureau, id_number, person, row

WITHDRAWAL = {"registration_no": "R1", "voided": "是"}


def test_of_two_held_rows_of_one_key_the_later_load_holds(city: Bureau) -> None:
    city.load(data_date="2026-07-31", placements=[row("placements", placed_on="2026-03-01")])
    city.load(data_date="2026-07-31", placements=[row("placements", placed_on="2026-04-01")])
    assert len(city.quarantine()) == 2
    city.load(persons=[person()])
    assert city.quarantine() == []
    assert city.load(placements=[row("placements", placed_on="2026-04-01")])["tables"]["placements"]["unchanged"] == 1
    assert city.figure("placements") == 1


def test_a_row_may_refer_to_a_withdrawn_one_and_counts_nowhere(city: Bureau) -> None:
    city.load(persons=[person()])
    city.load(persons=[WITHDRAWAL])
    assert city.load(placements=[SMALLEST["placements"]])["tables"]["placements"]["new"] == 1
    assert city.quarantine() == []
    assert city.figure("placements") == 0
    city.load(persons=[{**WITHDRAWAL, "voided": "否"}])
    assert city.figure("placements") == 1


def test_a_row_and_its_withdrawal_in_one_delivery_conflict(city: Bureau) -> None:
    city.load(persons=[{**person(), "voided": ""}, {**person(), "voided": "1"}])
    assert city.held() == [("persons", "registration_no", "conflicting_duplicate")] * 2


def test_a_whole_row_may_come_withdrawn(city: Bureau) -> None:
    assert city.load(persons=[person(voided="1")])["tables"]["persons"]["new"] == 1
    assert city.quarantine() == []
    assert city.figure("unemployed") == 0


def test_a_withdrawal_of_a_held_row_is_held_too_and_settled_with_it(city: Bureau) -> None:
    visit = SMALLEST["visits"]
    city.load(data_date="2026-07-31", visits=[visit])
    city.load(data_date="2026-07-31", visits=[{"visit_no": "V1", "voided": "1"}])
    assert ("visits", "visit_no", "unknown_reference") in city.held()
    city.load(persons=[person()])
    assert city.quarantine() == []


def test_a_file_of_keys_and_voided_leaves_all_else_of_known_rows(city: Bureau) -> None:
    city.load(persons=[person()])
    account = city.load(persons=[{**WITHDRAWAL, "voided": ""}, {"registration_no": "R9", "voided": "0"}])
    assert (account["tables"]["persons"]["unchanged"], account["tables"]["persons"]["quarantined"]) == (1, 1)
    assert [(entry["key"], entry["reason"]) for entry in city.quarantine()] == [("R9", "missing_required")]


def test_an_unknown_successor_is_an_unknown_region(city: Bureau) -> None:
    city.load(regions=[row("regions", successor_code="998801001098")])
    assert city.held() == [("regions", "successor_code", "unknown_region")]


def test_without_regions_every_code_is_unknown(bureau: Bureau) -> None:
    bureau.load(persons=[person()])
    assert bureau.held() == [("persons", "community_code", "unknown_region")]


def test_rows_of_a_withdrawn_region_count_nowhere(city: Bureau) -> None:
    city.load(persons=[person()])
    city.load(regions=[{"region_code": COMMUNITY, "voided": "1"}])
    assert city.figure("unemployed") == 0
    assert city.load(persons=[person("R2")])["tables"]["persons"]["new"] == 1
    assert city.figure("unemployed") == 0


def test_rows_held_for_references_do_not_thin_the_share_of_rejected_ones(city: Bureau) -> None:
    good = [person(f"R{n}") for n in range(40)]
    bad = [person(f"R{n}", category="?") for n in range(40, 45)]
    held = [person(f"R{n}", community_code="998801001099") for n in range(45, 65)]
    assert city.try_load(city.delivery(persons=good + bad + held))[0] == 1


def test_a_conflict_delivered_again_is_counted_and_not_held_twice(city: Bureau) -> None:
    pair = [person(), person(job_wish="家政")]
    city.load(data_date="2026-07-31", persons=pair)
    account = city.load(persons=list(reversed(pair)))
    assert account["tables"]["persons"]["quarantined"] == 2
    assert [(entry["load"], entry["line"]) for entry in city.quarantine()] == [(2, 2), (2, 3)]
    assert city.load(persons=pair[:1])["tables"]["persons"]["new"] == 1
    assert city.quarantine() == []


def test_equal_rows_that_are_held_are_one_another_s_duplicates(city: Bureau) -> None:
    account = city.load(visits=[SMALLEST["visits"], SMALLEST["visits"]])
    counts = account["tables"]["visits"]
    assert counts["quarantined"] + counts["duplicates"] == 2
    assert len(city.quarantine()) == 1


def test_a_merged_community_keeps_its_rows_under_its_successor(city: Bureau) -> None:
    city.load(persons=[person()])
    successor = "998801001002"
    merged = {
        "region_code": COMMUNITY,
        "region_name": "一社区",
        "level": "社区",
        "parent_code": STREET,
        "successor_code": successor,
        "valid_to": "2026-05-01",
    }
    city.load(regions=[merged], placements=[SMALLEST["placements"]])
    assert city.quarantine() == []
    found = {each["region_code"]: each["unemployed"] for each in city.rows("query", "unemployed", "--by", "community")}
    assert found == {successor: 1}
    assert city.figure("placements", "--region", COMMUNITY) == 1


def test_a_correction_of_a_row_that_others_wait_for_releases_them(city: Bureau) -> None:
    city.load(
        data_date="2026-07-31",
        persons=[person(category="?")],
        loans=[row("loans")],
        repayments=[SMALLEST["repayments"]],
    )
    assert len(city.quarantine()) == 3
    account = city.load(persons=[person()])
    assert (account["tables"]["loans"]["released"], account["tables"]["repayments"]["released"]) == (1, 1)
    assert city.rows("loads")[-1]["released"] == 2


def test_a_later_row_that_is_wrong_does_not_disturb_the_one_that_holds(city: Bureau) -> None:
    city.load(data_date="2026-07-31", persons=[person()])
    city.load(data_date="2026-08-31", persons=[person(category="?")])
    assert city.figure("unemployed") == 1
    assert len(city.quarantine()) == 1
    assert city.load(persons=[person()])["tables"]["persons"]["unchanged"] == 1
    # A row of its key is loaded, though unchanged: what was held is settled.
    assert city.quarantine() == []


def test_a_bureaus_own_pack_in_the_home_folder_holds_for_its_city(bureau: Bureau) -> None:
    pack = bureau.home / "cities" / "某市"
    pack.mkdir(parents=True)
    (pack / "policy.toml").write_text(
        f'city_code = "{CITY}"\n[ages]\ngroup_4050 = {{ male = 30, female = 30 }}\n', "utf-8"
    )
    young = person("R1", id_number=id_number(birth="19900101"))
    bureau.load(regions=REGIONS, persons=[young])
    assert bureau.figure("unemployed_4050") == 1
