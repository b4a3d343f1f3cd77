"""What is to be done by the data date, row by row: for work lists by registration number."""

from sqlalchemy import Boolean, Date, Integer, String

from etl.marts.table import Optional, mart

# month_number: 1 … 12, which of the twelve visits after the placement; due_on: the last day of the data date's month.
visit_due = mart(
    "visit_due",
    "one row per placement of a person in hardship for whom a visit is due in the month of the data date,"
    " credited to the registration",
    region_id=Integer,
    registration_no=String,
    placement_no=String,
    placed_on=Date,
    month_number=Integer,
    due_on=Date,
    last_visited_on=Optional(Date),
    is_visited=Boolean,
)
