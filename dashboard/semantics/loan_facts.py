"""What the loan metrics sum over: the facts, their dimensions, and the book on a day."""

from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause

from dashboard.semantics.dimension import Breakdown, Condition, Fact, Keyed, columns
from dashboard.semantics.measure import Flow
from dashboard.semantics.span import Span
from dashboard.semantics.summing import Held, everything
from etl.marts.loans import loan, loan_instalment, loan_payment, loan_settlement, loan_state
from etl.marts.months import money_month

_m: Final = money_month.c


def of_loans(table: FromClause) -> dict[str, Breakdown]:
    """The breakdowns that every fact of loans has."""
    return columns(table, "product", "bank", "counter_guarantee", "interest_subsidised", "repayment_method")


def keyed_by_loan(table: FromClause) -> Keyed:
    """Rows that are a loan each."""
    return Keyed(("loans",), (table.c.loan_no,))


def _keyed_by_instalment(table: FromClause) -> Keyed:
    return Keyed(("instalments",), (table.c.loan_no, table.c.instalment_no))


LOAN: Final = Fact(loan, of_loans(loan), keyed_by_loan(loan))
STATE: Final = Fact(loan_state, of_loans(loan_state) | columns(loan_state, "ageing"), keyed_by_loan(loan_state))
INSTALMENT: Final = Fact(loan_instalment, of_loans(loan_instalment), _keyed_by_instalment(loan_instalment))
SETTLEMENT: Final = Fact(loan_settlement, of_loans(loan_settlement), _keyed_by_instalment(loan_settlement))
PAYMENT: Final = Fact(loan_payment, of_loans(loan_payment), Keyed(("repayments",), (loan_payment.c.payment_no,)))


def state(held: str, value: ColumnElement[Any], where: Condition = everything) -> Span:
    """A sum over loans as they stand on the day; `held`: the column of money_month that says it of months' ends."""
    stands = loan_state.c.valid_from, loan_state.c.valid_until
    return Span(STATE, *stands, lambda _: value, where, held=Held(_m[held], days="at"))


def outstanding_later_than(days: int) -> Span:
    """The balance of the loans that are more than `days` past due: a limit of an ageing band."""
    return state(f"late_{days}", loan_state.c.outstanding, lambda _: loan_state.c.past_due_from > days)


OUTSTANDING: Final = state("outstanding", loan_state.c.outstanding, lambda _: loan_state.c.outstanding > 0)
DISBURSED: Final = Flow(LOAN, loan.c.disbursed_on, held=Held(_m.loans))
AMOUNT_DISBURSED: Final = Flow(LOAN, loan.c.disbursed_on, lambda _: loan.c.lent, held=Held(_m.lent))
