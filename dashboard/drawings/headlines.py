"""Headline figures: value, change, line over twelve months, and the target where there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.comparison import CHANGES, NAMES
from dashboard.components.number_card import Card, Progress, number_card
from dashboard.drawings.goals import judged_day, own_targets
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.reading import against_earlier
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.pace import elapsed_by, watch_points_of
from dashboard.semantics.targets import Target, by_lead
from dashboard.view import View


@dataclass(frozen=True)
class Headline:
    """A metric at the head of a page: `path` is the page behind it, `beside` a second metric said with it.

    `is_paced`: a share of the year's whole, judged by the pace of the days where no target was given.
    """

    metric: str
    path: str | None = None
    beside: str | None = None
    is_paced: bool = False


def headlines(view: View, wanted: Sequence[Headline], *, with_targets: bool = False) -> Drawing:
    """A row of cards; the reading is of the first that has a figure."""
    names = tuple(dict.fromkeys(name for each in wanted for name in (each.metric, each.beside) if name))
    now = view.figures(*names)
    if all(value is None for value in now.values()):
        raise Withheld("no_rows")
    earlier = next(iter(view.compared(*names)), {})
    months = view.ask(*(each.metric for each in wanted), by=("month",), period=view.twelve_months())
    targets = {target.indicator: target for target in own_targets(view)} if with_targets else {}
    cards = [number_card(_card(view, each, (now, earlier, months), targets), view.words) for each in wanted]
    first = (
        next(each.metric for each in wanted if now[each.metric] is not None)
        if any(now[each.metric] is not None for each in wanted)
        else names[0]
    )
    return Drawing(
        reading=against_earlier(view, first, now[first], earlier.get(first)),
        table=_table(view, names, now, earlier),
        body=html.Div(cards, className=f"cards cards-{len(cards)}"),
        height=240,
    )


def _card(view: View, each: Headline, figures: tuple[Row, Row, Sequence[Row]], targets: Mapping[str, Target]) -> Card:
    """The card of one headline from the figures now, before, and month by month."""
    words, metric = view.words, METRICS[each.metric]
    now, earlier, months = figures
    value, before = now[each.metric], earlier.get(each.metric)
    target = targets.get(each.metric)
    said = words.value(value, metric.unit)
    paced = _paced(view, value) if each.is_paced and target is None and value is not None else None
    return Card(
        label=words.of(metric.label),
        said=said,
        unit=words.counted(said, metric.unit) if metric.unit not in ("%", "yuan", "×") and value is not None else "",
        href=view.href(view.selection, each.path) if each.path else None,
        change=words.change(value, before, metric.unit),
        change_value=float(value) - float(before) if value is not None and before is not None else None,
        change_label=words.say(CHANGES[view.selection.compare]) if view.selection.compare in CHANGES else "",
        direction=metric.direction,
        history=[None if row[each.metric] is None else float(row[each.metric]) for row in months],
        earlier_said="" if before is None else words.value(before, metric.unit),
        earlier_label=words.say(NAMES[view.selection.compare]) if view.selection.compare in NAMES else "",
        progress=_progress(target) or paced,
        state=target.state if target else paced.state if paced else "",
        target_said=words.say("target {value}", value=words.value(target.value, metric.unit)) if target else "",
        note=_note(view, each.beside, now) if each.beside else "",
        note_state=targets[each.beside].state if each.beside and each.beside in targets else "",
        missing=value is None,
    )


def _note(view: View, beside: str, now: Row) -> str:
    """`风险贷款率(30天) 2.02%`: the second figure."""
    unit = METRICS[beside].unit
    return f"{view.words.of(METRICS[beside].label)} {view.words.value(now[beside], unit)}"


def _progress(target: Target | None) -> Progress | None:
    """How much of the target is done against the pace; None for a figure of one day."""
    if target is None or target.completion is None or target.time_elapsed is None:
        return None
    return Progress(target.completion, target.time_elapsed, target.state)


def _paced(view: View, value: object) -> Progress:
    """A share of the year's whole against the days of the year: it is to be whole by 31 December."""
    day = judged_day(view)
    done, elapsed = float(str(value)), elapsed_by(day, None)
    return Progress(done, elapsed, by_lead(done - elapsed, watch_points_of(view.build, view.region.code)))


def _table(view: View, names: Sequence[str], now: Row, earlier: Row) -> Table:
    words = view.words
    rows: list[dict[str, Any]] = [
        {
            "metric": words.of(METRICS[name].label),
            "unit": words.unit(METRICS[name].unit),
            "now": now[name],
            "earlier": earlier.get(name),
        }
        for name in names
    ]
    columns = [
        Column("metric", words.say("figure")),
        Column("unit", words.say("unit")),
        Column("now", words.say("this period"), "score"),
    ]
    if earlier:
        columns.append(Column("earlier", words.say("compared"), "score"))
    return Table(tuple(columns), rows)
