"""Rows behind a figure 明细: which rows make it up, where they came from, what changed since the load before."""

from dashboard.drawings.behind import figure, origins, rows
from dashboard.drawings.since import changed
from dashboard.language import message
from dashboard.panel import Page, Panel

PAGE = Page(
    name="rows",
    path="/rows",
    title=message("Rows behind a figure"),
    lead=message("Which rows make the figure up, which files brought them, and what changed since the load before."),
    panels=(
        Panel(
            "figure", message("The figure and its parts"), message("How many rows, what they make together"),
            (), figure, span=5, height=200,
        ),
        Panel(
            "origins", message("Where the rows came from"),
            message("Loads and files that brought them as they stand now"), (), origins, span=7, height=200,
        ),
        Panel(
            "rows", message("Row by row"), message("By number, never by name; each look is logged"),
            (), rows, span=12, height=420,
        ),
        Panel(
            "changed", message("What changed since the load before"),
            message("For the same period and day: rows that are new, gone, or bring another amount"),
            (), changed, span=12, height=300,
        ),
    ),
    group="behind",
)  # fmt: skip
