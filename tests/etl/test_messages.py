"""What the clerk is told: for every fault that a table can have, in both languages, with the cell as delivered."""

from datetime import date

import pytest

from etl.contract import Table
from etl.faults import column_of, columns_of, faults, reason_of
from etl.finding_messages import finding_message
from etl.messages import LANGUAGES, Rejections, in_language, older, row_message, too_many_rejected
from etl.tables import BY_NAME, TABLES


def every_fault(table: Table) -> set[tuple[str, str | None]]:
    columns = frozenset(column.name for column in columns_of(table))
    own = {(reason_of(fault), column_of(table, fault)) for fault, _ in faults(table, columns, date(2026, 9, 30))}
    waiting = {
        ("unknown_region" if each.table == "regions" else "unknown_reference", each.column) for each in table.references
    }
    return own | waiting | {("conflicting_duplicate", table.key[0]), ("unknown_reference", table.key[0])}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fault_is_said_in_both_languages(table: Table, lang: str) -> None:
    for reason, column in every_fault(table):
        text = row_message(table, reason, column, key="K1", values={}, lang=lang)
        assert len(text) > 8
        assert "{" not in text
        assert "None" not in text


@pytest.mark.parametrize(
    ("table", "reason", "column", "values", "text"),
    [
        (
            "persons",
            "missing_required",
            "closed_on",
            {"注销日期": "", "注销原因": "就业"},
            "“注销日期”没有填写（填了“注销原因”的行必须填写），请补填。",
        ),
        (
            "reports",
            "bad_date",
            "period",
            {"期 间": "x", "期间": "2026Q5"},
            "“期间”写的是“2026Q5”，不是有效日期，请写成 2026-03 或 2026Q1。",
        ),
        (
            "repayments",
            "missing_required",
            "reverses",
            {"类别": "冲正"},
            "“被冲正流水号”没有填写（“类别”为冲正的行必须填写），请补填。",
        ),
        ("surveys", "out_of_range", "satisfied", {"满意人数": "11"}, "“满意人数”为“11”，应在 0 与“调查人数”之间。"),
        (
            "loans",
            "out_of_range",
            "decision",
            {"decision": "refused"},
            "“decision”为“refused”，填了“放款日期”的行应为“同意”。",
        ),
        ("fund_entries", "out_of_range", "amount", {"金额(万元)": "0"}, "“金额(万元)”为“0”，应大于 0。"),
        (
            "placements",
            "bad_region_code",
            "community_code",
            {"社区代码": "990101"},
            "“社区代码”写的是“990101”，应为 12 位的社区区划代码。",
        ),
        (
            "loans",
            "date_order",
            "disbursed_on",
            {"放款日期": "2026-01-01"},
            "“放款日期”2026-01-01 早于“申请日期”或“审批日期”，请核对这两个日期。",
        ),
    ],
)
def test_a_message_says_what_stands_there_and_what_should(
    table: str, reason: str, column: str, values: dict[str, str], text: str
) -> None:
    assert row_message(BY_NAME[table], reason, column, key="K1", values=values, lang="zh") == text


def test_refusals_are_said_again_in_english() -> None:
    found = Rejections(5, 41, 0.1, [(100 + 10, 3), (100 + 12, 2)])
    refusal = too_many_rejected(BY_NAME["persons"], "p.csv", found)
    assert refusal.message.startswith("41 行中有 5 行不合格，超过 10%")
    assert in_language(refusal, "en").message.startswith("5 of 41 rows are rejected, more than 10%")
    assert in_language(refusal, "zh") is refusal
    late = older("2026-06-30", date(2026, 6, 30), date(2026, 9, 30))
    assert "--backfill" in in_language(late, "en").message


def test_a_finding_bears_what_shows_it() -> None:
    assert finding_message("loan_over_cap", "60000 > 50000", "zh") == "贷款金额超过政策上限（60000 > 50000）"
    assert finding_message("loan_over_cap", None, "en") == "the loan is larger than the policy's cap"
