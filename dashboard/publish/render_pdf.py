"""A document as PDF: paged, tagged, archivable (PDF/A-2a, PDF/UA-1), its font within; made without a browser."""

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Final

import typst

from dashboard.figures.theme import ACCENT
from dashboard.publish.document import Document
from dashboard.publish.font import FAMILY, FONT, drawable
from dashboard.publish.said import said
from dashboard.text import Words

TEMPLATE: Final = Path(__file__).resolve().parent / "templates" / "bulletin.typ"


def render_pdf(document: Document, words: Words) -> bytes:
    """The bulletin on A4; its dates are the day of issue, for a clock would make every copy another file."""
    content = json.dumps(said(document, words), ensure_ascii=False, sort_keys=True)
    made = typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True).compile(
        TEMPLATE.read_bytes(),
        sys_inputs={"document": drawable(content), "family": FAMILY, "accent": ACCENT},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(document.issued_on, time(), UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"Typst gave {type(made).__name__}, expected the bytes of one PDF")
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT.parent)])
