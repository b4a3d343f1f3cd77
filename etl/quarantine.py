"""Rejected rows: held as delivered, released when their reference arrives, settled when their key is loaded."""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from etl import identity
from etl.canonical import literal, quoted
from etl.check import Landed, readings
from etl.contract import REASONS, RETRIED, VOIDED, Column, Kind, Table
from etl.faults import DUPLICATE, column_of, columns_of, reason_of
from etl.history import PERSON_COLUMNS
from etl.merge import Shape, key_part, key_text, merged_select
from etl.read.in_place import recall

_REJECTED = f"c._fault > 0 AND c._fault < {DUPLICATE}"


def holds(connection: DuckDBPyConnection, table: Table) -> bool:
    """Whether any row of `table` waits for a reference."""
    return connection.execute(f'SELECT 1 FROM held."{table.name}" LIMIT 1').fetchone() is not None


def add_held(connection: DuckDBPyConnection, table: Table) -> int:
    """Put the rows that wait for a reference among the candidates; how many they are."""
    connection.execute(f'INSERT INTO candidate BY NAME SELECT * REPLACE (NULL AS _fault) FROM held."{table.name}"')
    row = connection.execute("SELECT count(*) FROM candidate WHERE _entry IS NOT NULL").fetchone()
    return int(row[0]) if row else 0


def resolve(connection: DuckDBPyConnection, table: Table, load: int) -> int:
    """End the entries of rows that this load let in or whose key it loaded; how many were released."""
    connection.execute(
        "UPDATE log.quarantine SET until_load = ?, outcome = 'released'"
        " WHERE entry IN (SELECT _entry FROM candidate WHERE _fault IS NULL AND _entry IS NOT NULL)",
        [load],
    )
    connection.execute(
        "UPDATE log.quarantine SET until_load = $load, outcome = 'settled'"
        ' WHERE "table" = $table AND until_load IS NULL'
        f' AND "key" IN (SELECT {key_text(table, "c")} FROM candidate AS c WHERE c._fault IS NULL)',
        {"load": load, "table": table.name},
    )
    connection.execute(
        f'DELETE FROM held."{table.name}"'
        " WHERE _entry IN (SELECT entry FROM log.quarantine WHERE until_load IS NOT NULL)"
    )
    row = connection.execute("SELECT count(*) FROM candidate WHERE _fault IS NULL AND _entry IS NOT NULL").fetchone()
    return int(row[0]) if row else 0


def restate(connection: DuckDBPyConnection, table: Table) -> None:
    """Say of rows that stay held what they wait for now: the region came, the person did not."""
    for (fault,) in connection.execute(
        f"SELECT DISTINCT _fault FROM candidate AS c WHERE c._entry IS NOT NULL AND {_REJECTED}"
    ).fetchall():
        connection.execute(
            'UPDATE log.quarantine SET reason = ?, "column" = ?'
            " WHERE entry IN (SELECT _entry FROM candidate WHERE _fault = ? AND _entry IS NOT NULL)",
            [reason_of(fault), column_of(table, fault), fault],
        )


def hold(connection: DuckDBPyConnection, table: Table, shape: Shape, landings: Sequence[Landed], load: int) -> None:
    """Write the delivered candidates that were rejected to quarantine, but for those that it holds already."""
    # Few of many: looked for once, and by themselves from there on.
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE faulty AS FROM candidate AS c WHERE c._entry IS NULL AND {_REJECTED}"
    )
    if connection.execute("SELECT 1 FROM faulty LIMIT 1").fetchone() is not None:
        _hold_faulty(connection, table, shape, landings, load)
    connection.execute("DROP TABLE faulty")


def _hold_faulty(
    connection: DuckDBPyConnection, table: Table, shape: Shape, landings: Sequence[Landed], load: int
) -> None:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE rejected (_landing INTEGER, _file INTEGER, _line BIGINT, file VARCHAR,"
        ' reason VARCHAR, "column" VARCHAR, "key" VARCHAR, fingerprint VARCHAR, "values" VARCHAR)'
    )
    for landed in landings:
        _describe(connection, table, shape, landed)
    connection.execute(
        f"""
        INSERT INTO log.quarantine BY NAME
        SELECT (SELECT coalesce(max(entry), 0) FROM log.quarantine)
                 + row_number() OVER (ORDER BY _landing, _line) AS entry,
               $load AS load, _file AS file_id, {literal(table.name)} AS "table", file, _line AS line, reason, "column",
               "key", fingerprint, "values"
        FROM (
            FROM rejected QUALIFY row_number() OVER (PARTITION BY fingerprint ORDER BY _landing, _line) = 1
        )
        WHERE fingerprint NOT IN (
            SELECT fingerprint FROM log.quarantine WHERE "table" = {literal(table.name)} AND until_load IS NULL
        )
        """,
        {"load": load},
    )
    _keep(connection, table, load)
    connection.execute("DROP TABLE rejected")


def _keep(connection: DuckDBPyConnection, table: Table, load: int) -> None:
    """Keep what was checked of the rows that wait for a reference: they are tried again at every load."""
    retried = ", ".join(str(REASONS.index(reason)) for reason in RETRIED)
    connection.execute(
        f"""
        INSERT INTO held."{table.name}" BY NAME
        SELECT c.* EXCLUDE (_landing, load_from, load_until) REPLACE (q.entry AS _entry, NULL AS _fault)
        FROM faulty AS c
        JOIN rejected AS r ON r._landing = c._landing AND r._line = c._line
        JOIN log.quarantine AS q ON q.fingerprint = r.fingerprint AND q.file_id = c._file AND q.line = c._line
        WHERE q.load = $load AND q."table" = {literal(table.name)} AND c._mode = 0
          AND c._fault // 100 IN ({retried})
        """,
        {"load": load},
    )


def _describe(connection: DuckDBPyConnection, table: Table, shape: Shape, landed: Landed) -> None:
    """Add those of `temp.faulty` that are of one landing to `temp.rejected`, as they were delivered."""
    where = f"c._landing = {landed.number}"
    faults = connection.execute(f"SELECT DISTINCT _fault FROM faulty AS c WHERE {where}").fetchall()
    if not faults:
        return
    landing = landed.landing
    _name_faults(connection, table, [fault for (fault,) in faults])
    lines = connection.execute(f"SELECT _line FROM faulty AS c WHERE {where} ORDER BY _line").fetchnumpy()["_line"]
    relation = recall(connection, landing, lines)
    beside = ["c._landing", "c._file", "c._line", "c._fault"]
    # Where no text was folded, a landing is gone through once.
    folded = (
        "original"
        if landed.relation == landing.relation
        else f"(FROM {landed.relation} SEMI JOIN stored USING (_line))"
    )
    connection.execute(
        f"""
        INSERT INTO rejected
        WITH stored AS ({merged_select(table, shape, of="faulty", beside=beside, where=where)}),
        original AS (FROM {relation} SEMI JOIN stored USING (_line)),
        reading AS ({readings(table, landing, folded)})
        SELECT stored._landing, stored._file, stored._line, $file, named.reason, named."column",
               {_key(table, landing.columns)}, {_fingerprint(table, landing.columns)}, {_values(table, landed)}
        FROM stored JOIN original USING (_line) JOIN reading USING (_line) JOIN fault_name AS named USING (_fault)
        """,
        {
            "file": landing.file,
            **{f"header_{place}": landing.headers[name] for place, name in enumerate(landing.columns)},
        },
    )


def _name_faults(connection: DuckDBPyConnection, table: Table, faults: Sequence[int]) -> None:
    """Make `temp.fault_name`: each fault's number in words."""
    connection.execute('CREATE OR REPLACE TEMP TABLE fault_name (_fault SMALLINT, reason VARCHAR, "column" VARCHAR)')
    for fault in faults:
        named = [fault, reason_of(fault), column_of(table, fault)]
        connection.execute("INSERT INTO fault_name VALUES (?, ?, ?)", named)


def _key(table: Table, delivered: Sequence[str]) -> str:
    parts = []
    for name in table.key:
        text = f'reading."x_{name}"' if name in delivered else "NULL"
        parts.append(f"coalesce({key_part(table.column(name), 'stored')}, {text}, '')")
    return f"concat_ws('/', {', '.join(parts)})"


def _fingerprint(table: Table, delivered: Sequence[str]) -> str:
    """Canonical content, keyed so that nothing can be guessed from it: original text where a cell could not be read."""
    of_person = {name for name, _ in PERSON_COLUMNS} if any(c.kind is Kind.ID_NUMBER for c in table.columns) else set()
    parts = []
    for column in columns_of(table):
        if column.kind is Kind.IDENTIFIER:
            continue
        name = column.name
        stored = "person_key" if column.kind is Kind.ID_NUMBER else f"{name}_delivered" if name in of_person else name
        content = f"coalesce('v' || CAST(stored.{quoted(stored)} AS VARCHAR), '')"
        if name in delivered:
            unread = f'reading."x_{name}" IS NOT NULL AND reading."v_{name}" IS NULL'
            content = f"CASE WHEN {unread} THEN 'r' || original.{quoted(name)} ELSE {content} END"
        parts.append(content)
    return identity.keyed(f"concat_ws(chr(31), {', '.join(parts)})")


def _values(table: Table, landed: Landed) -> str:
    """The row as it was delivered, under its own headers; identifiers are masked."""
    by_name = {column.name: column for column in (*table.columns, VOIDED)}
    identifying = any(column.kind in (Kind.ID_NUMBER, Kind.IDENTIFIER) for column in table.columns)
    pairs = []
    for place, name in enumerate(landed.landing.columns):
        cell = f"original.{quoted(name)}"
        pairs += [f"$header_{place}", _shown(by_name[name], cell, identifying=identifying)]
    return f"CAST(json_object({', '.join(pairs)}) AS VARCHAR)"


def _shown(column: Column, cell: str, *, identifying: bool) -> str:
    text = f"coalesce({cell}, '')"
    bare = f"trim({text})"
    whole = f"CASE WHEN {bare} = '' THEN '' ELSE '***' END"
    masked = f"left({bare}, 6) || '********' || right({bare}, 4)"
    number = f"CASE WHEN length({bare}) = 18 THEN {masked} ELSE {whole} END"
    if column.kind is Kind.ID_NUMBER:
        return number
    if column.kind is Kind.IDENTIFIER:
        return whole
    # Cells of a row that is longer than its header may have moved: any of them may be an identifier.
    return f"CASE WHEN original._extra THEN {number} ELSE {text} END" if identifying else text
