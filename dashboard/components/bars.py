"""Bars drawn in a cell of a table."""

from dash import html

from dashboard.components.marks import HIDDEN


def share_bar(percent: float) -> html.Span:
    """A thin bar of 0 … 100 %."""
    inside = html.Span(className="share", style={"width": f"{max(0.0, min(percent, 100.0)):.1f}%"})
    return html.Span(inside, className="share-room", **HIDDEN)
