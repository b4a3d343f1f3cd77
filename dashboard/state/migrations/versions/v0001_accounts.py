"""Accounts, their roles and regions, sessions, failed sign-ins, and the audit log that only grows."""

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TRIGGERS: Final = Path(__file__).parent


def upgrade() -> None:
    """From nothing to accounts."""
    _accounts()
    _sessions()
    _audit_log()


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("full_name", sa.String(128), nullable=False),
        sa.Column("password_hash", sa.String(256), nullable=False),
        sa.Column("must_change", sa.Boolean, nullable=False),
        sa.Column("is_disabled", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("password_set_at", sa.DateTime, nullable=False),
        sa.Column("signed_in_at", sa.DateTime),
        sa.PrimaryKeyConstraint("account_id", name="pk_accounts"),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
    )
    for name, held, length in (("account_roles", "role", 32), ("account_regions", "region_code", 12)):
        op.create_table(
            name,
            sa.Column("account_id", sa.Integer, nullable=False),
            sa.Column(held, sa.String(length), nullable=False),
            sa.PrimaryKeyConstraint("account_id", held, name=f"pk_{name}"),
            sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=f"fk_{name}_account_id"),
        )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("began_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_sessions"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name="fk_sessions_account_id"),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    op.create_table(
        "failed_attempts",
        sa.Column("attempt_id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", name="pk_failed_attempts"),
    )
    for name in ("name", "address", "at"):
        op.create_index(f"ix_failed_attempts_{name}", "failed_attempts", [name])


def _audit_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("entry", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(256), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("entry", name="pk_audit_log"),
    )
    for name in ("at", "account", "action"):
        op.create_index(f"ix_audit_log_{name}", "audit_log", [name])
    dialect = op.get_bind().dialect.name
    text = (_TRIGGERS / f"v0001_audit_only_grows.{dialect}.sql").read_text(encoding="utf-8")
    for statement in text.split("\n\n"):
        op.execute(sa.text(statement))
