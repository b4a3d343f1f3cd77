"""The state database of a home: opened, brought up to date, read and written in transactions."""

import fcntl
import os
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select
from sqlalchemy.sql import column, table

from dashboard.state.settings import StateError, section

VARIABLE: Final = "REEMPLOY_STATE"
FILE: Final = "state.sqlite"
MIGRATIONS: Final = Path(__file__).with_name("migrations")
BUSY_SECONDS: Final = 30
_VERSION: Final = table("alembic_version", column("version_num"))


class State:
    """The state database at `url`; `home` holds the lock under which it is migrated. Usable by many threads."""

    def __init__(self, url: URL, home: Path) -> None:
        self.home = home
        self.engine = _engine(url)
        weakref.finalize(self, self.engine.dispose)
        try:
            self._bring_up_to_date()
        except BaseException:
            self.close()
            raise

    @classmethod
    def of(cls, home: Path) -> "State":
        """The state of a home: REEMPLOY_STATE, else `[state] url` of its settings, else HOME/state.sqlite."""
        return cls(state_url(home), home)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that reads."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write: whole or not at all."""
        with self.engine.connect().execution_options(reemploy_writes=True) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    @property
    def revision(self) -> str | None:
        """The migration that the database is at; None of an empty one."""
        with self.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.scalar(select(_VERSION.c.version_num))

    def _bring_up_to_date(self) -> None:
        if self.revision == newest_revision() and _logs_ahead(self.engine):
            return
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "state.lock").open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _logs_ahead(self.engine, let=True)
            found = self.revision or ""
            if found > newest_revision():
                raise StateError(
                    f"the state database is at {found}, this release knows {newest_revision()}: run the newer release"
                )
            if found < newest_revision():
                _upgrade(self.engine)


def newest_revision() -> str:
    """The last migration: they are linear, `v0001_….py` is revision 0001."""
    return max(path.name[1:5] for path in (MIGRATIONS / "versions").glob("v[0-9]*.py"))


def state_url(home: Path) -> URL:
    """Where the state of a home lies; StateError where its settings cannot be read."""
    given = os.environ.get(VARIABLE) or section(home, "state").get("url")
    if not given:
        return URL.create("sqlite", database=str(home / FILE))
    url = make_url(str(given))
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        # Owner only from its first moment. One that is there is not opened: closing it again would take from all other
        # connections of this process what they have locked (POSIX), and another process would clear the log they read.
        with suppress(FileExistsError):
            os.close(os.open(url.database, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions, not the driver
    for pragma in ("synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _logs_ahead(engine: Engine, *, let: bool = False) -> bool:
    """Whether readers and a writer do not wait for each other.

    `let` them do so, under the lock and for good: of two processes that try at once one fails.
    """
    if engine.dialect.name != "sqlite":
        return True
    with closing(engine.raw_connection()) as connection:
        [mode] = connection.cursor().execute(f"PRAGMA journal_mode{' = WAL' if let else ''}").fetchone()
    return bool(mode == "wal")


def _begin_sqlite(connection: Connection) -> None:
    """Writers take their lock at once: a reader that turns writer could find that it must start over."""
    writes = connection.get_execution_options().get("reemploy_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _upgrade(engine: Engine) -> None:
    from alembic import command  # noqa: PLC0415 - a tenth of a second that only a migration needs (DECISIONS 6)
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine.connect().execution_options(reemploy_writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
