"""Candidates and the rows that hold now → rows as they will be stored, and the versions of history that follow.

A column that a row's file lacks keeps its value; an empty cell empties it; a new row takes defaults; a withdrawal
changes `voided` alone. All of it is one SELECT, made as short as the candidates allow (`Shape`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from etl.canonical import quoted
from etl.check import REMARKS, default
from etl.contract import Column, Kind, Table
from etl.history import PERSON_COLUMNS, has_rows, stored_columns
from etl.judging import Make
from etl.versions import keep_ended


@dataclass(frozen=True)
class Shape:
    """What the SQL must provide for: `masks` of delivered columns, `withdrawals` of known rows, `versions` at all."""

    masks: frozenset[int]
    withdrawals: bool
    versions: bool


def shape_of(connection: DuckDBPyConnection, table: Table) -> Shape:
    """The shape of the candidates that are there now."""
    masks = connection.execute("SELECT DISTINCT _present FROM candidate").fetchall()
    withdrawals = connection.execute("SELECT 1 FROM candidate WHERE _mode = 1 LIMIT 1").fetchone()
    return Shape(frozenset(mask for (mask,) in masks), withdrawals is not None, has_rows(connection, table))


def same_key(table: Table, one: str, other: str) -> str:
    """SQL: whether two relations' rows have one key."""
    return " AND ".join(f"{one}.{quoted(name)} = {other}.{quoted(name)}" for name in table.key)


def key_text(table: Table, alias: str) -> str:
    """SQL: the key columns joined by `/`."""
    return f"concat_ws('/', {', '.join(key_part(table.column(name), alias) for name in table.key)})"


def key_part(column: Column, alias: str) -> str:
    """SQL: one key column as text."""
    cell = f"{alias}.{quoted(column.name)}"
    return f"strftime({cell}, '%Y-%m')" if column.kind is Kind.MONTH else f"CAST({cell} AS VARCHAR)"


def merged_select(
    table: Table,
    shape: Shape,
    *,
    of: str = "candidate",
    beside: Iterable[str] = (),
    where: str = "TRUE",
    before: bool = False,
) -> str:
    """SELECT candidates `c` as they will be stored, with the row `h` that they replace where there is history.

    `of`: the relation of the candidates; `beside`: further expressions over `c` and `h`; `before`: the replaced row's
    columns too, as `h_…`.
    """
    cells = [f"{cell} AS {quoted(name)}" for name, cell in merged_columns(table, shape)]
    if before:
        cells += [f'h."{name}" AS "h_{name}"' for name, _ in (*stored_columns(table), ("voided", ""))]
    current = f'(SELECT *, rowid AS version FROM history."{table.name}" WHERE load_until IS NULL) AS h'
    join = f"LEFT JOIN {current} ON {same_key(table, 'c', 'h')}" if shape.versions else ""
    return f"SELECT {', '.join([*beside, *cells])} FROM {of} AS c {join} WHERE {where}"


def merged_columns(table: Table, shape: Shape) -> list[tuple[str, str]]:
    """Each stored column, and `voided`, with the SQL of its value."""
    cells = [(name, _merged(table, shape, name)) for name, _ in stored_columns(table)]
    voided = "coalesce(c.voided, h.voided, FALSE)" if shape.versions else "coalesce(c.voided, FALSE)"
    return [*cells, ("voided", voided)]


def _merged(table: Table, shape: Shape, name: str) -> str:
    cell = f"c.{quoted(name)}"
    if name in table.key:
        return cell
    bit = 1 << next(place for place, column in enumerate(table.columns) if column.name == _source(table, name))
    has = {bool(mask & bit) for mask in shape.masks}
    if has == {False}:
        cell = _left(table, shape, name)
    elif len(has) > 1:
        cell = f"CASE WHEN c._present & {bit} <> 0 THEN {cell} ELSE {_left(table, shape, name)} END"
    return f'CASE WHEN c._mode = 1 THEN h."{name}" ELSE {cell} END' if shape.withdrawals else cell


def _source(table: Table, name: str) -> str:
    """The delivered column that decides a stored one."""
    of_person = any(column.kind is Kind.ID_NUMBER for column in table.columns)
    if of_person and name in {each for each, _ in PERSON_COLUMNS}:
        return name.removesuffix("_delivered") if name.endswith("_delivered") else "id_number"
    return name


def _left(table: Table, shape: Shape, name: str) -> str:
    """The value of a column that the file lacks."""
    if name.endswith("_delivered"):
        # Kept only while it disagrees with the ID number, which may be another one now.
        of_id = name.removesuffix("_delivered")
        return f'CASE WHEN h."{name}" <> c."{of_id}" THEN h."{name}" END' if shape.versions else "NULL"
    column = table.column(name) if name not in {each for each, _ in PERSON_COLUMNS} else None
    fresh = "NULL" if column is None else default(column, year_of="c.paid_on")
    if not shape.versions:
        return fresh
    return (
        f'h."{name}"' if fresh.startswith("NULL") else f'CASE WHEN h.load_from IS NULL THEN {fresh} ELSE h."{name}" END'
    )


@dataclass(frozen=True)
class Applied:
    """Rows that entered or changed history, by file: of the delivery itself."""

    new: dict[int, int]
    changed: dict[int, int]


def apply(connection: DuckDBPyConnection, table: Table, shape: Shape, load: int, make: Make) -> Applied:
    """Write the candidates without a fault to history as known from `load`."""
    return _replace(connection, table, shape, load, make) if shape.versions else _become(connection, table)


def _become(connection: DuckDBPyConnection, table: Table) -> Applied:
    """Make the candidates the history of a table that has none: they stand in the build already, with its columns."""
    rows = connection.execute(
        "SELECT _file, count(*) FROM candidate WHERE _fault IS NULL AND _entry IS NULL GROUP BY _file"
    ).fetchall()
    connection.execute("DELETE FROM candidate WHERE _fault IS NOT NULL")
    for change in (
        "ALTER voided TYPE BOOLEAN USING coalesce(voided, FALSE)",
        "ALTER load_from DROP DEFAULT",
        "RENAME _file TO file_id",
        "RENAME _line TO line",
        *(f"DROP {name}" for name, _ in REMARKS),
    ):
        connection.execute(f"ALTER TABLE candidate {change}")
    connection.execute(f'DROP TABLE history."{table.name}"')
    connection.execute(f'ALTER TABLE candidate RENAME TO "{table.name}"')
    return Applied(dict(rows), {})


def _replace(connection: DuckDBPyConnection, table: Table, shape: Shape, load: int, make: Make) -> Applied:
    """End the versions that the candidates differ from, and begin new ones."""
    beside = ["c._file AS file_id", "c._line AS line", "c._entry", "h.version", "h.version IS NULL AS is_new"]
    select = merged_select(table, shape, beside=beside, where="c._fault IS NULL", before=True)
    names = [name for name, _ in stored_columns(table)] + ["voided"]
    differs = " OR ".join(f'"{name}" IS DISTINCT FROM "h_{name}"' for name in names if name not in table.key)
    listed = ", ".join([*map(quoted, names), "file_id", "line"])
    stood = ", ".join(f'"h_{name}"' for name in names)
    make("delta", f"SELECT {listed}, {stood}, _entry, version, is_new FROM ({select}) WHERE is_new OR {differs}")
    connection.execute(
        f'UPDATE history."{table.name}" AS h SET load_until = {load} FROM delta AS d WHERE h.rowid = d.version'
    )
    connection.execute(f'INSERT INTO history."{table.name}" BY NAME SELECT {listed}, {load} AS load_from FROM delta')
    rows = connection.execute(
        "SELECT file_id, count(*) FILTER (is_new), count(*) FILTER (NOT is_new) FROM delta"
        " WHERE _entry IS NULL GROUP BY file_id"
    ).fetchall()
    keep_ended(connection, table, "delta")
    connection.execute("DROP TABLE delta")
    return Applied({file: new for file, new, _ in rows}, {file: changed for file, _, changed in rows})
