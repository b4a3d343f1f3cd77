"""A delivered world, and small deliveries that touch a few rows of it: corrections, moves, withdrawals, late rows."""

from collections.abc import Iterator
from datetime import date, timedelta

from .chance import Chance, text
from .city import Rows
from .rows import KEYS, REFERENCES, Delivered, key_of
from .worlds import LAST_DAYS, World, everything, unique

# How far the data date moves from one load to the next: not at all, over a month's end, over years.
STEPS = (0, 0, 1, 3, 31, 40, 400)
TOUCHED = (
    "persons", "persons", "placements", "placements", "subsidies", "subsidies", "visits", "trainings", "referrals",
    "zero_households", "posts", "loans", "instalments", "repayments", "repayments",
)  # fmt: skip
MONEY = ("amount", "monthly_wage", "principal", "principal_due", "interest", "interest_due")


def touched_world(seed: int, size: int = 8, touches: int = 4) -> World:
    """The world of `seed`: nearly everything at once, then `touches` deliveries of a few rows."""
    chance = Chance(seed, LAST_DAYS[seed % len(LAST_DAYS)])
    tables = {table: unique(table, rows) for table, rows in everything(chance, size).items()}
    late = {table: [row for row in rows if table != "regions" and chance.yes(0.08)] for table, rows in tables.items()}
    known = {table: [row for row in rows if row not in late[table]] for table, rows in tables.items()}
    deliveries: list[tuple[date, Delivered]] = [(chance.last, known)]
    state = {table: {key_of(table, row): row for row in rows} for table, rows in known.items()}
    day = chance.last
    for _ in range(touches):
        day += timedelta(days=chance.pick(STEPS))
        sent = dict(_sent(chance, state, late, day))
        for table, rows in sent.items():
            for row in rows:
                if row["voided"] != "true":
                    state.setdefault(table, {})[key_of(table, row)] = row
        deliveries.append((day, sent))
    return World(seed, tuple(deliveries), "touches")


def _sent(
    chance: Chance, state: dict[str, dict[tuple[str, ...], dict[str, str]]], late: dict[str, Rows], day: date
) -> Iterator[tuple[str, Rows]]:
    """A few rows of a few tables, with the regions now and then."""
    names = {chance.pick(TOUCHED) for _ in range(chance.number(1, 4))} | ({"regions"} if chance.yes(0.08) else set())
    for table in sorted(names):
        rows = list(state.get(table, {}).values())
        found = [_touched(chance, table, chance.pick(rows), state, day) for _ in range(chance.number(1, 2)) if rows]
        while late.get(table) and chance.yes(0.5):
            found.append(late[table].pop())
        yield table, unique(table, found)


def _touched(
    chance: Chance,
    table: str,
    row: dict[str, str],
    state: dict[str, dict[tuple[str, ...], dict[str, str]]],
    day: date,
) -> dict[str, str]:
    """The row withdrawn, restored, moved to another that it names, repeated under a new key, or with other values."""
    row = dict(row)
    if table == "regions":
        return row | {"labour_force": chance.pick(("500", "900"))}
    if chance.yes(0.15):
        return {name: value if name in KEYS[table] else "" for name, value in row.items()} | {"voided": "true"}
    row["voided"] = "false" if chance.yes(0.6) else row.get("voided", "")
    if chance.yes(0.2):
        row[KEYS[table][-1]] = _new_key(chance, table, row)
    for column, (target, _) in REFERENCES.get(table, {}).items():
        if column in row and chance.yes(0.3) and target != "regions" and target in state:
            row[column] = chance.pick(list(state[target]))[0] if row[column] or table != "repayments" else ""
    others = list(state[table].values())
    for column in ("community_code", "id_number", "household_no", "hardship", "sponsor", "kind", "category"):
        if column in row and table != "repayments" and chance.yes(0.25):
            row[column] = chance.pick(others).get(column, "")
    for column in [name for name in row if name.endswith("_on") and row[name] and chance.yes(0.2)]:
        moved = date.fromisoformat(row[column]) + timedelta(days=chance.pick((-400, -31, -1, 1, 31, 400)))
        row[column] = text(min(moved, day))
    for column in [name for name in MONEY if row.get(name) and chance.yes(0.3)]:
        row[column] = f"{chance.number(1, 20000)}.00"
    return row


def _new_key(chance: Chance, table: str, row: dict[str, str]) -> str:
    if table == "zero_households":
        return text(date.fromisoformat(row["identified_on"]) + timedelta(days=chance.number(1, 60)))
    if table == "instalments":
        return str(chance.number(1, 12))
    return f"99N{chance.number(0, 999)}"
