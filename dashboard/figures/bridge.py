"""A bridge (waterfall): from what was due to what was done, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from dashboard.figures.bars import distinct
from dashboard.figures.theme import ACCENT, BAD, EARLIER, GOOD, figure, names_axis, values_axis
from dashboard.text import Axis


@dataclass(frozen=True)
class Step:
    """One step: `value` is what it adds or takes; `said` in words; `drill` what a click on it chooses."""

    label: str
    value: float
    said: str
    drill: tuple[str, str] | None = None


def bridge(start: Step, steps: Sequence[Step], end: Step, axis: Axis) -> dict[str, Any]:
    """Lying bars, the start on top; each step hangs where the one before it ended; what falls short is red."""
    names = distinct([start.label, *(step.label for step in steps), end.label])
    ends = list(accumulate((step.value for step in steps), initial=start.value))
    low = [0.0, *(min(pair) for pair in pairwise(ends)), 0.0]
    size = [start.value, *(abs(step.value) for step in steps), end.value]
    colors = [EARLIER, *(GOOD if step.value >= 0 else BAD for step in steps), ACCENT]
    each = [start, *steps, end]
    top = max(above + length for above, length in zip(low, size, strict=True)) or 1.0
    least = _least([*ends, end.value], top)
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "base": [max(each, least) / axis.divisor for each in low],
        "x": [(above + length - max(above, least)) / axis.divisor for above, length in zip(low, size, strict=True)],
        "text": [step.said for step in each],
        "textposition": "none",
        "customdata": [list(step.drill) if step.drill else None for step in each],
        "marker": {"color": colors},
        "hovertemplate": "%{y}  <b>%{text}</b><extra></extra>",
    }
    said = {
        "type": "scatter",
        "mode": "text",
        "y": names,
        "x": [(above + length + (top - least) * 0.012) / axis.divisor for above, length in zip(low, size, strict=True)],
        "text": [step.said for step in each],
        "textposition": "middle right",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    return figure(
        [bars, said],
        yaxis=names_axis(autorange="reversed", ticklabelstandoff=6),
        xaxis=values_axis(
            axis,
            range=[least / axis.divisor, (least + (top - least) * 1.22) / axis.divisor],
            showticklabels=False,
            showgrid=False,
        ),
        showlegend=False,
        bargap=max(0.3, 0.6 - 0.03 * len(each)),
        margin={"l": 8, "r": 12, "t": 6, "b": 4},
    )


def _least(heights: Sequence[float], top: float) -> float:
    """Where the drawing begins: so low that the lowest bar keeps a third of the width, and steps can be seen."""
    lowest = min(heights)
    return max(0.0, lowest - (top - lowest) * 0.75)
