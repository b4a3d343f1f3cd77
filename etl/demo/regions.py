"""The invented city of Cihu: four districts, 21 streets, 182 communities. Codes begin with 99, which no place has.

The tree is the same for every seed, for the city's pack (policy, standard, tile map) names its codes.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from typing import Final

CITY_CODE: Final = 990100000000
CITY_NAME: Final = "磁湖市"
_DISTRICTS: Final = {
    "磁山区": ("磁山", "矿前", "石榴园", "红炉", "古塘", "望磁"),
    "临湖区": ("临湖", "荷塘", "柳堤", "渔港", "长桥"),
    "铜岭区": ("铜岭", "冶园", "青龙坡", "百花", "松林"),
    "云泽区": ("云泽", "泽北", "稻香", "新港", "竹溪"),
}
COMMUNITIES: Final = 182
_FIRST: Final = "东西南北新金青红龙凤松梅桂兴"
_SECOND: Final = "湖山桥塘园坡堤港岭溪林台井"
# Which district does badly on 4050, and how many communities begin badly and improve.
LAGGING_DISTRICT: Final = 2
IMPROVING: Final = (17, 58, 93, 131, 166)
# From this day the one is reported under the other; on the same day a new estate gets a community of its own.
REFORM_ON: Final = date(2025, 4, 1)
MERGED, SUCCESSOR = 40, 41
SPLIT_FROM: Final = 150
TO_NEW: Final = 0.4  # share of it that moved
NEW_NAME: Final = "科苑社区"
TINY: Final = 75


@dataclass(frozen=True)
class Region:
    """One region: 12-digit `code`, name, level, its parent's code, and its number among its level."""

    code: int
    name: str
    level: str
    parent: int | None
    number: int


@cache
def districts() -> tuple[Region, ...]:
    """The four districts."""
    return tuple(
        Region(CITY_CODE + (number + 2) * 1_000_000, name, "district", CITY_CODE, number)
        for number, name in enumerate(_DISTRICTS)
    )


@cache
def streets() -> tuple[Region, ...]:
    """The 21 streets, by district."""
    rows: list[Region] = []
    for district in districts():
        for place, stem in enumerate(_DISTRICTS[district.name], start=1):
            rows.append(Region(district.code + place * 1000, stem + "街道", "street", district.code, len(rows)))
    return tuple(rows)


@cache
def communities() -> tuple[Region, ...]:
    """The 182 communities of the first day, by street; the first of a street bears its name."""
    stems = iter(first + second for second, first in product(_SECOND, _FIRST))
    taken = {stem for names in _DISTRICTS.values() for stem in names} | {name[:2] for name in _DISTRICTS}
    rows: list[Region] = []
    for street in streets():
        count = COMMUNITIES // len(streets()) + (street.number < COMMUNITIES % len(streets()))
        for place in range(1, count + 1):
            stem = street.name[:-2] if place == 1 else next(stem for stem in stems if stem not in taken)
            rows.append(Region(street.code + place, stem + "社区", "community", street.code, len(rows)))
    return tuple(rows)


@cache
def new_community() -> Region:
    """The community founded on the day of the reform, next to the one that it was part of."""
    street = streets()[street_of(SPLIT_FROM)]
    last = max(region.code for region in communities() if region.parent == street.code)
    return Region(last + 1, NEW_NAME, "community", street.code, COMMUNITIES)


@cache
def street_of(community: int) -> int:
    """Number of the street that community number `community` belongs to."""
    numbers = {street.code: street.number for street in streets()}
    return numbers[communities()[community].parent or 0]


@cache
def district_of(street: int) -> int:
    """Number of the district that street number `street` belongs to."""
    numbers = {district.code: district.number for district in districts()}
    return numbers[streets()[street].parent or 0]


def members(region: Region) -> tuple[int, ...]:
    """Numbers of the communities (of the first day) inside `region`."""
    whole = {"city": 10**12, "district": 10**6, "street": 10**3, "community": 1}[region.level]
    return tuple(each.number for each in communities() if each.code // whole == region.code // whole)
