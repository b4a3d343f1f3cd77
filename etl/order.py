"""In which order a load of few rows looks at the models, so that there is soon something to be made meanwhile."""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from heapq import heappop, heappush

from duckdb import DuckDBPyConnection

from etl.keyed import KEYED
from etl.model import Model


def as_ready(found: Sequence[Model], sizes: Mapping[str, int]) -> Iterator[Model]:
    """Each model after those that it reads: what is made meanwhile as soon as may be, else the longest way first.

    Of ways as long the smallest table, by `sizes`. `found`: in an order in which they can run, as `ordered` gives it.
    """
    by_table = {model.table: model for model in found}
    reads = {model.table: model.reads & by_table.keys() for model in found}
    further = dict.fromkeys(by_table, 0)
    for model in reversed(found):
        for read in reads[model.table]:
            further[read] = max(further[read], further[model.table] + 1)
    sorter = TopologicalSorter(reads)
    sorter.prepare()
    ready = list[tuple[bool, int, int, str]]()
    while sorter.is_active():
        for table in sorter.get_ready():
            heappush(ready, (table in KEYED, -further[table], sizes.get(table, 0), table))
        *_, table = heappop(ready)
        yield by_table[table]
        sorter.done(table)


def sizes(connection: DuckDBPyConnection) -> dict[str, int]:
    """The rows of each table of the build as it was left."""
    rows = "SELECT schema_name || '.' || table_name, estimated_size FROM duckdb_tables()"
    return dict(connection.execute(f"{rows} WHERE database_name = current_database()").fetchall())
