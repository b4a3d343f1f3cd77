"""Small delivered worlds, made from a seed: one or two deliveries of all twenty-two tables with nasty days."""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from . import money, people, platform_rows
from .chance import Chance
from .city import CITY, Rows, codes, regions
from .later import first_delivery, second_delivery
from .rows import KEYS, REFERENCES, REGIONS, Delivered, key_of

LAST_DAYS = (
    date(2026, 9, 30), date(2026, 10, 1), date(2026, 3, 15), date(2025, 12, 31), date(2024, 2, 29), date(2025, 2, 28),
    date(2026, 1, 1), date(2024, 12, 31), date(2026, 6, 29),
)  # fmt: skip


# Every seventh world holds everything; the others are about something, so that loading them takes less time.
SUBJECTS = {
    "people": (
        "regions", "persons", "zero_households", "posts", "referrals", "fairs", "placements", "trainings", "visits",
        "targets",
    ),
    "loans": ("regions", "persons", "loans", "instalments", "repayments", "fund_entries", "targets"),
    "money": (
        "regions", "persons", "placements", "subsidies", "budgets", "targets", "reports", "surveys", "retirees",
        "offices", "entities", "fairs", "assessments",
    ),
}  # fmt: skip

NUMBERED = {column for columns in KEYS.values() for column in columns if column.endswith("_no")} | {
    column for columns in REFERENCES.values() for column in columns if column.endswith("_no") or column == "reverses"
}


@dataclass(frozen=True)
class World:
    """What is delivered, in the order of loading: the data date and the rows of each table; what it is about."""

    seed: int
    deliveries: tuple[tuple[date, Delivered], ...]
    subject: str = "everything"


def random_world(seed: int, size: int = 12, towns: int = 1) -> World:
    """The world of `seed`: `towns`, each of `size` persons and as much of everything else as goes with them.

    Towns have the city, the days and the subject in common, and districts and rows of their own: what one costs is
    mostly loading, and that is done once for all.
    """
    chance = Chance(seed, LAST_DAYS[seed % len(LAST_DAYS)])
    subject = chance.pick(("everything", *SUBJECTS, *SUBJECTS))
    kept = SUBJECTS.get(subject, tuple(KEYS))
    tables = side_by_side([about(everything(chance, size), kept) for _ in range(towns)])
    if chance.yes(0.65):
        return World(seed, ((chance.last, tables),), subject)
    day = max(chance.first, chance.day(low=chance.last - timedelta(days=200)))
    before = first_delivery(chance, tables, day)
    return World(seed, ((day, before), (chance.last, second_delivery(chance, tables, before))), subject)


def everything(chance: Chance, size: int) -> dict[str, Rows]:
    tables = {"regions": regions(chance)}
    city = tables["regions"]
    grown = people.People(chance, codes(city, "community"), tables)
    people.persons(grown, size)
    people.households(grown, size // 2)
    people.posts(grown, max(2, size // 2))
    people.referrals(grown, size)
    people.placements(grown, size * 2)
    people.trainings(grown, size)
    money.loans(grown, size)
    money.fund(grown, codes(city, "district"), size // 3)
    money.subsidies(grown, size * 2)
    money.budgets(grown, [CITY, *codes(city, "district")], size)
    platform_rows.reports(grown)
    platform_rows.surveys(grown)
    platform_rows.offices(grown, codes(city, "street"))
    platform_rows.entities(grown, size // 2)
    present = [row["region_code"] for row in city if not row["successor_code"] and not row["voided"]]
    platform_rows.targets(grown, present, size)
    platform_rows.assessments(grown)
    return tables


def about(tables: Mapping[str, Rows], kept: Collection[str]) -> dict[str, Rows]:
    """The tables that are kept, naming no row of the others."""
    for table, columns in REFERENCES.items():
        gone = {column: "" for column, (target, _) in columns.items() if target not in kept}
        for row in tables.get(table, []):
            row |= {column: "" for column in gone if column in row}
    return {table: rows for table, rows in tables.items() if table in kept}


def side_by_side(towns: Sequence[Mapping[str, Rows]]) -> dict[str, Rows]:
    """All towns' rows, under numbers and district codes of their own."""
    return {
        table: unique(table, [own(row, number) for number, town in enumerate(towns) for row in town.get(table, [])])
        for table in dict.fromkeys(table for town in towns for table in town)
    }


def own(row: dict[str, str], town: int) -> dict[str, str]:
    """The row in the words of its town: a town has fewer than ten districts."""

    def worded(column: str, value: str) -> str:
        if column in REGIONS and value and value != CITY:
            return f"{value[:4]}{town}{value[5:]}"
        return f"{value}{chr(ord('a') + town)}" if value.startswith("99") and column in NUMBERED else value

    return {column: worded(column, value) for column, value in row.items()}


def unique(table: str, rows: Rows) -> Rows:
    """The first row of each key: two of one key in a delivery would contradict each other."""
    first: dict[tuple[str, ...], dict[str, str]] = {}
    for row in rows:
        first.setdefault(key_of(table, row), row)
    return list(first.values())


def written(world: World, folder: Path) -> Iterator[Path]:
    """Write the deliveries below `folder`, one CSV file a table, and give their folders in the order of loading."""
    for number, (day, delivered) in enumerate(world.deliveries, start=1):
        delivery = folder / f"delivery-{number}"
        delivery.mkdir(parents=True)
        (delivery / "delivery.toml").write_text(f"data_date = {day}\n", encoding="utf-8")
        for table, rows in delivered.items():
            write_table(delivery / f"{table}.csv", rows)
        yield delivery


def write_table(path: Path, rows: Rows) -> None:
    if not rows:
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
