"""The ranking in view: what every panel of the ranking starts from."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from dashboard.panel import Withheld
from dashboard.period import Period, period_before
from dashboard.ranking.eligibility import Reason
from dashboard.ranking.official import ranking, units_in
from dashboard.ranking.ranking import RankedUnit, Ranking
from dashboard.ranking.reading import LEVELS
from dashboard.ranking.standard import Manual
from dashboard.remembered import remembered
from dashboard.view import View
from dashboard.warehouse import Build

PERIODS: Final = 8  # that the page looks back on


def ranked(build: Build, period: Period, level: str, among: tuple[Period, ...] = ()) -> Ranking:
    """The ranking of a build's period, which a page asks for in many panels.

    For whoever looks at it: a reader with a scope finds his own units in it. `among`: periods that are asked with it.
    """
    found = _ranked(build.whole, period, level, among if period in among else ())
    return found if build is build.whole else _narrowed(build, period, level, among)


@remembered(48)
def _ranked(build: Build, period: Period, level: str, among: tuple[Period, ...]) -> Ranking:
    return ranking(build, period, level, among=among)


@remembered(48)
def _narrowed(build: Build, period: Period, level: str, among: tuple[Period, ...]) -> Ranking:
    found = _ranked(build.whole, period, level, among if period in among else ())
    return replace(found, shown=units_in(build))


def periods_of(view: View) -> list[Period]:
    """The period in view and those of equal kind before it of which anything is known, whole, oldest first."""
    found = [view.period_whole]
    while len(found) < PERIODS and found[-1].start > view.build.first_month:
        found.append(period_before(found[-1]))
    return found[::-1]


def together(view: View) -> tuple[Period, ...]:
    """Those of `periods_of`, cut at the day in view: they are asked together."""
    return tuple(period.cut(view.as_of) for period in periods_of(view))


def level_of(view: View) -> str:
    """What is ranked in the view."""
    return view.selection.level or LEVELS[0]


def ranking_of(view: View) -> Ranking:
    """The ranking of the period and level in view."""
    found = ranked(view.build, view.period, level_of(view), together(view))
    if not found.units:
        raise Withheld("no_rows")
    return found


def measured_by(found: Ranking) -> tuple[str, ...]:
    """The metrics that the standard's indicators and rules are measured by."""
    columns = (leaf.measure.column for leaf in found.standard.leaves if not isinstance(leaf.measure, Manual))
    return tuple(dict.fromkeys(columns))


def inside(view: View, units: Iterable[RankedUnit]) -> list[RankedUnit]:
    """Those that lie in the region in view (a community's peers are those of its street)."""
    if view.area is view.tree.root:
        return list(units)
    codes = view.tree.codes_inside(view.area)
    return [unit for unit in units if unit.code in codes]


def ranked_inside(view: View, found: Ranking) -> list[RankedUnit]:
    """The units of the region in view that have a rank; Withheld where there is none."""
    units = [unit for unit in inside(view, found.units) if unit.rank is not None]
    if not units:
        raise Withheld("no_rows")
    return units


def chosen_unit(view: View, found: Ranking) -> RankedUnit:
    """The unit in view, or the best one in the region in view; Withheld where the one in view is left out."""
    own = next((unit for unit in found.units if unit.code == view.region.code), None)
    if own is not None and not own.eligible:
        reasons = view.words.listed([reason_said(view, reason) for reason in own.reasons])
        raise Withheld("no_rows", view.words.say("{name} is not ranked: {reasons}.", name=own.name, reasons=reasons))
    return own or leading_unit(view, found)


def leading_unit(view: View, found: Ranking) -> RankedUnit:
    """The unit in view if it is ranked, else the best one in the region in view."""
    units = ranked_inside(view, found)
    return next((unit for unit in units if unit.code == view.region.code), units[0])


def between(unit: RankedUnit) -> str:
    """The ranks between which it likely lies: `2–6`, `1`, empty for one not ranked."""
    return str(unit.low or "") if unit.low == unit.high else f"{unit.low}–{unit.high}"


def moved(ranks: int | None) -> str:
    """Ranks up or down, told by an arrow: `▲ 3`, `▼ 2`, `=`; empty where there is nothing to compare with."""
    if ranks is None:
        return ""
    return f"▲ {ranks}" if ranks > 0 else f"▼ {-ranks}" if ranks < 0 else "="


def sentences(view: View, *said: str) -> str:
    """Sentences one after another, as the reader's language sets them."""
    return ("" if view.words.chinese else " ").join(each for each in said if each)


def reason_said(view: View, reason: Reason) -> str:
    """Why a unit is not ranked, in the reader's words."""
    words = view.words
    if reason.code == "veto":
        return words.say("vetoed: {remark}", remark=reason.remark)
    if reason.code == "labour_force":
        if reason.found is None:
            return words.say("labour force not known")
        return words.say(
            "labour force {found}, below {limit}", found=words.number(reason.found), limit=words.number(reason.limit)
        )
    return words.say(
        "measured for {found} of the weight, {limit} needed",
        found=words.value(100 * (reason.found or 0), "%"),
        limit=words.value(100 * (reason.limit or 0), "%"),
    )
