"""Parquet files, read and made text by DuckDB."""

import duckdb

from etl.contract import VOIDED, Kind, Table
from etl.read.characters import is_normal
from etl.read.header import Header, missing_columns, read_header
from etl.read.landing import Landing, Refused, Source
from etl.read.rows import BATCH, Landed, blank, count_rows, landing_of, quoted
from etl.tables import BY_NAME

_DAYS = (Kind.DATE, Kind.MONTH)
_NUMBERS = ("DOUBLE", "FLOAT")


def land_parquet(connection: duckdb.DuckDBPyConnection, source: Source, relation: str) -> list[Landing]:
    """Land one Parquet file; its first row is line 2. Raises Refused where it cannot be read or lacks a column."""
    table = BY_NAME[source.table]
    place = str(source.path).replace("'", "''")
    reader = f"read_parquet('{place}', file_row_number = true, binary_as_string = true)"
    try:
        described = connection.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {reader}").fetchall()
        types = {str(row[0]): str(row[1]) for row in described}
        header = read_header(table, list(types))
        if header.lacking(table):
            raise missing_columns(source.file, table, [list(types)])
        texts = _texts(table, header, types)
        connection.execute(
            f"CREATE TABLE {relation}_rows AS SELECT _line, FALSE AS _extra, {_cells(header, list(types))}"
            f" FROM (SELECT file_row_number + 2 AS _line, {texts} FROM {reader}) WHERE NOT ({blank(types)})"
        )
    except duckdb.Error as fault:
        if _is_readable(connection, reader):
            raise
        message, english = "不是可读的 Parquet 文件，或文件已损坏", "This is no Parquet file, or it is damaged."
        raise Refused(source.file, source.table, "unreadable", (message, english)) from fault
    connection.execute(f"CREATE VIEW {relation} AS FROM {relation}_rows")
    return [landing_of(source, relation, header, _landed(connection, relation, header))]


def _is_readable(connection: duckdb.DuckDBPyConnection, reader: str) -> bool:
    """Whether the file was not to blame (but a full disk, say): every cell can be read when none is kept."""
    try:
        connection.execute(f"SELECT bit_xor(hash(COLUMNS(*))) FROM {reader}").fetchall()
    except duckdb.Error:
        return False
    return True


def _cells(header: Header, delivered: list[str]) -> str:
    return ", ".join(f"{quoted(delivered[at])} AS {quoted(name)}" for name, at in header.positions.items())


def _texts(table: Table, header: Header, types: dict[str, str]) -> str:
    declared = {column.name: column.kind for column in (*table.columns, VOIDED)}
    delivered = list(types)
    kinds = {delivered[at]: declared[name] for name, at in header.positions.items()}
    return ", ".join(f"{_text(name, kind, kinds.get(name))} AS {quoted(name)}" for name, kind in types.items())


def _text(name: str, sql_type: str, kind: Kind | None) -> str:
    """SQL: a typed column as the plain text that a clerk would have typed (as `cell.py` does for other forms)."""
    cell = quoted(name)
    if sql_type.startswith("TIMESTAMP"):
        # An instant is told in Chinese time; whether the time-zone extension is there must not matter.
        moment = f"make_timestamp(epoch_us({cell}) + 28800000000)" if "ZONE" in sql_type else f"{cell}::TIMESTAMP"
        day = f"({moment})::DATE"
        return f"{day}::VARCHAR" if kind in _DAYS else f"if({moment} = {day}, {day}::VARCHAR, ({moment})::VARCHAR)"
    if sql_type in _NUMBERS:
        return (
            f"CASE WHEN isnan({cell}) THEN NULL WHEN {cell} = trunc({cell}) AND abs({cell}) < 1e38"
            f" THEN try_cast({cell} AS HUGEINT)::VARCHAR WHEN contains({cell}::VARCHAR, 'e')"
            f" THEN rtrim(format('{{:.20f}}', {cell}::DOUBLE), '0') ELSE {cell}::VARCHAR END"
        )
    if sql_type.endswith("[]"):
        return f"array_to_string({cell}::VARCHAR[], ';')"
    return f"{cell}::VARCHAR"


def _landed(connection: duckdb.DuckDBPyConnection, relation: str, header: Header) -> Landed:
    normal = all(_is_normal(connection, relation, name) for name in header.positions)
    return Landed(count_rows(connection, relation), normal)


def _is_normal(connection: duckdb.DuckDBPyConnection, relation: str, name: str) -> bool:
    cell = quoted(name)
    # Bytes outnumber characters only where some character is not ASCII.
    connection.execute(f"SELECT {cell} FROM {relation} WHERE strlen({cell}) > length({cell})")
    while batch := connection.fetchmany(BATCH):
        if not is_normal("".join(text for (text,) in batch)):
            return False
    return True
