"""Dash's HTML components as HTML, for the page of the design system."""

import re
from collections.abc import Iterable
from html import escape
from typing import Any, Final

from dash.development.base_component import Component

CAPITAL: Final = re.compile("[A-Z]")
NAMES: Final = {"className": "class", "tabIndex": "tabindex", "colSpan": "colspan", "rowSpan": "rowspan"}


def written(part: Any) -> str:
    """A tree of Dash's HTML components as HTML."""
    if part is None or isinstance(part, bool):
        return ""
    if not isinstance(part, Component):
        return "".join(map(written, part)) if isinstance(part, list | tuple) else escape(str(part))
    shown = part.to_plotly_json()
    tag = {"Link": "a"}.get(shown["type"], shown["type"].lower())
    attributes = "".join(
        _attribute(name, value) for name, value in sorted(shown["props"].items()) if name != "children"
    )
    return f"<{tag}{attributes}>{written(getattr(part, 'children', None))}</{tag}>"


def _attribute(name: str, value: Any) -> str:
    if name == "style":
        value = "; ".join(
            f"{CAPITAL.sub(lambda found: '-' + found[0].lower(), key)}: {one}" for key, one in value.items()
        )
    return f' {NAMES.get(name, name)}="{escape(str(value))}"' if value not in ("", None, {}) else ""


def row(parts: Iterable[Any]) -> str:
    """Parts beside each other."""
    return '<div class="row">' + "".join(map(written, parts)) + "</div>\n"


def section(title: str, why: str, *rows: str) -> str:
    """A heading, a sentence, and what it is about."""
    return f'<h2>{escape(title)}</h2>\n<p class="muted">{escape(why)}</p>\n' + "".join(rows)
