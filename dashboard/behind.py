"""The rows behind the figure that an address names, and how its parts make the figure."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from dashboard.drawings.numbered import since_this_build
from dashboard.language import message
from dashboard.panel import Choice, Withheld
from dashboard.semantics.catalogue import find_metric
from dashboard.semantics.metric import Metric
from dashboard.semantics.question import Question
from dashboard.semantics.rows import Behind, Listing, rows_behind
from dashboard.semantics.summing import MEDIAN
from dashboard.text import decimals_of
from dashboard.view import View
from dashboard.warehouse import Build, NotLoadedError, Warehouse, retained
from etl.tables import BY_NAME

FIRST: Final = "placed"  # where the address names no figure
PARTS: Final = {
    "whole": message("all rows"),
    "above": message("numerator"),
    "below": message("denominator"),
    "cap": message("cap of leverage"),
    "balance": message("fund balance"),
    "outstanding": message("balance outstanding"),
}


def metric_of(view: View) -> Metric:
    """The figure that the address names; QuestionError where there is none of that name."""
    return find_metric(view.selection.indicator or FIRST)


def missing_of(view: View) -> tuple[str, ...]:
    """Dimensions that the figure must be filtered by, and is not yet."""
    chosen = {name for name, _ in view.selection.where}
    return tuple(name for name in metric_of(view).required if name not in chosen)


def behind(view: View, build: Build | None = None, day: date | None = None) -> Behind:
    """The rows behind the figure in view, as `build` knows it, as at `day`; Withheld: a filter must be chosen first."""
    metric = metric_of(view)
    if missing_of(view):
        raise Withheld("no_rows", view.words.say("Choose a group of the figure above first."))
    as_of = day or view.as_of
    if view.period.start > as_of:
        raise Withheld("no_rows", view.words.say("The load before knew nothing of this period yet."))
    question = Question(
        (metric.name,),
        region=view.region.code,
        start=view.period.start,
        end=min(view.period.end, as_of),
        as_of=as_of,
        where=view.filters((metric.name,)),
    )
    with since_this_build(view):
        found = rows_behind(build or view.build, question)
        found.asked()
        return found


def earlier_build(view: View, load: int | None) -> Build:
    """The build as known at `load`, by default the load before; Withheld where there is none, or none is kept."""
    load = load or view.build.load - 1
    if not 1 <= load < view.build.load:
        raise Withheld("no_rows", view.words.say("There is no earlier load to compare with."))
    known_at = view.known_at or Warehouse(view.build.path.parent.parent, retained).known_at
    try:
        return known_at(load)
    except NotLoadedError:
        text = view.words.say("What load {load} knew is kept no longer.", load=str(load))
        raise Withheld("unavailable", text) from None


def chosen_part(view: View, found: Behind) -> Listing:
    """The part of the figure that the address names, the first by default."""
    return next((each for each in found.parts if each.name == view.selection.part), found.parts[0])


def part_choices(view: View, found: Behind) -> tuple[Choice, ...]:
    """The parts to choose from, where there are several."""
    here = chosen_part(view, found)
    words = view.words
    return tuple(
        Choice(
            words.say("{part}: {number} rows", part=words.say(PARTS[each.name]), number=words.number(each.number)),
            view.href(view.selection.but(part=None if each is found.parts[0] else each.name)),
            each is here,
        )
        for each in found.parts
        if len(found.parts) > 1
    )


def unit_of(found: Behind, part: Listing) -> str:
    """The unit of what the rows of a part bring: the figure's own, or, of part of a ratio, yuan or a plain number."""
    metric = found.metric
    if part.name == "whole" and part.part.measures[0].aggregate is MEDIAN:
        return metric.unit
    if part.name == "whole" and metric.unit != "%":
        return metric.unit
    return "count" if part.total is None or isinstance(part.total, int) else "yuan"


def total_said(view: View, found: Behind, part: Listing) -> str:
    """A part's total in full."""
    total = part.total or 0
    return view.words.number(float(total), 2 if unit_of(found, part) == "yuan" else decimals_of(float(total)))


def table_label(view: View, name: str) -> str:
    """A source table in the reader's language; the policy is no table."""
    return view.words.of(BY_NAME[name]) if name in BY_NAME else view.words.say("policy")


def key_label(view: View, tables: Sequence[str]) -> str:
    """What the keys of the tables are called."""
    labels = [
        "/".join(view.words.of(BY_NAME[name].column(column)) for column in BY_NAME[name].key)
        for name in tables
        if name in BY_NAME
    ]
    return view.words.listed(list(dict.fromkeys(labels))) or view.words.say("key")
