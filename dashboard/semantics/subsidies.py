"""Subsidies: what was paid, to how many, out of which budget, and what a placement costs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, String, cast, extract, or_, select, union_all

from dashboard.semantics.dimension import LEVELS, ByColumn, Fact, Keyed, Moment, columns, one_of
from dashboard.semantics.distinct import Distinct
from dashboard.semantics.measure import Flow, Stock
from dashboard.semantics.metric import PERCENT, Among, Asked, Figures, Key, Metric, Part, Value, ratio
from dashboard.semantics.placement import PLACED
from dashboard.semantics.span import Span
from dashboard.semantics.summing import WHOLE_FROM, WHOLE_UNTIL, Held
from dashboard.semantics.words import Text
from etl.marts.months import money_month
from etl.marts.subsidies import budget, subsidy, subsidy_by_month, subsidy_day, subsidy_payment

_s, _d, _b, _m, _y = subsidy.c, subsidy_day.c, budget.c, money_month.c, subsidy_by_month.c
BUDGET_YEAR: Final = "budget_year"
_BY_YEAR: Final = {BUDGET_YEAR: ByColumn(cast(_d.budget_year, String))}
_PAYMENTS: Final = Keyed(("subsidies",), (subsidy_payment.c.payment_no,), detail=subsidy_payment)
SUBSIDY: Final = Fact(subsidy_day, {**columns(subsidy_day, "kind", "funding_source"), **_BY_YEAR}, _PAYMENTS)
TO_PERSONS: Final = Fact(subsidy_day, columns(subsidy_day, "kind", "funding_source"), _PAYMENTS)
# The same sums from fewer rows: whole months by month, day by day before and after them.
_by_months = union_all(
    select(subsidy_by_month).where(_y.paid_on >= WHOLE_FROM, _y.paid_on < WHOLE_UNTIL),
    select(subsidy_day).where(or_(_d.paid_on < WHOLE_FROM, _d.paid_on >= WHOLE_UNTIL)),
).subquery("payments")
_p = _by_months.c
_WHOLE: Final = Fact(
    _by_months, {**columns(_by_months, "kind", "funding_source"), BUDGET_YEAR: ByColumn(cast(_p.budget_year, String))}
)
BENEFICIARY: Final = Fact(subsidy, columns(subsidy, "kind", "funding_source"), _PAYMENTS)
BUDGET: Final = Fact(
    budget,
    {**columns(budget, "kind", "funding_source"), BUDGET_YEAR: ByColumn(cast(_b.budget_year, String))},
    Keyed(("budgets",), (_b.budget_year, _b.district_code, _b.kind, _b.funding_source, _b.revision)),
)
_PAIR: Final = ("kind", "funding_source")
_PLACEMENT_KINDS: Final = ("post", "insurance", "intermediation", "training", "placement_award")


def _amount(_: Moment) -> ColumnElement[object]:
    return _d.amount


def _budget_holds(moment: Moment) -> ColumnElement[bool]:
    """The year of the day, or whichever year the question names."""
    if BUDGET_YEAR in moment.uses:
        return _b.budget_year.is_not(None)
    return _b.budget_year == cast(extract("year", moment.on), BigInteger)


SPEND: Final = Flow(
    SUBSIDY,
    _d.paid_on,
    _amount,
    timeless_with=BUDGET_YEAR,
    held=Held(_m.spend),
    whole=Flow(_WHOLE, _p.paid_on, lambda _: _p.amount, timeless_with=BUDGET_YEAR),
)
BUDGETED: Final = Stock(BUDGET, _budget_holds, lambda _: _b.amount, timeless_with=BUDGET_YEAR)
# Of its budget's year, from the day it is paid (what is paid early: from 1 January) to the year's end.
EXECUTED: Final = Span(
    SUBSIDY,
    _d.executes_from,
    _d.executes_until,
    _amount,
    timeless_with=BUDGET_YEAR,
    known_on=_d.paid_on,
    whole=Span(
        *(_WHOLE, _p.executes_from, _p.executes_until, lambda _: _p.amount),
        timeless_with=BUDGET_YEAR,
        known_on=_p.paid_on,
    ),
)
_BENEFICIARIES: Final = Distinct(
    BENEFICIARY,
    _s.paid_on,
    _s.person_id,
    {level: _s[f"before_in_{level}"] for level in LEVELS},
    {
        (dimension, level): _s[f"{said}_before_in_{level}"]
        for dimension, said in (("kind", "kind"), ("funding_source", "source"))
        for level in LEVELS
    },
    {(stretch, level): Held(_m[f"{stretch}_in_{level}"]) for stretch in ("month", "year") for level in LEVELS},
)
_SPEND_ON_PERSONS: Final = Flow(
    TO_PERSONS,
    _d.paid_on,
    lambda _: _d.amount_on_persons,
    held=Held(_m.spend_on_persons),
    whole=Flow(
        Fact(_by_months, columns(_by_months, "kind", "funding_source")), _p.paid_on, lambda _: _p.amount_on_persons
    ),
)
_SPEND_ON_PLACEMENT: Final = Flow(
    Fact(subsidy_day, rows=_PAYMENTS),
    _d.paid_on,
    _amount,
    where=lambda _: one_of(_d.kind, *_PLACEMENT_KINDS),
    held=Held(_m.spend_on_placement),
)


def _split(asked: Asked) -> tuple[dict[Key, Value], dict[Key, Value]]:
    """What was paid under a budget of the same region, year, kind and source, and what was paid without one."""
    extra = tuple(name for name in (*_PAIR, BUDGET_YEAR) if name != BUDGET_YEAR or BUDGET_YEAR in asked.uses)
    budgets = asked.amounts(BUDGETED, extra)
    under: dict[Key, Value] = {}
    without: dict[Key, Value] = {}
    for key, amount in asked.amounts(EXECUTED, extra).items():
        part = under if key in budgets else without
        group = key[: len(key) - len(extra)]
        part[group] = part.get(group, 0) + amount
    return under, without


def _budgeted(asked: Asked) -> Among:
    """The pairs of kind and source, or their years too, of which the region has a budget."""
    extra = tuple(name for name in (*_PAIR, BUDGET_YEAR) if name != BUDGET_YEAR or BUDGET_YEAR in asked.uses)
    return Among(extra, frozenset(key[-len(extra) :] for key in asked.amounts(BUDGETED, extra)))


def _not_budgeted(asked: Asked) -> Among:
    return replace(_budgeted(asked), kept=False)


def _execution(asked: Asked) -> Figures:
    budgets: Mapping[Key, Value] = asked.amounts(BUDGETED)
    return ratio(_split(asked)[0], budgets, PERCENT)


def _unbudgeted(asked: Asked) -> Figures:
    return _split(asked)[1]


METRICS: Final = (
    Metric(
        "subsidy_spend", Text("补贴支出", "Subsidies paid"),
        Text("期内支付的补贴金额之和；按预算年度时，为该年度预算至数据日期的全部支付",
             "Amount of the payments with paid_on in the period; by budget year, all payments of "
             "that budget by the data date"),
        unit="yuan", kind="flow", direction="", sources=("subsidies",),
        of=(SPEND,),
    ),
    Metric(
        "subsidy_beneficiaries", Text("补贴受益人数", "Persons subsidised"),
        Text("期内有补贴支付的不同人数", "Different persons with a payment in the period"),
        unit="persons", kind="distinct", direction="+", sources=("subsidies", "persons"),
        of=(_BENEFICIARIES,),
    ),
    Metric(
        "subsidy_per_beneficiary", Text("人均补贴", "Subsidy per person"),
        Text("期内支付到人的补贴金额 ÷ 补贴受益人数", "Amount of the payments that name a person ÷ persons subsidised"),
        unit="yuan", kind="ratio", direction="", sources=("subsidies", "persons"),
        of=(_SPEND_ON_PERSONS,), per=(_BENEFICIARIES,),
    ),
    Metric(
        "subsidy_budget", Text("补贴预算", "Subsidy budget"),
        Text("当年预算（取最高调整次数）之和", "Budgets of the day's year, the highest revision of each"),
        unit="yuan", kind="stock", direction="", sources=("budgets",),
        of=(BUDGETED,), exists_from="district",
    ),
    Metric(
        "budget_execution", Text("预算执行率", "Budget execution"),
        Text("当年预算至当日的支付中，本区划有预算的类别与资金来源的金额 ÷ 补贴预算",
             "Payments of the year's budget by the day, of the kinds and sources that the region has "
             "a budget for ÷ subsidy budget"),
        unit="%", kind="ratio", direction="+", sources=("subsidies", "budgets"),
        of=(EXECUTED,), per=(BUDGETED,), scale=PERCENT, exists_from="district", custom=_execution,
        made_of=(Part("above", (EXECUTED,), _budgeted), Part("below", (BUDGETED,))),
    ),
    Metric(
        "subsidy_unbudgeted", Text("无预算支出", "Paid without a budget"),
        Text("当年预算至当日的支付中，本区划没有预算的类别与资金来源的金额",
             "Payments of the year's budget by the day, of the kinds and sources that the region has no budget for"),
        unit="yuan", kind="stock", direction="-", sources=("subsidies", "budgets"),
        of=(EXECUTED, BUDGETED), exists_from="district", custom=_unbudgeted,
        made_of=(Part("whole", (EXECUTED,), _not_budgeted),),
    ),
    Metric(
        "cost_per_placement", Text("人均安置成本", "Cost per person re-employed"),
        Text("岗位、社保、职介、培训补贴与安置奖补的支出 ÷ 再就业人数",
             "Post, insurance, intermediation and training subsidies and placement awards paid ÷ persons re-employed"),
        unit="yuan", kind="ratio", direction="-", sources=("subsidies", "placements", "persons"),
        of=(_SPEND_ON_PLACEMENT,), per=(PLACED,),
    ),
)  # fmt: skip
