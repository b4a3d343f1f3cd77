"""The door: one source → its landings."""

from collections.abc import Callable, Mapping
from typing import Final

import duckdb

from etl.read.database import land_query
from etl.read.delimited import land_delimited
from etl.read.in_place import drop_in_place
from etl.read.landing import Landing, Progress, Refused, Source
from etl.read.parquet import land_parquet
from etl.read.rows import drop
from etl.read.sheet import land_workbook

_FORMS: Final[Mapping[str, Callable[[duckdb.DuckDBPyConnection, Source, str], list[Landing]]]] = {
    "xlsx": land_workbook,
    "parquet": land_parquet,
    "database": land_query,
}


def land(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    n: int,
    progress: Progress | None = None,
    *,
    in_place: bool = False,
) -> list[Landing]:
    """Land `source` as `landing.f<n>` (further sheets: `landing.f<n>_2`, …); raises Refused where it cannot be used.

    `in_place`: a file may be left where it stands (`Landing.in_place`), if it is plain enough for that.
    Attaches the in-memory database `landing` where nothing is attached under that name.
    """
    connection.execute("ATTACH IF NOT EXISTS ':memory:' AS landing (COMPRESS)")
    try:
        if source.form == "csv":
            landings = land_delimited(connection, source, f"landing.f{n}", in_place=in_place)
        else:
            landings = _FORMS[source.form](connection, source, f"landing.f{n}")
    except Refused:  # a workbook is refused at its second sheet, when the first has landed
        for sheet in _sheets_of(connection, n):
            drop(connection, sheet)
        raise
    except OSError as fault:
        message, english = f"文件无法打开（{fault.strerror}）", f"The file cannot be opened ({fault.strerror})."
        raise Refused(source.file, source.table, "unreadable", (message, english)) from fault
    if progress is not None:
        progress(source.file, sum(landing.rows for landing in landings))
    return landings


def forget(connection: duckdb.DuckDBPyConnection, landing: Landing) -> None:
    """Free the memory of a landing that is done with."""
    if landing.in_place is None:
        drop(connection, landing.relation)
    else:
        drop_in_place(connection, landing.relation, landing.in_place)


def _sheets_of(connection: duckdb.DuckDBPyConnection, n: int) -> list[str]:
    pattern = f"f{n}(_[0-9]+)?_rows"
    found = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'landing' AND regexp_full_match(table_name, ?)",
        [pattern],
    ).fetchall()
    return [f"landing.{name.removesuffix('_rows')}" for (name,) in found]
