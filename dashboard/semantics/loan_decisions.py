"""How long applications for a loan take, stage by stage, and how many are approved."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Select, case, func, literal, or_, select, union_all

from dashboard.semantics.dimension import DAY_AS_OF, Fact, Moment, columns
from dashboard.semantics.loan_facts import LOAN, keyed_by_loan, of_loans
from dashboard.semantics.measure import Flow
from dashboard.semantics.metric import PERCENT, Metric
from dashboard.semantics.summing import MEDIAN
from dashboard.semantics.words import Text
from etl.marts.loans import loan

_l = loan.c
_days = func.date_diff("day", _l.applied_on, _l.decided_on, type_=Integer)


def _seen(day: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((day <= DAY_AS_OF, day))


def _stage(name: str, reached: ColumnElement[Any], *before: ColumnElement[Any]) -> Select[Any]:
    """The loans that reached a stage by D, with the days from the last date given before it."""
    days = func.date_diff("day", func.coalesce(*(_seen(day) for day in before), _l.applied_on), reached, type_=Integer)
    of_loan = (_l[column] for column in ("loan_no", "region_id", *of_loans(loan)))
    stage = literal(name).label("stage")
    return select(*of_loan, _l.decided_on, stage, days.label("days")).where(reached <= DAY_AS_OF)


def _is_approved_or_refused(_: Moment) -> ColumnElement[bool]:
    return or_(_l.decision == "approved", _l.decision == "refused")


_stages = union_all(
    _stage("community", _l.community_on),
    _stage("street", _l.street_on, _l.community_on),
    _stage("district", _l.district_on, _l.street_on, _l.community_on),
    _stage("decision", _l.decided_on, _l.district_on, _l.street_on, _l.community_on),
).subquery("stages")
STAGE: Final = Fact(_stages, of_loans(_stages) | columns(_stages, "stage"), keyed_by_loan(_stages))

DECIDED: Final = Flow(LOAN, _l.decided_on)

METRICS: Final = (
    Metric(
        "loan_decision_days", Text("审批天数", "Days to a decision"),
        Text("期内审批的贷款从申请到审批的天数的中位数",
             "Median of decided_on − applied_on over all decisions in the period"),
        unit="days", kind="ratio", direction="-", sources=("loans",),
        of=(Flow(LOAN, _l.decided_on, lambda _: _days, aggregate=MEDIAN),),
    ),
    Metric(
        "loan_stage_days", Text("各环节审批天数", "Days per stage"),
        Text("期内审批的贷款，各环节距上一个已填日期的天数的中位数",
             "Median days of a stage from the previous date given, for decisions in the period"),
        unit="days", kind="ratio", direction="-", sources=("loans",),
        of=(Flow(STAGE, _stages.c.decided_on, lambda _: _stages.c.days, aggregate=MEDIAN),),
        required=("stage",),
    ),
    Metric(
        "loan_decided_within_1d", Text("24小时审批率", "Decided within a day"),
        Text("期内审批的贷款中，从申请到审批不超过 1 天的比例",
             "Share of the decisions in the period with decided_on − applied_on ≤ 1"),
        unit="%", kind="ratio", direction="+", sources=("loans",),
        of=(Flow(LOAN, _l.decided_on, where=lambda _: _days <= 1),), per=(DECIDED,), scale=PERCENT,
    ),
    Metric(
        "loan_approval_rate", Text("审批通过率", "Approval rate"),
        Text("期内审批的贷款中，同意 ÷（同意 + 不同意）", "Approved ÷ (approved + refused), decided in the period"),
        unit="%", kind="ratio", direction="+", sources=("loans",),
        of=(Flow(LOAN, _l.decided_on, where=lambda _: _l.decision == "approved"),),
        per=(Flow(LOAN, _l.decided_on, where=_is_approved_or_refused),), scale=PERCENT,
    ),
)  # fmt: skip
