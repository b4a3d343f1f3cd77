"""The tables of cases: findings on money, followed up. Their DDL is in migrations/."""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from dashboard.state.moment import Moment
from dashboard.state.tables import METADATA

# One row per finding on a row that is about money; it stays when the finding is gone. Amounts in cents, for SQLite has
# no decimals: `amount` of the row concerned, `in_doubt` the part that the finding is about, `recovered` so far.
cases: Final = Table(
    "cases",
    METADATA,
    Column("case_id", Integer, primary_key=True, autoincrement=False),
    Column("finding", String(48), nullable=False),
    Column("table_name", String(32), nullable=False),
    Column("row_key", String(256), nullable=False),
    Column("region_code", String(12), nullable=False),
    Column("amount", BigInteger),
    Column("in_doubt", BigInteger),
    Column("recovered", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),  # open, explained, recovered, dismissed
    Column("handled_by", String(64)),
    Column("handled_at", Moment),
    Column("opened_at", Moment, nullable=False),
    Column("opened_load", Integer, nullable=False),
    Column("gone_load", Integer),  # the load with which the finding vanished; none while it is there
    UniqueConstraint("finding", "table_name", "row_key", name="uq_cases_finding"),
)

# One row per step of a case, never changed: `account` is empty where a load made it.
case_steps: Final = Table(
    "case_steps",
    METADATA,
    Column("step_id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.case_id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("account", String(64), nullable=False),
    Column("action", String(16), nullable=False),
    Column("amount", BigInteger),
    Column("note", Text, nullable=False),
    Column("load", Integer, nullable=False),
)

# One row per load whose findings have become cases.
case_loads: Final = Table(
    "case_loads",
    METADATA,
    Column("load", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)
