"""The guarantee fund: its balance, and how many times over it is lent."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from sqlalchemy import ColumnElement, String, and_, case, cast, func

from dashboard.semantics.dimension import Fact, Keyed, Moment, columns
from dashboard.semantics.loan_facts import OUTSTANDING
from dashboard.semantics.measure import Flow, Stock
from dashboard.semantics.metric import Asked, Figures, Metric, Part, Value
from dashboard.semantics.summing import ALIKE
from dashboard.semantics.words import Text
from etl.marts.loans import fund_movement, fund_multiple

_m = fund_movement.c
_FUND: Final = Fact(
    fund_movement,
    rows=Keyed(
        ("fund_entries", "repayments"),
        (func.coalesce(_m.entry_no, _m.payment_no),),
        case((_m.entry_no.is_not(None), "fund_entries"), else_="repayments"),
    ),
)


# What moved it, by kind and by whose money: asked through dashboard.parts.
MOVEMENT: Final = Flow(Fact(fund_movement, columns(fund_movement, "kind", "source")), _m.moved_on, lambda _: _m.amount)

MOVED: Final = Stock(_FUND, lambda moment: _m.moved_on <= moment.on, lambda _: _m.amount, on=_m.moved_on)
UNKNOWN: Final = Stock(_FUND, lambda moment: _m.moved_on <= moment.on, lambda _: _m.unknown)
_MULTIPLE: Final = Fact(fund_multiple, rows=Keyed(("policy",), (cast(fund_multiple.c.valid_from, String),)))


def _allowed(moment: Moment) -> ColumnElement[bool]:
    return and_(fund_multiple.c.valid_from <= moment.on, fund_multiple.c.valid_to > moment.on)


# Of several cities together none where their policies differ.
CAP: Final = Stock(_MULTIPLE, _allowed, lambda _: fund_multiple.c.multiple, ALIKE)


def _balance(asked: Asked) -> Figures:
    unknown = asked.amounts(UNKNOWN)
    return {key: None if unknown.get(key, 0) > 0 else amount for key, amount in asked.amounts(MOVED).items()}


def _leverage(asked: Asked) -> Figures:
    outstanding = asked.amounts(OUTSTANDING)
    return {
        key: float(outstanding.get(key, 0)) / float(balance)
        for key, balance in _balance(asked).items()
        if balance is not None and balance > 0
    }


def _room(asked: Asked) -> Figures:
    balance, outstanding = _balance(asked), asked.amounts(OUTSTANDING)
    return {
        key: None if left is None else Decimal(cap) * Decimal(left) - Decimal(outstanding.get(key, 0))
        for key, cap in asked.amounts(CAP).items()
        for left in [balance.get(key, 0)]
    }


def _leveraged(totals: Mapping[str, Value]) -> float | None:
    balance = float(totals["below"])
    return float(totals["above"]) / balance if balance > 0 else None


def _left(totals: Mapping[str, Value]) -> Decimal | None:
    if not totals["cap"]:
        return None
    return Decimal(totals["cap"]) * Decimal(totals["balance"]) - Decimal(totals["outstanding"])


_SOURCES: Final = ("fund_entries", "repayments")

METRICS: Final = (
    Metric(
        "fund_balance", Text("担保基金余额", "Guarantee fund balance"),
        Text("拨入 + 利息 − 拨出 − 有效代偿 + 有效追偿；区县仅在截至当日每笔凭证都有区县时才有数",
             "Contribution + interest − withdrawal − effective compensation + effective recovery; a district's "
             "only where every entry up to the date names one"),
        unit="yuan", kind="stock", direction="+", sources=_SOURCES,
        of=(MOVED, UNKNOWN), custom=_balance, exists_from="district",
        made_of=(Part("whole", (MOVED,)),),
    ),
    Metric(
        "fund_leverage", Text("放大倍数", "Fund leverage"),
        Text("贷款余额 ÷ 担保基金余额；余额不大于 0 时无数（突破）",
             "Balance outstanding ÷ fund balance; missing (a breach) where the balance is 0 or less"),
        unit="×", kind="ratio", direction="", sources=("loans", *_SOURCES),
        of=(OUTSTANDING, MOVED), custom=_leverage, exists_from="district",
        made_of=(Part("above", (OUTSTANDING,)), Part("below", (MOVED,))), formula=_leveraged,
    ),
    Metric(
        "fund_leverage_cap", Text("放大倍数上限", "Cap of fund leverage"),
        Text("当日政策规定的放大倍数上限", "The policy's cap of fund leverage on the date"),
        unit="×", kind="ratio", direction="", sources=("fund_entries",),
        of=(CAP,), exists_from="district",
    ),
    Metric(
        "fund_room", Text("可担保余额", "Room under the fund's cap"),
        Text("放大倍数上限 × 担保基金余额 − 贷款余额", "Cap × fund balance − balance outstanding"),
        unit="yuan", kind="stock", direction="+", sources=("loans", *_SOURCES),
        of=(MOVED, OUTSTANDING, CAP), custom=_room, exists_from="district", fills=False,
        made_of=(Part("cap", (CAP,)), Part("balance", (MOVED,)), Part("outstanding", (OUTSTANDING,))), formula=_left,
    ),
)  # fmt: skip
