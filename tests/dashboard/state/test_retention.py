"""How long the audit log is kept, and that a cut is told rather than hidden."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from dashboard.state import audit
from dashboard.state.database import State
from dashboard.state.moment import now
from dashboard.state.retention import MONTH, Retention, cut_audit_log
from dashboard.state.settings import StateError
from dashboard.state.tables import audit_log


def grown(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten entries, one a month; the last one is of today."""
    for age in range(9, -1, -1):
        monkeypatch.setattr(audit, "now", lambda age=age: now() - age * MONTH)
        with state.write() as connection:
            audit.record(connection, "wang", "session.began")
    monkeypatch.setattr(audit, "now", now)


def test_entries_past_their_time_go_and_the_chain_goes_on(either_state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    grown(either_state, monkeypatch)
    until = now() - 6 * MONTH - timedelta(days=1)
    with either_state.write() as connection:
        assert cut_audit_log(connection, until, "command-line") == 3
        assert cut_audit_log(connection, until, "command-line") == 0
    with either_state.read() as connection:
        kept = audit.entries(connection)
        assert [entry.entry for entry in kept] == [11, 10, 9, 8, 7, 6, 5, 4]
        assert (kept[0].action, kept[0].subject) == (audit.CUT, "3")
        assert audit.verified(connection).broken_at is None
    for tampering in (audit_log.delete().where(audit_log.c.entry == 4), audit_log.update().values(account="li")):
        with pytest.raises(DBAPIError), either_state.write() as connection:
            connection.execute(tampering)


def test_more_removed_than_the_cut_says_breaks_the_chain(either_state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    grown(either_state, monkeypatch)
    with either_state.write() as connection:
        cut_audit_log(connection, now() - 6 * MONTH, "command-line")
    with either_state.write() as connection:
        first = audit.entries(connection)[-1].entry
        guard = {"sqlite": "audit_log_is_not_deleted", "postgresql": "audit_log_is_not_changed"}
        dialect = connection.dialect.name
        on_table = " ON audit_log" if dialect == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER {guard[dialect]}{on_table}")
        connection.execute(audit_log.delete().where(audit_log.c.entry == first))
    with either_state.read() as connection:
        assert audit.verified(connection).broken_at == first


@pytest.mark.parametrize("months", ["5", "0", '"long"'])
def test_less_than_the_law_asks_is_refused(tmp_path: Path, months: str) -> None:
    (tmp_path / "settings.toml").write_text(f"[retention]\naudit_months = {months}\n", encoding="utf-8")
    with pytest.raises(StateError, match=r"\[retention\]"):
        Retention.of(tmp_path)


def test_without_a_setting_the_log_is_kept_for_ever(tmp_path: Path) -> None:
    assert Retention.of(tmp_path).audit_until is None
