"""Guaranteed small loans: applications, balances over time, instalments, payments, cohorts, and the fund."""

from sqlalchemy import BigInteger, Boolean, Date, Integer, Numeric, String

from etl.marts.table import Money, Optional, Type, mart

# What a loan is broken down and filtered by; every mart of loans carries it.
_OF_LOAN: dict[str, Type | Optional] = {
    "region_id": Integer,
    "product": String,
    "bank": String,
    "counter_guarantee": Optional(String),
    "interest_subsidised": Boolean,
    "repayment_method": Optional(String),
}

# lent: the amount of a disbursed loan, else 0.
loan = mart(
    "loan",
    "one row per loan application",
    loan_no=String,
    **_OF_LOAN,
    applied_on=Date,
    community_on=Optional(Date),
    street_on=Optional(Date),
    district_on=Optional(Date),
    decided_on=Optional(Date),
    decision=Optional(String),
    disbursed_on=Optional(Date),
    written_off_on=Optional(Date),
    lent=Money,
    term_months=Optional(BigInteger),
    firm_staff=Optional(BigInteger),
    firm_hired=Optional(BigInteger),
    jobs_created=BigInteger,
)

# valid_until is 9999-12-31 for the newest stretch; past_due_from: the fewest days past due in its ageing band.
# unpaid_since: the oldest due date that is not settled, passed or not; missing where nothing is owed.
# by_borrower, compensated, recovered: principal received up to then; *_in_all: with interest.
loan_state = mart(
    "loan_state",
    "one row per loan and stretch of days [valid_from, valid_until) in which its balance and its ageing band stay"
    " the same",
    loan_no=String,
    valid_from=Date,
    valid_until=Date,
    **_OF_LOAN,
    ageing=String,
    past_due_from=Integer,
    unpaid_since=Optional(Date),
    outstanding=Money,
    by_borrower=Money,
    compensated=Money,
    compensated_in_all=Money,
    recovered=Money,
    recovered_in_all=Money,
    unrecovered=Money,
)

# settled_after: the principal that settles all instalments before it, by number.
loan_instalment = mart(
    "loan_instalment",
    "one row per instalment",
    loan_no=String,
    instalment_no=BigInteger,
    due_on=Date,
    **_OF_LOAN,
    principal_due=Money,
    settled_after=Money,
    settled_in_time=Money,
    subsidy_due=Numeric(24, 8),
)

# amount: negative where a payment is reversed.
loan_settlement = mart(
    "loan_settlement",
    "one row per instalment and day on which more or less of its principal is settled by what the borrower has paid",
    loan_no=String,
    instalment_no=BigInteger,
    due_on=Date,
    settled_on=Date,
    **_OF_LOAN,
    amount=Money,
)

loan_payment = mart(
    "loan_payment",
    "one row per payment on a loan that is no reversal, with the day of its first reversal",
    payment_no=String,
    loan_no=String,
    kind=String,
    paid_on=Date,
    reversed_on=Optional(Date),
    **_OF_LOAN,
    principal=Money,
    interest=Money,
)

# late_*_at: the month on book at whose end the loan was first more than so many days past due; missing if never.
loan_cohort = mart(
    "loan_cohort",
    "one row per disbursed loan, with the quarter of its cohort",
    loan_no=String,
    **_OF_LOAN,
    cohort=String,
    cohort_from=Date,
    disbursed_on=Date,
    lent=Money,
    late_30_at=Optional(BigInteger),
    late_90_at=Optional(BigInteger),
)

# unpaid_since, outstanding: as in loan_state; overdue: the principal of the instalments due before that is not settled.
loan_overdue = mart(
    "loan_overdue",
    "one row per loan and stretch of days [valid_from, valid_until) in which it is late and the same principal is"
    " overdue",
    loan_no=String,
    valid_from=Date,
    valid_until=Date,
    **_OF_LOAN,
    ageing=String,
    unpaid_since=Date,
    outstanding=Money,
    overdue=Money,
    cohort=String,
    disbursed_on=Date,
    lent=Money,
)

# loans: 1 in one row of a loan and month-end, else 0.
loan_roll = mart(
    "loan_roll",
    "one row per loan, month-end and place where a part of what was outstanding at the month-end before has gone",
    loan_no=String,
    month_end=Date,
    **_OF_LOAN,
    from_bucket=String,
    to_bucket=String,
    amount=Money,
    loans=Integer,
)

# It has an entry_no or a payment_no. kind: contribution, withdrawal, interest, compensation, recovery; source: whose
# money an entry is. region_id: none of what is of several cities together. unknown: the balance of regions in which it
# adds up to more than 0 is not known from this day on, for an entry above them says of no part whose it is.
fund_movement = mart(
    "fund_movement",
    "one row per movement of the guarantee fund: an entry, a compensation or recovery coming into effect or reversed",
    entry_no=Optional(String),
    payment_no=Optional(String),
    region_id=Optional(Integer),
    moved_on=Date,
    kind=String,
    source=Optional(String),
    amount=Money,
    unknown=Integer,
)

fund_multiple = mart(
    "fund_multiple",
    "one row per city or district and stretch of days [valid_from, valid_to) with one multiple of the fund as its cap",
    region_id=Integer,
    valid_from=Date,
    valid_to=Date,
    multiple=Numeric(9, 3),
)
