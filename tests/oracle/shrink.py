"""The smallest world that still shows a difference: `python -m oracle.shrink SEED SIZE METRIC TOWNS`, from `tests/`."""

import json
import sys
from collections.abc import Callable

from .city import Rows
from .rows import key_of
from .test_worlds import contradictions
from .worlds import World, random_world

Wrong = Callable[[World], bool]


def shrunk(world: World, wrong: Wrong) -> World:
    """`world` without the tables and rows that the difference does not need, taken away in halves."""
    for table in [table for _, delivered in world.deliveries for table in delivered][::-1]:
        keys = list({key_of(table, row): None for _, delivered in world.deliveries for row in delivered.get(table, [])})
        size = len(keys)
        while size:
            for at in range(0, len(keys), size):
                smaller = without(world, table, set(keys[at : at + size]))
                if smaller != world and wrong(smaller):
                    world = smaller
            size //= 2
    return world


def without(world: World, table: str, keys: set[tuple[str, ...]]) -> World:
    """The world whose deliveries lack the rows of `keys`."""

    def left(name: str, rows: Rows) -> Rows:
        return rows if name != table else [row for row in rows if key_of(table, row) not in keys]

    deliveries = [(day, {name: left(name, rows) for name, rows in given.items()}) for day, given in world.deliveries]
    return World(world.seed, tuple(deliveries), world.subject)


def main(number: str, size: str, metric: str, towns: str = "1") -> None:
    """Print the smallest world in which a difference names `metric` and nothing is held back, and the differences."""

    def wrong(world: World) -> bool:
        found = contradictions(world)
        return any(f": {metric} " in text for text in found) and not any("held back" in text for text in found)

    world = shrunk(random_world(int(number), int(size), int(towns)), wrong)
    for day, delivered in world.deliveries:
        print(day, json.dumps({table: rows for table, rows in delivered.items() if rows}, ensure_ascii=False, indent=1))
    print("\n".join(text for text in contradictions(world) if f": {metric} " in text))


if __name__ == "__main__":
    main(*sys.argv[1:])
