"""How cohorts of loans turn out month by month, and how balances move from one ageing bucket to another."""

from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Date, Integer, distinct, extract, func, select

from dashboard.semantics.dimension import DAY_AS_OF, Fact, columns
from dashboard.semantics.loan_facts import keyed_by_loan, of_loans
from dashboard.semantics.measure import Flow
from dashboard.semantics.metric import PERCENT, Metric
from dashboard.semantics.words import Text
from etl.marts.loans import loan_cohort, loan_roll


def _different(values: ColumnElement[Any]) -> Any:
    return func.count(distinct(values))


def _month(day: ColumnElement[Any]) -> ColumnElement[Any]:
    return extract("year", day) * 12 + extract("month", day)


# The months on book that the city's whole cohort has reached by D: its newest loan's month-ends up to D count them.
_newest = (
    select(loan_cohort.c.cohort_from, func.max(loan_cohort.c.disbursed_on).label("disbursed_on"))
    .where(loan_cohort.c.disbursed_on <= DAY_AS_OF)
    .group_by(loan_cohort.c.cohort_from)
    .subquery("newest")
)
_ended = _month(func.date_add(DAY_AS_OF, func.to_days(1))) - 1
_points = select(
    _newest.c.cohort_from,
    func.unnest(func.range(_ended - _month(_newest.c.disbursed_on) + 1), type_=Integer).label("month_on_book"),
).subquery("points")
_cohorts = (
    select(loan_cohort, _points.c.month_on_book)
    .join(_points, _points.c.cohort_from == loan_cohort.c.cohort_from)
    .where(loan_cohort.c.disbursed_on <= DAY_AS_OF)
    .subquery("cohorts")
)
_c = _cohorts.c
COHORT: Final = Fact(
    _cohorts, of_loans(_cohorts) | columns(_cohorts, "cohort", "month_on_book"), keyed_by_loan(_cohorts)
)
LENT: Final = Flow(COHORT, _c.cohort_from, lambda _: _c.lent)
ROLL: Final = Fact(
    loan_roll, of_loans(loan_roll) | columns(loan_roll, "from_bucket", "to_bucket"), keyed_by_loan(loan_roll)
)


# When a loan was first more than 30 days late at a month's end; measures of their own, asked through dashboard.parts.
_l = loan_cohort.c
_bad = (
    select(loan_cohort, func.last_day(_l.disbursed_on + func.to_months(_l.late_30_at), type_=Date).label("bad_on"))
    .where(_l.late_30_at.is_not(None))
    .subquery("bad")
)
BAD: Final = Fact(_bad, of_loans(_bad) | columns(_bad, "cohort"))
GONE_BAD: Final = Flow(BAD, _bad.c.bad_on, lambda _: _bad.c.lent)
GONE_BAD_LOANS: Final = Flow(BAD, _bad.c.bad_on)
# Loans behind a row of the matrix of rolls, each once a month: wherever they went, or among those that went somewhere.
ROLLED: Final = Flow(ROLL, loan_roll.c.month_end, lambda _: loan_roll.c.loans)
ROLLED_TO: Final = Flow(
    ROLL,
    loan_roll.c.month_end,
    lambda _: func.hash(loan_roll.c.loan_no, loan_roll.c.month_end, type_=BigInteger),
    aggregate=_different,
)


def _vintage(days: int) -> Metric:
    late_at: ColumnElement[BigInteger] = _c[f"late_{days}_at"]
    return Metric(
        f"vintage_{days}", Text(f"放贷批次逾期率({days}天)", f"Vintage, {days} days"),
        Text(f"同一季度放款的贷款中，放款后至第 m 个月末任一月末曾逾期超过{days}天的金额占比；"
             "全市该批次均满 m 个月才有数",
             f"Loans disbursed in one quarter: share by amount that was more than {days} days past due at any "
             f"month-end up to the m-th after disbursement; "
             "only once every loan of the city's cohort has reached it"),
        unit="%", kind="ratio", direction="-", sources=("loans", "instalments", "repayments"),
        of=(Flow(COHORT, _c.cohort_from, lambda _: _c.lent, lambda _: late_at <= _c.month_on_book),),
        per=(LENT,), scale=PERCENT,
        required=("cohort", "month_on_book"),
    )  # fmt: skip


METRICS: Final = (
    _vintage(30),
    _vintage(90),
    Metric(
        "roll_amount", Text("迁徙金额", "Roll amount"),
        Text("上月末各账龄的贷款余额，按本月末的去向：已还、代偿、核销或仍在的账龄；当月新放的贷款不计",
             "Balance at a month-end by ageing bucket, split by where it is at the next: paid, compensated, "
             "written off, or its bucket then; "
             "loans new in the month are not in it"),
        unit="yuan", kind="flow", direction="", sources=("loans", "instalments", "repayments"),
        of=(Flow(ROLL, loan_roll.c.month_end, lambda _: loan_roll.c.amount),),
    ),
)  # fmt: skip
