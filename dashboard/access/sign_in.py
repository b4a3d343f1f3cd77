"""Signing in and out: passwords tried, lock-out, sessions that end when idle or old."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, func, select

from dashboard.access.account import Account
from dashboard.access.accounts import account_of
from dashboard.access.passwords import hashed, matches, needs_rehash
from dashboard.state import audit
from dashboard.state.database import State
from dashboard.state.moment import now
from dashboard.state.tables import accounts, failed_attempts, sessions

IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=12)
FAILURES: Final = 5  # of one name, then it is locked
FAILURES_FROM_ADDRESS: Final = 30  # of any names: many people may sit behind one address
LOCKED: Final = timedelta(minutes=15)
_NOTED: Final = timedelta(minutes=1)  # how stale `seen_at` may be: one write a minute, not one a request


@dataclass(frozen=True)
class Session:
    """An open session; `token` is what the browser keeps."""

    token: str
    account: Account


class SignIn:
    """Sessions in a state database, shared by all its server processes."""

    def __init__(self, state: State, idle: timedelta = IDLE, absolute: timedelta = ABSOLUTE) -> None:
        self.state, self.idle, self.absolute = state, idle, absolute

    def begin(self, name: str, password: str, address: str) -> Session | None:
        """A new session; None where name and password do not fit, the account is shut, or too many tries failed.

        Why is told to nobody but the audit log, and all cases take as long.
        """
        row = self._fitting(name, password, address)
        if row is None:
            return None
        with self.state.write() as connection:
            return self._open(connection, row, password, address)

    def fits(self, account: Account, password: str, address: str) -> bool:
        """Whether it is the account's password; a wrong one counts as a failed sign-in."""
        return self._fitting(account.name, password, address) is not None

    def _fitting(self, name: str, password: str, address: str) -> Any:
        """The row of the open account of that name and password; None where there is none, which is noted."""
        name = name.strip().lower()[:64]
        with self.state.read() as connection:
            row = connection.execute(select(accounts).where(accounts.c.name == name)).first()
            locked = _locked(connection, name, address)
        fits = matches(password, row.password_hash if row else None)
        if row is not None and fits and not locked and not row.is_disabled:
            return row
        reason = "locked" if locked else "password" if row and not fits else "disabled" if row else "unknown"
        with self.state.write() as connection:
            _note_failure(connection, name, address, reason)
        return None

    def begin_linked(self, account: Account, address: str) -> str:
        """The token of a new session for somebody whom the provider vouches for."""
        with self.state.write() as connection:
            row = connection.execute(select(accounts).where(accounts.c.account_id == account.account_id)).one()
            return self._open(connection, row, None, address).token

    def _open(self, connection: Connection, row: Any, password: str | None, address: str) -> Session:
        moment, token = now(), secrets.token_urlsafe(32)
        connection.execute(failed_attempts.delete().where(failed_attempts.c.name == row.name))
        connection.execute(sessions.delete().where(sessions.c.began_at < moment - self.absolute))
        connection.execute(
            sessions.insert().values(
                token_sha256=_digest(token), account_id=row.account_id, began_at=moment, seen_at=moment, address=address
            )
        )
        change: dict[str, Any] = {"signed_in_at": moment}
        if password is not None and needs_rehash(row.password_hash):
            change["password_hash"] = hashed(password)
        connection.execute(accounts.update().where(accounts.c.account_id == row.account_id).values(**change))
        by = {} if password is not None else {"by": "oidc"}
        audit.record(connection, row.name, "session.began", row.name, by, address=address)
        return Session(token, account_of(connection, row))

    def account(self, token: str) -> Account | None:
        """Whose session it is; None where there is none, or it has ended."""
        moment = now()
        with self.state.read() as connection:
            row = connection.execute(
                select(accounts, sessions.c.seen_at, sessions.c.began_at)
                .join(sessions, sessions.c.account_id == accounts.c.account_id)
                .where(sessions.c.token_sha256 == _digest(token))
            ).first()
            if row is None or row.is_disabled:
                return None
            if not (row.seen_at > moment - self.idle and row.began_at > moment - self.absolute):
                return None
            account = account_of(connection, row)
        if row.seen_at < moment - _NOTED:
            with self.state.write() as connection:
                mine = sessions.c.token_sha256 == _digest(token)
                connection.execute(sessions.update().where(mine).values(seen_at=moment))
        return account

    def end(self, token: str, address: str) -> None:
        """Sign out: the token is worth nothing from now on."""
        account = self.account(token)
        with self.state.write() as connection:
            connection.execute(sessions.delete().where(sessions.c.token_sha256 == _digest(token)))
            if account is not None:
                audit.record(connection, account.name, "session.ended", account.name, address=address)


def is_locked(connection: Connection, name: str) -> bool:
    """Whether too many sign-ins of this name failed lately."""
    return _failures(connection, failed_attempts.c.name == name) >= FAILURES


def _locked(connection: Connection, name: str, address: str) -> bool:
    return (
        is_locked(connection, name)
        or _failures(connection, failed_attempts.c.address == address) >= FAILURES_FROM_ADDRESS
    )


def _failures(connection: Connection, test: Any) -> int:
    lately = failed_attempts.c.at > now() - LOCKED
    return int(connection.scalar(select(func.count()).select_from(failed_attempts).where(test, lately)) or 0)


def _note_failure(connection: Connection, name: str, address: str, reason: str) -> None:
    """A try on a locked name is logged, but keeps it locked no longer."""
    moment = now()
    connection.execute(failed_attempts.delete().where(failed_attempts.c.at < moment - LOCKED))
    if reason != "locked":
        connection.execute(failed_attempts.insert().values(name=name, address=address, at=moment))
    known = "" if reason == "unknown" else name  # what is no account's name may be a password typed amiss
    audit.record(connection, known, "session.refused", known, {"reason": reason}, address=address)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
