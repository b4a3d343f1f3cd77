"""What a later delivery does to an earlier row: replace, empty, leave, withdraw, restore; what was known before."""

from tests.contract.bureau import OTHER, SMALLEST, Bureau, person, row

KEY_ONLY = [{"registration_no": "R1", "voided": "是"}]


def test_a_key_that_is_not_delivered_again_stays(city: Bureau) -> None:
    city.load(persons=[person("R1"), person("R2")])
    city.load(persons=[person("R1", closed_on="2026-09-01", close_reason="就业")])
    assert city.figure("unemployed") == 1


def test_an_empty_cell_empties_and_an_absent_column_leaves(city: Bureau) -> None:
    whole = row("placements", post_no="G1", ended_on="2026-05-01")
    city.load(persons=[person()], posts=[SMALLEST["posts"]], placements=[whole])
    without = {name: cell for name, cell in whole.items() if name != "ended_on"}
    assert city.load(placements=[without])["tables"]["placements"]["unchanged"] == 1
    assert city.load(placements=[{**whole, "ended_on": ""}])["tables"]["placements"]["changed"] == 1
    assert city.load(placements=[{**without, "ended_on": "-"}])["tables"]["placements"]["unchanged"] == 1


def test_cross_column_checks_use_what_is_known_of_absent_columns(city: Bureau) -> None:
    city.load(persons=[person(closed_on="2026-05-01", close_reason="就业")])
    account = city.load(persons=[person(registered_on="2026-06-01")])
    assert account["tables"]["persons"]["quarantined"] == 1
    assert city.held()[0][2] == "date_order"


def test_an_emptied_default_takes_its_default(city: Bureau) -> None:
    city.load(reports=[row("reports", returned_times=3)])
    assert city.load(reports=[row("reports", returned_times="")])["tables"]["reports"]["changed"] == 1
    assert city.load(reports=[row("reports", returned_times="0")])["tables"]["reports"]["unchanged"] == 1
    assert city.load(reports=[row("reports")])["tables"]["reports"]["unchanged"] == 1


def test_a_withdrawn_row_counts_nowhere(city: Bureau) -> None:
    city.load(data_date="2026-07-31", persons=[person("R1"), person("R2")], placements=[SMALLEST["placements"]])
    account = city.load(persons=KEY_ONLY)
    assert account["tables"]["persons"]["changed"] == 1
    assert city.figure("unemployed") == 1
    # Its placement refers to it and must: it counts nowhere either.
    assert city.figure("placements") == 0
    assert city.figure("placements", "--known-at", "2") == 1


def test_an_optional_reference_to_a_withdrawn_row_is_as_if_empty(city: Bureau) -> None:
    city.load(persons=[person()], posts=[SMALLEST["posts"]], placements=[row("placements", post_no="G1")])
    assert city.figure("post_fill_rate") == 50
    city.load(posts=[{"post_no": "G1", "voided": "1"}])
    assert city.figure("placements") == 1
    assert city.figure("post_fill_rate") is None
    # A row may still name it.
    assert (
        city.load(placements=[row("placements", placement_no="A2", post_no="G1")])["tables"]["placements"]["new"] == 1
    )


def test_only_an_explicit_false_restores(city: Bureau) -> None:
    city.load(persons=[person()])
    city.load(persons=KEY_ONLY)
    assert city.load(persons=[person()])["tables"]["persons"]["unchanged"] == 1
    assert city.figure("unemployed") == 0
    assert city.load(persons=[person(voided="")])["load"] == 5
    assert city.figure("unemployed") == 0
    assert city.load(persons=[person(voided="否")])["tables"]["persons"]["changed"] == 1
    assert city.figure("unemployed") == 1


def test_a_withdrawal_leaves_the_other_values(city: Bureau) -> None:
    city.load(persons=[person(job_wish="家政")])
    city.load(persons=[{**dict.fromkeys(person(), ""), "registration_no": "R1", "job_wish": "保安", "voided": "1"}])
    assert city.load(persons=[{**person(job_wish="家政"), "voided": "0"}])["tables"]["persons"]["changed"] == 1
    assert city.load(persons=[person(job_wish="家政")])["tables"]["persons"]["unchanged"] == 1


def test_a_withdrawal_twice_changes_nothing(city: Bureau) -> None:
    city.load(persons=[person()])
    city.load(persons=KEY_ONLY)
    assert city.load(persons=KEY_ONLY)["tables"]["persons"]["unchanged"] == 1


def test_a_withdrawal_of_a_row_never_loaded_is_held_on_the_key_and_settled(city: Bureau) -> None:
    assert city.load(data_date="2026-07-31", persons=KEY_ONLY)["tables"]["persons"]["quarantined"] == 1
    assert city.held() == [("persons", "registration_no", "unknown_reference")]
    account = city.load(persons=[person()])
    assert (account["tables"]["persons"]["new"], account["tables"]["persons"]["released"]) == (1, 0)
    assert city.quarantine() == []
    assert city.figure("unemployed") == 1


def test_a_restoring_row_brings_back_what_refers_to_it(city: Bureau) -> None:
    city.load(persons=[person()], placements=[SMALLEST["placements"]])
    city.load(persons=KEY_ONLY)
    city.load(persons=[person(voided="false")])
    assert city.figure("placements") == 1


def test_figures_as_known_at_an_earlier_load(city: Bureau) -> None:
    city.load(data_date="2026-07-31", persons=[person("R1")])
    city.load(data_date="2026-08-31", persons=[person("R1", community_code=OTHER), person("R2")])
    city.load(persons=[person("R2", closed_on="2026-08-01", close_reason="就业")])
    known = {load: city.figure("unemployed", "--known-at", str(load)) for load in (1, 2, 3, 4)}
    assert known == {1: 0, 2: 1, 3: 2, 4: 1}
    [there] = [
        answer["unemployed"]
        for answer in city.rows("query", "unemployed", "--by", "community", "--known-at", "2")
        if answer["region_code"] == OTHER
    ]
    assert there == 0


def test_d_is_that_of_the_load_that_the_figure_is_known_at(city: Bureau) -> None:
    city.load(data_date="2026-07-31", persons=[person("R1")])
    city.load(persons=[person("R2", registered_on="2026-08-15")])
    months = city.rows("query", "registrations", "--by", "month", "--known-at", "2")
    assert months[-1] == {"month": "2026-07", "registrations": 0}
    assert city.rows("query", "registrations", "--by", "month")[-1]["month"] == "2026-09"


def test_an_unknown_load_is_a_usage_error(city: Bureau) -> None:
    assert city.run("query", "unemployed", "--known-at", "99").exit_code == 2


def test_voided_is_a_boolean_like_any_other(city: Bureau) -> None:
    texts = ("1", "true", "是", "Y")
    city.load(persons=[person(f"R{n}") for n, _ in enumerate(texts)])
    withdrawn = city.load(persons=[{"登记号": f"R{n}", "撤销": text} for n, text in enumerate(texts)])
    assert withdrawn["tables"]["persons"]["changed"] == len(texts)
