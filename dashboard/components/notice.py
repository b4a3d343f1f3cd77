"""Calm words where a figure would be."""

from typing import Final

from dash import html

from dashboard.components.marks import icon
from dashboard.language import message
from dashboard.panel import Reason, Withheld
from dashboard.text import Words

TITLES: Final[dict[Reason, str]] = {
    "no_rows": message("Nothing to show here"),
    "unavailable": message("Not loaded yet"),
    "hidden": message("Hidden to protect persons"),
    "not_allowed": message("Not open to you"),
    "failed": message("This could not be drawn"),
}
EXPLANATIONS: Final[dict[Reason, str]] = {
    "no_rows": message("There are no rows for this region, period and filter."),
    "unavailable": message("The deliveries that this figure needs have not been loaded."),
    "hidden": message("So few persons stand behind this figure that it could name them."),
    "not_allowed": message("Your account does not cover this region or figure."),
    "failed": message("The other figures are not affected. Please tell the administrator the number below."),
}


def notice(withheld: Withheld, words: Words) -> html.Div:
    """The notice for `withheld`, with its detail if it has one."""
    parts = [
        icon(withheld.reason.replace("_", "-")),
        html.P(words.say(TITLES[withheld.reason]), className="notice-title"),
        html.P(words.say(EXPLANATIONS[withheld.reason]), className="notice-text"),
    ]
    if withheld.detail:
        parts.append(html.P(withheld.detail, className="notice-detail"))
    return html.Div(parts, className=f"notice notice-{withheld.reason.replace('_', '-')}", role="status")
