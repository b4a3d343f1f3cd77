"""Landed text → candidates: canonical values and the first fault of every row, in one pass over a landing.

`candidate` holds the rows of one source table while it is loaded: its stored columns, `voided`, and

* `load_from`, `load_until`: as history has them, for where a table has no history yet its candidates become it
* `_landing`, `_file`, `_line`: where the row stands; `_present`: bit i is set where its file has the table's column i
* `_fault`: number of the first fault (`etl.faults`), null: none; `_entry`: for a row held before, its quarantine entry
* `_mode`: 0 a row, 1 a withdrawal of a row that is known, 2 a withdrawal by key alone of a row that is not
* `_partial`: of a withdrawal, that its other columns could not be loaded by themselves
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from duckdb import DuckDBPyConnection

from etl import identity
from etl.canonical import given, literal, quoted, trimmed, value
from etl.contract import TOTALS_WORDS, VOIDED, Column, Kind, Table
from etl.faults import TOTALS, checked_columns, columns_of, faults, first
from etl.history import declared_columns, has_rows, stored_columns
from etl.read import Landing

PLACE: Final = (("_file", "INTEGER"), ("_line", "BIGINT"))
# What is known of a candidate while it is judged, and of no row once it is stored.
REMARKS: Final = (
    ("_landing", "INTEGER"),
    ("_present", "BIGINT"),
    ("_fault", "SMALLINT"),
    ("_entry", "BIGINT"),
    ("_mode", "TINYINT"),
    ("_partial", "BOOLEAN"),
)


@dataclass(frozen=True)
class Landed:
    """A landing with its number in the delivery, its file's number in the log, and the relation of its NFKC text.

    The relation is known once the text is folded.
    """

    landing: Landing
    number: int
    file_id: int
    relation: str = ""


def give_indicators(connection: DuckDBPyConnection, indicators: Mapping[str, str]) -> None:
    """Tell the connection which indicator texts stand for which metric."""
    texts = list(indicators)
    connection.execute("SET VARIABLE indicators = MAP(?::VARCHAR[], ?::VARCHAR[])", [texts, list(indicators.values())])


def create_candidates(connection: DuckDBPyConnection, table: Table, load: int) -> None:
    """An empty `candidate` for `table`: in the build beside its history where that is empty, else for this session."""
    versions = (("voided", "BOOLEAN"), ("load_from", f"INTEGER DEFAULT {load}"), ("load_until", "INTEGER"))
    beside = (f'"{name}" {kind}' for name, kind in (*versions, *PLACE, *REMARKS))
    columns = ", ".join([*declared_columns(table), *beside])
    connection.execute("SET search_path = 'main,history'")
    kind = "TEMP TABLE candidate" if has_rows(connection, table) else "TABLE history.candidate"
    connection.execute(f"CREATE OR REPLACE {kind} ({columns})")


def drop_candidates(connection: DuckDBPyConnection) -> None:
    """Forget the candidates, wherever they are."""
    connection.execute("DROP TABLE IF EXISTS candidate")


def add_candidates(connection: DuckDBPyConnection, table: Table, landed: Landed, data_date: date | None) -> None:
    """Check every row of a landing and add it to `candidate`; of a file in place, mostly without its line."""
    place = landed.landing.in_place
    if place is not None and not _lacking(table, frozenset(landed.landing.columns)):
        landed = replace(landed, relation=place.relation)
    connection.execute(f"INSERT INTO candidate BY NAME {candidate_select(table, landed, data_date)}")


def present(table: Table, delivered: Iterable[str]) -> int:
    """The bits of the delivered columns."""
    names = set(delivered)
    return sum(1 << place for place, column in enumerate(table.columns) if column.name in names)


def candidate_select(table: Table, landed: Landed, data_date: date | None) -> str:
    """SELECT from a landing's text to candidates; cross-column checks also see columns that only history has."""
    delivered = frozenset(landed.landing.columns)
    return f"""
        WITH valued AS ({readings(table, landed.landing, landed.relation)}),
        known AS ({_known(table, delivered)})
        SELECT {_content(table, delivered)},
               {landed.number} AS _landing, {landed.file_id} AS _file, _line,
               {present(table, delivered)} AS _present,
               {_fault(table, delivered, data_date)} AS _fault,
               {_partial(table, delivered, data_date)} AS _partial,
               NULL AS _entry, 0 AS _mode
        FROM known
    """


def readings(table: Table, landing: Landing, relation: str) -> str:
    """SELECT each delivered column of `relation` as given text (`x_…`) and canonical value (`v_…`), beside `_line`."""
    delivered = set(landing.columns)
    columns = [
        column for column in columns_of(table) if column.name in delivered and column.kind is not Kind.IDENTIFIER
    ]
    return f"""
        WITH texts AS ({_texts(columns, relation, is_trimmed=landing.trimmed)}), given AS ({_given(columns)})
        {_valued(columns, landing)}
    """


def _texts(columns: Sequence[Column], relation: str, *, is_trimmed: bool) -> str:
    names = [quoted(column.name) for column in columns]
    cells = ", ".join(name if is_trimmed else f"{trimmed(name)} AS {name}" for name in names)
    return f"SELECT _line, _extra, {cells} FROM {relation}"


def _given(columns: Sequence[Column]) -> str:
    cells = [f'{given(column, quoted(column.name))} AS "x_{column.name}"' for column in columns]
    cells += [
        f'{identity.digits(quoted(column.name))} AS "digits_{column.name}"'
        for column in columns
        if column.kind is Kind.ID_NUMBER
    ]
    words = ", ".join(literal(word) for word in TOTALS_WORDS)
    totals = " OR ".join(
        # CASE, for AND would run the regular expression over every row.
        f"""CASE WHEN contains("{column.name}", '计')
                 THEN regexp_replace("{column.name}", '\\s', '', 'g') IN ({words}) ELSE FALSE END"""
        for column in columns
        if column.key
    )
    return f"SELECT _line, _extra, {totals or 'FALSE'} AS _totals, {', '.join(cells)} FROM texts"


def _valued(columns: Sequence[Column], landing: Landing) -> str:
    cells = [f'"x_{column.name}"' for column in columns]
    for column in columns:
        text = f'"x_{column.name}"'
        if column.kind is Kind.ID_NUMBER:
            canonical = identity.number(text, f'"digits_{column.name}"')
        else:
            factor = landing.factors.get(column.name, 1)
            canonical = value(column, text, factor=factor, serials=landing.serials)
        cells.append(f'{canonical} AS "v_{column.name}"')
    return f"SELECT _line, _extra, _totals, {', '.join(cells)} FROM given"


def _known(table: Table, delivered: frozenset[str]) -> str:
    """What the checks need beyond the file: a column that it lacks keeps the value that history has."""
    if not _lacking(table, delivered):
        return "FROM valued"
    lacking = sorted(checked_columns(table) - delivered)
    cells = ", ".join(
        ["h.load_from IS NOT NULL AS _is_known"]
        + [f'h."{name}" AS "v_{name}", CAST(h."{name}" AS VARCHAR) AS "x_{name}"' for name in lacking]
    )
    keys = " AND ".join(f'h."{name}" = {key_value(table, name, delivered)}' for name in table.key)
    return (
        f'SELECT valued.*, {cells} FROM valued LEFT JOIN history."{table.name}" AS h ON h.load_until IS NULL AND {keys}'
    )


def _lacking(table: Table, delivered: frozenset[str]) -> bool:
    """Whether rows are checked beside history, for want of columns: then the order of the file may be lost."""
    return not delivered.issuperset(table.required) or not delivered.issuperset(checked_columns(table))


def key_value(table: Table, name: str, delivered: frozenset[str]) -> str:
    """SQL: the value of a key column, or its default."""
    column = table.column(name)
    if name not in delivered:
        return default(column)
    return f'"v_{name}"' if column.default is None else f'coalesce("v_{name}", {default(column)})'


def default(column: Column, *, year_of: str = "paid_on") -> str:
    """SQL: what a new row has where nothing is delivered; `year_of`: the date that a budget year follows."""
    if column.name == "budget_year" and not column.required:
        return f"year({year_of})"
    if column.kind is Kind.BOOLEAN:
        return "FALSE"
    if column.default is None:
        return f"NULL::{column.kind.sql_type}"
    return literal(column.default) if isinstance(column.default, str) else str(column.default)


def _content(table: Table, delivered: frozenset[str]) -> str:
    cells = []
    of_person = {"person_key", "sex", "birth_date", "sex_delivered", "birth_date_delivered"}
    persons = any(column.kind is Kind.ID_NUMBER for column in table.columns)
    for name, _ in stored_columns(table):
        if persons and name in of_person:
            cells.append(f'{_of_person(name, delivered)} AS "{name}"')
        elif name not in delivered:
            year_of = '"v_paid_on"' if "paid_on" in delivered else "NULL::DATE"
            cells.append(f'{default(table.column(name), year_of=year_of)} AS "{name}"')
        else:
            column = table.column(name)
            empty = default(column, year_of='"v_paid_on"')
            plain = empty.startswith("NULL")
            # A cell that cannot be read must not look like an empty one.
            filled = f'CASE WHEN "x_{name}" IS NULL THEN {empty} ELSE "v_{name}" END'
            cells.append(f'"v_{name}" AS "{name}"' if plain else f'{filled} AS "{name}"')
    cells.append('"v_voided" AS voided' if VOIDED.name in delivered else "NULL AS voided")
    return ", ".join(cells)


def _of_person(name: str, delivered: frozenset[str]) -> str:
    """A column that the ID number gives, or what was delivered beside it where the two disagree."""
    if "id_number" not in delivered:
        return "NULL"
    if name == "person_key":
        return identity.keyed('"v_id_number"')
    source = identity.sex if name.startswith("sex") else identity.birth_date
    of_id = source('"v_id_number"')
    if not name.endswith("_delivered"):
        return of_id
    column = name.removesuffix("_delivered")
    return f'CASE WHEN "v_{column}" <> {of_id} THEN "v_{column}" END' if column in delivered else "NULL"


def _fault(table: Table, delivered: frozenset[str], data_date: date | None) -> str:
    every = first(faults(table, delivered, data_date))
    if VOIDED.name in delivered:
        of_keys = first(faults(table, delivered, data_date, keys_only=True))
        every = f'CASE WHEN "v_voided" THEN {of_keys} ELSE {every} END'
    return f"CASE WHEN _totals THEN {TOTALS} ELSE {every} END"


def _partial(table: Table, delivered: frozenset[str], data_date: date | None) -> str:
    if VOIDED.name not in delivered:
        return "FALSE"
    return f'"v_voided" AND {first(faults(table, delivered, data_date))} IS NOT NULL'
