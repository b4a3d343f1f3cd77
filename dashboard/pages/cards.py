"""Parts that pages with sections are written with."""

from collections.abc import Callable
from functools import partial

from dashboard.drawings.headlines import Headline, headlines
from dashboard.panel import Drawing, Panel
from dashboard.view import View


def cards(name: str, title: str, description: str, *heads: Headline) -> Panel:
    """The figures at the head of a section."""
    metrics = tuple(name for each in heads for name in (each.metric, each.beside) if name)
    return Panel(name, title, description, metrics, partial(headlines, wanted=heads), span=12, height=150)


def of(metrics: tuple[str, ...], drawing: Callable[..., Drawing]) -> Callable[[View], Drawing]:
    """A drawing of these metrics."""
    return partial(drawing, metrics=metrics)
