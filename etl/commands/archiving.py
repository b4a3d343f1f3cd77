"""A home in one file: what is in use, copied while it is in use; each part's SHA-256 in a manifest at the end."""

import hashlib
import hmac
import io
import json
import os
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

from dashboard.state.copying import copy_name, copy_state
from dashboard.state.database import State, state_url
from etl.home import KEY_VARIABLE, Home, HomeError

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
KEY: Final = "key"
# Builds and the state are copied apart; `known/` is made anew when asked for; locks, drafts and parts are nobody's.
LEFT_OUT: Final = ("builds", "known", KEY, "CURRENT", "load.lock", "state.lock")
UNFINISHED: Final = (".draft", ".part", ".sqlite", ".sqlite-wal", ".sqlite-shm")
_TRIES: Final = 5  # so often may loads replace the build while it is being opened


class ArchiveError(Exception):
    """The archive cannot be made, or is not what it says; the message says what to do about it."""


class Packer:
    """A tar archive that is being written, and the SHA-256 and size of what is in it."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, file: BinaryIO) -> None:
        """One file under `name`; nothing of it but what it holds is kept."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = os.fstat(file.fileno()).st_size, 0o600
        reader = Hashed(file)
        self.tar.addfile(info, reader)
        self.files[name] = {"sha256": reader.digest.hexdigest(), "bytes": info.size}

    def add_bytes(self, name: str, content: bytes) -> None:
        """A few bytes under `name`."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = len(content), 0o600
        self.tar.addfile(info, io.BytesIO(content))
        self.files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


class Hashed:
    """A file whose bytes are hashed as they are read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        content = self.file.read(size)
        self.digest.update(content)
        return content


def pack(home: Path, target: Path, *, with_key: bool) -> dict[str, Any]:
    """Write the home into `target`, whole or not at all, for its owner alone; the manifest."""
    if target.exists():
        raise ArchiveError(f"{target} is there already: give another name")
    part = target.with_name(f"{target.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                packer = Packer(tar)
                said = _fill(packer, home, with_key=with_key) | {"files": dict(packer.files)}
                packer.add_bytes(MANIFEST, json.dumps(said, ensure_ascii=False, indent=1).encode())
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return said


def _fill(packer: Packer, home: Path, *, with_key: bool) -> dict[str, Any]:
    said: dict[str, Any] = {
        "format": FORMAT,
        "release": version("reemploy"),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "build": _add_builds(packer, Home(home)),
        "state": _add_state_and_editions(packer, home),
    }
    key = key_of(home)
    if with_key and key is None:
        raise ArchiveError(f"there is no key to put in: neither {home / KEY} nor {KEY_VARIABLE}")
    if with_key and key is not None:
        packer.add_bytes(KEY, key + b"\n")
    return said | {"key": None if key is None else fingerprint(key), "with_key": with_key}


def _add_builds(packer: Packer, home: Home) -> str | None:
    """The build that is served and those that are pinned; the name of the first, None where nothing is loaded."""
    current, file = _served(home)
    if current is None or file is None:
        return None
    with file:
        packer.add(f"builds/{current}", file)
    packer.add_bytes("CURRENT", f"{current}\n".encode())
    pinned = home.builds / "PINNED"
    names = pinned.read_text(encoding="utf-8").split() if pinned.is_file() else []
    if names:
        packer.add_bytes("builds/PINNED", ("\n".join(names) + "\n").encode())
    for name in sorted(set(names) - {current}):
        if (home.builds / name).is_file():
            with (home.builds / name).open("rb") as build:
                packer.add(f"builds/{name}", build)
    return current


def _served(home: Home) -> tuple[str | None, BinaryIO | None]:
    """The name of the build that is served, and its file: held open it stays, whatever loads do meanwhile."""
    for _ in range(_TRIES):
        path = home.current()
        if path is None:
            return None, None
        try:
            return path.name, path.open("rb")
        except FileNotFoundError:  # two loads since: another build is served
            continue
    raise ArchiveError("the build was replaced again and again: try once more when no loads run")


def _add_state_and_editions(packer: Packer, home: Path) -> str | None:
    """The state first, editions and settings after it, while nobody moves an edition: they belong together."""
    url = state_url(home)
    state = State(url, home)
    try:
        with state.write(), TemporaryDirectory(dir=home, prefix="backup-", suffix=".part") as folder:
            copy = Path(folder) / copy_name(url)
            copy_state(url, copy)
            with copy.open("rb") as file:
                packer.add(copy.name, file)
            for path in _others(home):
                with path.open("rb") as file:
                    packer.add(path.relative_to(home).as_posix(), file)
        return state.revision
    finally:
        state.close()


def _others(home: Path) -> Iterator[Path]:
    """Settings, city packs, editions and whatever else the home holds, but for what is left out."""
    for path in sorted(home.rglob("*")):
        parts = path.relative_to(home).parts
        if parts[0] in LEFT_OUT or any(part.endswith(UNFINISHED) for part in parts):
            continue
        if path.is_file() and not path.is_symlink():
            yield path


def key_of(home: Path) -> bytes | None:
    """The key of a home as it is used; None where there is none: unlike `Home.key`, nothing is made."""
    given = os.environ.get(KEY_VARIABLE)
    try:
        return given.encode() if given else (home / KEY).read_bytes().strip() or None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise HomeError(f"{home / KEY} cannot be read: {error.strerror}") from error


def fingerprint(key: bytes) -> str:
    """What tells a key from another without giving it away: keys have 256 random bits."""
    return hmac.new(key, b"reemploy backup", hashlib.sha256).hexdigest()[:32]
