"""What browsers are told with every answer: what a page may run, ask for and be framed by."""

from collections.abc import Iterable
from typing import Final

from flask import Flask, Response

# Pages that need no script of ours but head.js: sign-in, administration, bulletins, refusals.
POLICY: Final = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
# Styles alone may stand in a page: Mantine, the grids and Plotly write theirs while they draw, with sizes that are
# known only then; what a style can do without scripts or other hosts is to look wrong. `data:` is the grids' icon font
# and the pictures that Plotly makes of a chart, `blob:` what it hands over as a file.
BOARD: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
NEEDED: Final = ("fullscreen", "screen-wake-lock", "clipboard-write")  # the wall screen; the copy of an address
REFUSED: Final = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "gamepad", "geolocation"),
    *("gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
    *("publickey-credentials-get", "serial", "usb", "xr-spatial-tracking"),
)
# What no browser shows as a page needs no more than these: a page of twenty panels asks for sixty parts.
PARTS: Final = frozenset({"application/json", "text/javascript", "text/css"})
PART_HEADERS: Final = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
HEADERS: Final = {
    **PART_HEADERS,
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [*(f"{name}=(self)" for name in NEEDED), *(f"{name}=()" for name in REFUSED)],
    ),
}


def board_policy(hashes: Iterable[str]) -> str:
    """The policy of the dashboard's own pages; `hashes`: of the scripts that Dash writes into the document."""
    said = BOARD | {"script-src": " ".join([BOARD["script-src"], *hashes])}
    return "; ".join(f"{name} {value}" for name, value in said.items())


def add_headers(server: Flask, policy: str) -> None:
    """Every answer of `server` bears the headers; `policy` where it is a page and brings none of its own."""

    @server.after_request
    def told(response: Response) -> Response:
        said = PART_HEADERS if response.mimetype in PARTS else {**HEADERS, "Content-Security-Policy": policy}
        for name, value in said.items():
            response.headers.setdefault(name, value)
        return response
