"""An archive back into a home: unpacked beside it, compared with its manifest, opened, and moved into place."""

import hashlib
import json
import shutil
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import duckdb

from dashboard.state.audit import verified
from dashboard.state.copying import DUMP, bring_state
from dashboard.state.database import FILE, State, newest_revision, state_url
from dashboard.warehouse import THREADS
from etl.commands.archiving import FORMAT, KEY, MANIFEST, ArchiveError, fingerprint
from etl.home import Home, HomeError

_PIECE: Final = 1 << 20


def unpack(source: Path, home: Path, key: bytes | None) -> dict[str, Any]:
    """Make the home of an archive, whole or not at all; ArchiveError. `key`: where the archive has none."""
    if home.exists() and any(home.iterdir()):
        raise ArchiveError(f"{home} is not empty: nothing is ever overwritten; move it away, or give another --home")
    part = home.with_name(f"{home.name}.restoring")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True, mode=0o700)
        said = _unpacked(source, part)
        _put_key(part, said, key)
        _check_build(part, said)
        _check_state(part, said)
        if home.exists():
            home.rmdir()
        part.replace(home)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return said


def _unpacked(source: Path, part: Path) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {}
    try:
        with tarfile.open(source, mode="r:") as tar:
            for member in tar:
                if not member.isfile():
                    raise ArchiveError(f"{source} holds {member.name!r}, which is no file: this is no archive of ours")
                tar.extract(member, part, filter="data")
                found[member.name] = _seen(part / member.name)
        said: dict[str, Any] = json.loads((part / MANIFEST).read_bytes())
    except (OSError, tarfile.TarError, ValueError) as error:
        raise ArchiveError(f"{source} is no whole archive: {error}") from error
    if said.get("format") != FORMAT:
        raise ArchiveError(f"{source} has format {said.get('format')!r}, this release reads {FORMAT}")
    del found[MANIFEST]
    for name in sorted(found.keys() | said["files"].keys()):
        if found.get(name) != said["files"].get(name):
            raise ArchiveError(f"{source}: {name} is not what the manifest says: take another backup")
    (part / MANIFEST).unlink()
    return said


def _seen(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"sha256": hashlib.file_digest(file, "sha256").hexdigest(), "bytes": path.stat().st_size}


def _put_key(part: Path, said: dict[str, Any], key: bytes | None) -> None:
    if key is not None and not said["with_key"]:
        (part / KEY).write_bytes(key + b"\n")
        (part / KEY).chmod(0o600)
    kept = (part / KEY).read_bytes().strip() if (part / KEY).is_file() else None
    if kept is not None and said["key"] is not None and fingerprint(kept) != said["key"]:
        raise ArchiveError("the key is another than that of the archive: persons would not be known again")


def _check_build(part: Path, said: dict[str, Any]) -> None:
    try:
        current = Home(part).current()
        if current is not None:
            with duckdb.connect(str(current), read_only=True, config={"threads": THREADS}) as build:
                build.execute("SELECT max(load) FROM log.loads").fetchall()
    except (HomeError, duckdb.Error) as error:
        raise ArchiveError(f"the build of the archive cannot be opened: {error}") from error
    if (None if current is None else current.name) != said["build"]:
        raise ArchiveError(f"the archive says that {said['build']} is served, but names another build")


def _check_state(part: Path, said: dict[str, Any]) -> None:
    """The audit log must be as it was written; a state elsewhere than in the home is brought there."""
    if (said["state"] or "") > newest_revision():
        raise ArchiveError(f"the state database is at {said['state']}, newer than this release: install the newer one")
    copy = next(part / name for name in (FILE, DUMP) if (part / name).is_file())
    url = state_url(part)
    if url.get_backend_name() == ("sqlite" if copy.name == DUMP else "postgresql"):
        raise ArchiveError(f"the archive holds {copy.name}, but the settings name a {url.get_backend_name()} database")
    if url.database != str(copy):
        bring_state(url, copy)
        copy.unlink()
    with closing(State(url, part)) as state, state.read() as connection:
        chain = verified(connection)
    if chain.broken_at is not None:
        raise ArchiveError(f"the audit log of the archive is not as written from entry {chain.broken_at} on")
