"""Targets as they were issued, whatever has come of them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import bindparam, select

from dashboard.remembered import remembered
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.regions import Place
from etl.marts.subsidies import target

if TYPE_CHECKING:
    from dashboard.warehouse import Build


class Issued(NamedTuple):
    """A target as it was issued: a row of the mart."""

    region_id: int
    region_code: str
    target_year: int
    indicator: str
    issuer: str
    revision: int
    value: Decimal
    document_no: str | None
    signed_on: date | None
    owner: str | None


IssuedTo = tuple[Place, Issued]


def issued(build: "Build", year: int) -> Sequence[Issued]:
    """All targets of a year as they were issued, whatever has come of them."""
    return _issued(build.whole, year)


@remembered(8)
def _issued(build: "Build", year: int) -> Sequence[Issued]:
    order = {name: position for position, name in enumerate(METRICS)}
    rows = [Issued(*row) for row in build.fetch(_OF_YEAR, year=year)]
    known = [row for row in rows if row.indicator in METRICS]
    return sorted(known, key=lambda row: (row.region_id, order[row.indicator], row.region_code, row.issuer))


def issued_at(build: "Build", year: int, level: str | None) -> list[IssuedTo]:
    """Those of a level of regions, or all, with their regions."""
    places = build.regions.by_id
    rows = ((places[row.region_id], row) for row in issued(build, year))
    return [(place, row) for place, row in rows if level in (None, place.level)]


_OF_YEAR: Final = select(*(target.c[name] for name in Issued._fields)).where(target.c.target_year == bindparam("year"))
