"""Pages that need no script (sign-in, password, administration, refusals): templates filled with the reader's words."""

from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import orjson
from flask import Response, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard.access.headers import POLICY
from dashboard.access.present import form_token, signed_in
from dashboard.access.roles import LABELS
from dashboard.selection import Selection
from dashboard.text import Words

ASSETS: Final = Path(__file__).resolve().parent.parent.parent / "assets"
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(
        [
            Path(__file__).parent.parent / part
            for part in ("access/templates", "publish/site", "loading/templates", "cases/site")
        ]
    ),
    autoescape=True,
    undefined=StrictUndefined,
)


def words_of_request() -> Words:
    """The words of the reader's language: `lang` of a form or an address."""
    with suppress(RequestEntityTooLarge):  # what is too large is refused in the language of the address
        if request.form.get("lang") in ("zh", "en"):
            return Words("en" if request.form["lang"] == "en" else "zh")
    return Words(Selection.parse(request.query_string.decode("utf-8", "replace")).lang)


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A page of `templates/`, never kept by a browser: Back after signing out must not show it."""
    words = words_of_request()
    filled = _TEMPLATES.get_template(template).render(
        words=words,
        say=words.say,
        token=form_token(),
        account=signed_in(),
        stamp=_stamp,
        here=request.path,
        labels=LABELS,
        in_language=lambda path: path if words.chinese else f"{path}{'&' if '?' in path else '?'}lang=en",
        **values,
    )
    response = Response(filled, status, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def refusal(status: int, title: str, text: str, **values: str) -> Response:
    """A calm page that says what is not possible; `title` and `text` are messages, `values` stand in the text.

    A program is told the text as JSON.
    """
    if request.path.startswith("/api/"):
        return fault(status, words_of_request().say(text, **values))
    return page("refusal.html", status, title=title, text=text, values=values)


def fault(status: int, said: str) -> Response:
    """Why not, as a program is told."""
    content = orjson.dumps({"error": said})
    return Response(content, status, content_type="application/json", headers={"Cache-Control": "no-store"})


def _stamp(name: str) -> str:
    """The address of an asset, another one whenever the file is another."""
    return f"/assets/{name}?m={int((ASSETS / name).stat().st_mtime)}"
