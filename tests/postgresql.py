"""A PostgreSQL server of our own for the tests: in a folder, on a socket, ended with its test session."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import URL

PROGRAMS = Path("/usr/lib/postgresql")
OWNER = "postgres"  # the server refuses to run as root


@contextmanager
def postgresql() -> Iterator[Path]:
    """The socket's folder of a running server whose superuser is `postgres`."""
    [version] = sorted(PROGRAMS.iterdir())[-1:]
    with TemporaryDirectory(prefix="reemploy-pg-") as folder:  # short: a socket's path has at most 107 characters
        place = Path(folder)
        if os.geteuid() == 0:
            shutil.chown(place, OWNER)
        data = str(place / "data")
        _run(version / "bin" / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{place}' -c fsync=off -c autovacuum=off"
        _run(version / "bin" / "pg_ctl", "-D", data, "-l", str(place / "log"), "-w", "-o", options, "start")
        try:
            yield place
        finally:
            _run(version / "bin" / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def new_database(server: Path, name: str) -> URL:
    """The address of a new, empty database of the server."""
    with psycopg.connect(host=str(server), user=OWNER, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return URL.create("postgresql+psycopg", username=OWNER, database=name, query={"host": str(server)})


def _run(program: Path, *arguments: str) -> None:
    command = [str(program), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", OWNER, "--", *command]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", check=False)
    assert done.returncode == 0, done.stderr.decode()
