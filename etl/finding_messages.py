"""What a finding says to the one who looks into it, in Chinese and English."""

from collections.abc import Mapping
from typing import Final

FINDINGS: Final[Mapping[str, tuple[str, str]]] = {
    "id_mismatch": (
        "性别或出生日期与身份证号不符，统计以身份证号为准；请核对登记信息",
        "sex or birth date disagree with the ID number, which counts; check the registration",
    ),
    "double_registration": (
        "同一人有两个未注销的登记；请注销其中一个",
        "one person has two open registrations; close one of them",
    ),
    "placed_while_not_registered": (
        "安置日期不在登记有效期内；请核对安置与登记的日期",
        "placed before the registration or after its closing; check the dates",
    ),
    "loan_over_cap": ("贷款金额超过政策上限", "the loan is larger than the policy's cap"),
    "loan_over_term": ("贷款期限超过政策上限", "the loan's term is longer than the policy allows"),
    "loan_over_fund_capacity": (
        "放款后贷款余额超过担保基金可担保的总额",
        "with this loan more is outstanding than the guarantee fund can carry",
    ),
    "repaid_more_than_owed": (
        "还款本金多于贷款金额；请核对还款流水",
        "more principal was repaid than was lent; check the payments",
    ),
    "subsidy_overlap": (
        "同一人同类同源补贴的月份重叠；请核对是否重复发放",
        "months overlap with another subsidy of the same person, kind and source; check for double payment",
    ),
    "subsidy_without_job": (
        "补贴月份内该人员没有在岗记录；请核对安置信息",
        "the person is in no placement in a month that is subsidised; check the placement",
    ),
    "subsidy_after_working_age": (
        "补贴月份在达到退休年龄之后；请核对应否停发",
        "a month that is subsidised begins after the end of working age; check the entitlement",
    ),
    "subsidy_after_exit": (
        "补贴月份在因死亡、退休或迁出而注销之后；请核对应否追回",
        "paid for months after the registration closed for death, retirement or moving away; check for recovery",
    ),
    "subsidy_over_duration": (
        "该人员此类补贴的累计月数超过政策期限",
        "more months of this subsidy than the policy allows one person",
    ),
    "budget_overspent": ("支出超过预算", "more was spent than budgeted"),
    "target_sum_mismatch": (
        "下级目标之和小于本级目标；请核对分解",
        "the children's targets add up to less than this one; check how it was divided",
    ),
}


def finding_message(finding: str, detail: str | None, lang: str) -> str:
    """What the finding says, with the figures or numbers that show it."""
    text = FINDINGS[finding][0 if lang == "zh" else 1]
    if not detail:
        return text
    return f"{text}（{detail}）" if lang == "zh" else f"{text} ({detail})"
