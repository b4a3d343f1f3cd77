"""Bars drawn in a cell of a table."""

from dash import html


def criterion_bars(score: float | None, said: str) -> html.Div:
    """A score of 0 … 100 as a bar with its number beside it."""
    if score is None:
        return html.Div(html.Span(said, className="none"), className="score-cell")
    return html.Div([html.Span(said, className="score-said"), share_bar(score)], className="score-cell")


def share_bar(percent: float) -> html.Span:
    """A thin bar of 0 … 100 %."""
    inside = html.Span(className="share", style={"width": f"{max(0.0, min(percent, 100.0)):.1f}%"})
    return html.Span(inside, className="share-room", **{"aria-hidden": "true"})
