"""References: held, released in a chain, settled; the order of files does not matter."""

from tests.contract.bureau import COMMUNITY, REGIONS, SMALLEST, STREET, Bureau, person, row


def test_the_order_of_files_does_not_matter(bureau: Bureau) -> None:
    bureau.load(**{table: [smallest] for table, smallest in reversed(SMALLEST.items())} | {"regions": REGIONS})
    assert bureau.quarantine() == []


def test_a_row_is_released_once_its_reference_arrives(city: Bureau) -> None:
    held = city.load(data_date="2026-07-31", visits=[SMALLEST["visits"]])
    assert held["tables"]["visits"]["quarantined"] == 1
    assert city.held() == [("visits", "registration_no", "unknown_reference")]
    account = city.load(persons=[person()])
    assert account["tables"]["persons"]["new"] == 1
    assert account["tables"]["visits"] == {**dict.fromkeys(held["tables"]["visits"], 0), "released": 1}
    assert city.quarantine() == []
    assert city.load(visits=[SMALLEST["visits"]])["tables"]["visits"]["unchanged"] == 1


def test_a_chain_is_held_and_released_together(city: Bureau) -> None:
    account = city.load(
        data_date="2026-07-31",
        repayments=[SMALLEST["repayments"], row("repayments", payment_no="K2", kind="冲正", reverses="K1")],
        instalments=[SMALLEST["instalments"]],
        loans=[SMALLEST["loans"]],
    )
    assert {name: counts["quarantined"] for name, counts in account["tables"].items()} == {
        "loans": 1,
        "instalments": 1,
        "repayments": 2,
    }
    assert {reason for _, _, reason in city.held()} == {"unknown_reference"}
    account = city.load(persons=[person()])
    assert {name: counts["released"] for name, counts in account["tables"].items() if counts["released"]} == {
        "loans": 1,
        "instalments": 1,
        "repayments": 2,
    }
    assert city.quarantine() == []


def test_a_row_whose_reference_is_rejected_is_held_too(city: Bureau) -> None:
    city.load(persons=[person(category="?")], visits=[SMALLEST["visits"]])
    assert city.held() == [
        ("persons", "category", "not_in_list"),
        ("visits", "registration_no", "unknown_reference"),
    ]
    account = city.load(persons=[person()])
    assert account["tables"]["visits"]["released"] == 1
    assert city.quarantine() == []


def test_a_row_of_an_unknown_region_is_released_with_the_region(city: Bureau) -> None:
    late = "998801001009"
    city.load(data_date="2026-07-31", persons=[person(community_code=late)], visits=[SMALLEST["visits"]])
    assert city.held() == [
        ("persons", "community_code", "unknown_region"),
        ("visits", "registration_no", "unknown_reference"),
    ]
    account = city.load(regions=[SMALLEST["regions"]])
    assert (account["tables"]["persons"]["released"], account["tables"]["visits"]["released"]) == (1, 1)
    assert city.figure("unemployed") == 1


def test_a_region_that_arrives_at_another_level_does_not_release(city: Bureau) -> None:
    late = "998801002000"
    city.load(data_date="2026-07-31", persons=[person(community_code=late)])
    assert city.held() == [("persons", "community_code", "unknown_region")]
    city.load(regions=[row("regions", region_code=late, level="街道", parent_code="998801")])
    assert city.quarantine() != []
    assert city.figure("unemployed") == 0


def test_regions_refer_to_one_another_in_any_order(bureau: Bureau) -> None:
    account = bureau.load(regions=list(reversed(REGIONS)))
    assert account["tables"]["regions"]["new"] == len(REGIONS)


def test_regions_below_a_missing_parent_are_held_and_released(bureau: Bureau) -> None:
    account = bureau.load(data_date="2026-06-30", regions=[each for each in REGIONS if each["region_code"] != STREET])
    assert account["tables"]["regions"]["quarantined"] == 2
    assert {(column, reason) for _, column, reason in bureau.held()} == {("parent_code", "unknown_region")}
    account = bureau.load(regions=[each for each in REGIONS if each["region_code"] == STREET])
    assert account["tables"]["regions"]["released"] == 2


def test_a_held_row_is_settled_when_a_row_of_its_key_is_loaded(city: Bureau) -> None:
    city.load(data_date="2026-07-31", persons=[person("R1", category="?"), person("R2", category="?")])
    account = city.load(persons=[person("R1")])
    assert (account["tables"]["persons"]["new"], account["tables"]["persons"]["released"]) == (1, 0)
    assert [entry["key"] for entry in city.quarantine()] == ["R2"]


def test_a_held_row_that_is_delivered_again_with_its_reference_is_new(city: Bureau) -> None:
    city.load(data_date="2026-07-31", visits=[SMALLEST["visits"]])
    account = city.load(persons=[person()], visits=[SMALLEST["visits"]])
    assert (account["tables"]["visits"]["new"], account["tables"]["visits"]["released"]) == (1, 0)
    assert city.quarantine() == []


def test_a_deliverys_own_row_comes_before_a_held_one(city: Bureau) -> None:
    city.load(data_date="2026-07-31", visits=[row("visits", visited_on="2026-04-01")])
    account = city.load(persons=[person()], visits=[row("visits", visited_on="2026-05-01")])
    assert (account["tables"]["visits"]["new"], account["tables"]["visits"]["released"]) == (1, 0)
    assert city.load(visits=[row("visits", visited_on="2026-05-01")])["tables"]["visits"]["unchanged"] == 1


def test_an_unknown_optional_reference_is_held(city: Bureau) -> None:
    city.load(data_date="2026-07-31", persons=[person()], placements=[row("placements", post_no="G1")])
    assert city.held() == [("placements", "post_no", "unknown_reference")]
    assert city.load(posts=[SMALLEST["posts"]])["tables"]["placements"]["released"] == 1


def test_released_rows_are_known_from_the_load_that_released_them(city: Bureau) -> None:
    city.load(data_date="2026-07-31", placements=[SMALLEST["placements"]])
    city.load(persons=[person()])
    assert city.figure("placements", "--known-at", "2", "--from", "2026-01-01", "--to", "2026-07-31") == 0
    assert city.figure("placements") == 1


def test_a_required_subsidy_reference_is_held(city: Bureau) -> None:
    paid = row("subsidies", kind="post", registration_no="R1", community_code=COMMUNITY)
    city.load(data_date="2026-07-31", subsidies=[paid])
    assert city.held() == [("subsidies", "registration_no", "unknown_reference")]
    assert city.load(persons=[person()])["tables"]["subsidies"]["released"] == 1
