"""What the loan metrics sum over: the facts, their dimensions, and a loan's days past due on a day."""

from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Integer, and_, case, func

from dashboard.semantics.dimension import Breakdown, ByColumn, Fact, Moment, columns
from dashboard.semantics.measure import Flow, Stock
from etl.marts.loans import loan, loan_instalment, loan_payment, loan_state

AGEING: Final = {0: "0", 30: "1-30", 60: "31-60", 90: "61-90", 180: "91-180", 360: "181-360"}
OLDEST: Final = "360+"


def days_past_due(moment: Moment) -> ColumnElement[int]:
    """Days from the oldest unsettled due date to the day; 0 or less, or null, where nothing is late."""
    return func.date_diff("day", loan_state.c.unpaid_since, moment.on, type_=Integer)


def of_loans(table: FromClause) -> dict[str, Breakdown]:
    """The breakdowns that every fact of loans has."""
    return columns(table, "product", "bank", "counter_guarantee", "interest_subsidised", "repayment_method")


class ByAgeing(ByColumn):
    """Bands of days past due on the day."""

    def group(self, moment: Moment) -> ColumnElement[Any]:
        """The band."""
        days = func.coalesce(days_past_due(moment), 0)
        return case(*((days <= top, band) for top, band in AGEING.items()), else_=OLDEST)


LOAN: Final = Fact(loan, of_loans(loan))
STATE: Final = Fact(loan_state, of_loans(loan_state) | {"ageing": ByAgeing(loan_state.c.unpaid_since)})
INSTALMENT: Final = Fact(loan_instalment, of_loans(loan_instalment))
PAYMENT: Final = Fact(loan_payment, of_loans(loan_payment))


def holds(moment: Moment) -> ColumnElement[bool]:
    """Whether the stretch of days holds the day."""
    return and_(loan_state.c.valid_from <= moment.on, loan_state.c.valid_until > moment.on)


def is_outstanding(moment: Moment) -> ColumnElement[bool]:
    """Whether something of the loan is outstanding on the day."""
    return and_(holds(moment), loan_state.c.outstanding > 0)


OUTSTANDING: Final = Stock(STATE, is_outstanding, lambda _: loan_state.c.outstanding)
DISBURSED: Final = Flow(LOAN, loan.c.disbursed_on)
AMOUNT_DISBURSED: Final = Flow(LOAN, loan.c.disbursed_on, lambda _: loan.c.lent)


def outstanding_later_than(days: int) -> Stock:
    """The balance of the loans that are more than `days` past due."""
    return Stock(
        STATE,
        lambda moment: and_(is_outstanding(moment), days_past_due(moment) > days),
        lambda _: loan_state.c.outstanding,
    )
