"""The state database: made on first use, migrated once, the same in SQLite and PostgreSQL."""

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from subprocess import PIPE, Popen, run

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

ROOT = Path(__file__).parents[3]


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


OPENING = """
import sys
from pathlib import Path
from dashboard.state.database import State
print("ready", flush=True)
sys.stdin.readline()
State.of(Path(sys.argv[1])).close()
"""
READING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT * FROM accounts").fetchall()
connection.close()
"""


@pytest.mark.parametrize("home", ["first", "second", "third"])
def test_many_processes_may_open_a_new_state_at_once(tmp_path: Path, home: str) -> None:
    """As the workers of a server do on a home without one."""
    command = [sys.executable, "-c", OPENING, str(tmp_path / home)]
    opening = [Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True, cwd=ROOT) for _ in range(4)]
    for each in opening:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in opening:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    said = [each.communicate(timeout=60)[1] for each in opening]
    assert [each.returncode for each in opening] == [0] * 4, said


def test_opening_a_state_again_gives_no_other_process_the_log_that_is_read(tmp_path: Path) -> None:
    """The last to close clears the log; a process that has it open must not be taken for gone."""
    with closing(State.of(tmp_path)) as state, state.read() as connection:
        connection.scalar(select(func.count()).select_from(audit_log))
        State.of(tmp_path).close()
        run([sys.executable, "-c", READING, str(tmp_path / "state.sqlite")], check=True)
        assert (tmp_path / "state.sqlite-wal").exists()


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
