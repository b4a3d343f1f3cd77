"""A document as one page of HTML that needs nothing but itself: no script, no other file, light and dark, printable."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from dashboard.publish.document import Document
from dashboard.publish.said import said
from dashboard.text import Words

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"


def render_html(document: Document, words: Words, files: Sequence[str] = ()) -> bytes:
    """The page; `files` beside it are offered for download."""
    labels = {"downloads": words.say("Downloads"), "contents": words.say("Contents")}
    page = _template().render(
        it=said(document, words),
        labels=labels,
        files=files,
        style=(TEMPLATES / "bulletin.css").read_text(encoding="utf-8"),
    )
    return page.encode()


@cache
def _template() -> Template:
    # Every text is escaped; the drawings, which are ours, are marked as safe in the template.
    rooms = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return rooms.get_template("bulletin.html")
