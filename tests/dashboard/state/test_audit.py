"""The audit log only grows, and says so where somebody made it otherwise."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from dashboard.state.audit import FIRST, Entry, entries, record, verified
from dashboard.state.database import State
from dashboard.state.moment import now
from dashboard.state.tables import audit_log, failed_attempts


def note(state: State, *actions: str, account: str = "li") -> None:
    for action in actions:
        with state.write() as connection:
            record(connection, account, action, "ranking", {"行": 3}, address="10.0.0.7")


def all_of(state: State, **asked: str) -> list[Entry]:
    with state.read() as connection:
        return entries(connection, **asked)  # type: ignore[arg-type]  # the tests ask by account and action alone


def test_an_entry_says_who_did_what_to_what_and_when(either_state: State) -> None:
    note(either_state, "export.taken")
    [entry] = all_of(either_state)
    assert (entry.entry, entry.account, entry.action, entry.subject) == (1, "li", "export.taken", "ranking")
    assert entry.detail == '{"行":3}'
    assert entry.address == "10.0.0.7"
    assert now() - timedelta(minutes=1) < entry.at <= now()
    assert entry.previous_hash == FIRST


def test_entries_are_found_by_account_and_by_kind_of_action(either_state: State) -> None:
    note(either_state, "session.began", "export.taken", "session.ended")
    note(either_state, "sessions", account="wang")
    assert [entry.action for entry in all_of(either_state, action="session")] == ["session.ended", "session.began"]
    assert [entry.action for entry in all_of(either_state, account="wang")] == ["sessions"]


@pytest.mark.parametrize("act", [audit_log.delete(), audit_log.update().values(account="somebody else")])
def test_no_entry_is_changed_or_deleted(either_state: State, act: object) -> None:
    note(either_state, "export.taken")
    with pytest.raises(DBAPIError, match="only grows"), either_state.write() as connection:
        connection.execute(act)  # type: ignore[call-overload]  # a Delete or an Update
    assert len(all_of(either_state)) == 1


def test_the_log_of_many_writers_is_one_chain(either_state: State) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: note(either_state, "export.taken"), range(20)))
    with either_state.read() as connection:
        chain = verified(connection)
    assert (chain.entries, chain.broken_at) == (20, None)


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        ("UPDATE audit_log SET account = 'wang' WHERE entry = 2", 2),
        ("DELETE FROM audit_log WHERE entry = 2", 2),
        ("UPDATE audit_log SET entry = 9 WHERE entry = 3", 3),
    ],
)
def test_who_breaks_the_triggers_breaks_the_chain(either_state: State, tampering: str, broken_at: int) -> None:
    note(either_state, "a", "b", "c")
    with either_state.write() as connection:
        for trigger in ("audit_log_is_not_changed", "audit_log_is_not_deleted", "audit_log_is_not_emptied"):
            on_table = " ON audit_log" if connection.dialect.name == "postgresql" else ""
            connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger}{on_table}"))
        connection.execute(text(tampering))
    with either_state.read() as connection:
        assert verified(connection).broken_at == broken_at


def test_an_entry_stands_or_falls_with_its_act(either_state: State) -> None:
    act = failed_attempts.insert().values(attempt_id=1, name="x", address="", at=now())

    def publish() -> None:
        with either_state.write() as connection:
            record(connection, "li", "edition.published")
            connection.execute(act)
            connection.execute(act)

    with pytest.raises(IntegrityError):
        publish()
    assert all_of(either_state) == []
