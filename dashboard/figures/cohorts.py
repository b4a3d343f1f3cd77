"""Cohorts grown old: a curve each over the months on book, the newest in front, each named where it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.figures.theme import ACCENT, EARLIER, SERIES, figure, scaled, values_axis
from dashboard.text import Axis

RECENT: Final = 4  # so many of the newest have a colour of their own


@dataclass(frozen=True)
class Cohort:
    """One cohort: its values at months 0, 1 … on book, said in words; `drill` what a click chooses.

    `few`: of so few loans that the values say little.
    """

    label: str
    values: Sequence[float | None]
    said: Sequence[str]
    drill: tuple[str, str]
    few: bool = False


def cohort_curves(cohorts: Sequence[Cohort], axis: Axis, month: str, chosen: str | None = None) -> dict[str, Any]:
    """Curves, the oldest first; with one chosen all others stand back, else the older ones do."""
    last = len(cohorts) - 1
    front = [cohort.label == chosen if chosen else at > last - RECENT for at, cohort in enumerate(cohorts)]
    colors = [_color(last - at, front=front[at], chosen=chosen is not None) for at in range(len(cohorts))]
    order = sorted(range(len(cohorts)), key=lambda at: front[at])  # those in front are drawn last
    traces = [_curve(cohorts[at], axis, colors[at], front=front[at]) for at in order]
    top = max((value or 0.0 for cohort in cohorts for value in scaled(cohort.values, axis)), default=0.0)
    longest = max((len(cohort.values) for cohort in cohorts), default=1)
    return figure(
        [*traces, _ends(cohorts, axis, front)],
        xaxis=values_axis(Axis(1, "", 0), title={"text": month, "standoff": 4}, nticks=10, range=[-0.4, longest + 1.6]),
        yaxis=values_axis(axis, range=[-top * 0.04, top * 1.06 or 1], rangemode="normal"),
        showlegend=False,
        margin={"l": 8, "r": 16, "t": 12, "b": 36},
    )


def _color(age: int, *, front: bool, chosen: bool) -> str:
    return EARLIER if not front else ACCENT if chosen else SERIES[age % len(SERIES)]


def _curve(cohort: Cohort, axis: Axis, color: str, *, front: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": cohort.label,
        "x": list(range(len(cohort.values))),
        "y": scaled(cohort.values, axis),
        "text": list(cohort.said),
        "customdata": [list(cohort.drill)] * len(cohort.values),
        "line": {"color": color, "width": 2.25 if front else 1, "dash": "dot" if cohort.few else "solid"},
        "marker": {"color": color, "size": 5 if front else 3},
        "opacity": 1 if front else 0.7,
        "hovertemplate": "%{fullData.name} · %{x}  <b>%{text}</b><extra></extra>",
    }


def _name(label: str, *, front: bool) -> str:
    # Two spaces of fixed width keep the name off its curve.
    return f"\u2002<b>{label}</b>" if front else f"\u2002{label}"


def _ends(cohorts: Sequence[Cohort], axis: Axis, front: Sequence[bool]) -> dict[str, Any]:
    """The name of each cohort right of its newest point."""
    ends = [(len(cohort.values) - 1, scaled(cohort.values, axis)[-1]) for cohort in cohorts]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, _ in ends],
        "y": [y for _, y in ends],
        "text": [_name(cohort.label, front=at) for cohort, at in zip(cohorts, front, strict=True)],
        "textposition": "middle right",
        "textfont": {"size": 11},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
