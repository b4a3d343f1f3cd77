"""Guaranteed small loans: disbursement, the book and its arrears, collection, compensation and recovery."""

from typing import Any, Final

from sqlalchemy import ColumnElement

from dashboard.semantics import guarantee_fund, loan_decisions, loan_vintages
from dashboard.semantics.dimension import Moment
from dashboard.semantics.loan_facts import (
    AMOUNT_DISBURSED,
    DISBURSED,
    INSTALMENT,
    LOAN,
    OUTSTANDING,
    PAYMENT,
    SETTLEMENT,
    outstanding_later_than,
    state,
)
from dashboard.semantics.measure import Flow
from dashboard.semantics.metric import PERCENT, Metric
from dashboard.semantics.span import NEVER, Span
from dashboard.semantics.summing import Held
from dashboard.semantics.words import Text
from etl.marts.loans import loan, loan_instalment, loan_payment, loan_settlement, loan_state
from etl.marts.months import money_month

_i, _m = loan_instalment.c, money_month.c
_s = loan_state.c
_t = loan_settlement.c


def _paid_in_all(_: Moment) -> ColumnElement[Any]:
    return loan_payment.c.principal + loan_payment.c.interest


def _is_compensation(_: Moment) -> ColumnElement[bool]:
    return loan_payment.c.kind == "compensation"


def _is_recovery(_: Moment) -> ColumnElement[bool]:
    return loan_payment.c.kind == "recovery"


# Less what is reversed in the period; measures of their own, asked through dashboard.parts.
RECOVERED: Final = (
    Flow(PAYMENT, loan_payment.c.paid_on, _paid_in_all, _is_recovery, held=Held(_m.recovery_paid)),
    Flow(
        PAYMENT,
        loan_payment.c.reversed_on,
        lambda moment: -_paid_in_all(moment),
        _is_recovery,
        held=Held(_m.recovery_reversed),
    ),
)
UNRECOVERED: Final = state("unrecovered", _s.unrecovered, lambda _: _s.unrecovered > 0)
PRINCIPAL_DUE: Final = Flow(INSTALMENT, _i.due_on, lambda _: _i.principal_due, held=Held(_m.principal_due))
LATE_30: Final = outstanding_later_than(30)
_LOANS: Final = ("loans", "instalments", "repayments")


def _at_risk(days: int) -> Metric:
    return Metric(
        f"par_{days}", Text(f"风险贷款率({days}天)", f"Portfolio at risk, {days} days"),
        Text(f"逾期超过{days}天的贷款余额 ÷ 贷款余额",
             f"Balance of loans more than {days} days past due ÷ balance outstanding"),
        unit="%", kind="ratio", direction="-", sources=_LOANS,
        of=(LATE_30 if days == 30 else outstanding_later_than(days),), per=(OUTSTANDING,), scale=PERCENT,  # noqa: PLR2004 - 30 days
    )  # fmt: skip


PORTFOLIO: Final = (
    Metric(
        "loans_disbursed", Text("放贷笔数", "Loans disbursed"),
        Text("放款日期在期内的贷款笔数", "Loans with disbursed_on in the period"),
        unit="loans", kind="flow", direction="+", sources=("loans",),
        of=(DISBURSED,),
    ),
    Metric(
        "loan_amount_disbursed", Text("放贷金额", "Amount disbursed"),
        Text("放款日期在期内的贷款金额合计", "Σ amount of the loans with disbursed_on in the period"),
        unit="yuan", kind="flow", direction="+", sources=("loans",),
        of=(AMOUNT_DISBURSED,),
    ),
    Metric(
        "loan_outstanding", Text("贷款余额", "Loans outstanding"),
        Text("当日已放款且未核销的贷款：金额减有效的还款、提前还款、代偿本金（不小于 0）之和",
             "Σ over loans disbursed and not written off by the date of max(0, amount − principal of effective "
             "repayment, prepayment and compensation)"),
        unit="yuan", kind="stock", direction="", sources=("loans", "repayments"),
        of=(OUTSTANDING,),
    ),
    Metric(
        "loan_overdue", Text("逾期余额", "Overdue balance"),
        Text("逾期天数大于 0 的贷款的余额", "Balance outstanding of loans with days past due > 0"),
        unit="yuan", kind="stock", direction="-", sources=_LOANS,
        of=(outstanding_later_than(0),),
    ),
    *(_at_risk(days) for days in (30, 60, 90, 180)),
    Metric(
        "par_30_full", Text("含代偿风险率", "Portfolio at risk with compensation"),
        Text("（逾期超过30天的余额 + 各笔已代偿未追回的本金）÷（贷款余额 + 同一数）：代偿不能使账面显得健康",
             "(balance more than 30 days past due + Σ per loan of max(0, principal compensated − principal "
             "recovered)) ÷ (balance + the same)"),
        unit="%", kind="ratio", direction="-", sources=_LOANS,
        of=(LATE_30, UNRECOVERED), per=(OUTSTANDING, UNRECOVERED), scale=PERCENT,
    ),
    Metric(
        "collection_rate", Text("到期还款率", "Collection rate"),
        Text("期内到期各期：截至数据日期由借款人还款、提前还款按期次先后结清的本金 ÷ 应还本金",
             "Instalments due in the period: principal settled first-in-first-out by the borrower's effective "
             "repayment and prepayment as at D ÷ principal due"),
        unit="%", kind="ratio", direction="+", sources=_LOANS,
        of=(Flow(SETTLEMENT, _t.due_on, lambda _: _t.amount, lambda moment: _t.settled_on <= moment.as_of,
                 held=Held(_m.settled, today=True)),),
        per=(PRINCIPAL_DUE,), scale=PERCENT,
    ),
    Metric(
        "on_time_rate", Text("按期还款率", "On-time rate"),
        Text("期内到期各期：在各自应还日期前（含当日）由借款人结清的本金 ÷ 应还本金",
             "Instalments due in the period: principal settled by the borrower by each instalment's own due date "
             "÷ principal due"),
        unit="%", kind="ratio", direction="+", sources=_LOANS,
        of=(Flow(INSTALMENT, _i.due_on, lambda _: _i.settled_in_time, held=Held(_m.settled_in_time)),),
        per=(PRINCIPAL_DUE,), scale=PERCENT,
    ),
    Metric(
        "compensation", Text("代偿金额", "Compensation"),
        Text("期内代偿的本金与利息，减期内冲正的代偿",
             "Principal + interest of compensation in the period, less compensation reversed in the period"),
        unit="yuan", kind="flow", direction="-", sources=("repayments",),
        of=(
            Flow(PAYMENT, loan_payment.c.paid_on, _paid_in_all, _is_compensation, held=Held(_m.compensation_paid)),
            Flow(PAYMENT, loan_payment.c.reversed_on, lambda moment: -_paid_in_all(moment), _is_compensation,
                 held=Held(_m.compensation_reversed)),
        ),
    ),
    Metric(
        "compensation_rate", Text("代偿率", "Compensation rate"),
        Text("截至当日的有效代偿本金 ÷ 截至当日的放贷金额",
             "Principal of effective compensation to date ÷ amount disbursed to date"),
        unit="%", kind="ratio", direction="-", sources=("loans", "repayments"),
        of=(state("compensated", _s.compensated, lambda _: _s.compensated > 0),),
        per=(Span(LOAN, loan.c.disbursed_on, NEVER, lambda _: loan.c.lent),), scale=PERCENT,
    ),
    Metric(
        "recovery_rate", Text("追偿率", "Recovery rate"),
        Text("截至当日的有效追偿 ÷ 截至当日的有效代偿（本金与利息）",
             "Effective recovery to date ÷ effective compensation to date (principal + interest)"),
        unit="%", kind="ratio", direction="+", sources=("repayments",),
        of=(state("recovered_in_all", _s.recovered_in_all, lambda _: _s.recovered_in_all > 0),),
        per=(state("compensated_in_all", _s.compensated_in_all, lambda _: _s.compensated_in_all > 0),), scale=PERCENT,
    ),
    Metric(
        "loan_jobs_created", Text("贷款带动就业人数", "Jobs created by loans"),
        Text("期内放款的贷款带动就业人数合计", "Σ jobs_created of the loans disbursed in the period"),
        unit="persons", kind="flow", direction="+", sources=("loans",),
        of=(Flow(LOAN, loan.c.disbursed_on, lambda _: loan.c.jobs_created, held=Held(_m.jobs_created)),),
    ),
    Metric(
        "interest_subsidy_due", Text("应贴利息", "Interest subsidy due"),
        Text("期内到期、且应还日前一日贷款仍有余额的贴息贷款各期利息 × 放款日该贷款种类的贴息比例",
             "Σ interest due in the period on subsidised loans that were outstanding on the day before due_on × "
             "the policy's share for the product on the disbursement date"),
        unit="yuan", kind="flow", direction="", sources=_LOANS,
        of=(Flow(INSTALMENT, _i.due_on, lambda _: _i.subsidy_due, held=Held(_m.subsidy_due)),),
    ),
)  # fmt: skip

METRICS: Final = PORTFOLIO + loan_decisions.METRICS + loan_vintages.METRICS + guarantee_fund.METRICS
