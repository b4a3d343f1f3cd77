"""Tables, views and queries of any database that SQLAlchemy reaches."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa

from etl.contract import VOIDED, Table
from etl.read.cell import plain_text, writer_of
from etl.read.files import is_select
from etl.read.header import Header, missing_columns, read_header
from etl.read.landing import Landing, Refused, Source
from etl.read.rows import BATCH, Row, land_rows, landing_of
from etl.tables import BY_NAME

_FIRST_LINE = 2


def land_query(connection: duckdb.DuckDBPyConnection, source: Source, relation: str) -> list[Landing]:
    """Land one table, view or SELECT; its first row is line 2. Raises Refused, whose message bears no password."""
    table = BY_NAME[source.table]
    engine = _engine(source)
    try:
        with engine.connect().execution_options(stream_results=True, yield_per=BATCH) as database:
            result = _ask(database, source.query or "")
            names = list(result.keys())
            header = read_header(table, names)
            if header.lacking(table):
                raise missing_columns(source.file, table, [names])
            landed = land_rows(connection, relation, header, _rows(table, header, result))
    except sa.exc.SQLAlchemyError as fault:
        raise _unreadable(source, fault) from None
    finally:
        engine.dispose()
    return [landing_of(source, relation, header, landed)]


def _engine(source: Source) -> sa.Engine:
    try:
        url = sa.make_url(source.url or "")
        if url.get_backend_name() == "sqlite" and url.database:
            beside = source.path / url.database
            url = url.set(database=str(beside)) if beside.is_file() and not Path(url.database).exists() else url
        return sa.create_engine(url)
    except (sa.exc.SQLAlchemyError, ImportError, ValueError) as fault:
        raise _unreadable(source, fault) from None


def _ask(database: sa.Connection, query: str) -> sa.CursorResult[Any]:
    if is_select(query):
        # As it stands: `text` would take a colon in it for a parameter.
        return database.exec_driver_sql(query)
    schema, _, name = query.strip().rpartition(".")
    return database.execute(sa.select(sa.text("*")).select_from(sa.table(name, schema=schema or None)))


def _rows(table: Table, header: Header, result: sa.CursorResult[Any]) -> Iterator[Row]:
    named = {position: name for name, position in header.positions.items()}
    kinds = {column.name: column.kind for column in (*table.columns, VOIDED)}
    writers = [writer_of(kinds[named[at]]) if at in named else plain_text for at in range(header.width)]
    for line, values in enumerate(result, _FIRST_LINE):
        yield line, [write(value) for write, value in zip(writers, values, strict=True)]


def _unreadable(source: Source, fault: Exception) -> Refused:
    told = str(getattr(fault, "orig", None) or fault).splitlines() or [type(fault).__name__]
    reply = _without_password(source, told[0])
    return Refused(
        source.file, source.table, "unreadable", (f"数据库无法读取：{reply}", f"The database cannot be read: {reply}")
    )


def _without_password(source: Source, message: str) -> str:
    """`message` without the address's password and user, however they are written there."""
    try:
        url = sa.make_url(source.url or "")
    except (sa.exc.SQLAlchemyError, ValueError):
        return "地址（url）不是 SQLAlchemy 地址"
    written = {
        part for part in (str(url.password or ""), url.render_as_string(hide_password=False).rpartition("@")[0]) if part
    }
    for part in sorted(written, key=len, reverse=True):
        message = message.replace(part, "***")
    return message
