"""Which models run where: those that stay small on the driver, in DuckDB, and those that grow with the data on Spark.

A model is settled if all that it reads, through other models too, is small in the largest country: regions, policy,
the log and the stamp. Recursion over successors is among them, which Spark's SQL would do in other words.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from etl.coverage import coverage
from etl.live import NAMED, UNCOUNTED, live_select, uncounted, uncounted_select
from etl.model import Model, ordered
from etl.tables import TABLES

GROUND: Final = frozenset({"live.regions", "core.stamp", "core.held_message", "core.finding_message"})
_SMALL: Final = ("policy", "log")


def is_ground(table: str) -> bool:
    """Whether the driver writes it before any model runs."""
    return table in GROUND or table.partition(".")[0] in _SMALL


def settled(found: Sequence[Model]) -> list[Model]:
    """The models that stay small, each after those that it reads."""
    known: set[str] = set()
    chosen = []
    for model in ordered(found):
        if all(is_ground(table) or table in known for table in model.reads):
            known.add(model.table)
            chosen.append(model)
    return chosen


def growing(found: Sequence[Model]) -> list[Model]:
    """The others, and before them what the contract makes of history: the rows that count, and coverage."""
    small = {model.table for model in settled(found)}
    return [*_from_the_contract(), *(model for model in ordered(found) if model.table not in small)]


def exported(found: Iterable[Model]) -> list[str]:
    """What these models read and none of them makes, and is no history: the driver's part."""
    found = list(found)
    made = {model.table for model in found}
    read = set().union(*(model.reads for model in found)) - made
    return sorted(table for table in read if not table.startswith("history."))


def _from_the_contract() -> list[Model]:
    found = []
    for table in TABLES:
        referred = {reference.table for reference in table.references} - {table.name}
        reads = frozenset({f"history.{table.name}", *(uncounted(name) for name in referred)})
        if table.name != "regions":
            found.append(Model("live", table.name, live_select(table), reads))
        if table in NAMED:
            select = uncounted_select(table)
            beside = {"live.regions"} if table.name == "regions" else set()
            found.append(Model("live", f"{UNCOUNTED}{table.name}", select, reads | beside))
    return [*found, coverage()]
