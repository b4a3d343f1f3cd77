"""Points in time, the same in SQLite and PostgreSQL: aware, in UTC, to the microsecond."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware datetime; stored in UTC without its zone, for SQLite keeps none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """To UTC, zone dropped; a naive value is a fault of ours."""
        if not isinstance(value, datetime):
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Back to an aware datetime in UTC."""
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else None


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
