"""The files of an edition: every form of its document, each the same bytes whenever and wherever it is made."""

from typing import Final

from dashboard.publish.document import Document
from dashboard.publish.render_csv import render_csv
from dashboard.publish.render_docx import render_docx
from dashboard.publish.render_html import render_html
from dashboard.publish.render_pdf import render_pdf
from dashboard.publish.render_xlsx import render_xlsx
from dashboard.selection import Language
from dashboard.text import Words

STEM: Final = "bulletin"
# The language in a file's name: Chinese comes first and needs none.
SUFFIXES: Final[dict[Language, str]] = {"zh": "", "en": ".en"}


def render(document: Document) -> dict[str, bytes]:
    """All files by name: in both languages but for the Word draft, which is Chinese as official papers are."""
    files = {f"{STEM}.docx": render_docx(document)}
    for language, suffix in SUFFIXES.items():
        words = Words(language)
        files[f"{STEM}{suffix}.pdf"] = render_pdf(document, words)
        files[f"{STEM}{suffix}.xlsx"] = render_xlsx(document, words)
        for table in document.tables:
            files[f"{table.name}{suffix}.csv"] = render_csv(table, words)
    for language, suffix in SUFFIXES.items():
        files[f"{STEM}{suffix}.html"] = render_html(document, Words(language), offered(files, language))
    return dict(sorted(files.items()))


def offered(files: dict[str, bytes], language: Language) -> list[str]:
    """The files that a page in `language` offers: those in it, the Word draft, and the page in the other language."""
    english = sorted(name for name in files if ".en." in name and not name.endswith(".html"))
    chinese = sorted(name for name in files if ".en." not in name and not name.endswith(".html"))
    own = english if language == "en" else chinese
    other = next(suffix for each, suffix in SUFFIXES.items() if each != language)
    return [*own, f"{STEM}{other}.html"]
