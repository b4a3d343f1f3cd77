"""The pages in the order of the menu, where each stands in its group; a page is added here and in its own module."""

from typing import Final

from dashboard.pages import data, loans, methods, overview, profile, ranking, registry, rows, subsidies, targets
from dashboard.panel import Page

PAGES: Final[tuple[Page, ...]] = (
    overview.PAGE,
    targets.PAGE,
    ranking.PAGE,
    profile.PAGE,
    loans.PAGE,
    subsidies.PAGE,
    registry.PAGE,
    data.PAGE,
    rows.PAGE,
    methods.PAGE,
)


def page_at(path: str) -> Page | None:
    """The page at an address's path; None where there is none."""
    return next((page for page in PAGES if page.path == (path.rstrip("/") or "/")), None)


def page_named(name: str) -> Page | None:
    """The page called `name`; None where there is none."""
    return next((page for page in PAGES if page.name == name), None)
