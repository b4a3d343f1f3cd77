"""What tells small tables that are made anew from what they were: where they are alike, what reads them may stand."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from duckdb import DuckDBPyConnection

from etl.keyed import DAYS, KEYED, REACHED, TODAY
from etl.model import models


def settled() -> Sequence[str]:
    """What models read whole and none of them makes, to be compared with what it was."""
    made = {model.table for model in models()}
    found = {name for model in models() for name in model.reads - made if name.startswith("policy.")}
    return sorted(found)


@cache
def compared() -> frozenset[str]:
    """Models made anew that are compared with what they were: those read whole by models that are kept up, and months.

    Where no month has come, what stands at the ends of months may be left.
    """
    readers = [*KEYED, *REACHED]
    found = {read for model in models() if model.table in readers for read in model.reads}
    return frozenset(found - {*KEYED, *REACHED, *TODAY} | {"core.calendar_month"})


def print_of(connection: DuckDBPyConnection, table: str, until: date) -> object:
    """What tells one content of a small table from another; of a list of days, what it lists up to `until`."""
    where = f"WHERE {DAYS[table]} <= DATE '{until}'" if table in DAYS else ""
    return connection.execute(f"SELECT count(*), sum(hash(t)) FROM {table} AS t {where}").fetchall()
