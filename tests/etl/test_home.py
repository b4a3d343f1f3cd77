"""The home folder: the key, the pointer, pruning, and what a killed load leaves behind."""

import fcntl
import stat
from pathlib import Path

import pytest

from etl.home import Copying, Home, HomeError, Limits


def publish(home: Home, load: int) -> Path:
    with home.lock():
        draft = home.draft()
        draft.write_bytes(b"build %d" % load)
        return home.publish(draft, load)


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    key = home.key()
    assert len(key) >= 32
    assert home.key() == Home(tmp_path / "home").key() == key
    assert stat.S_IMODE((tmp_path / "home" / "key").stat().st_mode) == 0o600


def test_the_key_may_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REEMPLOY_KEY", "a secret of the bureau")
    assert Home(tmp_path).key() == b"a secret of the bureau"
    assert not (tmp_path / "key").exists()


def test_a_lost_key_is_not_replaced_while_there_are_builds(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, 1)
    with pytest.raises(HomeError, match="restore"):
        home.key()


def test_current_is_the_build_published_last(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.current() is None
    publish(home, 1)
    build = publish(home, 2)
    assert home.current() == build == tmp_path / "builds" / "000002.duckdb"


def test_a_pointer_to_nothing_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("000009.duckdb\n")
    with pytest.raises(HomeError, match="000009"):
        Home(tmp_path).current()


def test_old_builds_are_pruned_but_for_the_last_two_and_those_pinned(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for load in range(1, 6):
        publish(home, load)
    (home.builds / "PINNED").write_text("000002.duckdb\n")
    home.prune()
    assert sorted(path.name for path in home.builds.glob("*.duckdb")) == [
        "000002.duckdb",
        "000004.duckdb",
        "000005.duckdb",
    ]


def test_the_next_load_clears_away_what_a_killed_one_left(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, 1)
    (home.builds / "draft-77.duckdb").write_bytes(b"half")
    (home.builds / "draft-77.spill").mkdir()
    (home.builds / "000002.duckdb").write_bytes(b"finished, never named")
    with home.lock():
        assert sorted(path.name for path in home.builds.iterdir()) == ["000001.duckdb"]


def test_the_limits_of_refusal_are_settings(tmp_path: Path) -> None:
    assert Home(tmp_path).limits() == Limits(share=0.10, rows=5)
    (tmp_path / "settings.toml").write_text("[loading]\nrejected_share = 0.2\n")
    assert Home(tmp_path).limits() == Limits(share=0.2, rows=5)
    (tmp_path / "settings.toml").write_text("[loading")
    with pytest.raises(HomeError, match=r"settings\.toml"):
        Home(tmp_path).limits()


def test_a_copy_under_way_holds_the_lock_until_its_end(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, 1)
    with Copying(home) as copying:
        copy = copying.path()
        assert (copy.parent, copy.read_bytes()) == (home.builds, b"build 1")
        with (tmp_path / "load.lock").open("w") as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert not copy.exists()
    publish(home, 2)
    assert home.current() == tmp_path / "builds" / "000002.duckdb"


def test_who_waits_for_a_copy_learns_that_there_is_none_and_the_lock_is_free(tmp_path: Path) -> None:
    home = Home(tmp_path)
    publish(home, 1)
    (tmp_path / "CURRENT").write_text("000009.duckdb\n")
    with Copying(home) as copying, pytest.raises(HomeError, match="000009"):
        copying.path()
    (tmp_path / "CURRENT").write_text("000001.duckdb\n")
    publish(home, 2)
