"""The tables of accounts, sessions and the audit log. Their DDL is in migrations/: change both together."""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, String, Table, Text

from dashboard.state.moment import Moment

METADATA: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

# One row per account; accounts are disabled, never deleted: the audit log names them for years.
accounts: Final = Table(
    "accounts",
    METADATA,
    Column("account_id", Integer, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("full_name", String(128), nullable=False),
    Column("password_hash", String(256), nullable=False),
    Column("must_change", Boolean, nullable=False),  # the password was given by somebody else
    Column("is_disabled", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("password_set_at", Moment, nullable=False),
    Column("signed_in_at", Moment),
)

# One row per role that an account holds.
account_roles: Final = Table(
    "account_roles",
    METADATA,
    Column("account_id", ForeignKey("accounts.account_id"), primary_key=True),
    Column("role", String(32), primary_key=True),
)

# One row per region that an account is confined to, with all below it; an account without any sees the whole city.
account_regions: Final = Table(
    "account_regions",
    METADATA,
    Column("account_id", ForeignKey("accounts.account_id"), primary_key=True),
    Column("region_code", String(12), primary_key=True),
)

# One row per open session; of its token only the SHA-256 is kept.
sessions: Final = Table(
    "sessions",
    METADATA,
    Column("token_sha256", String(64), primary_key=True),
    Column("account_id", ForeignKey("accounts.account_id"), nullable=False, index=True),
    Column("began_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("address", String(64), nullable=False),
)

# One row per sign-in that failed lately, of known and unknown names alike.
failed_attempts: Final = Table(
    "failed_attempts",
    METADATA,
    Column("attempt_id", Integer, primary_key=True),
    Column("name", String(64), nullable=False, index=True),
    Column("address", String(64), nullable=False, index=True),
    Column("at", Moment, nullable=False, index=True),
)

# One row per act; `hash` covers the row and the row before it. Triggers refuse to change or delete rows.
audit_log: Final = Table(
    "audit_log",
    METADATA,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
    Column("account", String(64), nullable=False, index=True),
    Column("address", String(64), nullable=False),
    Column("action", String(64), nullable=False, index=True),
    Column("subject", String(256), nullable=False),
    Column("detail", Text, nullable=False),  # JSON
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
