"""Points that add up: a score from its parts, a change from its steps, a lead from its differences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.bars import distinct
from dashboard.figures.theme import ACCENT, BAD, EARLIER, GOOD, SERIES, figure, names_axis, values_axis
from dashboard.text import Axis


@dataclass(frozen=True)
class Rise:
    """One part of a score: its points, said in words, the `most` it could give, and the `group` that it belongs to."""

    label: str
    points: float
    said: str
    most: float
    group: str


@dataclass(frozen=True)
class Part:
    """One difference, better (+) or worse (−), or a score; said in words."""

    label: str
    points: float
    said: str


@dataclass(frozen=True)
class _Stretch:
    name: str
    start: float
    length: float
    said: str


def waterfall(rises: Sequence[Rise], total: tuple[str, str], lost: str) -> dict[str, Any]:
    """Parts one after another up to the total, coloured by group; pale is what each could have given besides."""
    names = distinct([rise.label for rise in rises])
    placed, at = [], 0.0
    for name, rise in zip(names, rises, strict=True):
        placed.append(_Stretch(name, at, rise.points, rise.said))
        at += rise.points
    groups = list(dict.fromkeys(rise.group for rise in rises))
    traces = [
        _bars([each for each, rise in zip(placed, rises, strict=True) if rise.group == group], group, color)
        for group, color in zip(groups, SERIES * (1 + len(groups) // len(SERIES)), strict=False)
    ]
    pale = [
        _Stretch(each.name, each.start + each.length, max(0.0, rise.most - rise.points), rise.said)
        for each, rise in zip(placed, rises, strict=True)
    ]
    traces.append(_bars(pale, lost, EARLIER) | {"marker": {"color": EARLIER, "opacity": 0.28}})
    traces.append(_bars([_Stretch(total[0], 0.0, at, total[1])], total[0], ACCENT) | {"showlegend": False})
    ends = [each.start + each.length for each in pale]
    top = max([*ends, at, 1.0])
    reach, small = top * 1.22, {"textfont": {"size": 11}}
    # Beyond the drawing's middle there is more room before a bar than behind it.
    late = [each for each in placed if each.start > reach / 2]
    labels = [Part(each.name, end, each.said) for each, end in zip(placed, ends, strict=True) if each not in late]
    traces.append(_labels([*labels, Part(total[0], at, f"<b>{total[1]}</b>")], top * 0.012) | small)
    before = [Part(each.name, each.start, each.said) for each in late]
    traces.append(_labels(before, -top * 0.012) | small | {"textposition": "middle left"})
    return _lying(traces, [*names, total[0]], [0.0, reach], legend=True)


def steps(start: Part, parts: Sequence[Part], end: Part) -> dict[str, Any]:
    """From the former score through its changes to the present one: the scores are dots, the changes bars."""
    traces, at, labels = [], start.points, [start]
    for part in parts:
        color = GOOD if part.points > 0 else BAD if part.points < 0 else EARLIER
        traces.append(_bars([_Stretch(part.label, at, part.points, part.said)], part.label, color))
        labels.append(Part(part.label, max(at, at + part.points), part.said))
        at += part.points
    labels.append(Part(end.label, end.points, f"<b>{end.said}</b>"))
    scores = [each.points for each in labels] + [start.points + sum(part.points for part in parts[:n]) for n in (1, 2)]
    width = max(2.0, max(scores) - min(scores))
    traces.append(_dots([start, end]))
    traces.append(_labels(labels, width * 0.035))
    reach = [min(scores) - width * 0.12, max(scores) + width * 0.75]
    return _lying(traces, [each.label for each in labels], reach, legend=False)


def beside_zero(groups: Sequence[tuple[str, Sequence[Part]]]) -> dict[str, Any]:
    """Differences left and right of nothing, one bar a part for each of the groups (names of others)."""
    names = distinct([part.label for part in groups[0][1]])
    widest = max((abs(part.points) for _, parts in groups for part in parts), default=0.0) or 1.0
    traces = [
        _bars(
            [_Stretch(name, 0.0, part.points, part.said) for name, part in zip(names, parts, strict=True)], label, color
        )
        | {"textposition": "outside", "cliponaxis": False, "constraintext": "none", "textfont": {"size": 11}}
        for (label, parts), color in zip(groups, SERIES, strict=False)
    ]
    for trace in traces:
        del trace["base"]  # bars of one base would not stand beside each other
    drawn = _lying(traces, names, [-1.35 * widest, 1.35 * widest], legend=True)
    drawn["layout"]["barmode"] = "group"
    drawn["layout"]["xaxis"] |= {"zeroline": True, "zerolinecolor": EARLIER, "zerolinewidth": 1}
    return drawn


def _bars(stretches: Sequence[_Stretch], label: str, color: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": label,
        "y": [each.name for each in stretches],
        "x": [each.length for each in stretches],
        "base": [each.start for each in stretches],
        "text": [each.said for each in stretches],
        "textposition": "none",
        "marker": {"color": color},
        "hovertemplate": "%{y}  <b>%{text}</b><extra></extra>",
    }


def _dots(scores: Sequence[Part]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "y": [each.label for each in scores],
        "x": [each.points for each in scores],
        "text": [each.said for each in scores],
        "marker": {"color": [EARLIER, ACCENT], "size": 11},
        "hovertemplate": "%{y}  <b>%{text}</b><extra></extra>",
    }


def _labels(parts: Sequence[Part], room: float) -> dict[str, Any]:
    """What is said of each, `room` to the right of its points."""
    return {
        "type": "scatter",
        "mode": "text",
        "y": [part.label for part in parts],
        "x": [part.points + room for part in parts],
        "text": [part.said for part in parts],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _lying(traces: list[dict[str, Any]], names: Sequence[str], reach: list[float], *, legend: bool) -> dict[str, Any]:
    return figure(
        traces,
        barmode="overlay",
        yaxis=names_axis(autorange="reversed", ticklabelstandoff=6, categoryorder="array", categoryarray=list(names)),
        xaxis=values_axis(Axis(1, "", 0), range=reach, rangemode="normal"),
        showlegend=legend,
        bargap=0.3,
        margin={"l": 8, "r": 12, "t": 30 if legend else 8, "b": 4},
    )
