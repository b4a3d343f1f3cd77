"""References between rows: regions of the right level, rows that exist, no circles, payments that can be reversed.

Tables are loaded in an order in which every reference points backwards, so history already holds what this delivery
brought; only regions and repayments refer to their own table and are narrowed down until nothing more falls away.
Rows that earlier loads hold stand among the candidates (`_entry`) and are judged like delivered ones.
"""

from typing import Final

from duckdb import DuckDBPyConnection

from etl.canonical import quoted
from etl.contract import Table
from etl.faults import SETTLED, code
from etl.judging import Make
from etl.merge import Shape, merged_select, same_key

_RANKS: Final = "CASE {}.level WHEN 'city' THEN 1 WHEN 'district' THEN 2 WHEN 'street' THEN 3 ELSE 4 END"


def recognise_withdrawals(connection: DuckDBPyConnection, table: Table, make: Make) -> None:
    """Tell withdrawals of known rows from withdrawals by key alone of rows that were never loaded."""
    if connection.execute("SELECT 1 FROM candidate WHERE voided LIMIT 1").fetchone() is None:
        return
    make(
        "withdrawn",
        "SELECT c.rowid AS place FROM candidate AS c"
        f' SEMI JOIN (SELECT * FROM history."{table.name}" WHERE load_until IS NULL) AS h'
        f" ON {same_key(table, 'c', 'h')} WHERE c.voided AND c._entry IS NULL",
    )
    connection.execute("UPDATE candidate SET _mode = 1 FROM withdrawn WHERE candidate.rowid = withdrawn.place")
    connection.execute("DROP TABLE withdrawn")
    connection.execute("UPDATE candidate SET _mode = 2 WHERE voided AND _mode = 0 AND _partial")


def check_levels(connection: DuckDBPyConnection, table: Table, shape: Shape, make: Make) -> None:
    """Reject codes of regions whose level does not fit the column; of regions, what breaks the tree."""
    if table.name == "regions":
        _mark(connection, _tree_faults(table, shape, existence=False), make)
        return
    for column in table.columns:
        if column.levels:
            levels = ", ".join(f"'{level}'" for level in column.levels)
            number = code(table, "bad_region_code", column.name)
            _mark(
                connection,
                f"SELECT c.rowid AS place, {number} AS fault FROM candidate AS c JOIN history.regions AS r"
                f" ON r.region_code = c.{quoted(column.name)} AND r.load_until IS NULL"
                f" WHERE r.level NOT IN ({levels}) AND c._mode = 0 AND (c._fault IS NULL OR c._fault > {number})",
                make,
            )


def check_references(connection: DuckDBPyConnection, table: Table, shape: Shape, make: Make) -> None:
    """Hold candidates that refer to what is not there, and choose between held and delivered rows of one key."""
    by_key_alone = code(table, "unknown_reference", table.key[0])
    connection.execute(f"UPDATE candidate SET _fault = {by_key_alone} WHERE _mode = 2 AND _fault IS NULL")
    selects = [
        f"SELECT c.rowid AS place, {code(table, _unknown(reference.table), reference.column)} AS fault"
        f" FROM candidate AS c"
        f" ANTI JOIN (SELECT * FROM history.{quoted(reference.table)} WHERE load_until IS NULL) AS t"
        f" ON t.{quoted(reference.target_column)} = c.{quoted(reference.column)}"
        f" WHERE c._fault IS NULL AND c._mode = 0 AND c.{quoted(reference.column)} IS NOT NULL"
        for reference in table.references
        if reference.table != table.name
    ]
    if selects:
        _mark(connection, " UNION ALL ".join(selects), make)
    _check_own_table(connection, table, shape, make)
    if connection.execute("SELECT 1 FROM candidate WHERE _entry IS NOT NULL LIMIT 1").fetchone() is not None:
        _choose(connection, table, make)
        _check_own_table(connection, table, shape, make)


def _unknown(table: str) -> str:
    return "unknown_region" if table == "regions" else "unknown_reference"


def _check_own_table(connection: DuckDBPyConnection, table: Table, shape: Shape, make: Make) -> None:
    if table.name == "regions":
        while _mark(connection, _tree_faults(table, shape, existence=True), make):
            pass
    elif table.name == "repayments":
        while _mark(connection, _reversal_faults(table, shape), make):
            pass


def _choose(connection: DuckDBPyConnection, table: Table, make: Make) -> None:
    """Of several loadable rows of one key the delivered one counts, else the one held last."""
    keys = ", ".join(quoted(name) for name in table.key)
    better = f"{same_key(table, 'better', 'c')} AND (better._entry IS NULL OR better._entry > c._entry)"
    _mark(
        connection,
        f"WITH better AS (SELECT {keys}, _entry FROM candidate WHERE _fault IS NULL)"
        f" SELECT c.rowid AS place, {SETTLED} AS fault FROM candidate AS c SEMI JOIN better ON {better}"
        " WHERE c._entry IS NOT NULL AND c._fault IS NULL",
        make,
    )


def _mark(connection: DuckDBPyConnection, select: str, make: Make) -> int:
    """Give the candidates at `place` their `fault` unless an earlier one counts; how many were found."""
    make("broken", f"SELECT place, min(fault) AS fault FROM ({select}) GROUP BY place")
    connection.execute(
        "UPDATE candidate SET _fault = least(coalesce(candidate._fault, broken.fault), broken.fault)"
        " FROM broken WHERE candidate.rowid = broken.place"
    )
    counted = connection.execute("SELECT count(*) FROM broken").fetchone()
    connection.execute("DROP TABLE broken")
    return int(counted[0]) if counted else 0


def _tree_faults(table: Table, shape: Shape, *, existence: bool) -> str:
    """Parents one level above, successors of the same level and in no circle; with `existence`, both known."""
    pool = merged_select(table, shape, beside=["c.rowid AS place", "c._mode"], where="c._fault IS NULL")
    conditions = []
    for column, rank in (("parent_code", "known.rank + 1"), ("successor_code", "known.rank")):
        is_known = f"pool.{column} IN (SELECT region_code FROM known)"
        fits = f"EXISTS (SELECT 1 FROM known WHERE known.region_code = pool.{column} AND {rank} = pool.rank)"
        circle = "OR pool.place IN (FROM circles)" if column == "successor_code" else ""
        wrong = code(table, "out_of_range", column)
        conditions.append((wrong, f"pool.{column} IS NOT NULL AND ({is_known} AND NOT {fits} {circle})"))
        if existence:
            unknown = code(table, "unknown_region", column)
            conditions.append((unknown, f"pool.{column} IS NOT NULL AND NOT {is_known}"))
    whens = " ".join(f"WHEN {condition} THEN {number}" for number, condition in sorted(conditions))
    return f"""
        WITH RECURSIVE merged AS ({pool}),
        pool AS (SELECT *, {_RANKS.format("merged")} AS rank FROM merged),
        known AS (
            SELECT region_code, successor_code, rank FROM pool
            UNION ALL
            SELECT region_code, successor_code, {_RANKS.format("h")} FROM history.regions AS h
            WHERE load_until IS NULL AND region_code NOT IN (SELECT region_code FROM pool)
        ),
        walk AS (
            SELECT place, successor_code AS at_code FROM pool WHERE successor_code IS NOT NULL
            UNION
            SELECT walk.place, known.successor_code FROM walk JOIN known ON known.region_code = walk.at_code
            WHERE known.successor_code IS NOT NULL
        ),
        circles AS (SELECT walk.place FROM walk JOIN pool USING (place) WHERE walk.at_code = pool.region_code)
        SELECT place, fault FROM (SELECT place, CASE {whens} END AS fault FROM pool WHERE _mode = 0)
        WHERE fault IS NOT NULL
    """


def _reversal_faults(table: Table, shape: Shape) -> str:
    """A reversal names a payment of its own loan that is no reversal; any other row names one that exists."""
    pool = merged_select(table, shape, beside=["c.rowid AS place", "c._mode"], where="c._fault IS NULL")
    return f"""
        WITH pool AS ({pool}),
        claims AS (SELECT * FROM pool WHERE reverses IS NOT NULL AND _mode = 0),
        named AS (SELECT payment_no, loan_no, kind FROM pool WHERE payment_no IN (SELECT reverses FROM claims)),
        targets AS (
            FROM named
            UNION ALL
            SELECT payment_no, loan_no, kind FROM history.repayments
            WHERE load_until IS NULL AND payment_no IN (SELECT reverses FROM claims)
              AND payment_no NOT IN (SELECT payment_no FROM named)
        )
        SELECT place, {code(table, "unknown_reference", "reverses")} AS fault
        FROM claims ANTI JOIN targets
          ON targets.payment_no = claims.reverses
         AND (claims.kind <> 'reversal' OR (targets.loan_no = claims.loan_no AND targets.kind <> 'reversal'))
    """
