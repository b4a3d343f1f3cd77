"""The state database as a file: copied while it is in use, and brought back into an empty place."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import URL, create_engine, inspect

from dashboard.state.database import FILE
from dashboard.state.settings import StateError

DUMP: Final = "state.pgdump"  # PostgreSQL's own format, as pg_restore reads it
_PROGRAMS: Final = Path("/usr/lib/postgresql")  # where Debian keeps them, a folder a version


def copy_name(url: URL) -> str:
    """What the copy of the state at `url` is called."""
    return FILE if url.get_backend_name() == "sqlite" else DUMP


def copy_state(url: URL, target: Path) -> None:
    """Write what the state database holds at one moment to `target`; whoever writes meanwhile is not disturbed."""
    if url.get_backend_name() != "sqlite":
        _run(url, "pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={target}")
        return
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(str(url.database))) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def bring_state(url: URL, source: Path) -> None:
    """Bring a copy back to `url`; StateError where a state database is there already."""
    if url.get_backend_name() != "sqlite":
        _check_empty(url)
        _run(url, "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-acl", str(source))
        return
    target = Path(str(url.database))
    if target.exists():
        raise StateError(f"{target} is there already: move it away first")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o600)


def _check_empty(url: URL) -> None:
    engine = create_engine(url)
    try:
        if inspect(engine).get_table_names():
            raise StateError("the state database of the settings holds tables already: give an empty one")
    finally:
        engine.dispose()


def _run(url: URL, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the database; the password goes by the environment, not the command line."""
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    command = [_program(program), f"--dbname={plain}", "--no-password", *arguments]
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode:
        raise StateError(f"{program}: {done.stderr.strip()}")


def _program(name: str) -> str:
    """The newest of PostgreSQL's programs that is installed here; StateError."""
    of_versions = sorted(_PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: path.parent.parent.name.zfill(4))
    found = str(of_versions[-1]) if of_versions else shutil.which(name)
    if found is None:
        raise StateError(f"{name} is not installed here: install PostgreSQL's client (apt install postgresql-client)")
    return found
