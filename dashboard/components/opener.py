"""A button that opens a box beside it: keyboard, Escape and the focus's return are Mantine's."""

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html


def opener(
    label: Sequence[Any], content: Any, class_name: str, *, title: str = "", within: str = "", **box: Any
) -> dmc.Popover:
    """The button with `label` and the box with `content`; `within` is the box's class, `box` what Popover takes.

    Mantine marks the element around a popover's target as what opens it, so that element is the button itself.
    """
    button = {"component": "button", "type": "button", "className": class_name, **({"title": title} if title else {})}
    return dmc.Popover(
        [
            dmc.PopoverTarget(html.Span(list(label), className="opener"), boxWrapperProps=button),
            dmc.PopoverDropdown(content, className=within),
        ],
        **{"shadow": "md", "offset": 4, "trapFocus": True, "returnFocus": True, **box},
    )
