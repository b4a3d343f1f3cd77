"""What a load touched of one family, and a catalog in memory that holds these rows alone: models run in it unchanged.

A row is touched where the load began or ended a version of it, or of a row that it names outside its family; with it
all that belongs to the same root key, as it is now and as it was. Nothing else of the family can have changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from etl.canonical import quoted
from etl.contract import Reference, Table
from etl.keyed import KEYED, NUMBERED, Family
from etl.live import live_select, uncounted
from etl.tables import BY_NAME
from etl.versions import Versions
from etl.wanted import Wanted
from etl.wanted import columns as read_of

HOLDS_NOW = "load_until IS NULL"


@dataclass(frozen=True)
class Touched:
    """The catalog of one family's touched rows, and of the `versions` that the load changed.

    `touched.<set>` holds keys, `history.<table>` the versions that hold now, `live` what counts of them. `over`: the
    catalogs of families that were kept up before; `held`: how many rows of a table hold now, once counted; `sets`: the
    sets of keys that there are by now; `taken`: the tables copied from the build, or from a catalog below; `made`: the
    models that ran here, and the versions gathered.
    """

    connection: DuckDBPyConnection
    family: Family
    versions: Versions
    over: Sequence["Touched"] = ()
    held: dict[str, int] = field(default_factory=dict)
    sets: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Its catalog's name."""
        return f"touched_{self.family.name}"

    @property
    def is_empty(self) -> bool:
        """Whether nothing was touched."""
        return not self._count(self.set_of(self.family.key))

    def set_of(self, keys: str) -> str:
        """The qualified name of a set of touched keys."""
        return f"{self.name}.touched.{quoted(keys)}"

    def gather(self, share: float, more: Iterable[str], wanted: Wanted) -> bool:
        """Fill the catalog; False, and nothing of use, where more than `share` of some table is touched.

        `more`: SELECTs of further root keys that are touched.
        """
        self.connection.execute(f"ATTACH ':memory:' AS {self.name}")
        for schema in ("touched", "history", "live", "core", "mart", "finding", "policy", "log"):
            self.connection.execute(f"CREATE SCHEMA {self.name}.{schema}")
        self._gather_roots(more)
        if self._is_over(self.family.root, self._count(self.set_of(self.family.key)), share):
            return False
        rows = [name for name in self.family.rows if name in wanted.tables]
        for name in rows:
            self._gather_rows(BY_NAME[name])
            if self._is_over(name, self._count(f"{self.name}.history.{name}"), share):
                return False
        for name in self.family.tables:
            if BY_NAME[name].key[0] in wanted.keys - self.sets:
                self._gather_keys(BY_NAME[name])
        for column in sorted(wanted.keys):
            if any(column in NUMBERED[model] and KEYED[model].family in self.family.over for model in NUMBERED):
                self.take_numbers(column)
        self._gather_live(rows)
        return True

    def _gather_live(self, rows: Sequence[str]) -> None:
        """The views of what counts of the gathered rows, beside the keys that do not count of what they name."""
        for named in sorted({each.table for name in rows for each in BY_NAME[name].references if each.table != name}):
            self.link(uncounted(named))
        self.use(self.name)
        for name in rows:
            self.connection.execute(f'CREATE VIEW live."{name}" AS {live_select(BY_NAME[name])}')
        self.use(self.versions.main)

    def link(self, table: str) -> None:
        """Make a table of the build readable under its own name, whole."""
        self.connection.execute(
            f"CREATE VIEW IF NOT EXISTS {self.name}.{table} AS FROM {quoted(self.versions.main)}.{table}"
        )

    def take(self, table: str, columns: Iterable[str]) -> None:
        """Copy the rows of a table of the build that are of touched keys in one of `columns`; else link it whole.

        Of columns those that models read: to look at all of them would cost more than to find the rows.
        """
        column = next((each for each in columns if each in self.sets), "")
        if not column:
            self.link(table)
        elif table not in self.taken:
            self.taken.add(table)
            there = self.connection.execute(f"FROM {quoted(self.versions.main)}.{table} LIMIT 0").description
            read = read_of(self.connection, self.family, table)
            listed = ", ".join(quoted(name) for name, *_ in there if read is None or name in read)
            rows = self._rows(table, column)
            self.connection.execute(f"CREATE TABLE {self.name}.{table} AS SELECT {listed} FROM ({rows})")

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
                    SELECT DISTINCT {name} AS name, {column} AS number FROM {quoted(self.versions.main)}.{model}
                    WHERE {key} IN (FROM {root})
                ),
                present AS (SELECT DISTINCT {name} AS name FROM {self.name}.{model})
                SELECT coalesce(known.number, cast(
                    (SELECT coalesce(max({column}), 0) FROM {quoted(self.versions.main)}.{model})
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
            self.sets.add(column)

    def close(self) -> None:
        """Forget it all."""
        self.connection.execute(f"DETACH DATABASE IF EXISTS {self.name}")

    def _gather_roots(self, more: Iterable[str]) -> None:
        """The root keys of what the load touched, and those that belong with them."""
        key, touched = self.family.key, self.set_of(self.family.key)
        below = {each.family.root: each for each in self.over if each.family.key == key}
        known = below.keys() - {*self.family.heedless}
        seeds = [self._touched(BY_NAME[name], key) for name in self.family.members if name not in known]
        seeds += [f"FROM {below[name].set_of(key)}" for name in sorted(known)]
        seeds += [self._touched_along(BY_NAME[name]) for name in self.family.along]
        union = " UNION ".join([*seeds, *more])
        self.connection.execute(f"CREATE TABLE {touched} AS FROM ({union}) AS t ({key}) WHERE {key} IS NOT NULL")
        self.sets.add(key)
        hold = f"({HOLDS_NOW} OR load_until = {self.versions.load})"
        fresh = f"({self._rows(self.family.brings, key)})" if self.family.brings else ""
        gone = self.versions.ended(BY_NAME[self.family.root])
        linked = self.family.linked.format(touched=touched, hold=hold, load=self.versions.load, ended=gone, fresh=fresh)
        if self.family.brings:
            self.taken.add(self.family.brings)
            self.connection.execute(f"CREATE TABLE {self.name}.{self.family.brings} AS {linked}")
            linked = f"SELECT {key} FROM {self.name}.{self.family.brings} WHERE NOT is_beside"
        grown = bool(linked)
        while grown:
            before = self._count(touched)
            self.connection.execute(f"INSERT INTO {touched} FROM ({linked}) EXCEPT FROM {touched}")
            grown = self.family.far and self._count(touched) > before
        if not any(each.family.root == self.family.root for each in self.over):
            new = f"{self.versions.begun(BY_NAME[self.family.root], key)} EXCEPT SELECT {key} FROM {gone}"
            self.connection.execute(f"CREATE TABLE {self.begun} AS {new}")

    @property
    def begun(self) -> str:
        """The qualified name of the set of root keys of which no version was ended: nothing stands of them."""
        below = next((each for each in self.over if each.family.root == self.family.root), None)
        return f"{self.name}.touched.begun" if below is None else below.begun

    def stood_of(self, keys: str) -> str:
        """SQL: the touched keys of which rows may stand in the build."""
        begun = f" EXCEPT FROM {self.begun}" if keys == self.family.key else ""
        return f"FROM {self.set_of(keys)}{begun}"

    def _touched_along(self, table: Table) -> str:
        """SELECT the root keys of registrations that rows of `table` name which the load touched itself.

        Those of touched registrations are touched without them.
        """
        named = self.versions.own(table, "registration_no")
        return (
            f"SELECT {self.family.key} FROM history.{quoted(self.family.root)}"
            f" WHERE {HOLDS_NOW} AND registration_no IN ({named})"
        )

    def _gather_rows(self, table: Table) -> None:
        """The rows of the touched root keys, as they hold now."""
        source, key = f"history.{table.name}", self.family.key
        if table.name == self.family.root:
            select = self._rows(source, key, HOLDS_NOW)
        elif table.name in self.family.along:
            named = self._rows(f"history.{self.family.root}", key, HOLDS_NOW)
            select = (
                f"FROM {source} WHERE {HOLDS_NOW} AND registration_no IN (SELECT registration_no FROM ({named}) AS r)"
            )
        else:
            select = f"FROM {source} WHERE {HOLDS_NOW} AND {self._mine(table)}"
        self.connection.execute(f"CREATE TABLE {self.name}.{source} AS {select}")
        self.made.add(source)

    def _rows(self, table: str, column: str, condition: str = "TRUE") -> str:
        """SELECT the rows of a table of the build that are of the touched keys in `column`, and fulfil the condition.

        Those that a catalog below made are taken from there, and no others looked for where there are none.
        """
        touched, source = self.set_of(column), f"{quoted(self.versions.main)}.{table}"
        # Of another column a catalog below may hold not all rows, and of days to come those of keys not touched.
        is_key = column == (KEYED[table].column if table in KEYED else self.family.key)
        below = next((each for each in self.over if is_key and table in each.made and column in each.sets), None)
        if below is not None:
            known = f"FROM {below.set_of(column)}"
            near = f"FROM {below.name}.{table} WHERE {column} IN ({known} INTERSECT FROM {touched})"
        elif table == f"history.{self.family.root}":
            # A version that this load began is of a touched key, and stands at the table's end.
            near = f"FROM {source} WHERE {condition} AND load_from = {self.versions.load}"
            known = f"SELECT {column} {near}"
        else:
            return f"FROM {source} WHERE {condition} AND {column} IN (FROM {touched})"
        far = f"FROM {source} WHERE {condition} AND {column} IN (FROM {touched} EXCEPT {known})"
        return f"{near} UNION ALL {far}"

    def _gather_keys(self, table: Table) -> None:
        """The keys that the rows of the touched root keys have and had."""
        own = table.key[0]
        self.connection.execute(
            f"CREATE TABLE {self.set_of(own)} AS SELECT DISTINCT {own} FROM history.{quoted(table.name)}"
            f" WHERE ({HOLDS_NOW} OR load_until = {self.versions.load}) AND {self._mine(table)}"
        )
        self.sets.add(own)

    def _mine(self, table: Table) -> str:
        """SQL: whether a row is one of the touched root keys, or touched itself where it may do without."""
        key, own = self.family.key, table.key[0]
        mine = f"{key} IN (FROM {self.set_of(key)})"
        if any(each.column == key and not each.required for each in table.references):
            return f"({mine} OR {own} IN ({self._touched(table, own)}))"
        return mine

    def take_numbers(self, column: str) -> None:
        """The numbers that the touched root keys have, and had before the load, in the model that is up to date."""
        [model] = [model for model, numbers in NUMBERED.items() if column in numbers]
        root = self.set_of(self.family.key)
        had = [f" UNION FROM {each.set_of(column)}" for each in self.over if column in each.sets]
        self.connection.execute(
            f"CREATE TABLE {self.set_of(column)} AS SELECT {column} FROM {quoted(self.versions.main)}.{model}"
            f" WHERE {self.family.key} IN (FROM {root}){''.join(had)}"
        )
        self.sets.add(column)

    def _touched(self, table: Table, column: str) -> str:
        """SELECT `column` of the rows of `table` that the load touched itself, or by touching a row that they name."""
        source = f"history.{quoted(table.name)}"
        is_heedless = table.name in self.family.heedless
        versions = self.versions
        select = f"SELECT {column} FROM {versions.differing(table)}" if is_heedless else versions.own(table, column)
        beside = self.family.beside if table.name == self.family.root else ()
        for each in (*table.references, *beside):
            # Where a region changed, nothing is kept up at all.
            if each.table not in (*self.family.members, "regions"):
                named = self._touched_named(each)
                select += f" UNION SELECT {column} FROM {source} WHERE {HOLDS_NOW} AND {each.column} IN ({named})"
        return select

    def _touched_named(self, reference: Reference) -> str:
        """SELECT the touched keys of the rows that a reference names."""
        for each in self.over:
            if (each.family.root, each.family.key) == (reference.table, reference.target_column):
                return f"FROM {each.set_of(each.family.key)}"
        return self._touched(BY_NAME[reference.table], reference.target_column)

    def _is_over(self, table: str, touched: int, share: float) -> bool:
        if table not in self.held:
            self.held[table] = self._count(f"history.{quoted(table)} WHERE {HOLDS_NOW}")
        return touched > share * self.held[table]

    def _count(self, relation: str) -> int:
        [(count,)] = self.connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
        return int(count)
