"""What the models of a family read of what is touched, and which changes touch it."""

from dataclasses import dataclass
from functools import cache

from etl.keyed import KEYED, Family
from etl.model import models
from etl.tables import BY_NAME


@dataclass(frozen=True)
class Wanted:
    """What a family's models ask for: sets of touched `keys`, and the touched rows of which of its `tables`."""

    keys: frozenset[str]
    tables: frozenset[str]


def reads(name: str) -> frozenset[str]:
    """What a model reads."""
    return next(model.reads for model in models() if model.table == name)


@cache
def wanted(family: Family) -> Wanted:
    """What the models of a family ask for: keys by which they are kept up, and tables whose rows they read."""
    mine = {name: keyed for name, keyed in KEYED.items() if keyed.family is family}
    read = {
        table for name in mine for each in reads(name) for schema, _, table in [each.partition(".")] if schema == "live"
    }
    return Wanted(frozenset(each.keys for each in mine.values()), frozenset(read & {*family.rows}))


def covered(family: Family) -> frozenset[str]:
    """Tables in which a change touches the rows that it changes: its own, and those that rows name."""
    own = {*family.rows}
    named = [each.table for name in own for each in BY_NAME[name].references]
    below = [table for each in family.over for table in covered(each)]
    return frozenset([*own, *named, *(each.table for each in family.beside), *below]) - {"regions"}
