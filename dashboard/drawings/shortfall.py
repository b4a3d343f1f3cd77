"""Where a shortfall against the pace comes from: a bridge from what was due to what was done, by region or by group."""

from collections.abc import Sequence
from datetime import date

from dashboard.components.picker import value_label
from dashboard.drawings.areas import groups_of, heading, written
from dashboard.drawings.goals import chosen_indicator, due_by_now, judged_day, one_issuer, own_targets
from dashboard.figures.bridge import Step, bridge
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.period import Period, year_period
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.targets import Target, adds_up
from dashboard.view import View

# The groups through which a figure comes about: the first of them that the indicator has.
THROUGH = ("channel", "kind", "product", "bank")
ROW = 30


def by_region(view: View) -> Drawing:
    """Each region's lead over what was due of it; what the parts do not hold of the whole stands as its own step."""
    target, due, done = _judged(view)
    words, unit = view.words, METRICS[target.indicator].unit
    below = view.tree.children(view.region)
    held = one_issuer(view.targets(below))
    parts = {each.region_code: each for each in held if each.indicator == target.indicator}
    if not parts:
        raise Withheld("no_rows", words.say("No region right below has a target of its own."))
    steps = [
        _step(view, view.tree.find(code).name, (each.actual or 0.0) - (due_by_now(each) or 0.0), unit, ("region", code))
        for code, each in parts.items()
    ]
    steps.sort(key=lambda step: step.value)
    rest = done - due - sum(step.value for step in steps)
    if abs(rest) >= 1:
        steps.append(_step(view, words.say("not passed down"), rest, unit, None))
    return _drawing(view, target, (due, done), steps, words.say("region"))


def by_group(view: View) -> Drawing:
    """Each channel's figure against its part of what was due: the part that it had of last year's whole year."""
    target, due, done = _judged(view)
    words, metric = view.words, METRICS[target.indicator]
    dimension = next((name for name in THROUGH if name in metric.dimensions), None)
    if dimension is None:
        raise Withheld("no_rows", words.say("This indicator has no channels to be told apart."))
    day = judged_day(view)
    now = view.ask(metric.name, by=(dimension,), period=Period(date(day.year, 1, 1), day))
    whole = year_period(day.year - 1)
    before = view.ask(metric.name, by=(dimension,), period=whole, as_of=whole.end)
    total = sum(float(row[metric.name] or 0) for row in before)
    if not total:
        raise Withheld("no_rows", words.say("Last year is not known: what was due of each channel cannot be told."))
    done_by = {row[dimension]: float(row[metric.name] or 0) for row in now}
    part = {row[dimension]: float(row[metric.name] or 0) / total for row in before}
    groups = groups_of([*now, *before], dimension)
    steps = [
        _step(
            view,
            value_label(view, dimension, group),
            done_by.get(group, 0.0) - due * part.get(group, 0.0),
            metric.unit,
            (dimension, written(group)),
        )
        for group in groups
    ]
    steps.sort(key=lambda step: step.value)
    return _drawing(view, target, (due, done), steps, heading(view, dimension))


def _judged(view: View) -> tuple[Target, float, float]:
    """The chosen target of the region in view, what was due by now, and what was done."""
    indicator, words = chosen_indicator(view), view.words
    judged_day(view)
    if not adds_up(METRICS[indicator]):
        raise Withheld("no_rows", words.say("A figure of one day has no pace, so no shortfall against it."))
    target = next((each for each in own_targets(view) if each.indicator == indicator), None)
    due = due_by_now(target) if target else None
    if target is None or due is None or target.actual is None:
        raise Withheld("no_rows")
    return target, due, target.actual


def _step(view: View, label: str, value: float, unit: str, drill: tuple[str, str] | None) -> Step:
    rounded = value if unit == "yuan" else round(value)
    said = view.words.value(rounded, unit)
    return Step(label, value, f"+{said}" if rounded > 0 else said, drill)


def _drawing(view: View, target: Target, ends: tuple[float, float], steps: Sequence[Step], part: str) -> Drawing:
    words, unit = view.words, METRICS[target.indicator].unit
    due, done = ends
    axis = words.axis([due, done], unit)
    shown = due if unit == "yuan" else round(due)
    start = Step(words.say("due by now"), due, words.value(shown, unit))
    end = Step(words.say("done so far"), done, words.value(done, unit))
    rows = [{"part": step.label, "value": step.value, "drill": step.drill[1] if step.drill else None} for step in steps]
    columns = (Column("part", part), Column("value", words.say("against what was due"), unit))
    drill = next((step.drill[0] for step in steps if step.drill), "region")
    return Drawing(
        _reading(view, target, ends, steps),
        Table(columns, rows, ("drill", drill)),
        figure=bridge(start, steps, end, axis),
        height=max(200, 40 + ROW * (len(steps) + 2)),
        metrics=(target.indicator,),
    )


def _reading(view: View, target: Target, ends: tuple[float, float], steps: Sequence[Step]) -> str:
    words, unit = view.words, METRICS[target.indicator].unit
    due, done = ends
    gap = done - due
    short = [step for step in steps if step.value < 0]
    values = {
        "indicator": words.of(METRICS[target.indicator].label),
        "amount": words.with_unit(abs(gap) if unit == "yuan" else round(abs(gap)), unit),
    }
    if gap >= 0:
        return words.say("{indicator}: {amount} ahead of the pace.", **values)
    if not short:
        return words.say("{indicator}: {amount} short of the pace.", **values)
    return words.say(
        "{indicator}: {amount} short of the pace; most is missing in {name} ({missing}).",
        name=short[0].label,
        missing=short[0].said,
        **values,
    )
