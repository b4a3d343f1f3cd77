"""The book at risk over time, with and without what compensation has taken out of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dashboard.drawings.months import Look, month_rates
from dashboard.drawings.ranked import sentences
from dashboard.figures.theme import ACCENT, AGES
from dashboard.panel import Drawing
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View

SHARES_LATE: Final = ("par_30", "par_30_full", "par_60", "par_90", "par_180")
LOOKS: Final[Mapping[str, Look]] = {
    "par_30": (ACCENT, "solid"),
    "par_30_full": (ACCENT, "dot"),
    "par_60": (AGES[2], "solid"),
    "par_90": (AGES[4], "solid"),
    "par_180": (AGES[6], "solid"),
}


def at_risk(view: View) -> Drawing:
    """The shares late by month; the sentence says how much compensation hides."""
    drawn = month_rates(view, SHARES_LATE, LOOKS)
    plain, full = (drawn.table.rows[-1][name] for name in ("par_30", "par_30_full"))
    if plain is None or full is None or full <= plain:
        return drawn
    words = view.words
    hidden = words.say(
        "With loans compensated and not recovered it is {full}: {points} more.",
        full=words.value(full, METRICS["par_30_full"].unit),
        points=words.points(float(full) - float(plain)).removeprefix("+"),
    )
    return replace(drawn, reading=sentences(view, drawn.reading, hidden))
