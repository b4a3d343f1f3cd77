"""Every reason code of the contract, on the column that the contract names; and rows at the edge that are right."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.contract.bureau import CITY, COMMUNITY, DISTRICT, REGIONS, SMALLEST, STREET, Bureau, id_number, row

Case = tuple[str, dict[str, Any], str, str]
NOWHERE = "998801001099"
ID = id_number(order=77)
WRONG_CHECK = ID[:-1] + ("1" if ID[-1] != "1" else "2")
DISBURSED = {"decided_on": "2026-02-03", "decision": "同意", "disbursed_on": "2026-02-05"}
TERMS = {"amount": "20000", "term_months": 24, "annual_rate": "5.31"}


def texts(table: str, column: str, reason: str, *cells: str) -> list[Case]:
    """One case for each text in one column."""
    return [(table, {column: cell}, column, reason) for cell in cells]


WRONG: list[Case] = [
    # missing_required
    *((table, {name: ""}, name, "missing_required") for table, name in [
        ("persons", "registration_no"), ("persons", "id_number"), ("persons", "community_code"),
        ("persons", "category"), ("persons", "registered_on"), ("zero_households", "household_no"),
        ("posts", "headcount"), ("referrals", "outcome"),
        ("placements", "channel"), ("loans", "bank"), ("instalments", "interest_due"), ("fund_entries", "amount"),
        ("budgets", "funding_source"), ("targets", "value"), ("reports", "due_on"), ("retirees", "month"),
        ("offices", "year"),
    ]),
    *texts("persons", "category", "missing_required", "-", "—", "/", "无", "NULL", "N/A", " 　"),
    ("persons", {"close_reason": "就业"}, "closed_on", "missing_required"),
    ("persons", {"closed_on": "2026-05-01"}, "close_reason", "missing_required"),
    ("loans", {**DISBURSED, **TERMS, "amount": ""}, "amount", "missing_required"),
    ("loans", {**DISBURSED, **TERMS, "term_months": ""}, "term_months", "missing_required"),
    ("loans", {**DISBURSED, **TERMS, "annual_rate": ""}, "annual_rate", "missing_required"),
    ("loans", {**DISBURSED, **TERMS, "decision": ""}, "decision", "missing_required"),
    *(("subsidies", {"kind": kind}, "registration_no", "missing_required") for kind in ("岗位补贴", "insurance")),
    ("subsidies", {"kind": "培训补贴"}, "registration_no", "missing_required"),
    ("repayments", {"kind": "冲正"}, "reverses", "missing_required"),
    ("regions", {"parent_code": ""}, "parent_code", "missing_required"),
    ("assessments", {"item": "一票否决"}, "remark", "missing_required"),
    ("assessments", {"item": "veto", "remark": "无"}, "remark", "missing_required"),
    # bad_date
    *texts("persons", "registered_on", "bad_date", "2026-02-30", "2026/13/1", "昨天", "26-1-5", "2026-1",
           "2026年2月30日", "20260231", "2026-01-05x", "1/5/2026"),
    ("persons", {"birth_date": "1965"}, "birth_date", "bad_date"),
    ("subsidies", {"period_start": "2026-13"}, "period_start", "bad_date"),
    ("subsidies", {"period_start": "2026Q1"}, "period_start", "bad_date"),
    *texts("reports", "period", "bad_date", "2026Q5", "2026-13", "2026", "2026Q", "一季度"),
    *texts("surveys", "quarter", "bad_date", "2026Q0", "2026-03", "2026"),
    *texts("assessments", "period", "bad_date", "2026Q5", "2026-03", "26"),
    ("retirees", {"month": "2026-00"}, "month", "bad_date"),
    # bad_number
    *texts("posts", "headcount", "bad_number", "三", "3.5", "3个", "0x3", "1e", "--3"),
    *texts("placements", "monthly_wage", "bad_number", "abc", "1500.001", "1500.0002", "1.2.3", "inf"),
    ("assessments", {"self_points": "优"}, "self_points", "bad_number"),
    ("targets", {"value": "many"}, "value", "bad_number"),
    ("targets", {"target_year": "2026.5"}, "target_year", "bad_number"),
    # bad_boolean
    ("trainings", {"passed": "对"}, "passed", "bad_boolean"),
    ("offices", {"organisation": "有"}, "organisation", "bad_boolean"),
    ("persons", {"voided": "maybe"}, "voided", "bad_boolean"),
    # not_in_list
    *texts("persons", "category", "not_in_list", "下岗", "LAID_OFF", "laid off", "下岗职工人员"),
    ("persons", {"sex": "男性"}, "sex", "not_in_list"),
    ("persons", {"hardship": "低保;贫困"}, "hardship", "not_in_list"),
    ("visits", {"mode": "微信"}, "mode", "not_in_list"),
    ("regions", {"level": "省"}, "level", "not_in_list"),
    ("targets", {"indicator": "幸福感"}, "indicator", "not_in_list"),
    # out_of_range
    ("posts", {"headcount": 0}, "headcount", "out_of_range"),
    ("placements", {"contract_months": -1}, "contract_months", "out_of_range"),
    ("placements", {"monthly_wage": "-0.01"}, "monthly_wage", "out_of_range"),
    ("loans", {"amount": "0"}, "amount", "out_of_range"),
    ("loans", {"annual_rate": "-5.31"}, "annual_rate", "out_of_range"),
    ("loans", {**DISBURSED, **TERMS, "decision": "不同意"}, "decision", "out_of_range"),
    ("loans", {"firm_staff": -3}, "firm_staff", "out_of_range"),
    ("instalments", {"instalment_no": 0}, "instalment_no", "out_of_range"),
    ("instalments", {"principal_due": "-1"}, "principal_due", "out_of_range"),
    ("repayments", {"interest": "-1"}, "interest", "out_of_range"),
    ("fund_entries", {"amount": "0"}, "amount", "out_of_range"),
    ("subsidies", {"amount": "0.00"}, "amount", "out_of_range"),
    ("budgets", {"amount": "-1"}, "amount", "out_of_range"),
    ("reports", {"returned_times": -1}, "returned_times", "out_of_range"),
    ("surveys", {"respondents": -1, "satisfied": 0}, "respondents", "out_of_range"),
    ("surveys", {"respondents": 5, "satisfied": 6}, "satisfied", "out_of_range"),
    ("surveys", {"complaints": -1}, "complaints", "out_of_range"),
    ("fairs", {"attended": -1}, "attended", "out_of_range"),
    ("entities", {"jobs": -1}, "jobs", "out_of_range"),
    ("offices", {"staff": -1}, "staff", "out_of_range"),
    ("offices", {"floor_area": "-0.5"}, "floor_area", "out_of_range"),
    ("retirees", {"managed": -1}, "managed", "out_of_range"),
    ("regions", {"households": -1}, "households", "out_of_range"),
    ("regions", {"parent_code": DISTRICT}, "parent_code", "out_of_range"),
    ("regions", {"successor_code": STREET}, "successor_code", "out_of_range"),
    # bad_id_number
    *texts("persons", "id_number", "bad_id_number", WRONG_CHECK, ID[:-1], ID + "0", "998801651301001",
           "998801196513010017", "99880165010100A", "身份证"),
    # bad_region_code, unknown_region
    *texts("persons", "community_code", "bad_region_code", "12345", "9988010010011", "99880100100A", "社区", STREET,
           STREET[:9], DISTRICT[:6], CITY),
    ("fund_entries", {"district_code": COMMUNITY}, "district_code", "bad_region_code"),
    ("budgets", {"district_code": STREET}, "district_code", "bad_region_code"),
    ("offices", {"region_code": DISTRICT}, "region_code", "bad_region_code"),
    ("persons", {"community_code": NOWHERE}, "community_code", "unknown_region"),
    ("targets", {"region_code": "998899"}, "region_code", "unknown_region"),
    ("regions", {"parent_code": "998801099"}, "parent_code", "unknown_region"),
    # unknown_reference
    ("referrals", {"registration_no": "R99"}, "registration_no", "unknown_reference"),
    ("referrals", {"post_no": "G99"}, "post_no", "unknown_reference"),
    ("placements", {"fair_no": "F99"}, "fair_no", "unknown_reference"),
    ("instalments", {"loan_no": "L99"}, "loan_no", "unknown_reference"),
    ("subsidies", {"registration_no": "R99"}, "registration_no", "unknown_reference"),
    ("repayments", {"kind": "冲正", "reverses": "K99"}, "reverses", "unknown_reference"),
    # date_order
    ("persons", {"closed_on": "2026-01-04", "close_reason": "就业"}, "closed_on", "date_order"),
    ("zero_households", {"cleared_on": "2026-01-31"}, "cleared_on", "date_order"),
    ("posts", {"closed_on": "2026-01-31"}, "closed_on", "date_order"),
    ("placements", {"ended_on": "2026-02-28"}, "ended_on", "date_order"),
    ("trainings", {"finished_on": "2026-01-31"}, "finished_on", "date_order"),
    ("entities", {"closed_on": "2025-05-31"}, "closed_on", "date_order"),
    ("loans", {"decided_on": "2026-01-31", "decision": "不同意"}, "decided_on", "date_order"),
    ("loans", {**DISBURSED, **TERMS, "disbursed_on": "2026-02-02"}, "disbursed_on", "date_order"),
    ("subsidies", {"period_start": "2026-03", "period_end": "2026-02"}, "period_end", "date_order"),
    ("regions", {"valid_from": "2026-01-02", "valid_to": "2026-01-01"}, "valid_to", "date_order"),
    # future_date: the data date is 2026-09-30
    *((table, {name: "2026-10-01"}, name, "future_date") for table, name in [
        ("persons", "registered_on"), ("persons", "certificate_on"), ("zero_households", "identified_on"),
        ("posts", "developed_on"),
        ("referrals", "referred_on"), ("placements", "placed_on"), ("trainings", "started_on"),
        ("visits", "visited_on"),
        ("loans", "applied_on"), ("loans", "community_on"), ("loans", "written_off_on"), ("repayments", "paid_on"),
        ("fund_entries", "entry_on"), ("subsidies", "paid_on"), ("subsidies", "approved_on"),
        ("reports", "submitted_on"),
        ("fairs", "held_on"), ("entities", "founded_on"), ("offices", "connected_on"),
    ]),
    ("persons", {"closed_on": "2026-10-01", "close_reason": "退休"}, "closed_on", "future_date"),
    # the first fault: by reason as listed, then by column
    ("persons", {"registered_on": "昨天", "category": ""}, "category", "missing_required"),
    ("persons", {"registered_on": "昨天", "birth_date": "去年"}, "birth_date", "bad_date"),
    ("persons", {"community_code": "12345", "id_number": "1"}, "id_number", "bad_id_number"),
    ("persons", {"community_code": NOWHERE, "registered_on": "2026-10-01"}, "registered_on", "future_date"),
    ("trainings", {"started_on": "2026-10-02", "finished_on": "2026-10-01"}, "finished_on", "date_order"),
    ("placements", {"registration_no": "R99", "community_code": NOWHERE}, "community_code", "unknown_region"),
]  # fmt: skip

RIGHT: list[tuple[str, dict[str, Any]]] = [
    *(("persons", {"registered_on": text}) for text in (
        "2026-01-05", "2026/1/5", "2026.1.5", "20260105", "2026年1月5日", "2026年01月05日",
        "２０２６－０１－０５", " 2026-01-05　", "2026-09-30",
    )),
    ("persons", {"updated_on": "2027-01-01"}),
    ("persons", {"category": "ｌａｉｄ_off"}),
    ("persons", {"hardship": "低保、disabled;军属；"}),
    ("persons", {"closed_on": "2026-01-05", "close_reason": "其他"}),
    ("persons", {"id_number": "998801650101001"}),
    ("persons", {"id_number": id_number("19650101", 555)[:-1] + id_number("19650101", 555)[-1].lower()}),
    ("targets", {"value": "-5"}),
    ("targets", {"region_code": "998801"}),
    ("targets", {"region_code": "998801001", "indicator": "再就业人数"}),
    ("targets", {"value": "1,200.5", "signed_on": "2027-01-01"}),
    *(("reports", {"period": text}) for text in ("2026-04", "2026Q1", "2026/5", "202606", "2026年7月")),
    ("reports", {"due_on": "2027-01-05"}),
    ("assessments", {"period": "2026", "self_points": "-2"}),
    ("assessments", {"item": "未知项目"}),
    ("assessments", {"item": "veto", "remark": "虚报"}),
    ("instalments", {"due_on": "2028-01-01", "principal_due": 0, "interest_due": "0.00"}),
    ("posts", {"headcount": "3.0"}),
    ("posts", {"headcount": "１，０００"}),
    ("placements", {"monthly_wage": "1,500.00009"}),
    ("surveys", {"respondents": 0, "satisfied": 0}),
    ("budgets", {"district_code": CITY, "amount": 0}),
    ("fund_entries", {"district_code": "998801"}),
    ("loans", {**DISBURSED, **TERMS}),
    ("loans", {"counter_guarantee": "无"}),
    ("trainings", {"passed": "Ｙ"}),
    ("subsidies", {"kind": "post", "registration_no": "R1", "period_start": "2026-01", "period_end": "2026-01-31"}),
    ("repayments", {"kind": "reversal", "reverses": "K1"}),
    ("regions", {"level": "city", "parent_code": "", "region_code": "998700000000"}),
]  # fmt: skip

# What makes a row of a table another row: a key of its own.
KEYS: dict[str, Any] = {
    "regions": lambda n: {"region_code": f"998801002{n:03d}"},
    "persons": lambda n: {"registration_no": f"R{n}", "id_number": id_number("19700101", n)},
    "zero_households": lambda n: {"household_no": f"H{n}"},
    "instalments": lambda n: {"instalment_no": n},
    "budgets": lambda n: {"budget_year": 2000 + n},
    "targets": lambda n: {"revision": n},
    "reports": lambda n: {"report": f"月报{n}"},
    "surveys": lambda n: {"quarter": f"{1900 + n}Q1"},
    "offices": lambda n: {"year": 1900 + n},
    "retirees": lambda n: {"month": f"{1900 + n}-01"},
    "assessments": lambda n: {"item": f"item{n}"},
}


def keyed(table: str, n: int, cells: dict[str, Any]) -> Any:
    first = next(iter(SMALLEST[table]))
    own = KEYS[table](n) if table in KEYS else {first: f"{SMALLEST[table][first]}-{n}"}
    return row(table, **{**own, **cells})


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], tuple[str, str]]:
    """Of one delivery with all the rows above: (table, line) → (column, reason) of those in quarantine."""
    bureau = Bureau(tmp_path_factory.mktemp("bureau"))
    bureau.home.mkdir()
    (bureau.home / "settings.toml").write_text("[loading]\nrejected_share = 1.0\n", "utf-8")
    files: dict[str, list[Any]] = {table: [smallest] for table, smallest in SMALLEST.items()}
    files["regions"] = [*REGIONS, SMALLEST["regions"]]
    for table, cells, *_ in [*WRONG, *RIGHT]:
        files[table].append(keyed(table, len(files[table]) + 10, cells))
    bureau.load(**files)
    return {(entry["table"], entry["line"]): (entry["column"], entry["reason"]) for entry in bureau.quarantine()}


def lines() -> dict[int, int]:
    """Case number → line in its file."""
    count: dict[str, int] = defaultdict(lambda: 1, regions=len(REGIONS) + 1)
    found = {}
    for number, (table, *_) in enumerate([*WRONG, *RIGHT]):
        count[table] += 1
        found[number] = count[table] + 1
    return found


LINES = lines()


@pytest.mark.parametrize("number", range(len(WRONG)), ids=lambda number: "-".join(map(str, WRONG[number])))
def test_a_wrong_row_is_held_for_its_first_fault(number: int, outcome: dict[tuple[str, int], tuple[str, str]]) -> None:
    table, _, column, reason = WRONG[number]
    assert outcome.get((table, LINES[number])) == (column, reason)


@pytest.mark.parametrize("number", range(len(RIGHT)), ids=lambda number: "-".join(map(str, RIGHT[number])))
def test_a_right_row_is_not_held(number: int, outcome: dict[tuple[str, int], tuple[str, str]]) -> None:
    table, _ = RIGHT[number]
    assert outcome.get((table, LINES[number + len(WRONG)])) is None


@pytest.mark.parametrize("table", SMALLEST)
def test_the_smallest_row_of_every_table_is_right(table: str, outcome: dict[tuple[str, int], tuple[str, str]]) -> None:
    assert outcome.get((table, len(REGIONS) + 2 if table == "regions" else 2)) is None


def test_nothing_else_is_held(outcome: dict[tuple[str, int], tuple[str, str]]) -> None:
    assert set(outcome) == {(WRONG[number][0], LINES[number]) for number in range(len(WRONG))}


def test_a_circle_of_successors_is_out_of_range(city: Bureau) -> None:
    first, second = "998801001011", "998801001012"
    city.load(
        regions=[
            row("regions", region_code=first, successor_code=second),
            row("regions", region_code=second, successor_code=first),
        ]
    )
    assert city.held() == [("regions", "successor_code", "out_of_range")] * 2


def test_a_reversal_must_name_a_payment_of_the_same_loan_that_is_no_reversal(city: Bureau, tmp_path: Path) -> None:
    reversal = row("repayments", kind="冲正", reverses="K1")
    city.load(
        persons=[SMALLEST["persons"]],
        loans=[SMALLEST["loans"], row("loans", loan_no="L2")],
        repayments=[
            SMALLEST["repayments"],
            {**reversal, "payment_no": "K2"},
            {**reversal, "payment_no": "K3", "loan_no": "L2"},
            {**reversal, "payment_no": "K4", "reverses": "K2"},
            {**reversal, "payment_no": "K5", "reverses": "K5"},
        ],
    )
    held = {entry["key"]: (entry["column"], entry["reason"]) for entry in city.quarantine()}
    assert held == dict.fromkeys(("K3", "K4", "K5"), ("reverses", "unknown_reference"))
