"""The log inside a build: loads, files and their accounts, refusals, and the rows that quarantine holds or held."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from duckdb import DuckDBPyConnection

from etl.account import Account, Counts, Refusal
from etl.check import PLACE, REMARKS
from etl.clock import Clock
from etl.contract import Table, region_column
from etl.faults import DUPLICATE, TOTALS
from etl.history import stored_columns
from etl.messages import in_language
from etl.tables import TABLES

_COUNTS = ", ".join(f'"{name}" BIGINT' for name in Counts.names())
_TABLES = {
    "loads": "load INTEGER, data_date DATE, delivery VARCHAR, backfill BOOLEAN, loaded_at TIMESTAMP",
    "files": (
        'file_id INTEGER, load INTEGER, file VARCHAR, "table" VARCHAR, sha256 VARCHAR, unknown_columns VARCHAR[],'
        f" {_COUNTS}"
    ),
    "accounts": f'load INTEGER, "table" VARCHAR, {_COUNTS}',
    "stages": "load INTEGER, stage VARCHAR, seconds DOUBLE",
    "units": 'load INTEGER, "table" VARCHAR, region_code VARCHAR, read BIGINT, quarantined BIGINT',
    "unrecognised": "load INTEGER, file VARCHAR",
    "refused": 'load INTEGER, file VARCHAR, "table" VARCHAR, reason VARCHAR, message VARCHAR, message_en VARCHAR',
    "quarantine": (
        'entry BIGINT, load INTEGER, file_id INTEGER, "table" VARCHAR, file VARCHAR, line BIGINT, reason VARCHAR,'
        ' "column" VARCHAR, "key" VARCHAR, fingerprint VARCHAR, "values" VARCHAR,'
        " until_load INTEGER, outcome VARCHAR"
    ),
}


def create_log(connection: DuckDBPyConnection) -> None:
    """Create the empty schemas `log` and `held` where they are missing.

    `held.<table>` keeps the candidates that wait for a reference, as checked: their entry is in `log.quarantine`.
    There, `until_load` is null while a row is held; afterwards `outcome` says `released` or `settled`.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS log")
    connection.execute("CREATE SCHEMA IF NOT EXISTS held")
    for name, columns in _TABLES.items():
        connection.execute(f"CREATE TABLE IF NOT EXISTS log.{name} ({columns})")
    # Builds of before say it in Chinese alone.
    connection.execute("ALTER TABLE log.refused ADD COLUMN IF NOT EXISTS message_en VARCHAR")
    for source in TABLES:
        held = (*stored_columns(source), ("voided", "BOOLEAN"), *PLACE, *REMARKS)
        columns = ", ".join(f'"{name}" {kind}' for name, kind in held)
        connection.execute(f'CREATE TABLE IF NOT EXISTS held."{source.name}" ({columns})')


def newest(connection: DuckDBPyConnection) -> tuple[int, date | None]:
    """Number of the newest load (0: none yet) and the largest data date of all."""
    [(load, data_date)] = connection.execute("SELECT coalesce(max(load), 0), max(data_date) FROM log.loads").fetchall()
    return load, data_date


def next_file(connection: DuckDBPyConnection) -> int:
    """A number that no file has yet."""
    [(number,)] = connection.execute("SELECT coalesce(max(file_id), 0) + 1 FROM log.files").fetchall()
    return int(number)


def write_load(
    connection: DuckDBPyConnection, load: int, data_date: date | None, delivery: str, *, backfill: bool
) -> None:
    """Log a load; `loaded_at` is UTC."""
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute("INSERT INTO log.loads VALUES (?, ?, ?, ?, ?)", [load, data_date, delivery, backfill, now])


def write_files(connection: DuckDBPyConnection, load: int, account: Account, digests: dict[str, str]) -> None:
    """Log the files that were loaded, with their accounts."""
    for each in account.files:
        unknown = account.unknown_columns.get(each.file, [])
        values = [each.file_id, load, each.file, each.table, digests.get(each.file), unknown]
        counts = list(each.counts.as_dict().values())
        marks = ", ".join("?" * (len(values) + len(counts)))
        connection.execute(f"INSERT INTO log.files VALUES ({marks})", values + counts)


def write_accounts(connection: DuckDBPyConnection, load: int, accounts: dict[str, Counts]) -> None:
    """Log the account of each table."""
    for table, counts in accounts.items():
        values = [load, table, *counts.as_dict().values()]
        connection.execute(f"INSERT INTO log.accounts VALUES ({', '.join('?' * len(values))})", values)


def write_units(connection: DuckDBPyConnection, load: int, table: Table) -> None:
    """Log of `candidate` how many rows the delivery brought of each region that they name, and how many are held.

    Rows whose region cannot be read, and tables that name none, are left out: their unit is not known.
    """
    region = region_column(table)
    if region is None:
        return
    held = f"_fault > 0 AND _fault < {DUPLICATE}"
    connection.execute(
        f'INSERT INTO log.units SELECT ?, ?, "{region}", count(*), count(*) FILTER ({held}) FROM candidate'
        f' WHERE _entry IS NULL AND "{region}" IS NOT NULL AND _fault IS DISTINCT FROM {TOTALS} GROUP BY "{region}"',
        [load, table.name],
    )


def write_left_out(
    connection: DuckDBPyConnection, load: int, unrecognised: Sequence[str], refused: Sequence[Refusal]
) -> None:
    """Log what a load left out: files that belong to no table, and files that were refused."""
    for file in unrecognised:
        connection.execute("INSERT INTO log.unrecognised VALUES (?, ?)", [load, file])
    for each in refused:
        said = [each.message, in_language(each, "en").message]
        connection.execute(
            "INSERT INTO log.refused VALUES (?, ?, ?, ?, ?, ?)", [load, each.file, each.table, each.reason, *said]
        )


def write_stages(connection: DuckDBPyConnection, load: int, clock: Clock) -> None:
    """Log how long the stages of a load took; what comes after, writing the build to disk, is in no build."""
    rows = [(load, stage, seconds) for stage, seconds in clock.seconds.items()]
    connection.executemany("INSERT INTO log.stages VALUES (?, ?, ?)", rows)


def copy_log(connection: DuckDBPyConnection, load: int) -> None:
    """Copy the log of the attached build `newest` as it was at `load`; rows that were held then are held again.

    What a build of before did not log stays empty. A row that waited for another reference then says what it waits
    for now.
    """
    create_log(connection)
    known = connection.execute(
        "SELECT table_name, list(column_name) FROM duckdb_columns()"
        " WHERE database_name = 'newest' AND schema_name = 'log' GROUP BY table_name"
    ).fetchall()
    for table, columns in known:
        listed = ", ".join(f'"{name}"' for name in columns)
        connection.execute(
            f'INSERT INTO log."{table}" BY NAME SELECT {listed} FROM newest.log."{table}" WHERE load <= ?', [load]
        )
    connection.execute("UPDATE log.quarantine SET until_load = NULL, outcome = NULL WHERE until_load > ?", [load])
