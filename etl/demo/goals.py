"""Targets for the city, its districts, streets and communities: what was signed each February, and revised in July."""

from datetime import date
from typing import Any, Final

import numpy as np

from etl.demo import regions
from etl.demo.calendar import LAST_DAY, SEASON, day
from etl.demo.frames import Frame
from etl.demo.plan import apportioned
from etl.demo.regions import Region
from etl.demo.tally import Tally

_PROVINCE, _CITY, _DISTRICT = range(3)
# Indicator as the letter names it, the tally's measure, what the value is rounded to, the tally's unit of it.
_FLOWS: Final = (
    ("再就业人数", "placed", 5, 1),
    ("4050再就业人数", "placed_4050", 5, 1),
    ("开发岗位数", "posts_developed", 5, 1),
    ("培训合格人次", "trainings_completed", 5, 1),
    ("loan_amount_disbursed", "loan_amount_disbursed", 10_000, 100),
)
_LEVELS: Final = (
    ("登记失业率", 3.6, -0.02), ("par_30", 3.0, 0.0), ("20日消除率", 93.0, 0.5), ("回访率", 76.0, 1.0),
)  # fmt: skip
_LAGGING_FACTOR: Final = 1.3
_DISTRICT_FACTORS: Final = (0.97, 1.0, 1.03, 0.99)
_OWNERS: Final = {
    "city": "市政府分管副市长",
    "district": "区政府分管副区长",
    "street": "街道办事处主任",
    "community": "社区居委会主任",
}


def targets(tally: Tally) -> Frame:
    """All targets; districts' add up to the city's and streets' to their district's, but for a few gaps."""
    rows: list[dict[str, Any]] = []
    for year in tally.plan.calendar.years:
        for flow in _FLOWS:
            rows += _flow(tally, year, flow)
        rows += _levels(year)
    return {name: np.array([row[name] for row in rows], dtype=_TYPES.get(name, np.int64)) for name in rows[0]}


_TYPES: Final[dict[str, Any]] = {"indicator": object, "document_no": object, "owner": object, "value": np.float64}


def _row(
    year: int, region: Region, indicator: str, value: float, *, issuer: int = _CITY, revision: int = 0
) -> dict[str, Any]:
    issuers = ("省就字", "磁政发", regions.districts()[_district(region)].name[:2] + "政发")
    number = 3 + 4 * issuer + 9 * revision
    return {
        "target_year": year,
        "region_code": region.code,
        "indicator": indicator,
        "issuer": issuer,
        "revision": revision,
        "value": value,
        "document_no": f"{issuers[issuer]}〔{year}〕{number}号",
        "signed_on": day(date(year, 7, 8) if revision else date(year, 2, 10)),
        "owner": region.name + _OWNERS[region.level] if region.level != "city" else _OWNERS["city"],
    }


def _district(region: Region) -> int:
    if region.level == "city":
        return 0
    return next(each.number for each in regions.districts() if each.code // 10**6 == region.code // 10**6)


def _expected(tally: Tally, measure: str, year: int, communities: tuple[int, ...]) -> float:
    actual = tally.of(measure, year, list(communities))
    done = sum(SEASON[: LAST_DAY.month]) / sum(SEASON) if year == LAST_DAY.year else 1.0
    return actual / done


def _flow(tally: Tally, year: int, flow: tuple[str, str, int, int]) -> list[dict[str, Any]]:
    indicator, measure, unit, _ = flow
    rows: list[dict[str, Any]] = []
    city_value = 0
    for district in regions.districts():
        inside = _streets(tally, year, district, flow)
        value = sum(row["value"] for row in inside)
        rows += [*inside, _row(year, district, indicator, value)]
        city_value += value
        if measure == "placed":
            for street, row in zip(_in(district), inside, strict=True):
                rows += _communities(tally, year, street, indicator, row["value"])
        if measure == "posts_developed" and district.number == 0:
            own = zip(_in(district), inside, strict=True)
            rows += [_row(year, street, indicator, row["value"] + unit, issuer=_DISTRICT) for street, row in own]
    rows.append(_row(year, CITY, indicator, city_value))
    if measure in _PROVINCES:
        rows.append(_row(year, CITY, indicator, max(round(city_value * 0.96 / unit), 1) * unit, issuer=_PROVINCE))
    if measure == "placed" and year >= LAST_DAY.year - 1:
        rows += _revised(year, indicator, rows)
    return rows


def _in(district: Region) -> list[Region]:
    return [street for street in regions.streets() if street.parent == district.code]


def _streets(tally: Tally, year: int, district: Region, flow: tuple[str, str, int, int]) -> list[dict[str, Any]]:
    indicator, measure, unit, per = flow
    rng = tally.plan.rng(60, year, district.number, unit)
    lagging = measure == "placed_4050" and district.number == regions.LAGGING_DISTRICT
    factor = _LAGGING_FACTOR if lagging else _DISTRICT_FACTORS[district.number]
    rows = []
    for street in _in(district):
        expected = _expected(tally, measure, year, regions.members(street)) / per
        value = max(round(expected * factor * rng.uniform(0.94, 1.06) / unit), 1) * unit
        rows.append(_row(year, street, indicator, value))
    return rows


_PROVINCES: Final = ("placed", "placed_4050")
CITY: Final = Region(regions.CITY_CODE, regions.CITY_NAME, "city", None, 0)


def _communities(tally: Tally, year: int, street: Region, indicator: str, value: int) -> list[dict[str, Any]]:
    inside = [region for region in regions.communities() if region.parent == street.code]
    if year > regions.REFORM_ON.year:
        inside = [region for region in inside if region.number != regions.MERGED]
    shares = apportioned(tally.plan.persons[[region.number for region in inside]].astype(float), value)
    return [_row(year, region, indicator, int(share)) for region, share in zip(inside, shares, strict=True)]


def _revised(year: int, indicator: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    # In July the city gives one district more to do; its streets keep their letters, and no longer add up.
    more = regions.districts()[year % 4]
    values = {row["region_code"]: row["value"] for row in rows if row["issuer"] == _CITY}
    added = max(round(values[more.code] * 0.03 / 5), 1) * 5
    return [
        _row(year, more, indicator, values[more.code] + added, revision=1),
        _row(year, CITY, indicator, values[CITY.code] + added, revision=1),
    ]


def _levels(year: int) -> list[dict[str, Any]]:
    rows = []
    for indicator, value, step in _LEVELS:
        wanted = round(value + step * (year - LAST_DAY.year), 2)
        rows += [_row(year, region, indicator, wanted) for region in (CITY, *regions.districts())]
        if indicator == "登记失业率":
            rows += [_row(year, region, indicator, wanted) for region in regions.streets()]
            rows.append(_row(year, CITY, indicator, wanted + 0.4, issuer=_PROVINCE))
    return rows
