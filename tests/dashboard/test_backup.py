"""The drill: a home into a file while people work in it, the home lost, and back; and what is refused on the way."""

import shutil
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from dashboard.access.account import OPERATOR
from dashboard.access.accounts import Accounts
from dashboard.access.sign_in import SignIn
from dashboard.state.audit import entries, record, verified
from dashboard.state.copying import bring_state, copy_name, copy_state
from dashboard.state.database import State
from dashboard.state.settings import StateError
from dashboard.state.tables import accounts
from etl.cli import main
from tests.accounts_home import accounts_home
from tests.postgresql import new_database
from tests.states import PASSWORD, account

KEY = "0f" * 32
ASKED = ("query", "placed", "loans_outstanding", "--by", "district", "--format", "json")


def run(*words: str, home: Path) -> Result:
    return CliRunner().invoke(main, [*words, "--home", str(home)])


@pytest.fixture(scope="module")
def with_accounts(city_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return accounts_home(city_home, tmp_path_factory.mktemp("backup") / "home")


@pytest.fixture
def home(with_accounts: Path, tmp_path: Path) -> Path:
    """A home of its own, with a key, an edition and settings."""
    made = tmp_path / "home"
    shutil.copytree(with_accounts, made)
    (made / "key").write_text(KEY + "\n")
    (made / "key").chmod(0o600)
    (made / "settings.toml").write_text("[loading]\nrejected_rows = 7\n", encoding="utf-8")
    (made / "editions" / "2026Q1-community-1").mkdir(parents=True)
    (made / "editions" / "2026Q1-community-1" / "edition.json").write_text("{}")
    (made / "known").mkdir()
    (made / "known" / "000001.duckdb").write_text("made anew when asked for")
    return made


@pytest.fixture
def busy(home: Path) -> Iterator[None]:
    """Somebody writes into the state database all the while."""
    done = Event()

    def write() -> None:
        with closing(State.of(home)) as state:
            while not done.is_set():
                with state.write() as connection:
                    record(connection, "leader", "export.taken", "/export/loans/ageing.csv")

    writer = Thread(target=write)
    writer.start()
    yield
    done.set()
    writer.join()


def test_a_home_that_is_lost_comes_back_whole_from_a_backup_made_while_people_worked(
    home: Path, busy: None, tmp_path: Path
) -> None:
    before, file, back = run(*ASKED, home=home).stdout, tmp_path / "home.tar", tmp_path / "back"
    made = run("backup", str(file), home=home)
    assert made.exit_code == 0, made.output
    assert file.stat().st_mode & 0o077 == 0
    with tarfile.open(file) as tar:
        assert not {"key", "known/000001.duckdb", "load.lock"} & set(tar.getnames())

    (tmp_path / "kept-apart").write_text(KEY)
    brought = run("restore", str(file), "--key", str(tmp_path / "kept-apart"), home=back)
    assert brought.exit_code == 0, brought.output
    assert run(*ASKED, home=back).stdout == before
    assert (back / "key").read_text() == KEY + "\n"
    assert (back / "key").stat().st_mode & 0o077 == 0
    for name in ("settings.toml", "editions/2026Q1-community-1/edition.json", "CURRENT"):
        assert (back / name).read_bytes().strip() == (home / name).read_bytes().strip()
    with closing(State.of(back)) as state:
        assert SignIn(state).begin("leader", PASSWORD, "10.0.0.7") is not None
        with state.read() as connection:
            assert verified(connection).broken_at is None
            assert entries(connection, action="home.backed_up")


def test_nothing_is_overwritten_and_nothing_half_is_left(home: Path, tmp_path: Path) -> None:
    file, back = tmp_path / "home.tar", tmp_path / "back"
    assert run("backup", str(file), "--with-key", home=home).exit_code == 0
    assert "is there already" in run("backup", str(file), home=home).output
    assert "is not empty" in run("restore", str(file), home=home).output

    content = file.read_bytes()
    file.write_bytes(content.replace(b"rejected_rows = 7", b"rejected_rows = 9"))
    assert "settings.toml is not what the manifest says" in run("restore", str(file), home=back).output
    file.write_bytes(content[: len(content) // 2])
    assert "no whole archive" in run("restore", str(file), home=back).output
    assert not back.exists()
    assert not list(tmp_path.glob("*.restoring"))

    file.write_bytes(content)
    assert run("restore", str(file), home=back).exit_code == 0
    assert (back / "key").read_text() == KEY + "\n"


def test_another_key_is_refused_and_a_missing_one_is_told(home: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "home.tar", tmp_path / "other"
    other.write_text("a1" * 32)
    assert run("backup", str(file), home=home).exit_code == 0
    assert "the key is another" in run("restore", str(file), "--key", str(other), home=tmp_path / "back").output
    without = run("restore", str(file), home=tmp_path / "back")
    assert without.exit_code == 0
    assert "The key is missing" in without.output
    checked = run("check", "--lang", "en", home=tmp_path / "back")
    assert checked.exit_code == 1
    assert "the key is missing, nothing can be loaded" in checked.output


def test_the_state_is_copied_and_brought_back_on_both_databases(either_state: State, tmp_path: Path) -> None:
    account(either_state, "wang", "leader")
    copy = tmp_path / "copies" / copy_name(either_state.engine.url)
    copy.parent.mkdir()
    copy_state(either_state.engine.url, copy)
    Accounts(either_state).disable("wang", by=OPERATOR)
    with pytest.raises(StateError):
        bring_state(either_state.engine.url, copy)
    url = either_state.engine.url
    if url.get_backend_name() == "sqlite":
        url = url.set(database=str(tmp_path / "elsewhere" / "state.sqlite"))
    else:
        url = new_database(Path(str(url.query["host"])), f"back_{uuid4().hex}")
    bring_state(url, copy)
    with closing(State(url, tmp_path)) as back, back.read() as connection:
        assert [row.is_disabled for row in connection.execute(select(accounts))] == [False]
        assert verified(connection).broken_at is None
        assert [entry.action for entry in entries(connection)] == ["account.added"]


def test_the_check_of_a_sound_home_finds_no_fault(home: Path) -> None:
    shutil.rmtree(home / "editions")
    result = run("check", "--json", home=home)
    assert '"fault"' not in result.stdout
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda home: (home / "key").chmod(0o644), "others may read"),
        (lambda home: (home / "CURRENT").write_text("000099.duckdb"), "CURRENT names '000099.duckdb'"),
        (lambda home: (home / "settings.toml").write_text("[server"), "cannot be read"),
        (lambda home: (home / "settings.toml").write_text("[retention]\naudit_months = 5"), "kept for 6 at least"),
        (lambda home: (home / "state.sqlite").write_bytes(b"SQLite format 3\x00" + b"x" * 5000), "cannot be checked"),
    ],
)
def test_the_check_finds_what_is_wrong(home: Path, harm, said: str) -> None:  # type: ignore[no-untyped-def]  # a lambda
    for path in home.glob("state.sqlite-*"):
        path.unlink()
    harm(home)
    result = run("check", "--lang", "en", home=home)
    assert result.exit_code == 1
    assert said in result.output
