"""What the models of a family read of what is touched, and which changes touch it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from duckdb import DuckDBPyConnection

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


def columns(connection: DuckDBPyConnection, family: Family, table: str) -> frozenset[str] | None:
    """What may be the names of the columns that the models of a family read of `table`; None: perhaps all of them."""
    found = set[str]()
    for model in models():
        if model.table in KEYED and KEYED[model.table].family is family and table in model.reads:
            [(tree,)] = connection.execute("SELECT json_serialize_sql(?)", [model.select]).fetchall()
            named = _named(list(_nodes(json.loads(tree))), table)
            if named is None:
                return None
            found |= named
    return frozenset(found) or None


def _named(nodes: list[dict[str, Any]], table: str) -> set[str] | None:
    """What may be columns of `table` in a parsed SELECT: all names but those that are said to be of another."""
    read = [node for node in nodes if node.get("type") == "BASE_TABLE"]
    own = {_alias(node) for node in read if f"{node['schema_name']}.{node['table_name']}" == table}
    is_whole = any(node.get("class") == "STAR" and node["relation_name"] in ("", *own) for node in nodes)
    if is_whole or any(node.get("ref_type") == "NATURAL" or node.get("column_name_alias") for node in nodes):
        return None
    others = {_alias(node) for node in read} - own
    names = [node["column_names"] for node in nodes if node.get("class") == "COLUMN_REF"]
    joined = [name for node in nodes if node.get("type") == "JOIN" for name in node["using_columns"]]
    return {name for parts in names if parts[0] not in others for name in parts}.union(joined)


def _alias(node: dict[str, Any]) -> str:
    return str(node["alias"] or node["table_name"])


def _nodes(tree: object) -> Iterator[dict[str, Any]]:
    """All nodes of a tree of JSON."""
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _nodes(value)
