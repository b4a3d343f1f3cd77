"""Models that grow are kept up: of the rows that stand, those of touched keys are taken out and put in anew.

What reads only what is as it was is left as it is.

To make a model anew is always right, and that is done wherever this is not sure to give the same: other models, rules
or regions; a table that it reads whole and that changed; a data date that moved; too much that is touched. It is done
too where there are so few rows that nothing is gained.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import duckdb
from duckdb import DuckDBPyConnection

from etl.canonical import quoted
from etl.keyed import DAYS, KEYED, NUMBERED, REACHED, TODAY, Family, Keyed
from etl.likeness import compared, print_of, settled
from etl.meanwhile import Meanwhile, Run, beneath
from etl.model import Model, ModelError, code_digest, models, models_digest
from etl.order import as_ready, sizes
from etl.tables import BY_NAME
from etl.touched import Touched
from etl.versions import Versions, forget_ended
from etl.wanted import covered, reads, wanted

# Of the share that may be touched: with more rows put in at its end, a table is written anew. Marts lie in the order of
# the days that questions ask about, so their models run; the others only have holes.
WORN: Final = 0.8
# Rows of history up to which all models are made anew: to find out what is touched and put it in takes more statements
# than that, and statements are what so few rows cost.
FEW: Final = 20_000

Check = Callable[[DuckDBPyConnection, Model, str], None]


def recipe() -> str:
    """What tells builds apart whose tables may differ though the same rows were delivered."""
    return hashlib.sha256(f"{models_digest()}\n{code_digest()}\n{duckdb.__version__}".encode()).hexdigest()


@dataclass
class Keeper:
    """Keeps up the models of one build under way, from the tables that the load before left in it.

    `versions`: what the load changed; `before`, `today`: the data date of the load before, and of this one; `touched`:
    the share of a table's rows that may be touched; `settled`: what tells the tables that are read whole from what they
    were; `appended`: rows put in at the end of a table since it was made; `same`: what is as it was, rows of source
    tables at first; `meanwhile`: makes other models anew; `check`: looks at the rows of a mart before they are put in;
    `held`: how many rows of a table hold now, once counted; `kept`: models that were kept up.
    """

    connection: DuckDBPyConnection
    versions: Versions
    before: date
    today: date
    touched: float
    settled: dict[str, object]
    appended: dict[str, int]
    same: set[str]
    meanwhile: Meanwhile
    check: Check
    held: dict[str, int] = field(default_factory=dict)
    worlds: dict[str, Touched | None] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    def leave(self, model: Model) -> bool:
        """Whether the model's table is left as it is, for nothing that it reads has changed."""
        if model.table in TODAY or not all(self._is_same(name) for name in model.reads):
            return False
        self.same.add(model.table)
        return True

    def note(self, model: Model) -> None:
        """Note what a table that is made anew next was like, where others would like to know whether it changed."""
        if model.table in compared():
            self.settled[model.table] = print_of(self.connection, model.table, self.before)

    def keep(self, model: Model) -> bool:
        """Keep the model's table up; False where it must be made anew."""
        keyed = KEYED.get(model.table)
        if keyed is None or not all(self._is_steady(keyed, name) for name in model.reads):
            return False
        world = self._world(keyed.family)
        if world is None:
            return False
        if world.is_empty and self.before == self.today:
            self.same.add(model.table)
            return True
        self.kept.add(model.table)
        self.meanwhile.wait_for(model.reads)
        if keyed.keys not in world.sets and model.table not in NUMBERED:
            world.take_numbers(keyed.keys)
        try:
            self._make(model, keyed, world)
            self.check(self.connection, model, f"{world.name}.{model.table}")
            self._replace(model, keyed, world)
        except duckdb.Error as error:
            raise ModelError(f"{model.table}, kept up (touched_share = 0 makes it anew): {error}") from error
        finally:
            world.use(self.versions.main)
        return True

    def close(self) -> None:
        """Forget what was touched."""
        for world in self.worlds.values():
            if world is not None:
                world.close()
        forget_ended(self.connection)

    def _is_steady(self, keyed: Keyed, name: str) -> bool:
        """Whether what a model reads under this name says what it said before of every key that is not touched."""
        schema, _, table = name.partition(".")
        if name in self.same:
            return True
        if name in self.kept:
            return KEYED[name].family in (keyed.family, *keyed.family.over)
        if name in TODAY or name in DAYS:
            return (self.before == self.today or bool(keyed.until)) and (name in TODAY or self._is_unchanged(name))
        if schema == "live":
            return table in covered(keyed.family)
        if name in REACHED:
            return all(self._is_steady(keyed, each) for each in reads(name))
        return name not in KEYED and self._is_unchanged(name)

    def _is_same(self, name: str) -> bool:
        """Whether what a model reads under this name is what it was, all of it."""
        if name in TODAY:
            return self.before == self.today
        return name in self.same or (name not in DAYS and self._is_unchanged(name))

    def _is_unchanged(self, name: str) -> bool:
        """Whether a table made anew is what it was, up to the data date before."""
        if name in self.same:
            return True
        if name not in self.settled:
            return False
        self.meanwhile.wait_for([name])
        if self.settled[name] != print_of(self.connection, name, self.before):
            return False
        if name not in DAYS:
            self.same.add(name)
        return True

    def _world(self, family: Family) -> Touched | None:
        """The touched rows of a family, gathered once; None where they, or those of a family below it, are too many.

        That a model below was left as it was says nothing of them: what a load touches there may touch others alone.
        """
        if family.name not in self.worlds:
            self.worlds[family.name] = self._gathered(family)
        return self.worlds[family.name]

    def _gathered(self, family: Family) -> Touched | None:
        over: list[Touched] = []
        for each in family.over:
            world = self._world(each)
            if world is None:
                return None
            over.append(world)
        found = Touched(self.connection, family, self.versions, over, self.held)
        if found.gather(self.touched, self._come_with_the_days(family), wanted(family)):
            return found
        found.close()
        return None

    def _come_with_the_days(self, family: Family) -> list[str]:
        """SELECTs of the root keys for which something begins between the data date before and this one."""
        found = []
        for model in models():
            keyed = KEYED.get(model.table)
            if keyed is not None and keyed.family is family and keyed.carries and self.before != self.today:
                [root] = [name for name, numbers in NUMBERED.items() if keyed.column in numbers]
                self.meanwhile.wait_for(model.reads)
                found.append(
                    f"SELECT {family.key} FROM {root} WHERE {keyed.column} IN (SELECT {keyed.column}"
                    f" FROM ({model.select}\n) WHERE {keyed.until} > DATE '{self.before}')"
                )
        return found

    def _make(self, model: Model, keyed: Keyed, world: Touched) -> None:
        """The model's rows of touched keys, and those that come with the days, as a table of the same name."""
        for name in sorted(model.reads):
            self._provide(name, keyed.family, world)
        world.use(world.name)
        beside = f"WHERE {keyed.column} IN (FROM {world.set_of(keyed.keys)})" if keyed.family.brings else ""
        self._execute(f"CREATE TABLE {model.table} AS FROM ({model.select}\n) {beside}")
        world.use(self.versions.main)
        world.made.add(model.table)
        if model.table in NUMBERED:
            world.number(model.table, NUMBERED[model.table])
        if keyed.until and not keyed.carries and self.before != self.today:
            new = f"{keyed.until} > DATE '{self.before}' AND {keyed.column} NOT IN (FROM {world.set_of(keyed.keys)})"
            self.connection.execute(f"INSERT INTO {world.name}.{model.table} FROM ({model.select}\n) WHERE {new}")

    def _provide(self, name: str, family: Family, world: Touched) -> None:
        """Let a model of the family read `name` in its catalog: touched rows where that is enough, else all of them."""
        schema, _, table = name.partition(".")
        if name in KEYED and name in self.kept | self.same:
            if KEYED[name].family is not family or name in self.same:
                world.take(name, (KEYED[name].column, KEYED[name].named))
        elif schema != "live" or table not in wanted(family).tables:
            world.link(name)

    def _replace(self, model: Model, keyed: Keyed, world: Touched) -> None:
        """Take the rows of touched keys out of the build's table, and put the new ones in at its end."""
        [(stand, come)] = self.connection.execute(
            f"SELECT (SELECT count(*) FROM {model.table}), (SELECT count(*) FROM {world.name}.{model.table})"
        ).fetchall()
        appended = self.appended.get(model.table, 0) + come
        is_worn = appended > WORN * self.touched * stand
        if is_worn and model.schema == "mart":
            self.meanwhile.finish()  # a table that grows may need all the memory
            self.meanwhile.run(self.connection, model)
        else:
            stood = world.stood_of(keyed.keys)
            self._execute(f"DELETE FROM {model.table} WHERE {quoted(keyed.column)} IN ({stood})")
            self._execute(f"INSERT INTO {model.table} FROM {world.name}.{model.table}")
        if is_worn and model.schema != "mart":
            self._execute(f"CREATE OR REPLACE TABLE {model.table} AS FROM {model.table}")
        self.appended[model.table] = 0 if is_worn else appended

    def _execute(self, statement: str) -> None:
        """Run it; where there is no room for it beside what is made meanwhile, once more, alone."""
        try:
            self.connection.execute(statement)
        except duckdb.OutOfMemoryException:
            self.meanwhile.finish()
            self.connection.execute(statement)


def begin(
    connection: DuckDBPyConnection, load: int, data_date: date | None, touched: float, *, run: Run, check: Check
) -> Keeper | None:
    """What keeps up the models of the build in `connection`, as the load before left it; None: all are made anew.

    `run` makes a model's table anew, `check` looks at the rows of one that is kept up.
    """
    try:
        stamps = connection.execute("SELECT load, data_date, recipe FROM core.stamp").fetchall()
        appended = dict(connection.execute("SELECT table_name, appended FROM core.kept").fetchall())
    except duckdb.Error:  # no build before, or one of an earlier release
        return None
    [(before, day, made_by)] = stamps
    if touched <= 0 or made_by != recipe() or before != load - 1 or day is None or data_date is None or data_date < day:
        return None
    rows = (
        "SELECT coalesce(sum(estimated_size), 0) FROM duckdb_tables()"
        " WHERE database_name = current_database() AND schema_name = 'history'"
    )
    [(there,)] = connection.execute(rows).fetchall()
    if there <= FEW:
        return None
    [(main,)] = connection.execute("SELECT current_database()").fetchall()
    versions = Versions(connection, main, load)
    changed = set(versions.changed())
    if "regions" in changed:
        return None
    alike = {name: print_of(connection, name, day) for name in settled()}
    same = {f"live.{name}" for name in BY_NAME.keys() - changed}
    # The engine would clear its log again and again.
    connection.execute("SET checkpoint_threshold = '1TB'")
    meanwhile = Meanwhile(connection, run)
    return Keeper(connection, versions, day, data_date, touched, alike, appended, same, meanwhile, check)


def keep_up(keeper: Keeper, found: Sequence[Model]) -> list[Model]:
    """Leave, keep up or make anew each model; those that were made anew. ModelError."""
    urgent, anew = beneath(frozenset(KEYED)), []
    with keeper.meanwhile as meanwhile:
        for model in as_ready(found, sizes(keeper.connection)):
            if not keeper.leave(model) and not keeper.keep(model):
                keeper.note(model)
                meanwhile.make(model, urgent=model.table in urgent)
                anew.append(model)
        meanwhile.finish()
    return anew


def write_kept(connection: DuckDBPyConnection, keeper: Keeper | None) -> None:
    """Create `core.kept`: the tables that were kept up, with the rows put in at their end since they were made.

    `touched`: whether this load put any in; else the table was left as it was.
    """
    connection.execute("CREATE OR REPLACE TABLE core.kept (table_name VARCHAR, appended BIGINT, touched BOOLEAN)")
    if keeper is not None:
        left = keeper.same & {*KEYED}
        rows = [[name, keeper.appended.get(name, 0), name in keeper.kept] for name in sorted(keeper.kept | left)]
        if rows:
            connection.executemany("INSERT INTO core.kept VALUES (?, ?, ?)", rows)
        keeper.close()
