"""Plain parts as one component: what no callback reads or writes is drawn by the browser in one go.

Dash wraps every component of a page by itself, which costs a browser some milliseconds each: a heat table or a row of
bullets is hundreds of them. Whatever leaves for the browser passes through `folded`, so drawings are written with
`html` and `dcc.Link` as ever; assets/drawn.js draws the lists that come of it. Text stays text and links stay on the
page: nothing is ever read as markup.
"""

from collections.abc import Sequence
from copy import copy
from typing import Any, Final

from dash.development.base_component import Component

# What a list may begin with; assets/drawn.js draws nothing else. A "link" changes the address without leaving the page.
NAMED: Final = (
    "a abbr article b br button caption code col colgroup dd details div dl dt em figcaption figure footer h1 h2 h3 h4 "
    "header hr i li link main nav ol p pre section small span strong sub summary sup table tbody td tfoot th thead "
    "time tr u ul"
)
TAGS: Final = frozenset(NAMED.split())
# An element that has one of these is spoken to by callbacks, or by Dash itself.
SPOKEN_TO: Final = frozenset({"id", "key", "n_clicks", "n_clicks_timestamp", "refresh", "target"})

Tree = list[Any] | str | int | float


class Drawn(Component):
    """A tree of plain parts, each `[tag, attributes or 0, *children]` or a text."""

    _namespace = "board"
    _type = "Drawn"
    _prop_names = ["tree"]  # noqa: RUF012 - Dash's own annotation of the class
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012 - the same
    available_wildcard_properties: list[str] = []  # noqa: RUF012 - the same

    def __init__(self, tree: Tree) -> None:
        self.tree = tree


def folded(part: Any) -> Any:
    """`part` with every part of it that is plain through and through as one `Drawn`; what is given stays as it was."""
    if isinstance(part, list | tuple):
        return [folded(each) for each in part]
    if not isinstance(part, Component):
        return part
    tree = _tree(part)
    if tree is not None:
        return Drawn(tree)
    children = getattr(part, "children", None)
    if children is None or isinstance(children, str):
        return part
    opened = copy(part)
    opened.children = folded(children)
    return opened


def _tree(part: Component) -> list[Any] | None:
    """The lists of a plain component; None where it, or a part of it, is not plain."""
    tag = _tag(part)
    if tag not in TAGS:
        return None
    given = part.to_plotly_json()["props"]  # type: ignore[no-untyped-call]  # Dash leaves it untyped
    # By name: Dash gives them in an order that differs from process to process, and a panel's tag must not.
    attributes = {name: given[name] for name in sorted(given) if given[name] is not None}
    children = attributes.pop("children", None)
    if SPOKEN_TO & attributes.keys():
        return None
    inside = _trees(children if isinstance(children, list | tuple) else [children])
    return None if inside is None else [tag, attributes or 0, *inside]


def _trees(children: Sequence[Any]) -> list[Any] | None:
    found: list[Any] = []
    for child in children:
        if isinstance(child, list | tuple):
            inside = _trees(child)
            if inside is None:
                return None
            found += inside
        elif isinstance(child, Component):
            tree = _tree(child)
            if tree is None:
                return None
            found.append(tree)
        elif child is not None:
            found.append(child)
    return found


def _tag(part: Component) -> str:
    namespace, kind = part._namespace, str(part._type)  # noqa: SLF001 - Dash names its components nowhere else
    if namespace == "dash_html_components":
        return kind.lower() if kind != "Link" else ""
    return "link" if (namespace, kind) == ("dash_core_components", "Link") else ""
