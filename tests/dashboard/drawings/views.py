"""Views of small worlds, as a reader of English sees them."""

from typing import Any

from dashboard import regions
from dashboard.selection import Selection
from dashboard.text import Words
from dashboard.view import View
from dashboard.warehouse import Build


def seen(build: Build, path: str = "/targets", **choices: Any) -> View:
    """The view of `build` with these choices."""
    selection = Selection().but(lang="en", **choices)
    return View(selection, build, regions.read(build), Words("en"), path)


def words_of(component: Any) -> str:
    """All that a component says, in reading order."""
    if component is None:
        return ""
    if isinstance(component, str | int | float):
        return str(component)
    if isinstance(component, list | tuple):
        return " ".join(words_of(each) for each in component)
    return words_of(getattr(component, "children", None))
