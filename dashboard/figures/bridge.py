"""A bridge (waterfall): from what was due to what was done, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Final

from dashboard.figures.bars import distinct
from dashboard.figures.theme import ACCENT, BAD, EARLIER, GOOD, figure, names_axis, values_axis
from dashboard.text import Axis

MARK: Final = 0.012  # how thick a mark is, of the drawing's width


@dataclass(frozen=True)
class Step:
    """One step: `value` is what it adds or takes; `said` in words; `drill` what a click on it chooses."""

    label: str
    value: float
    said: str
    drill: tuple[str, str] | None = None


def bridge(start: Step, steps: Sequence[Step], end: Step, axis: Axis) -> dict[str, Any]:
    """Lying bars between two marks, the start on top; each hangs where the one before it ended; red falls short.

    The ends are marks, not bars: the drawing begins where the steps can be seen, not at nothing.
    """
    names = distinct([start.label, *(step.label for step in steps), end.label])
    ends = list(accumulate((step.value for step in steps), initial=start.value))
    heights = [*ends, end.value]
    width = max(heights) - min(heights) or abs(start.value) or 1.0
    mark = width * MARK
    low = [start.value - mark / 2, *(min(pair) for pair in pairwise(ends)), end.value - mark / 2]
    size = [mark, *(abs(step.value) for step in steps), mark]
    colors = [EARLIER, *(GOOD if step.value >= 0 else BAD for step in steps), ACCENT]
    each = [start, *steps, end]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "base": [below / axis.divisor for below in low],
        "x": [length / axis.divisor for length in size],
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
        "x": [(below + length + mark) / axis.divisor for below, length in zip(low, size, strict=True)],
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
            range=[(min(heights) - width * 0.06) / axis.divisor, (max(heights) + width * 0.28) / axis.divisor],
            showticklabels=False,
            showgrid=False,
        ),
        showlegend=False,
        bargap=max(0.3, 0.6 - 0.03 * len(each)),
        margin={"l": 8, "r": 12, "t": 6, "b": 4},
    )
