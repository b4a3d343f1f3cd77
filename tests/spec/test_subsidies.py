"""Subsidies and budgets: every metric as a worked example."""

from decimal import Decimal
from pathlib import Path

from tests.spec.rows import budget, by, day, figure, person, placed, subsidy, world
from tests.worlds import CITY, HILL, NORTH, PINE, QUAY, SOUTH


def test_spend_adds_up_to_the_cent_by_the_day_of_payment(tmp_path: Path) -> None:
    payments = [
        subsidy("S1", "02-01", "0.10"),
        subsidy("S2", "02-28", "0.20", kind="loan_interest"),
        subsidy("S3", "03-01", 5),
    ]
    build = world(tmp_path, subsidies=payments)

    assert figure(build, "subsidy_spend", end="02-28") == Decimal("0.30")
    assert by(build, "subsidy_spend", "kind") == {"placement_award": Decimal("5.10"), "loan_interest": Decimal("0.20")}
    assert by(build, "subsidy_spend", "month") == {"2026-02": Decimal("0.30"), "2026-03": Decimal(5)}


def test_beneficiaries_are_different_persons_whatever_they_get(tmp_path: Path) -> None:
    people = [person("R1"), person("R2", person_key="R1"), person("R3")]
    payments = [
        subsidy("S1", "02-01", 10, registration_no="R1"),
        subsidy("S2", "03-01", 20, registration_no="R2", kind="post"),
        subsidy("S3", "03-01", 40, registration_no="R3", community_code=QUAY),
        subsidy("S4", "03-01", 80),
    ]
    build = world(tmp_path, persons=people, subsidies=payments)

    assert figure(build, "subsidy_beneficiaries") == 2
    assert by(build, "subsidy_beneficiaries", "month") == {"2026-02": 1, "2026-03": 2}, "months do not add up"
    assert by(build, "subsidy_beneficiaries", "community") == {PINE: 1, QUAY: 1}
    assert figure(build, "subsidy_per_beneficiary") == 70 / 2, "what names no person is left out"
    assert by(build, "subsidy_per_beneficiary", "kind") == {"placement_award": 25, "post": 20}
    assert figure(build, "subsidy_beneficiaries", region=HILL) == 1
    assert figure(build, "subsidy_per_beneficiary", "04-01") is None


def test_a_person_counts_once_a_period_wherever_it_begins_and_once_in_each_region(tmp_path: Path) -> None:
    payments = [
        subsidy("S1", "01-10", 10, registration_no="R1"),
        subsidy("S2", "01-20", 10, registration_no="R1"),
        subsidy("S3", "01-20", 10, registration_no="R1", community_code=QUAY),
        subsidy("S4", "02-05", 10, registration_no="R1", kind="post"),
    ]
    build = world(tmp_path, persons=[person("R1")], subsidies=payments)

    assert by(build, "subsidy_beneficiaries", "month") == {"2026-01": 1, "2026-02": 1}
    assert figure(build, "subsidy_beneficiaries", "01-15", "01-31") == 1, "the payment of 10 January is not in it"
    assert by(build, "subsidy_beneficiaries", "month", start=day("01-15")) == {"2026-01": 1, "2026-02": 1}
    assert by(build, "subsidy_beneficiaries", "community") == {PINE: 1, QUAY: 1}
    assert by(build, "subsidy_beneficiaries", "kind") == {"placement_award": 1, "post": 1}
    both = (("community", PINE), ("community", QUAY))
    assert figure(build, "subsidy_beneficiaries", where=both) == 1, "of both together the person is one"


def test_the_budget_is_the_highest_revision_of_the_dates_year(tmp_path: Path) -> None:
    budgets = [
        budget(CITY, 100), budget(CITY, 150, revision=2), budget(CITY, 120, revision=1), budget(NORTH, 30),
        budget(NORTH, 7, budget_year=2025),
    ]  # fmt: skip
    build = world(tmp_path, budgets=budgets)

    assert figure(build, "subsidy_budget") == 180
    assert by(build, "subsidy_budget", "district") == {NORTH: 30}
    assert figure(build, "subsidy_budget", "2025-01-01", "2025-12-31") == 7
    assert figure(build, "subsidy_budget", region=SOUTH) == 0
    assert figure(build, "subsidy_budget", region=HILL) is None, "there is none below the district"
    assert by(build, "subsidy_budget", "budget_year") == {"2025": 7, "2026": 180}


def test_execution_sets_payments_against_the_regions_own_budget_lines(tmp_path: Path) -> None:
    budgets = [budget(CITY, 100), budget(NORTH, 50, kind="intermediation"), budget(SOUTH, 0, kind="loan_interest")]
    payments = [
        subsidy("S1", "02-01", 20),
        subsidy("S2", "02-01", 10, kind="intermediation"),
        subsidy("S3", "02-01", 5, kind="intermediation", community_code=QUAY),
        subsidy("S4", "02-01", 3, kind="loan_interest", community_code=QUAY),
        subsidy("S5", "02-01", 1, kind="fee_waiver"),
        subsidy("S6", "02-01", 90, budget_year=2025),
        subsidy("S7", "02-01", 70, funding_source="central"),
    ]
    build = world(tmp_path, subsidies=payments, budgets=budgets)

    assert figure(build, "budget_execution") == 100 * (20 + 10 + 5 + 3) / 150, "a budget of 0 is a budget"
    assert figure(build, "subsidy_unbudgeted") == 1 + 70
    assert figure(build, "budget_execution", region=NORTH) == 100 * 10 / 50, "awards are the city's line, not NORTH's"
    assert figure(build, "subsidy_unbudgeted", region=NORTH) == 20 + 1 + 70
    assert figure(build, "budget_execution", region=SOUTH) is None, "a budget of 0 cannot be executed"
    assert by(build, "budget_execution", "kind") == {"placement_award": 20, "intermediation": 30}
    assert figure(build, "budget_execution", region=HILL) is None
    assert figure(build, "subsidy_unbudgeted", region=HILL) is None


def test_execution_on_a_day_takes_what_was_paid_by_then(tmp_path: Path) -> None:
    payments = [subsidy("S1", "02-01", 20), subsidy("S2", "03-10", 30), subsidy("S3", "03-11", 7, budget_year=2025)]
    build = world(tmp_path, subsidies=payments, budgets=[budget(CITY, 100), budget(CITY, 14, budget_year=2025)])

    assert by(build, "budget_execution", "month", end=day("03-31")) == {"2026-02": 20, "2026-03": 50}
    assert figure(build, "budget_execution", "2025-01-01", "2025-12-31") == 0, "paid in 2026"
    of_2025 = (("budget_year", "2025"),)
    assert figure(build, "budget_execution", where=of_2025) == 50, "whatever the period"
    assert figure(build, "budget_execution", where=of_2025, as_of=day("03-10")) == 0
    assert figure(build, "subsidy_spend", "01-01", "01-31", where=of_2025) == 7
    assert figure(build, "subsidy_budget", where=of_2025) == 14
    assert by(build, "subsidy_spend", "budget_year", start=day("01-01"), end=day("01-31")) == {"2025": 7, "2026": 50}


def test_the_cost_of_a_placement_is_what_was_spent_on_placing(tmp_path: Path) -> None:
    placing = ("post", "insurance", "intermediation", "training", "placement_award")
    kinds = (*placing, "loan_interest", "fee_waiver")
    payments = [subsidy(kind, "02-01", 10, kind=kind, registration_no="R1") for kind in kinds]
    placements = [placed("P1", "R1", "02-01"), placed("P2", "R2", "02-01")]
    build = world(tmp_path, subsidies=payments, persons=[person("R1"), person("R2")], placements=placements)

    assert figure(build, "cost_per_placement") == 25
    assert figure(build, "cost_per_placement", "03-01") is None
