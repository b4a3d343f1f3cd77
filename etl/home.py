"""The home folder: immutable builds, the pointer to the one served, the key, the settings, and one load at a time.

key            HMAC key of person_key, owner only      builds/000007.duckdb   one build per load, never changed
settings.toml  optional                                builds/PINNED          names of builds to keep, one a line
load.lock      held while a load runs                  CURRENT                name of the build that is served
cities/        the bureau's own packs                  known/                 earlier loads, cut when asked for
inbox/         loads from the browser (dashboard)
"""

import fcntl
import os
import secrets
import shutil
import tomllib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

KEY_VARIABLE: Final = "REEMPLOY_KEY"
_DRAFT: Final = "draft-"
_KEPT: Final = 2  # the build that is served, and the one before it: readers may still be moving over


class HomeError(Exception):
    """The home folder cannot be used as it is; the message says what to do about it."""


@dataclass(frozen=True)
class Limits:
    """A file is refused when more than `share` of its rows, and at least `rows` of them, are rejected.

    Where a load touches more than `touched` of a table's rows, the models that read it are made anew, not kept up.
    """

    share: float = 0.10
    rows: int = 5
    touched: float = 0.25


class Home:
    """The folder at `path`; nothing is created before the first load."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.builds = path / "builds"
        self.pointer = path / "CURRENT"

    def current(self) -> Path | None:
        """The build that is served; None before the first load. HomeError where `CURRENT` names none that is there."""
        try:
            name = self.pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        build = self.builds / name
        if not name or not build.is_file():
            raise HomeError(
                f"CURRENT names {name!r}, which is not in {self.builds}: restore the build or correct CURRENT"
            )
        return build

    def key(self) -> bytes:
        """The key of `person_key`: REEMPLOY_KEY, else the key file, made on first use with owner-only rights.

        HomeError where there are builds but no key: another key would make every person a stranger.
        """
        given = os.environ.get(KEY_VARIABLE)
        if given:
            return given.encode()
        path = self.path / "key"
        try:
            key = path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            if self.current() is not None:
                raise HomeError(
                    f"{path} is missing: restore it, or give {KEY_VARIABLE}, for a new key fits no earlier data"
                ) from None
            return self._make_key(path)
        if not key:
            raise HomeError(f"{path} is empty: restore it from the backup")
        return key.encode()

    def _make_key(self, path: Path) -> bytes:
        self.path.mkdir(parents=True, exist_ok=True)
        key = secrets.token_hex(32)
        draft = path.with_name("key.draft")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync(self.path)
        return key.encode()

    def limits(self) -> Limits:
        """`[loading] rejected_share`, `rejected_rows` and `touched_share` of settings.toml, else the defaults."""
        try:
            loading = self._settings().get("loading", {})
            return Limits(
                share=float(loading.get("rejected_share", Limits.share)),
                rows=int(loading.get("rejected_rows", Limits.rows)),
                touched=float(loading.get("touched_share", Limits.touched)),
            )
        except (AttributeError, TypeError, ValueError) as fault:
            raise HomeError(f"{self.path / 'settings.toml'}: [loading]: {fault}") from fault

    def builds_kept(self) -> int:
        """How many builds stay, the one served among them: `[retention] builds`, two at least."""
        try:
            return max(int(self._settings().get("retention", {}).get("builds", _KEPT)), _KEPT)
        except (AttributeError, TypeError, ValueError) as fault:
            raise HomeError(f"{self.path / 'settings.toml'}: [retention]: {fault}") from fault

    def _settings(self) -> dict[str, Any]:
        path = self.path / "settings.toml"
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            raise HomeError(f"{path} cannot be read: {fault}") from fault

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Wait until no other load runs, and clear away what a load that was killed left behind."""
        self.builds.mkdir(parents=True, exist_ok=True)
        with (self.path / "load.lock").open("w", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._sweep()
            try:
                yield
            finally:
                self._sweep()

    def draft(self, *, empty: bool = False) -> Path:
        """A copy of the newest build to work in, or the path of an empty one; only under `lock`."""
        path = self.builds / f"{_DRAFT}{os.getpid()}.duckdb"
        current = None if empty else self.current()
        if current is not None:
            shutil.copyfile(current, path)
        return path

    def spill(self) -> Path:
        """Where the engine may put what does not fit into memory."""
        return self.builds / f"{_DRAFT}{os.getpid()}.spill"

    def publish(self, draft: Path, load: int) -> Path:
        """Make the finished `draft` the build that is served, at one moment; it is on disk before it is named."""
        build = self.builds / f"{load:06d}.duckdb"
        _written_out(draft)
        draft.replace(build)
        _sync(self.builds)
        # A load number may be used anew after a build was restored: what was cut from the other line must go.
        shutil.rmtree(self.path / "known", ignore_errors=True)
        pointer = self.pointer.with_name("CURRENT.draft")
        with pointer.open("w", encoding="utf-8") as file:
            file.write(build.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.pointer)
        _sync(self.path)
        return build

    def prune(self) -> None:
        """Remove builds but for the one served, those just before it, and those named in `builds/PINNED`."""
        try:
            pinned = set((self.builds / "PINNED").read_text(encoding="utf-8").split())
        except FileNotFoundError:
            pinned = set()
        for build in self._numbered()[: -self.builds_kept()]:
            if build.name not in pinned:
                build.unlink(missing_ok=True)

    def _numbered(self) -> list[Path]:
        return sorted(path for path in self.builds.glob("*.duckdb") if path.stem.isdigit())

    def _sweep(self) -> None:
        for path in self.builds.glob(f"{_DRAFT}*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        # A build beyond the one that is served was finished but never named: nobody has ever opened it.
        current = self.current()
        for build in self._numbered():
            if current is None or build.name > current.name:
                build.unlink(missing_ok=True)


class Copying:
    """A copy of a home's newest build to work in, under the home's lock; as a context, beside whatever else is done.

    At its end the lock is given up, and the copy is gone unless it was published.
    """

    def __init__(self, home: Home) -> None:
        self.home = home
        self._held = ExitStack()

    def __enter__(self) -> Self:
        """Wait for the lock, and begin to copy; what keeps it from that, `path` tells."""
        self._beside = self._held.enter_context(ThreadPoolExecutor(1))
        self._copied = Future[Path]()
        try:
            self._held.enter_context(self.home.lock())
        except (HomeError, OSError) as fault:
            self._copied.set_exception(fault)
        else:
            self._copied = self._beside.submit(self.home.draft)
        return self

    def path(self) -> Path:
        """The copy, when it is whole, or where the first build is to be. HomeError.

        Meanwhile it is written out, so that less is left to do at the end.
        """
        path = self._copied.result()
        if path.exists():
            # Open until the end: to close any descriptor of a file gives up all locks on it, the engine's too.
            file = self._held.enter_context(path.open("rb"))
            self._beside.submit(os.fsync, file.fileno())
        return path

    def __exit__(self, *_: object) -> None:
        """Let what is under way end, and give up the lock."""
        self._beside.shutdown()
        self._held.close()


def _written_out(path: Path) -> None:
    """Return when what the file holds is on disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
