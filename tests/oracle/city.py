"""A small city: two or three districts, streets, communities; some merged away, closed, or without a labour force."""

from datetime import timedelta

from .chance import Chance, text

Rows = list[dict[str, str]]
CITY = "990100000000"


def regions(chance: Chance) -> Rows:
    """Rows of `regions`; every successor comes later in the list, so that there is no circle."""
    rows = [region(CITY, "city", "")]
    streets: Rows = []
    for number in range(1, chance.number(2, 3) + 1):
        district = region(f"9901{number:02d}000000", "district", CITY)
        rows.append(district)
        for within in range(1, chance.number(1, 2) + 1):
            code = f"9901{number:02d}{within:03d}000"
            streets.append(region(code, "street", district["region_code"]))
    communities: Rows = []
    for number in range(1, chance.number(3, 8) + 1):
        street = chance.pick(streets)["region_code"]
        communities.append(region(f"{street[:9]}{number:03d}", "community", street))
    for community in communities:
        describe(chance, community)
    merge(chance, communities, 0.3)
    merge(chance, streets, 0.06)
    for community in communities[1:]:
        community["voided"] = "true" if chance.yes(0.05) else ""
    return rows + streets + communities


def region(code: str, level: str, parent: str) -> dict[str, str]:
    return {
        "region_code": code, "region_name": f"{level} {code.rstrip('0')}", "level": level, "parent_code": parent,
        "households": "", "labour_force": "", "valid_from": "", "valid_to": "", "successor_code": "", "voided": "",
    }  # fmt: skip


def describe(chance: Chance, community: dict[str, str]) -> None:
    community["households"] = str(chance.number(100, 900))
    community["labour_force"] = chance.some(str(chance.number(0, 3000)), 0.8)
    if chance.yes(0.2):
        community["valid_from"] = text(chance.day())
    if chance.yes(0.1):
        community["valid_to"] = text(chance.day() + timedelta(days=chance.pick((0, 1, 400))))
    if community["valid_from"] and community["valid_to"] and community["valid_to"] < community["valid_from"]:
        community["valid_to"] = ""


def merge(chance: Chance, rows: Rows, share: float) -> None:
    """Some are merged into a later one: chains arise."""
    for number, row in enumerate(rows[:-1]):
        if chance.yes(share):
            row["successor_code"] = chance.pick(rows[number + 1 :])["region_code"]
            valid_to = text(chance.day())
            row["valid_to"] = valid_to if valid_to >= row["valid_from"] and chance.yes(0.9) else row["valid_to"]


def codes(rows: Rows, level: str) -> list[str]:
    return [row["region_code"] for row in rows if row["level"] == level]
