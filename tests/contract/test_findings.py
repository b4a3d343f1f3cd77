"""Every finding of the contract: the smallest delivery that bears it, and its nearest neighbour that does not."""

from typing import Any

from tests.contract.bureau import (
    CITY,
    COMMUNITY,
    DISTRICT,
    OTHER,
    SMALLEST,
    STREET,
    Bureau,
    id_number,
    person,
    row,
)

LOAN = {
    "decided_on": "2026-02-03", "decision": "同意", "disbursed_on": "2026-02-05", "amount": "20000", "term_months": 24,
    "annual_rate": "5.31",
}  # fmt: skip


def loan(no: str, **cells: Any) -> Any:
    return row("loans", **{**LOAN, "loan_no": no, **cells})


def paid(no: str, start: str, end: str | None = None, **cells: Any) -> Any:
    return row(
        "subsidies",
        **{
            "payment_no": no, "kind": "post", "registration_no": "R1", "period_start": start,
            "period_end": end or start, "paid_on": "2026-09-15", **cells,
        },
    )  # fmt: skip


def found(bureau: Bureau, name: str) -> list[str]:
    return [key for finding, _, key in bureau.found() if finding == name]


def test_a_finding_tells_where_and_from_which_load(city: Bureau) -> None:
    city.load(persons=[person("R2"), person("R1", sex="女")])
    [finding] = city.findings()
    assert tuple(finding) == (
        "finding", "table", "key", "region_code", "district_code", "street_code", "load", "message",
    )  # fmt: skip
    assert finding["message"]
    del finding["message"]
    assert finding == {
        "finding": "id_mismatch",
        "table": "persons",
        "key": "R1",
        "region_code": COMMUNITY,
        "district_code": DISTRICT,
        "street_code": STREET,
        "load": 2,
    }


def test_id_mismatch_goes_when_the_row_is_corrected(city: Bureau) -> None:
    city.load(
        persons=[
            person("R1", sex="男", birth_date="1965-01-01"),
            person("R2", sex="", birth_date=""),
            person("R3", sex="female"),
            person("R4", birth_date="1965-01-02"),
        ]
    )
    assert found(city, "id_mismatch") == ["R3", "R4"]
    # The ID number wins.
    [man] = [answer for answer in city.rows("query", "unemployed", "--by", "sex") if answer["sex"] == "male"]
    assert man["unemployed"] == 4
    city.load(persons=[person("R3", sex="male"), person("R4")])
    assert found(city, "id_mismatch") == ["R4"]


def test_double_registration(city: Bureau) -> None:
    one = id_number(order=1)
    closed = {"closed_on": "2026-05-01", "close_reason": "就业"}
    city.load(
        persons=[
            person("R1", id_number=one),
            person("R2", id_number="998801650101001"),
            person("R3", id_number=one, **closed),
            person("R4"),
        ]
    )
    assert found(city, "double_registration") == ["R1", "R2"]
    city.load(persons=[person("R2", id_number=one, **closed)])
    assert found(city, "double_registration") == []


def test_placed_while_not_registered(city: Bureau) -> None:
    city.load(
        persons=[
            person("R1"),
            person("R2", closed_on="2026-02-01", close_reason="迁出"),
            person("R3", closed_on="2026-02-01", close_reason="就业"),
        ],
        placements=[
            row("placements", placement_no="A1", placed_on="2026-01-04"),
            row("placements", placement_no="A2", placed_on="2026-01-05"),
            row("placements", placement_no="A3", registration_no="R2", placed_on="2026-02-02"),
            row("placements", placement_no="A4", registration_no="R2", placed_on="2026-02-01"),
            row("placements", placement_no="A5", registration_no="R3", placed_on="2026-02-02"),
        ],
    )
    assert found(city, "placed_while_not_registered") == ["A1", "A3"]


def test_loan_over_cap_and_over_term_by_the_policy_of_the_day(city: Bureau) -> None:
    old = {"applied_on": "2010-01-01", "decided_on": "2010-01-02", "disbursed_on": "2010-01-03"}
    city.load(
        persons=[person()],
        loans=[
            loan("L1", amount="300000"),
            loan("L2", amount="300000.01"),
            loan("L3", amount="50000.01", **old),
            loan("L4", amount="50000", **old),
            loan("L5", amount="900000", product="合伙"),
            loan("L6", amount="4000000.01", product="small_firm"),
            loan("L7", term_months=36),
            loan("L8", term_months=37),
            loan("L9", term_months=25, **old),
            loan("M1", amount="999999", decision="", disbursed_on="", term_months=99, decided_on=""),
        ],
    )
    assert found(city, "loan_over_cap") == ["L2", "L3", "L6"]
    assert found(city, "loan_over_term") == ["L8", "L9"]


def test_loan_over_fund_capacity(city: Bureau) -> None:
    city.load(
        persons=[person()],
        fund_entries=[row("fund_entries", amount="10000")],
        loans=[
            loan("L1", amount="50000"),
            loan("L2", amount="0.01", disbursed_on="2026-02-06"),
        ],
    )
    assert found(city, "loan_over_fund_capacity") == ["L2"]
    city.load(fund_entries=[row("fund_entries", entry_no="E2", amount="1", entry_on="2026-02-06")])
    assert found(city, "loan_over_fund_capacity") == []


def test_repaid_more_than_owed(city: Bureau) -> None:
    city.load(
        persons=[person()],
        loans=[loan("L1", amount="1000"), loan("L2", amount="1000"), loan("L3", amount="1000")],
        repayments=[
            row("repayments", payment_no="K1", loan_no="L1", principal="1000.00"),
            row("repayments", payment_no="K2", loan_no="L2", principal="1000.01"),
            row("repayments", payment_no="K3", loan_no="L3", principal="600"),
            row("repayments", payment_no="K4", loan_no="L3", principal="600", kind="代偿"),
            row("repayments", payment_no="K5", loan_no="L3", principal="600", kind="冲正", reverses="K4"),
        ],
    )
    assert found(city, "repaid_more_than_owed") == ["L2"]


def test_subsidy_overlap(city: Bureau) -> None:
    second = id_number(order=1)
    city.load(
        persons=[
            person("R1", id_number=second),
            person("R2", id_number=second, registered_on="2026-02-01"),
            person("R3"),
        ],
        placements=[SMALLEST["placements"]],
        subsidies=[
            paid("Z1", "2026-03", "2026-05"),
            paid("Z2", "2026-05", "2026-06", registration_no="R2"),
            paid("Z3", "2026-07", "2026-08"),
            paid("Z4", "2026-05", kind="insurance"),
            paid("Z5", "2026-05", funding_source="市级"),
            paid("Z6", "2026-05", registration_no="R3"),
        ],
    )
    assert found(city, "subsidy_overlap") == ["Z1", "Z2"]


def test_subsidy_without_job(city: Bureau) -> None:
    city.load(
        persons=[person()],
        placements=[row("placements", placed_on="2026-03-31", ended_on="2026-05-01")],
        subsidies=[
            paid("Z1", "2026-03", "2026-05"),
            paid("Z2", "2026-02", "2026-03", kind="insurance"),
            paid("Z3", "2026-06"),
            paid("Z4", "2026-06", kind="training"),
        ],
    )
    assert found(city, "subsidy_without_job") == ["Z2", "Z3"]


def test_subsidy_after_working_age(city: Bureau) -> None:
    man = id_number("19660401", 1)
    city.load(
        persons=[person("R1", id_number=man), person("R2", id_number=id_number("19710415", 2))],
        placements=[
            row("placements", placement_no=f"A{n}", registration_no=f"R{n}", placed_on="2026-01-05") for n in (1, 2)
        ],
        subsidies=[
            paid("Z1", "2026-03"),
            paid("Z2", "2026-05"),
            paid("Z3", "2026-04", registration_no="R2"),
            paid("Z4", "2026-04", "2026-05", registration_no="R2", funding_source="市级"),
        ],
    )
    # He is 60 on 1 April: the month that begins on that day begins when the age is reached.
    assert [key for key in found(city, "subsidy_after_working_age") if key != "Z0"] == ["Z2", "Z4"]


def test_subsidy_after_exit(city: Bureau) -> None:
    closed = {"closed_on": "2026-04-10", "close_reason": "死亡"}
    city.load(
        persons=[
            person("R1", **closed),
            person("R2", closed_on="2026-04-10", close_reason="就业"),
            person("R3", **closed),
        ],
        placements=[
            row("placements", placement_no="A3", registration_no="R3", placed_on="2026-05-31", ended_on="2026-06-30")
        ],
        subsidies=[
            paid("Z1", "2026-04", kind="training"),
            paid("Z2", "2026-04", "2026-05", kind="insurance"),
            paid("Z3", "2026-05", registration_no="R2", kind="training"),
            paid("Z4", "2026-05", "2026-06", registration_no="R3", kind="training"),
            paid("Z5", "2026-07", registration_no="R3", kind="training"),
        ],
    )
    assert found(city, "subsidy_after_exit") == ["Z2", "Z5"]


def test_subsidy_over_duration(city: Bureau) -> None:
    placed = row("placements", placed_on="2022-01-01")
    city.load(
        persons=[person("R1", registered_on="2021-01-01"), person("R2", registered_on="2021-01-01")],
        placements=[placed, {**placed, "placement_no": "A2", "registration_no": "R2"}],
        subsidies=[
            paid("Z1", "2022-01", "2024-12"),
            paid("Z2", "2022-01", "2024-12", registration_no="R2"),
            paid("Z3", "2025-01", registration_no="R2"),
            paid("Z4", "2025-01", kind="insurance"),
        ],
    )
    assert "Z3" in found(city, "subsidy_over_duration")
    assert not {"Z1", "Z4"} & set(found(city, "subsidy_over_duration"))


def test_budget_overspent(city: Bureau) -> None:
    budget = row("budgets", kind="fee_waiver", amount="400")
    city.load(budgets=[budget, {**budget, "funding_source": "central"}], subsidies=[row("subsidies", amount="500")])
    assert found(city, "budget_overspent") == [f"2026/{DISTRICT}/fee_waiver/province/0"]
    city.load(budgets=[{**budget, "revision": 1, "amount": "500"}])
    assert found(city, "budget_overspent") == []


def test_target_sum_mismatch(city: Bureau) -> None:
    target = row("targets", region_code=STREET, value=100)
    city.load(targets=[target, {**target, "region_code": COMMUNITY, "value": 40}])
    assert found(city, "target_sum_mismatch") == []
    city.load(targets=[{**target, "region_code": OTHER, "value": 59}])
    assert found(city, "target_sum_mismatch") == [f"2026/{STREET}/placed/city/0"]
    city.load(targets=[{**target, "region_code": OTHER, "value": 60, "revision": 1}])
    assert found(city, "target_sum_mismatch") == []
    city.load(targets=[{**target, "region_code": CITY, "issuer": "province"}])
    assert found(city, "target_sum_mismatch") == []


def test_findings_of_withdrawn_rows_go(city: Bureau) -> None:
    city.load(persons=[person("R1", sex="女")], loans=[loan("L1", amount="300000.01")])
    assert len(city.findings()) == 2
    city.load(persons=[{"registration_no": "R1", "voided": "是"}])
    assert city.findings() == []
