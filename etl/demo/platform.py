"""The platform of streets and communities: entities, offices, retirees, reports, surveys, assessments."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.demo import regions
from etl.demo.calendar import NEVER, Days, day, first_days, months_of
from etl.demo.frames import Frame, happens, joined, length, serials, taken
from etl.demo.people import codes_of
from etl.demo.plan import Part, Plan, apportioned, credited

# Founded in a year in the usual city, by kind (entities and outlets as the report on Huangshi counts them).
_FOUNDED: Final = (525, 1208, 14, 60)
_KINDS: Final = ("服务部", "便民店", "再就业基地", "创业项目")
_TRADES: Final = ("家政", "物业", "配送", "托老", "托幼", "保洁", "餐饮", "缝纫", "修理", "果蔬")
_JOBS: Final = (7, 3, 30, 5)
RETIREES: Final = 65_000
_REPORTS: Final = ((0, 1), (1, 1), (2, 3))  # place in names.POOLS, months covered
_ITEMS: Final = ("service_hall", "files")
VETO: Final = "veto"
_VETO_BELOW: Final = -1.3
Points = NDArray[np.float64]
_FUNDS: Final = 10_000
_STREET_STAFF, _STREET_FUNDS = 3, 3
# The six that are to be in place, and how often they are.
_SIX: Final = {"organisation": 0.995, "staffing": 0.97, "funding": 0.96, "premises": 0.96, "rules": 0.97, "work": 0.97}


def entities(plan: Plan, part: Part) -> Frame:
    """Entities, outlets, bases and projects founded in the communities of `part`."""
    rng = plan.rng(50, part.number)
    frames = []
    for year in plan.calendar.years:
        first = int(first_days(np.array([year * 12]))[0])
        for kind, founded in enumerate(_FOUNDED):
            counts = plan.shares(founded, 2, year, kind)[part.communities]
            community = np.repeat(part.communities, counts)
            frames.append(_founded(plan, rng, community, kind, first))
    rows = joined(frames)
    if rows:
        rows = taken(rows, np.flatnonzero(rows["founded_on"] <= plan.calendar.end))
        rows["entity_no"] = serials(part.number, length(rows))
    return rows


def _founded(plan: Plan, rng: np.random.Generator, community: Days, kind: int, first: int) -> Frame:
    size = len(community)
    founded = first + rng.integers(0, 365, size)
    closed = np.where(happens(rng, 0.25, size), founded + rng.integers(120, 900, size), NEVER)
    planned = 1 + rng.poisson(_JOBS[kind], size)
    trade = rng.integers(0, len(_TRADES), size)
    names = [region.name[:-2] for region in regions.communities()]
    called = [names[c] + _TRADES[t] + _KINDS[kind] for c, t in zip(community.tolist(), trade.tolist(), strict=True)]
    return {
        "_community": community,
        "community_code": credited(community, founded, rng),
        "kind": np.full(size, kind, dtype=np.int64),
        "name": np.array(called, dtype=object),
        "founded_on": founded,
        "closed_on": np.where(closed > plan.calendar.end, NEVER, closed),
        "jobs_planned": planned,
        "jobs": rng.binomial(planned, 0.85),
    }


def _grid(plan: Plan, part: Part, ends: Days) -> tuple[Days, Days, Days]:
    """Community, code and end for each of `ends` (last days of periods) and each community of `part` that exists then.

    The community founded by the reform has the number of the one that it was part of, and its own code.
    """
    community = np.repeat(part.communities, len(ends))
    end = np.tile(ends, len(part.communities))
    after = end >= day(regions.REFORM_ON)
    founded = (community == regions.SPLIT_FROM) & after
    code = np.append(codes_of(community), np.full(founded.sum(), regions.new_community().code))
    kept = np.append((community != regions.MERGED) | ~after, np.ones(founded.sum(), dtype=bool))
    community, end = np.append(community, community[founded]), np.append(end, end[founded])
    kept &= end <= plan.calendar.end
    return community[kept], code[kept], end[kept]


def _period_ends(plan: Plan, months: int) -> Days:
    every = plan.calendar.months
    return first_days(every[months - 1 :: months] + 1) - 1


def reports(plan: Plan, part: Part) -> Frame:
    """Monthly and quarterly reports due from the communities of `part` by the last day."""
    rng = plan.rng(51, part.number)
    frames = []
    for report, months in _REPORTS:
        community, code, end = _grid(plan, part, _period_ends(plan, months))
        due = end + 5
        quality = plan.quality_at(community, due)
        size = len(community)
        late = rng.random(size) > np.clip(0.90 + 0.07 * quality, 0.35, 0.995)
        submitted = np.where(late, due + rng.integers(1, 25, size), due - rng.integers(0, 5, size))
        submitted = np.where(late & happens(rng, 0.12, size), NEVER, submitted)
        returned = rng.poisson(np.clip(0.12 * np.exp(-0.6 * quality), 0, 1.5))
        frames.append({
            "_community": community,
            "community_code": code,
            "report": np.full(size, report, dtype=np.int64),
            "period": period_names(months_of(end), months),
            "due_on": due,
            "submitted_on": np.where(submitted > plan.calendar.end, NEVER, submitted),
            "returned_times": returned,
        })  # fmt: skip
    rows = joined(frames)
    return taken(rows, np.flatnonzero(rows["due_on"] <= plan.calendar.end))


def period_names(months: Days, length_in_months: int) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """`2026-03` or `2026Q1` for the periods that end with `months`."""
    if length_in_months == 1:
        return np.array([f"{m // 12}-{m % 12 + 1:02d}" for m in months.tolist()], dtype=object)
    return np.array([f"{m // 12}Q{m % 12 // 3 + 1}" for m in months.tolist()], dtype=object)


def surveys(plan: Plan, part: Part) -> Frame:
    """Satisfaction surveys of each quarter."""
    rng = plan.rng(52, part.number)
    community, code, end = _grid(plan, part, _period_ends(plan, 3))
    quality = plan.quality_at(community, end)
    respondents = rng.integers(25, 90, len(community))
    return {
        "_community": community,
        "_known_on": end,
        "community_code": code,
        "quarter": period_names(months_of(end), 3),
        "respondents": respondents,
        "satisfied": rng.binomial(respondents, np.clip(0.86 + 0.05 * quality, 0.4, 0.99)),
        "complaints": rng.poisson(0.6 * np.exp(-0.5 * quality)),
    }


def assessments(plan: Plan, part: Part) -> Frame:
    """Manual points of each quarter, and a veto for a few communities that lost a household from sight."""
    rng = plan.rng(53, part.number)
    community, code, end = _grid(plan, part, _period_ends(plan, 3))
    quality = plan.quality_at(community, end)
    size = len(end)
    frames = []
    for item in _ITEMS:
        points = np.clip(np.round(3.9 + 0.5 * quality + rng.normal(0, 0.4, size), 1), 0, 5)
        asked = np.clip(points + rng.choice([0, 0, 0.5, 1.0], size), 0, 5)
        of_city = np.where(happens(rng, 0.3, size), np.maximum(points - 0.2, 0).round(1), np.nan)
        frames.append(_assessed((community, code, end), item, (asked, points, of_city)))
    vetoed = np.flatnonzero((quality < _VETO_BELOW) & happens(rng, 0.1, size))
    none = np.full(len(vetoed), np.nan)
    place = (community[vetoed], code[vetoed], end[vetoed])
    frames.append(_assessed(place, VETO, (none, none, none)))
    return joined(frames)


def _assessed(place: tuple[Days, Days, Days], item: str, points: tuple[Points, Points, Points]) -> Frame:
    community, code, end = place
    remark = "零就业家庭未及时援助，一票否决" if item == VETO else None
    return {
        "_community": community,
        "_known_on": end,
        "community_code": code,
        "period": period_names(months_of(end), 3),
        "item": np.full(len(end), item, dtype=object),
        "self_points": points[0],
        "district_points": points[1],
        "city_points": points[2],
        "remark": np.full(len(end), remark, dtype=object),
    }


def retirees(plan: Plan, part: Part) -> Frame:
    """Retirees in the care of each community, by month; the city's sum grows to what the report on Huangshi counts."""
    rng = plan.rng(54, part.number)
    community, code, end = _grid(plan, part, _period_ends(plan, 1))
    share = apportioned(plan.households.astype(float), RETIREES)
    years_left = (plan.calendar.end - end) / 365.25
    # The community merged away leaves its retirees to the other; the new one takes its part along.
    after = end >= day(regions.REFORM_ON)
    base = share[community] + np.where(after & (community == regions.SUCCESSOR), share[regions.MERGED], 0)
    taken_along = (share[regions.SPLIT_FROM] * regions.TO_NEW).astype(np.int64)
    base = np.where(code == regions.new_community().code, taken_along, base)
    base = np.where(after & (code == codes_of(np.array([regions.SPLIT_FROM]))), base - taken_along, base)
    managed = np.round(base * (1 - 0.035 * years_left)).astype(np.int64)
    due = rng.binomial(managed, 1 / 12)
    quality = plan.quality_at(community, end)
    return {
        "_community": community,
        "_known_on": end,
        "community_code": code,
        "month": months_of(end),
        "managed": managed,
        "verification_due": due,
        "verified": rng.binomial(due, np.clip(0.95 + 0.03 * quality, 0.6, 0.999)),
        "deceased": rng.binomial(managed, 0.0016),
        "visited": rng.poisson(managed * 0.05),
    }


def offices(plan: Plan, part: Part) -> Frame:
    """The offices of communities and (with the part that closes a district) of its streets, by year."""
    rng = plan.rng(55, part.number)
    years = np.array(plan.calendar.years)
    code, of, quota = (np.repeat(column, len(years)) for column in _places(part))
    year = np.tile(years, len(code) // len(years))
    first = first_days(year * 12)
    quality = plan.quality_at(of, first)
    size = len(code)
    rows: Frame = {name: _in_place(rng, quality, odds) for name, odds in _SIX.items()}
    budget = np.where(quota > 1, _STREET_FUNDS, 1) * _FUNDS * 100
    rows |= {
        "_community": of,
        "_known_on": np.maximum(first + 40, plan.calendar.start + 1),
        "region_code": code,
        "year": year,
        "staff_quota": quota,
        "staff": np.maximum(quota - (1 - rows["staffing"]) * (quota > 1), 1),
        "floor_area": np.round(np.where(rows["premises"] == 1, 52 + rng.gamma(2.0, 18, size), 34), 1),
        "funds_budget": budget,
        "funds_spent": np.round(budget * rng.uniform(0.82, 1.0, size) / 100).astype(np.int64) * 100,
        "licensed": (quota > 1).astype(np.int64),
        "connected_on": plan.calendar.start - 400 + (code // 1000) % 300,
    }
    rows["certified_staff"] = rng.binomial(rows["staff"], np.clip(0.9 + 0.05 * quality, 0, 1))
    # Gone from the year after the reform, or there only from then on.
    after = year > regions.REFORM_ON.year
    gone = (of == regions.MERGED) & (quota == 1) & after
    gone |= (code == regions.new_community().code) & ~after
    return taken(rows, np.flatnonzero((rows["_known_on"] <= plan.calendar.end) & ~gone))


def _places(part: Part) -> tuple[Days, Days, Days]:
    """Code, community and staff quota of each office of `part`."""
    places = [(regions.communities()[number].code, number, 1) for number in part.communities.tolist()]
    if regions.SPLIT_FROM in part.communities:
        places.append((regions.new_community().code, regions.SPLIT_FROM, 1))
    if part.closes_district:
        streets = [street for street in regions.streets() if regions.district_of(street.number) == part.district]
        places += [(street.code, regions.members(street)[0], _STREET_STAFF) for street in streets]
    code, community, quota = np.array(places).T
    return code, community, quota


def _in_place(rng: np.random.Generator, quality: Points, odds: float) -> Days:
    return (rng.random(len(quality)) < np.clip(odds + 0.02 * quality, 0, 1)).astype(np.int64)
