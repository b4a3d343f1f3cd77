"""How long the state keeps what it must not keep for ever: `[retention]` of settings.toml."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Self

from sqlalchemy import Connection, func, select, text

from dashboard.state.audit import CUT, record
from dashboard.state.moment import now
from dashboard.state.settings import StateError, section
from dashboard.state.tables import audit_log

LEAST_MONTHS: Final = 6  # Cybersecurity Law, article 21 (3): logs of a network for no less than six months
MONTH: Final = timedelta(days=31)
_TRIGGERS: Final = Path(__file__).parent / "migrations" / "versions"
# The trigger that refuses deletions, on each kind of database.
_GUARDS: Final = {"sqlite": "audit_log_is_not_deleted", "postgresql": "audit_log_is_not_changed"}


@dataclass(frozen=True)
class Retention:
    """`audit_months`: so long entries of the audit log are kept at least, None for ever; `known_days`: cuts unused."""

    audit_months: int | None = None
    known_days: int = 30

    @classmethod
    def of(cls, home: Path) -> Self:
        """The settings of a home; StateError where they mean nothing or keep the log for less than the law asks."""
        given = section(home, "retention")
        try:
            months = given.get("audit_months")
            found = cls(None if months is None else int(months), int(given.get("known_days", cls.known_days)))
        except (TypeError, ValueError) as fault:
            raise StateError(f"{home / 'settings.toml'}: [retention]: {fault}") from fault
        if found.audit_months is not None and found.audit_months < LEAST_MONTHS:
            raise StateError(
                f"[retention] audit_months = {found.audit_months}: logs are kept for {LEAST_MONTHS} at least"
            )
        return found

    @property
    def audit_until(self) -> datetime | None:
        """Entries of the audit log from before this moment are past their time."""
        return None if self.audit_months is None else now() - self.audit_months * MONTH


def past_their_time(connection: Connection, until: datetime | None) -> int:
    """How many entries at the beginning of the audit log are older than `until`: a cut leaves no gap."""
    if until is None:
        return 0
    kept = connection.scalar(select(func.min(audit_log.c.entry)).where(audit_log.c.at >= until))
    before = select(func.count()).select_from(audit_log)
    return int(connection.scalar(before if kept is None else before.where(audit_log.c.entry < kept)) or 0)


def cut_audit_log(connection: Connection, until: datetime | None, by: str) -> int:
    """Remove the entries past their time; a new entry names the last of them and its hash, so the chain goes on."""
    count = past_their_time(connection, until)
    if not count:
        return 0
    entries = audit_log.c
    last = connection.execute(
        select(entries.entry, entries.hash).order_by(entries.entry).offset(count - 1).limit(1)
    ).one()
    record(connection, by, CUT, str(last.entry), {"through": last.entry, "hash": last.hash, "entries": count})
    _unguarded_delete(connection, last.entry)
    return count


def _unguarded_delete(connection: Connection, through: int) -> None:
    """The trigger that refuses deletions is away within this transaction alone."""
    dialect = connection.dialect.name
    guard, on_table = _GUARDS[dialect], f" ON {audit_log.name}" if dialect == "postgresql" else ""
    made = (_TRIGGERS / f"v0001_audit_only_grows.{dialect}.sql").read_text(encoding="utf-8").split("\n\n")
    connection.execute(text(f"DROP TRIGGER {guard}{on_table}"))
    connection.execute(audit_log.delete().where(audit_log.c.entry <= through))
    connection.execute(text(next(statement for statement in made if f"TRIGGER {guard}" in statement)))
