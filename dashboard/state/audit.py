"""The audit log: append-only, each entry bound to the one before it by its hash."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from dashboard.state.moment import now
from dashboard.state.tables import audit_log

CUT: Final = "audit.cut"  # the entry that says up to where older ones were removed, past their time
FIRST: Final = "0" * 64  # what stands for the hash before the first entry
_LOCK: Final = 7_253_661_001  # PostgreSQL's advisory lock of this log; any number that nothing else takes


@dataclass(frozen=True)
class Entry:
    """One act: who did what to what, from which address; `detail` is JSON."""

    entry: int
    at: datetime
    account: str
    address: str
    action: str
    subject: str
    detail: str
    previous_hash: str
    hash: str

    def computed_hash(self) -> str:
        """SHA-256 over all other fields, the hash of the entry before among them."""
        said = {name: value for name, value in asdict(self).items() if name != "hash"}
        said["at"] = self.at.isoformat(timespec="microseconds")
        return hashlib.sha256(_json(said).encode()).hexdigest()


@dataclass(frozen=True)
class Chain:
    """The log as a whole: how many entries, the last hash, and the first entry that is not as it was written."""

    entries: int
    last_hash: str
    broken_at: int | None


def record(
    connection: Connection,
    account: str,
    action: str,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
    *,
    address: str = "",
) -> None:
    """Append an act, inside the caller's writing transaction: the act and its entry stand or fall together."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    last = connection.execute(
        select(audit_log.c.entry, audit_log.c.hash).order_by(audit_log.c.entry.desc()).limit(1)
    ).first()
    number, before = (last.entry + 1, last.hash) if last else (1, FIRST)
    draft = Entry(number, now(), account, address, action, subject[:256], _json(detail or {}), before, "")
    connection.execute(audit_log.insert().values(asdict(draft) | {"hash": draft.computed_hash()}))


def entries(
    connection: Connection,
    account: str = "",
    action: str = "",
    since: datetime | None = None,
    *,
    limit: int | None = None,
    among: Sequence[str] | None = None,
) -> list[Entry]:
    """Entries newest first; `action` also by its part before the dot; `among`: of these accounts alone."""
    statement: Select[Any] = select(audit_log).order_by(audit_log.c.entry.desc()).limit(limit)
    if account:
        statement = statement.where(audit_log.c.account == account)
    if action:
        statement = statement.where((audit_log.c.action == action) | audit_log.c.action.startswith(f"{action}."))
    if among is not None:
        statement = statement.where(audit_log.c.account.in_(among))
    if since is not None:
        statement = statement.where(audit_log.c.at >= since)
    return [Entry(**row) for row in connection.execute(statement).mappings()]


def verified(connection: Connection) -> Chain:
    """The whole chain recomputed: a changed, missing or inserted entry breaks it at that entry; a cut is told."""
    count, (number, before) = 0, _cut(connection)
    for entry in _in_order(connection):
        count, number = count + 1, number + 1
        if entry.entry != number or entry.previous_hash != before or entry.computed_hash() != entry.hash:
            return Chain(count, before, number)
        before = entry.hash
    return Chain(count, before, None)


def _cut(connection: Connection) -> tuple[int, str]:
    """The last entry that was removed, and its hash, as the newest cut says; where nothing was, before the first."""
    said = connection.scalar(
        select(audit_log.c.detail).where(audit_log.c.action == CUT).order_by(audit_log.c.entry.desc()).limit(1)
    )
    if said is None:
        return 0, FIRST
    detail = json.loads(said)
    return int(detail["through"]), str(detail["hash"])


def _in_order(connection: Connection) -> Iterator[Entry]:
    for row in connection.execute(select(audit_log).order_by(audit_log.c.entry)).mappings():
        yield Entry(**row)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
