"""Where applications stand: which stages they have passed, and with whom they have been lying since when.

Measures of their own, not metrics: pages ask them as they would ask a metric of loans (`dashboard.parts`).
"""

from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, Integer, Select, and_, func, literal, or_, select, union_all

from dashboard.semantics.dimension import Condition, Fact, Moment, columns
from dashboard.semantics.loan_facts import LOAN, of_loans
from dashboard.semantics.measure import Flow, Stock
from dashboard.semantics.span import NEVER, Span
from etl.marts.loans import loan

_l = loan.c
HOLDERS: Final = ("community", "street", "district", "decision", "bank")


def _stay(
    holder: str, entered: ColumnElement[Any], *left: ColumnElement[Any], where: ColumnElement[bool] | None = None
) -> Select[Any]:
    """The days [entered_on, left_on) that each file lies with `holder`: until the next stage given, or a decision."""
    of_loan = (_l[column] for column in ("loan_no", "applied_on", "region_id", *of_loans(loan)))
    # LEAST passes over dates that are missing.
    until = func.coalesce(func.least(*left, type_=Date), NEVER).label("left_on")
    stay = select(*of_loan, literal(holder).label("holder"), entered.label("entered_on"), until)
    return stay.where(entered.is_not(None) if where is None else where)


_stays = union_all(
    _stay("community", _l.applied_on, _l.community_on, _l.street_on, _l.district_on, _l.decided_on),
    _stay("street", _l.community_on, _l.street_on, _l.district_on, _l.decided_on),
    _stay("district", _l.street_on, _l.district_on, _l.decided_on),
    _stay("decision", _l.district_on, _l.decided_on),
    _stay("bank", _l.decided_on, _l.disbursed_on, where=_l.decision == "approved"),
).subquery("stays")
_s = _stays.c
STAY: Final = Fact(_stays, of_loans(_stays) | columns(_stays, "holder"))


def _lies(moment: Moment) -> ColumnElement[bool]:
    return and_(_s.entered_on <= moment.on, _s.left_on > moment.on)


# By `holder`: how many files, since when the oldest, and for how many days half of them at least.
WAITING: Final = Span(STAY, _s.entered_on, _s.left_on)
WAITING_SINCE: Final = Stock(STAY, _lies, lambda _: _s.entered_on, func.min)
WAITING_DAYS: Final = Stock(
    STAY, _lies, lambda moment: func.date_diff("day", _s.entered_on, moment.on, type_=Integer), func.median
)


def _decided(*decisions: str) -> Condition:
    def is_decided(moment: Moment) -> ColumnElement[bool]:
        return and_(_l.decided_on <= moment.as_of, or_(*(_l.decision == decision for decision in decisions)))

    return is_decided


def _passed(*stages: ColumnElement[date]) -> Condition:
    """A stage is passed once it or a later one is dated, or a decision was taken on the file."""
    ruled = _decided("approved", "refused")

    def is_passed(moment: Moment) -> ColumnElement[bool]:
        return or_(*(stage <= moment.as_of for stage in stages), ruled(moment))

    return is_passed


def _applied(where: Condition) -> Flow:
    return Flow(LOAN, _l.applied_on, where=where)


# Of the applications of a period: how many have come how far by D.
APPLIED: Final = Flow(LOAN, _l.applied_on)
PASSED: Final = {
    "community": _applied(_passed(_l.community_on, _l.street_on, _l.district_on)),
    "street": _applied(_passed(_l.street_on, _l.district_on)),
    "district": _applied(_passed(_l.district_on)),
    "decision": _applied(_decided("approved", "refused")),
    "bank": _applied(lambda moment: _l.disbursed_on <= moment.as_of),
}
APPROVED: Final = _applied(_decided("approved"))
WITHDRAWN: Final = _applied(_decided("withdrawn"))
DAYS_TO_DISBURSE: Final = Flow(
    LOAN,
    _l.disbursed_on,
    lambda _: func.date_diff("day", _l.decided_on, _l.disbursed_on, type_=Integer),
    aggregate=func.median,
)
