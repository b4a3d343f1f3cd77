"""The second calculation itself, on worlds small enough to be counted by hand."""

from datetime import date
from fractions import Fraction

import pytest

from .ask import Ask, groups
from .chance import id_number
from .city import CITY, region
from .metric import Value
from .rows import Live, live
from .targets import judged, standing

D = date(2026, 9, 30)
DISTRICT, STREET = "990101000000", "990101001000"
A, B = "990101001001", "990101001002"
AREAS = [
    region(CITY, "city", ""), region(DISTRICT, "district", CITY), region(STREET, "street", DISTRICT),
    region(A, "community", STREET) | {"labour_force": "200"}, region(B, "community", STREET),
]  # fmt: skip


def world(day: date = D, **tables: list[dict[str, str]]) -> Live:
    return live([(day, {"regions": AREAS} | tables)])


def figure(known: Live, name: str, **asked: object) -> Value:
    return groups(known, Ask((name,), **asked))[()][name]  # type: ignore[arg-type]  # keywords of any type


def person(no: str, born: date = date(1990, 5, 5), sequence: int = 101, **more: str) -> dict[str, str]:
    row = {
        "registration_no": no, "id_number": id_number(born, sequence), "community_code": A, "category": "laid_off",
        "registered_on": "2026-01-10", "closed_on": "", "close_reason": "", "hardship": "", "household_no": "",
    }  # fmt: skip
    return row | more


def placement(no: str, registration: str, placed_on: str, **more: str) -> dict[str, str]:
    row = {"placement_no": no, "registration_no": registration, "community_code": A, "placed_on": placed_on}
    return row | {"channel": "market", "ended_on": "", "post_no": "", "sponsor": ""} | more


def test_a_person_counts_once_a_year_by_day_and_then_by_the_number_as_text() -> None:
    known = world(
        persons=[person("R1"), person("R2")],
        placements=[placement("P9", "R1", "2026-03-01", channel="flexible"), placement("P10", "R2", "2026-03-01")],
    )
    assert groups(known, Ask(("placed",), by=("channel",))) == {("market",): {"placed": 1}}


def test_a_withdrawn_placement_makes_the_next_one_the_first() -> None:
    known = world(
        persons=[person("R1")],
        placements=[placement("P1", "R1", "2026-03-01", voided="true"), placement("P2", "R1", "2026-05-01")],
    )
    assert groups(known, Ask(("placed",), by=("month",)))["2026-05",] == {"placed": 1}


@pytest.mark.parametrize(("day", "count"), [(date(2026, 2, 28), 0), (date(2026, 3, 1), 1)])
def test_a_man_born_on_29_february_is_50_on_1_march_of_a_common_year(day: date, count: int) -> None:
    known = world(persons=[person("R1", date(1976, 2, 29))])
    assert figure(known, "unemployed_4050", end=day) == count


def test_the_household_that_the_placement_clears_makes_it_a_placement_in_hardship() -> None:
    household = {"household_no": "H", "identified_on": "2026-02-01", "community_code": A, "cleared_on": "2026-02-20"}
    known = world(
        persons=[person("R1", household_no="H"), person("R2", date(1991, 5, 5), household_no="H")],
        zero_households=[household],
        placements=[placement("P1", "R1", "2026-02-20"), placement("P2", "R2", "2026-02-21")],
    )
    assert figure(known, "placed_hardship") == 1
    assert figure(known, "zero_households_open", end=date(2026, 2, 20)) == 0
    assert figure(known, "zero_households_cleared_20d") == 100


def test_a_merged_community_counts_for_its_successor_and_its_labour_force_while_it_was_valid() -> None:
    merged = region(B, "community", STREET) | {"successor_code": A, "valid_to": "2026-06-01", "labour_force": "50"}
    known = live([(D, {"regions": [*AREAS[:4], merged], "persons": [person("R1", community_code=B)]})])
    assert groups(known, Ask(("unemployed",), by=("community",))) == {(A,): {"unemployed": 1}}
    assert figure(known, "unemployment_rate", end=date(2026, 5, 31)) == Fraction(100, 250)
    assert figure(known, "unemployment_rate", end=date(2026, 6, 1)) == Fraction(100, 200)


LOAN = {
    "loan_no": "L", "registration_no": "R1", "community_code": A, "bank": "城商行", "applied_on": "2026-01-05",
    "decided_on": "2026-01-06", "decision": "approved", "disbursed_on": "2026-01-10", "amount": "1000",
    "term_months": "4", "annual_rate": "5", "interest_subsidised": "true", "written_off_on": "", "product": "",
}  # fmt: skip


def lent(*payments: tuple[str, str, str, str], **loan: str) -> Live:
    """1,000 in four instalments from 10 February on, with payments (day, kind, principal, what it reverses)."""
    plan = [
        {"loan_no": "L", "instalment_no": f"{number}", "due_on": f"2026-0{number + 1}-10", "principal_due": "250",
         "interest_due": "10"} for number in range(1, 5)
    ]  # fmt: skip
    paid = [
        {"payment_no": f"Y{number}", "loan_no": "L", "paid_on": day, "kind": kind, "principal": principal,
         "interest": "0", "reverses": reverses} for number, (day, kind, principal, reverses) in enumerate(payments)
    ]  # fmt: skip
    return world(persons=[person("R1")], loans=[LOAN | loan], instalments=plan, repayments=paid)


def test_money_settles_the_oldest_instalment_and_the_days_run_from_the_first_one_unsettled() -> None:
    known = lent(("2026-02-10", "repayment", "250", ""), ("2026-03-10", "repayment", "249.99", ""))
    assert figure(known, "loan_overdue", end=date(2026, 3, 10)) == 0
    assert figure(known, "par_30", end=date(2026, 4, 9)) == 0
    assert figure(known, "par_30", end=date(2026, 4, 10)) == 100


def test_a_reversed_payment_counts_until_its_reversal() -> None:
    known = lent(("2026-02-10", "repayment", "250", ""), ("2026-04-01", "reversal", "0", "Y0"))
    assert figure(known, "loan_outstanding", end=date(2026, 3, 31)) == 750
    assert figure(known, "loan_outstanding", end=date(2026, 4, 1)) == 1000
    assert figure(known, "on_time_rate", end=date(2026, 2, 10)) == 100
    assert figure(known, "collection_rate", end=date(2026, 2, 10)) == 0
    rolled = groups(known, Ask(("roll_amount",), by=("month", "to_bucket")))
    assert rolled["2026-04", "paid"]["roll_amount"] == -250
    assert rolled["2026-04", "61-90"]["roll_amount"] == 1000


def test_compensation_stays_at_risk_until_it_is_recovered() -> None:
    known = lent(("2026-05-01", "compensation", "1000", ""), ("2026-06-01", "recovery", "400", ""))
    assert figure(known, "par_30") is None
    assert figure(known, "par_30_full") == 100
    assert figure(known, "recovery_rate") == 40


def test_interest_is_subsidised_where_the_loan_is_paid_on_the_day_but_not_where_it_was_settled_before() -> None:
    known = lent(("2026-04-10", "prepayment", "1000", ""))
    assert figure(known, "interest_subsidy_due") == 15


def test_a_vintage_is_late_for_good_once_it_was_late_at_a_month_end() -> None:
    known = lent(("2026-03-15", "repayment", "250", ""), ("2026-04-15", "repayment", "750", ""))
    ask = Ask(("vintage_30",), by=("month_on_book", "cohort"), end=date(2026, 3, 1), as_of=date(2026, 5, 31))
    values = {key[0]: row["vintage_30"] for key, row in groups(known, ask).items()}
    assert values == {"0": 0, "1": 0, "2": 0, "3": 0, "4": 0}


def test_follow_up_is_due_in_each_month_after_a_placement_in_hardship_while_it_lasts() -> None:
    known = world(
        persons=[person("R1", hardship="disabled")],
        placements=[placement("P1", "R1", "2026-01-15", ended_on="2026-04-01")],
        visits=[{"visit_no": "V", "registration_no": "R1", "visited_on": "2026-03-31", "mode": "door"}],
    )
    assert figure(known, "follow_up_rate") == Fraction(100, 3)
    assert figure(known, "follow_up_rate", end=date(2026, 3, 30)) == 0


def test_only_the_pairs_with_a_budget_are_executed_even_if_the_budget_is_nothing() -> None:
    line = {"budget_year": "2026", "district_code": DISTRICT, "kind": "post", "funding_source": "city"}
    paid = {"kind": "post", "registration_no": "R1", "community_code": A, "paid_on": "2026-02-01", "amount": "40"}
    known = world(
        persons=[person("R1")],
        budgets=[line | {"revision": "0", "amount": "50"}, line | {"revision": "1", "amount": "80"}],
        subsidies=[
            paid | {"payment_no": "S1", "funding_source": "city"},
            paid | {"payment_no": "S2", "funding_source": "central"},
        ],
    )  # fmt: skip
    assert figure(known, "budget_execution") == 50
    assert figure(known, "subsidy_unbudgeted") == 40
    assert figure(known, "subsidy_budget", region=A) is None


def test_a_target_is_judged_by_its_lead_in_points() -> None:
    target = {
        "target_year": "2026",
        "region_code": CITY,
        "indicator": "placed",
        "value": "2",
        "revision": "",
        "issuer": "",
    }
    known = world(
        persons=[person("R1")], placements=[placement("P1", "R1", "2026-03-01")],
        targets=[target | {"revision": "1"}, target | {"value": "9"}],
    )  # fmt: skip
    (row,) = standing(known)
    result = judged(known, row, D)
    assert result["completion"] == 50
    assert result["time_elapsed"] == Fraction(27300, 365)
    assert result["state"] == "behind"
    assert result["needed_per_week"] == Fraction(7, 92)
