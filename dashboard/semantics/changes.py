"""What changed in a figure between two states of knowledge: the rows that entered, left, or bring another amount."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, Literal, NamedTuple

from sqlalchemy import bindparam, func, or_, select

from dashboard.semantics.listing import tables_of
from dashboard.semantics.metric import Value
from dashboard.semantics.rows import Behind, Brought
from dashboard.semantics.summing import Statement
from etl.marts.origin import row_origin

# new: first delivered since · entered: delivered before, and counts only now · changed: brings another amount
# withdrawn: counted, and has been withdrawn · left: counted, and counts no more
Kind = Literal["new", "entered", "changed", "withdrawn", "left"]
KINDS: Final[tuple[Kind, ...]] = ("new", "entered", "changed", "withdrawn", "left")
MOST: Final = 400_000  # rows of either side that are compared one by one: some 200 MB of memory
Key = tuple[str, str]


class Change(NamedTuple):
    """One delivered row that brings another amount than before: None where it did not, or does not, count.

    `load`, `file_id`, `line`: where its version that holds now came from; if that is no newer than the state before,
    it is other rows that changed what it brings.
    """

    table: str
    key: str
    kind: Kind
    region_code: str
    before: Value | None
    now: Value | None
    load: int | None
    file_id: int | None
    line: int | None

    @property
    def difference(self) -> Value:
        """By how much it changes the sum."""
        return (self.now or 0) - (self.before or 0)


class Place(NamedTuple):
    """Where the version of a row that holds came from, and whether it is withdrawn."""

    load: int
    file_id: int | None
    line: int | None
    is_withdrawn: bool


NOWHERE: Final = Place(0, None, None, is_withdrawn=False)


def changes(before: Behind, now: Behind, part: str) -> list[Change]:
    """The rows of a part of one figure that changed, by kind and key; OverflowError where they are too many."""
    if any(listing.number > MOST for side in (before, now) for listing in side.parts if listing.name == part):
        raise OverflowError
    [was], [is_now] = ([one for one in side.metric.parts if one.name == part] for side in (before, now))
    old, new = before.brought(was), now.brought(is_now)
    differing = [key for key in old.keys() | new.keys() if _amount(old, key) != _amount(new, key)]
    tables = tables_of(is_now.measures)
    places, known = (_places(side, tables, differing) for side in (now, before))
    found = [_change(key, old, new, places.get(key, NOWHERE), is_known=key in known) for key in differing]
    return sorted(found, key=lambda change: (KINDS.index(change.kind), change.table, change.key))


def _amount(brought: Mapping[Key, Brought], key: Key) -> Value | None:
    return brought[key].amount if key in brought else None


def _change(
    key: Key, old: Mapping[Key, Brought], new: Mapping[Key, Brought], place: Place, *, is_known: bool
) -> Change:
    kind: Kind = "changed"
    if key not in old:
        kind = "entered" if is_known else "new"
    elif key not in new:
        kind = "withdrawn" if place.is_withdrawn else "left"
    region = (new.get(key) or old[key]).region_code
    return Change(*key, kind, region, _amount(old, key), _amount(new, key), place.load or None, *place[1:3])


@cache
def _statement(tables: tuple[str, ...]) -> Statement:
    of = row_origin.c
    return (
        select(of.table_name, of.key, of.load, of.file_id, of.line, of.is_withdrawn)
        .where(or_(*(of.table_name == table for table in tables)))
        .where(of.key.in_(select(func.unnest(bindparam("keys")))))
    )


def _places(side: Behind, tables: tuple[str, ...], keys: Iterable[Key]) -> dict[Key, Place]:
    named = [key for _, key in keys]
    if not named:
        return {}
    rows = side.asking.build.fetch(_statement(tables), keys=named)
    return {(table, key): Place(*place) for table, key, *place in rows}
