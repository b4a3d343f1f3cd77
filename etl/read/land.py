"""The door: one source → its landings."""

import duckdb

from etl.read.landing import Landing, Progress, Source


def land(
    connection: duckdb.DuckDBPyConnection, source: Source, n: int, progress: Progress | None = None
) -> list[Landing]:
    """Land `source` as `landing.f<n>` (further sheets: `landing.f<n>_2`, …); raises Refused where it cannot be used.

    Attaches the in-memory database `landing` where nothing is attached under that name. The caller drops the relations.
    """
    raise NotImplementedError
