"""The demonstration city, made part by part and written as it is made."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from etl.demo import cases, fund, goals, households, loans, money, payments, people, platform, services
from etl.demo.calendar import quarterly
from etl.demo.deliveries import Deliveries
from etl.demo.dirt import mark
from etl.demo.frames import Frame
from etl.demo.plan import USUAL_PERSONS, Part, Plan, drawn
from etl.demo.tally import Tally
from etl.demo.tree import region_rows
from etl.demo.work import with_work

_PLATFORM = {
    "entities": platform.entities,
    "offices": platform.offices,
    "retirees": platform.retirees,
    "reports": platform.reports,
    "surveys": platform.surveys,
    "assessments": platform.assessments,
}


def write_city(
    directory: Path,
    persons: int = USUAL_PERSONS,
    years: int = 3,
    seed: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Tally:
    """Write `years` × 4 quarterly deliveries of a city in which `persons` persons register; its sums.

    The same arguments give the same bytes. `progress` is told how many of how many parts are written.
    """
    plan = drawn(persons, quarterly(years), seed)
    tally, deliveries = Tally(plan), Deliveries(directory, plan.calendar, plan.scale)
    for rows in region_rows(plan):
        deliveries.put("regions", rows)
    everything = plan.parts()
    for part, work in parts(plan):
        tally.add(work)
        mark(part, work, plan.calendar)
        for table, rows in work.items():
            deliveries.put(table, rows, part.district)
        if part.closes_district:
            deliveries.close_district(part.district)
        progress(part.number + 1, len(everything))
    for table, make in (("targets", goals.targets), ("budgets", fund.budgets), ("fund_entries", fund.fund_entries)):
        deliveries.put(table, make(tally))
    deliveries.close()
    return tally


def parts(plan: Plan) -> Iterator[tuple[Part, dict[str, Frame]]]:
    """Each part of the city with its rows, in order; no more than one of them is in memory."""
    for part in plan.parts():
        yield part, made(plan, part)


def made(plan: Plan, part: Part) -> dict[str, Frame]:
    """All rows of `part`, by table: what happened there up to the last day, as it was in truth."""
    spells = people.registrations(plan, part)
    spells["_registration"] = spells["_person"].copy()
    people.end_of_spell(plan, part, spells, 0)
    work: dict[str, Frame] = {"zero_households": households.identify(plan, part, spells)}
    spells, placements, work["posts"] = with_work(plan, part, spells)
    cases.keep_working(plan, part, placements)
    work["persons"] = cases.twice_and_mistaken(plan, part, people.persons_rows(plan, part, spells), spells)
    work["placements"] = placements = cases.placed_outside(plan, part, spells, placements)
    work["fairs"] = services.fairs(plan, part, placements)
    work["referrals"] = services.referrals(plan, part, spells, placements)
    work["trainings"] = services.trainings(plan, part, spells)
    work["visits"] = services.visits(plan, part, placements)
    _lend(plan, part, work)
    work["subsidies"] = money.subsidies(plan, part, work)
    work["subsidies"] = cases.doubtful(plan, part, work, spells)
    for name, make in _PLATFORM.items():
        work[name] = make(plan, part)
    return work


def _lend(plan: Plan, part: Part, work: dict[str, Frame]) -> None:
    work["loans"] = book = loans.applications(plan, part, work["placements"])
    cases.stretch(part, book)
    work["instalments"], repayments = payments.repaid(plan, part, book)
    work["repayments"] = cases.overpaid(plan, part, book, repayments)
    lines = work["instalments"]
    # The bank sends the schedule with the disbursement.
    of = np.searchsorted(book["loan_no"], lines["loan_no"])
    lines["_known_on"] = book["disbursed_on"][of]
