"""What a load touched of one family, and a catalog in memory that holds these rows alone: models run in it unchanged.

A row is touched where the load began or ended a version of it, or of a row that it names outside its family; with it
all that belongs to the same root key, as it is now and as it was. Nothing else of the family can have changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from etl.canonical import quoted
from etl.contract import Table
from etl.keyed import Family
from etl.live import live_select
from etl.tables import BY_NAME

HOLDS_NOW = "load_until IS NULL"


@dataclass(frozen=True)
class Touched:
    """The catalog of one family's touched rows; `main` names the one of the build, `load` the load that touched them.

    `touched.<set>` holds keys, `history.<table>` the versions that hold now, `live` what counts of them.
    """

    connection: DuckDBPyConnection
    family: Family
    main: str
    load: int

    @property
    def name(self) -> str:
        """Its catalog's name."""
        return f"touched_{self.family.root}"

    def set_of(self, keys: str) -> str:
        """The qualified name of a set of touched keys."""
        return f"{self.name}.touched.{quoted(keys)}"

    def gather(self, share: float, more: Iterable[str], wanted: frozenset[str]) -> bool:
        """Fill the catalog; False, and nothing of use, where more than `share` of some table is touched.

        `more`: SELECTs of further root keys that are touched; `wanted`: the keys of which sets are asked for.
        """
        self.connection.execute(f"ATTACH ':memory:' AS {self.name}")
        for schema in ("touched", "history", "live", "core", "mart", "finding", "policy", "log"):
            self.connection.execute(f"CREATE SCHEMA {self.name}.{schema}")
        self._gather_roots(more)
        if self._is_over(self.family.root, self._count(self.set_of(self.family.key)), share):
            return False
        for name in self.family.members:
            self._gather_rows(BY_NAME[name], wanted)
            if self._is_over(name, self._count(f"{self.name}.history.{name}"), share):
                return False
        with_live = {each.table for name in self.family.members for each in BY_NAME[name].references}
        for name in sorted(with_live.difference(self.family.members)):
            self.link(f"live.{name}")
        self.use(self.name)
        for name in self.family.members:
            self.connection.execute(f'CREATE VIEW live."{name}" AS {live_select(BY_NAME[name])}')
        self.use(self.main)
        return True

    def link(self, table: str) -> None:
        """Make a table of the build readable under its own name, whole."""
        self.connection.execute(f"CREATE VIEW IF NOT EXISTS {self.name}.{table} AS FROM {quoted(self.main)}.{table}")

    def use(self, catalog: str) -> None:
        """Let names without a catalog be names of this one."""
        self.connection.execute(f"USE {quoted(catalog)}.main")

    def number(self, model: str, numbers: Mapping[str, str]) -> None:
        """Give the names in a model's rows the numbers that they have in the build, and new ones the next numbers."""
        root, key = self.set_of(self.family.key), self.family.key
        for column, name in numbers.items():
            # What was and is no more keeps its number too: its rows are to be found by it.
            self.connection.execute(
                f"""
                CREATE TABLE {self.set_of(column)} AS
                WITH known AS (
                    SELECT DISTINCT {name} AS name, {column} AS number FROM {quoted(self.main)}.{model}
                    WHERE {key} IN (FROM {root})
                ),
                present AS (SELECT DISTINCT {name} AS name FROM {self.name}.{model})
                SELECT coalesce(known.number, cast(
                    (SELECT coalesce(max({column}), 0) FROM {quoted(self.main)}.{model})
                    + row_number() OVER (PARTITION BY known.number IS NULL ORDER BY present.name) AS INTEGER
                )) AS number, name
                FROM present FULL JOIN known USING (name)
                """
            )
            self.connection.execute(
                f"UPDATE {self.name}.{model} AS m SET {column} = n.number FROM {self.set_of(column)} AS n"
                f" WHERE m.{name} = n.name"
            )
            self.connection.execute(f"ALTER TABLE {self.set_of(column)} DROP COLUMN name")

    def close(self) -> None:
        """Forget it all."""
        self.connection.execute(f"DETACH DATABASE IF EXISTS {self.name}")

    def _gather_roots(self, more: Iterable[str]) -> None:
        """The root keys of what the load touched, and those that belong with them."""
        key, touched = self.family.key, self.set_of(self.family.key)
        seeds = [self._touched(BY_NAME[name], key) for name in self.family.members]
        union = " UNION ".join([*seeds, *more])
        self.connection.execute(f"CREATE TABLE {touched} AS FROM ({union}) AS t ({key}) WHERE {key} IS NOT NULL")
        linked = self.family.linked.format(touched=touched, hold=f"({HOLDS_NOW} OR load_until = {self.load})")
        grown = True
        while grown:
            before = self._count(touched)
            self.connection.execute(f"INSERT INTO {touched} FROM ({linked}) EXCEPT FROM {touched}")
            grown = self._count(touched) > before

    def _gather_rows(self, table: Table, wanted: frozenset[str]) -> None:
        """The rows of the touched root keys, and the `wanted` keys that these rows have and had."""
        source, key = f"history.{quoted(table.name)}", self.family.key
        mine = f"{key} IN (FROM {self.set_of(key)})"
        own = table.key[0]
        if any(each.column == key and not each.required for each in table.references):
            mine = f"({mine} OR {own} IN ({self._touched(table, own)}))"
        self.connection.execute(f"CREATE TABLE {self.name}.{source} AS FROM {source} WHERE {HOLDS_NOW} AND {mine}")
        if own != key and own in wanted:
            self.connection.execute(
                f"CREATE TABLE {self.set_of(own)} AS SELECT {own} FROM {self.name}.{source}"
                f" UNION SELECT {own} FROM {source} WHERE load_until = {self.load} AND {mine}"
            )

    def _touched(self, table: Table, column: str) -> str:
        """SELECT `column` of the rows of `table` that the load touched itself, or by touching a row that they name."""
        source = f"history.{quoted(table.name)}"
        select = f"SELECT {column} FROM {source} WHERE load_from = {self.load} OR load_until = {self.load}"
        beside = self.family.beside if table.name == self.family.root else ()
        for each in (*table.references, *beside):
            # Where a region changed, nothing is kept up at all.
            if each.table not in (*self.family.members, "regions"):
                named = self._touched(BY_NAME[each.table], each.target_column)
                select += f" UNION SELECT {column} FROM {source} WHERE {HOLDS_NOW} AND {each.column} IN ({named})"
        return select

    def _is_over(self, table: str, touched: int, share: float) -> bool:
        return touched > share * self._count(f"history.{quoted(table)} WHERE {HOLDS_NOW}")

    def _count(self, relation: str) -> int:
        [(count,)] = self.connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
        return int(count)
