"""The first fault of a row: every reason, on the column that the contract names, in the order in which faults count."""

from datetime import date

import duckdb
import pytest

from etl.check import Landed, add_candidates, create_candidates, give_indicators
from etl.faults import column_of, reason_of
from etl.history import create_history
from etl.identity import set_key
from etl.read import Landing
from etl.tables import BY_NAME

GOOD = {
    "persons": {
        "registration_no": "R1",
        "id_number": "11010519491231002X",
        "community_code": "990101001001",
        "category": "unemployed",
        "registered_on": "2026-01-05",
    },
    "regions": {"region_code": "990100", "region_name": "磁湖市", "level": "市"},
    "posts": {
        "post_no": "J1",
        "community_code": "990101001001",
        "kind": "entity",
        "headcount": "1",
        "developed_on": "2026-01-05",
    },
    "placements": {
        "placement_no": "P1",
        "registration_no": "R1",
        "community_code": "990101001001",
        "channel": "market",
        "placed_on": "2026-01-05",
    },
    "loans": {
        "loan_no": "L1",
        "registration_no": "R1",
        "community_code": "990101001001",
        "bank": "银行",
        "applied_on": "2026-01-05",
    },
    "repayments": {
        "payment_no": "Y1",
        "loan_no": "L1",
        "paid_on": "2026-01-05",
        "principal": "1",
        "interest": "0",
        "kind": "repayment",
    },
    "subsidies": {
        "payment_no": "S1",
        "kind": "fee_waiver",
        "community_code": "990101001001",
        "paid_on": "2026-01-05",
        "amount": "1",
        "funding_source": "city",
    },
    "zero_households": {"household_no": "H1", "identified_on": "2026-01-05", "community_code": "990101001001"},
    "trainings": {
        "training_no": "T1",
        "registration_no": "R1",
        "community_code": "990101001001",
        "started_on": "2026-01-05",
    },
    "entities": {"entity_no": "E1", "community_code": "990101001001", "kind": "entity", "founded_on": "2026-01-05"},
    "surveys": {"community_code": "990101001001", "quarter": "2026Q1", "respondents": "10", "satisfied": "10"},
    "assessments": {"community_code": "990101001001", "period": "2026", "item": "hall"},
    "reports": {"community_code": "990101001001", "report": "月报", "period": "2026-03", "due_on": "2027-01-01"},
    "targets": {"target_year": "2026", "region_code": "990100", "indicator": "placed", "value": "-5"},
    "budgets": {
        "budget_year": "2026",
        "district_code": "990101",
        "kind": "post",
        "funding_source": "city",
        "amount": "0",
    },
    "retirees": {"community_code": "990101001001", "month": "2026-03"},
    "offices": {"region_code": "990101001", "year": "2026"},
    "fund_entries": {
        "entry_no": "F1",
        "entry_on": "2026-01-05",
        "source": "city",
        "kind": "contribution",
        "amount": "1",
    },
    "instalments": {
        "loan_no": "L1",
        "instalment_no": "1",
        "due_on": "2027-01-05",
        "principal_due": "0",
        "interest_due": "0",
    },
    "fairs": {"fair_no": "F1", "community_code": "990101001001", "kind": "招聘会", "held_on": "2026-01-05"},
    "visits": {"visit_no": "V1", "registration_no": "R1", "visited_on": "2026-01-05"},
    "referrals": {"referral_no": "N1", "registration_no": "R1", "referred_on": "2026-01-05", "outcome": "成功"},
}


def first_fault(
    name: str, /, *, data_date: date | None = date(2026, 9, 30), **cells: str | None
) -> tuple[str, str | None] | None:
    """Reason and column of the first fault of a good row with these cells in place of its own."""
    table, row = BY_NAME[name], {**GOOD[name], **cells}
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS landing")
        create_history(connection)
        set_key(connection, b"k" * 32)
        give_indicators(connection, {"placed": "placed"})
        columns = ", ".join(f'${place} AS "{column}"' for place, column in enumerate(row, start=1))
        connection.execute(
            f"CREATE TABLE landing.f1 AS SELECT 2::BIGINT AS _line, FALSE AS _extra, {columns}", list(row.values())
        )
        landing = Landing("landing.f1", name, f"{name}.csv", tuple(row), {}, {}, (), normal=True, rows=1)
        create_candidates(connection, table, 1)
        add_candidates(connection, table, Landed(landing, 1, 1, "landing.f1"), data_date)
        [(fault,)] = connection.execute("SELECT _fault FROM candidate").fetchall()
    return None if fault is None else (reason_of(fault), column_of(table, fault))


@pytest.mark.parametrize("name", GOOD)
def test_a_good_row_has_no_fault(name: str) -> None:
    assert first_fault(name) is None


@pytest.mark.parametrize("name", GOOD)
def test_every_required_column_must_be_filled(name: str) -> None:
    for column in BY_NAME[name].required:
        assert first_fault(name, **{column: " — "}) == ("missing_required", column)


@pytest.mark.parametrize(
    ("name", "cells", "reason", "column"),
    [
        ("persons", {"registered_on": "2026-02-30"}, "bad_date", "registered_on"),
        ("persons", {"birth_date": "31.12.1949"}, "bad_date", "birth_date"),
        ("surveys", {"quarter": "2026Q5"}, "bad_date", "quarter"),
        ("reports", {"period": "2026"}, "bad_date", "period"),
        ("assessments", {"period": "2026-03"}, "bad_date", "period"),
        ("retirees", {"month": "2026-13"}, "bad_date", "month"),
        ("posts", {"headcount": "2.5"}, "bad_number", "headcount"),
        ("subsidies", {"amount": "1.005"}, "bad_number", "amount"),
        ("budgets", {"revision": "first"}, "bad_number", "revision"),
        ("loans", {"interest_subsidised": "maybe"}, "bad_boolean", "interest_subsidised"),
        ("persons", {"voided": "maybe"}, "bad_boolean", "voided"),
        ("persons", {"category": "下岗"}, "not_in_list", "category"),
        ("persons", {"hardship": "低保、富裕"}, "not_in_list", "hardship"),
        ("targets", {"indicator": "happiness"}, "not_in_list", "indicator"),
        ("posts", {"headcount": "0"}, "out_of_range", "headcount"),
        ("subsidies", {"amount": "0"}, "out_of_range", "amount"),
        ("loans", {"amount": "0"}, "out_of_range", "amount"),
        ("repayments", {"principal": "-1"}, "out_of_range", "principal"),
        ("placements", {"monthly_wage": "-1"}, "out_of_range", "monthly_wage"),
        ("surveys", {"satisfied": "11"}, "out_of_range", "satisfied"),
        ("persons", {"id_number": "110105194912310021"}, "bad_id_number", "id_number"),
        ("persons", {"community_code": "9901"}, "bad_region_code", "community_code"),
        ("persons", {"registered_on": "2026-10-01"}, "future_date", "registered_on"),
        ("zero_households", {"identified_on": "2026-10-01"}, "future_date", "identified_on"),
        ("persons", {"close_reason": "就业"}, "missing_required", "closed_on"),
        ("persons", {"closed_on": "2026-02-01"}, "missing_required", "close_reason"),
        ("regions", {"level": "社区"}, "missing_required", "parent_code"),
        ("loans", {"disbursed_on": "2026-02-01"}, "missing_required", "decision"),
        ("subsidies", {"kind": "岗位补贴"}, "missing_required", "registration_no"),
        ("repayments", {"kind": "冲正"}, "missing_required", "reverses"),
        ("assessments", {"item": "veto"}, "missing_required", "remark"),
        ("assessments", {"item": "一票否决"}, "missing_required", "remark"),
        ("persons", {"closed_on": "2026-01-04", "close_reason": "placed"}, "date_order", "closed_on"),
        ("zero_households", {"cleared_on": "2026-01-04"}, "date_order", "cleared_on"),
        ("posts", {"closed_on": "2026-01-04"}, "date_order", "closed_on"),
        ("placements", {"ended_on": "2026-01-04"}, "date_order", "ended_on"),
        ("trainings", {"finished_on": "2026-01-04"}, "date_order", "finished_on"),
        ("entities", {"closed_on": "2026-01-04"}, "date_order", "closed_on"),
        ("loans", {"decided_on": "2026-01-04"}, "date_order", "decided_on"),
        ("subsidies", {"period_start": "2026-03", "period_end": "2026-02"}, "date_order", "period_end"),
        ("regions", {"valid_from": "2026-01-02", "valid_to": "2026-01-01"}, "date_order", "valid_to"),
    ],
)
def test_each_fault_bears_its_reason_and_column(name: str, cells: dict[str, str], reason: str, column: str) -> None:
    assert first_fault(name, **cells) == (reason, column)


def test_a_disbursed_loan_is_approved_and_complete() -> None:
    disbursed = {
        "decided_on": "2026-01-06",
        "disbursed_on": "2026-01-07",
        "amount": "10000",
        "term_months": "24",
        "annual_rate": "5.31",
    }
    assert first_fault("loans", **disbursed, decision="同意") is None
    assert first_fault("loans", **disbursed, decision="不同意") == ("out_of_range", "decision")
    assert first_fault("loans", **{**disbursed, "annual_rate": ""}, decision="同意") == (
        "missing_required",
        "annual_rate",
    )
    assert first_fault("loans", **{**disbursed, "disbursed_on": "2026-01-05"}, decision="同意") == (
        "date_order",
        "disbursed_on",
    )


@pytest.mark.parametrize(
    ("name", "cells", "reason", "column"),
    [
        # by reason code first, whatever the column
        ("persons", {"registered_on": "?", "category": ""}, "missing_required", "category"),
        ("persons", {"category": "?", "closed_on": "?"}, "missing_required", "close_reason"),
        ("persons", {"id_number": "1", "registered_on": "?"}, "bad_date", "registered_on"),
        ("loans", {"amount": "x", "decided_on": "?"}, "bad_date", "decided_on"),
        ("loans", {"interest_subsidised": "?", "amount": "x"}, "bad_number", "amount"),
        ("persons", {"community_code": "1", "id_number": "1"}, "bad_id_number", "id_number"),
        ("placements", {"placed_on": "2026-11-01", "ended_on": "2026-10-01"}, "date_order", "ended_on"),
        # then by column
        ("persons", {"registered_on": "?", "birth_date": "?"}, "bad_date", "birth_date"),
        ("loans", {"term_months": "-1", "amount": "-1"}, "out_of_range", "amount"),
        ("placements", {"ended_on": "2026-11-01", "placed_on": "2026-10-01"}, "future_date", "placed_on"),
    ],
)
def test_the_first_fault_counts(name: str, cells: dict[str, str], reason: str, column: str) -> None:
    assert first_fault(name, **cells) == (reason, column)


def test_without_a_data_date_nothing_is_in_the_future() -> None:
    assert first_fault("persons", data_date=None, registered_on="2099-01-01") is None


def test_due_dates_updates_and_signatures_are_no_events() -> None:
    assert first_fault("persons", updated_on="2099-01-01") is None
    assert first_fault("targets", signed_on="2099-01-01") is None
    assert first_fault("instalments", due_on="2099-01-01") is None


def test_identifiers_are_never_judged() -> None:
    assert first_fault("persons", name="", phone="???") is None
