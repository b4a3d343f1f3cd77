"""The state database: made on first use, migrated once, the same in SQLite and PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import column, table

from dashboard.state.database import MIGRATIONS, VARIABLE, State, newest_revision, state_url
from dashboard.state.moment import now
from dashboard.state.settings import StateError
from dashboard.state.tables import METADATA, audit_log
from tests.states import account


def test_the_migrations_make_the_tables_that_the_code_speaks_of(either_state: State) -> None:
    with either_state.read() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []


def test_migrations_are_linear() -> None:
    names = sorted(path.name[1:5] for path in (MIGRATIONS / "versions").glob("v[0-9]*.py"))
    assert names == [f"{number:04d}" for number in range(1, len(names) + 1)]


def test_a_state_opened_again_keeps_what_it_held(tmp_path: Path) -> None:
    with closing(State.of(tmp_path)) as state:
        account(state, "li", "editor")
    with closing(State.of(tmp_path)) as state, state.read() as connection:
        assert connection.scalar(select(func.count()).select_from(audit_log)) == 1


def test_many_may_open_a_new_state_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: State.of(tmp_path), range(8)))
    assert {state.revision for state in opened} == {newest_revision()}
    for state in opened:
        state.close()


def test_a_state_of_a_newer_release_is_left_alone(either_state: State) -> None:
    version = table("alembic_version", column("version_num"))
    with either_state.write() as connection:
        connection.execute(update(version).values(version_num="9999"))
    with pytest.raises(StateError, match="newer release"):
        State.of(either_state.home)


def test_a_transaction_that_fails_leaves_nothing(either_state: State) -> None:
    attempt = insert(METADATA.tables["failed_attempts"]).values(attempt_id=1, name="x", address="", at=now())

    def twice() -> None:
        with either_state.write() as connection:
            connection.execute(attempt)
            connection.execute(attempt)

    with pytest.raises(IntegrityError):
        twice()
    with either_state.read() as connection:
        assert connection.scalar(select(func.count()).select_from(METADATA.tables["failed_attempts"])) == 0


def test_the_file_is_open_to_its_owner_alone(tmp_path: Path) -> None:
    State.of(tmp_path).close()
    assert (tmp_path / "state.sqlite").stat().st_mode & 0o777 == 0o600


def test_the_address_is_that_of_the_environment_then_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert state_url(tmp_path).database == str(tmp_path / "state.sqlite")
    (tmp_path / "settings.toml").write_text('[state]\nurl = "postgresql://one/two"\n', encoding="utf-8")
    assert state_url(tmp_path).drivername == "postgresql+psycopg"
    monkeypatch.setenv(VARIABLE, "sqlite:////elsewhere.sqlite")
    assert state_url(tmp_path).database == "/elsewhere.sqlite"


def test_settings_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("[state", encoding="utf-8")
    with pytest.raises(StateError, match=r"settings\.toml"):
        state_url(tmp_path)
