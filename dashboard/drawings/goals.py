"""Targets in view: which there are, which indicator is chosen, how each is said."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dashboard.panel import Choice, Withheld
from dashboard.period import Period, same_last_year, year_earlier
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.targets import Promise, Target, adds_up
from dashboard.view import View
from etl.tables.targets import TARGETS

ISSUER = TARGETS.column("issuer")


def indicators_of(targets: Sequence[Target]) -> list[str]:
    """The indicators that have a target: those that grow over the year first, else in the order of the catalogue."""
    held = {target.indicator for target in targets}
    return sorted((name for name in METRICS if name in held), key=lambda name: not adds_up(METRICS[name]))


def one_issuer(targets: Iterable[Promise]) -> list[Promise]:
    """One target a region and indicator: where several were issued, the city's."""
    ordered = sorted(targets, key=lambda target: target.issuer == "city")
    return list({(target.region_code, target.indicator): target for target in ordered}.values())


def own_targets(view: View) -> list[Target]:
    """The target of each indicator for the region in view."""
    found = one_issuer(view.targets())
    held = {target.indicator: target for target in found}
    return [held[name] for name in indicators_of(found)]


def issued_targets(view: View) -> list[Target]:
    """Every target of the region in view, each issuer's beside the others; the city's first."""
    found = view.targets()
    order = {name: place for place, name in enumerate(indicators_of(found))}
    return sorted(found, key=lambda target: (order[target.indicator], target.issuer != "city", target.issuer))


def targets_side_by_side(view: View) -> list[Target]:
    """The targets of the regions side by side, one an indicator."""
    return one_issuer(view.targets(view.parts))


def chosen_indicator(view: View) -> str:
    """The indicator that the reader chose, else the persons placed, else the first that has a target here."""
    if view.selection.indicator in METRICS:
        return view.selection.indicator or ""
    held = indicators_of(own_targets(view))
    return "placed" if "placed" in held or not held else held[0]


def choices(view: View) -> tuple[Choice, ...]:
    """The indicators to choose from: those with a target here or right below."""
    names = indicators_of([*own_targets(view), *targets_side_by_side(view)])
    chosen = chosen_indicator(view)
    return tuple(
        Choice(view.words.of(METRICS[name].label), view.drill("indicator", name), chosen=name == chosen)
        for name in names
    )


def judged_day(view: View) -> date:
    """The day on which the targets of the year in view are judged; Withheld before the year has begun."""
    year = view.period.start.year
    if year > view.as_of.year:
        raise Withheld("no_rows")
    return min(view.as_of, date(year, 12, 31))


def last_years(view: View, indicators: Iterable[str], by: str | None = None) -> Mapping[tuple[str, str], float]:
    """What each indicator was on the same day last year, as at that day, by (region code, indicator).

    Of the region in view, or `by` a level of the regions side by side.
    """
    day = judged_day(view)
    period = same_last_year(Period(date(day.year, 1, 1), day))
    as_of = max(period.end, year_earlier(day))
    found: dict[tuple[str, str], float] = {}
    for name in indicators:
        if METRICS[name].required:
            continue
        region = view.area if by else view.region
        for row in view.ask(name, by=(by,) if by else (), region=region, period=period, as_of=as_of):
            if row[name] is not None:
                found[row.get("region_code", view.region.code), name] = float(row[name])
    return found


def forecast_said(view: View, target: Target) -> str:
    """The forecast, rounded to what can be known: whole things where things are counted."""
    return view.words.value(rounded(target.forecast, METRICS[target.indicator].unit), METRICS[target.indicator].unit)


def rounded(value: float | None, unit: str) -> float | None:
    """A forecast as it is said: counted things are whole."""
    return value if value is None or unit in ("%", "×", "yuan") else float(round(value))


def interval_said(view: View, target: Target) -> str:
    """The 80 % interval of the forecast: `7,903–8,482`."""
    words, unit = view.words, METRICS[target.indicator].unit
    if target.forecast_low is None or target.forecast_high is None:
        return ""
    low, high = (words.value(rounded(end, unit), unit) for end in (target.forecast_low, target.forecast_high))
    return low if low == high else words.say("{low} – {high}", low=low, high=high)


def titled(view: View, target: Target) -> str:
    """The indicator, with the issuer where that is not the city: each is shown against its own value."""
    label = view.words.of(METRICS[target.indicator].label)
    if target.issuer == "city":
        return label
    return view.words.say("{indicator} ({issuer})", indicator=label, issuer=issuer_said(view, target.issuer))


def issuer_said(view: View, issuer: str) -> str:
    """What an issuer is called."""
    return view.words.of(next(choice for choice in ISSUER.choices if choice.value == issuer))


def done_said(view: View, target: Target) -> str:
    """The completion; where less is better it would say nothing."""
    if target.completion is None or METRICS[target.indicator].direction == "-":
        return ""
    return view.words.value(target.completion, "%")


def weekly_said(view: View, value: float | None, unit: str) -> str:
    """A figure per week: counted things with one decimal, for a week may bring a part of one."""
    return view.words.value(value, unit) if value is None or unit == "yuan" else view.words.number(value, 1)


def due_by_now(target: Target) -> float | None:
    """What the pace asks for by the day judged; None where there is no pace."""
    return None if target.time_elapsed is None else target.time_elapsed * target.value / 100
