"""The tree of regions as reported now, the labour force, and what the build is."""

from typing import Final

from sqlalchemy import BigInteger, Date, Integer, String

from etl.marts.table import Money, Optional, mart

ALL_CITIES: Final = "0" * 12  # in the place of a city's code: what stands above several, no region that is delivered

build = mart(
    "build",
    "one row: the newest load known to this build, its data date, and its city (ALL_CITIES: several)",
    load=Integer,
    data_date=Optional(Date),
    city_code=Optional(String),
)

# city_id … community_id: the region itself and what lies above it, as region_id, all followed through successors.
# valid_from and valid_to are filled (0001-01-01, 9999-12-31); region_id counts in the order of the tree.
region = mart(
    "region",
    "one row per region, also those merged away",
    region_id=Integer,
    region_code=String,
    region_name=String,
    level=String,
    parent_code=Optional(String),
    credited_id=Integer,
    city_id=Optional(Integer),
    district_id=Optional(Integer),
    street_id=Optional(Integer),
    community_id=Optional(Integer),
    valid_from=Date,
    valid_to=Date,
    labour_force=Optional(BigInteger),
    households=Optional(BigInteger),
    residents=Optional(BigInteger),
)

labour_force = mart(
    "labour_force",
    "one row per community whose labour force is known, with the days on which it is valid",
    region_code=String,
    region_id=Integer,
    valid_from=Date,
    valid_to=Date,
    labour_force=BigInteger,
)

# amount: of the row that bears it (paid, lent, spent); in_doubt: the part of it that the finding is about, where that
# can be told.
finding = mart(
    "finding",
    "one row per finding on a row that counts",
    finding=String,
    table_name=String,
    key=String,
    region_code=String,
    district_code=Optional(String),
    street_code=Optional(String),
    load=Integer,
    detail=Optional(String),
    amount=Optional(Money),
    in_doubt=Optional(Money),
)
