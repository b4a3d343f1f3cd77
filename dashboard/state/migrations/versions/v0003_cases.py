"""Findings on money as cases, with every step of following them up."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """From editions to cases."""
    op.create_table(
        "cases",
        sa.Column("case_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("finding", sa.String(48), nullable=False),
        sa.Column("table_name", sa.String(32), nullable=False),
        sa.Column("row_key", sa.String(256), nullable=False),
        sa.Column("region_code", sa.String(12), nullable=False),
        sa.Column("amount", sa.BigInteger),
        sa.Column("in_doubt", sa.BigInteger),
        sa.Column("recovered", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("handled_by", sa.String(64)),
        sa.Column("handled_at", sa.DateTime),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("opened_load", sa.Integer, nullable=False),
        sa.Column("gone_load", sa.Integer),
        sa.PrimaryKeyConstraint("case_id", name="pk_cases"),
        sa.UniqueConstraint("finding", "table_name", "row_key", name="uq_cases_finding"),
    )
    op.create_table(
        "case_steps",
        sa.Column("step_id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("amount", sa.BigInteger),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("load", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("step_id", name="pk_case_steps"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_case_steps_case_id"),
    )
    op.create_index("ix_case_steps_case_id", "case_steps", ["case_id"])
    op.create_table(
        "case_loads",
        sa.Column("load", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("load", name="pk_case_loads"),
    )
