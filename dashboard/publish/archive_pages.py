"""`/bulletins`: the public archive, for everybody, without an account and without script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from flask import Flask, Response, abort
from werkzeug.wrappers import Response as Answer

from dashboard.access.forms import page, words_of_request
from dashboard.publish.bulletin import bulletin
from dashboard.publish.bulletin_tables import change_table
from dashboard.publish.desk import Desk
from dashboard.publish.document import Document
from dashboard.publish.objections import Objection, Objections
from dashboard.publish.said import said, table_said
from dashboard.publish.shelf import MANIFEST, Bound, EditionError

TYPES: Final = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "toml": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
SHOWN_INLINE: Final = ("pdf", "html", "json", "toml")
# A page of an edition brings its style and drawings along, and asks for nothing.
FILE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"


@lru_cache(maxsize=32)
def document_of(edition: Bound) -> Document:
    """The edition's document; an edition never changes."""
    return bulletin(edition.content)


@dataclass(frozen=True)
class Period:
    """All editions of one period and level, the one that holds first."""

    editions: tuple[Bound, ...]

    @property
    def newest(self) -> Bound:
        """The edition that holds."""
        return self.editions[0]


def by_period(editions: Sequence[Bound]) -> list[Period]:
    """The newest period first."""
    found: dict[tuple[date, date, str], list[Bound]] = {}
    for edition in editions:
        recipe = edition.recipe
        found.setdefault((recipe.days.end, recipe.days.start, recipe.level), []).append(edition)
    return [
        Period(tuple(sorted(same, key=lambda edition: -edition.number)))
        for _, same in sorted(found.items(), key=lambda item: item[0], reverse=True)
    ]


class ArchivePages:
    """The pages of the archive over a desk: what is out, and nothing else."""

    def __init__(self, server: Flask, desk: Desk) -> None:
        self.desk = desk
        self.objections = Objections(desk.state)
        for path, does in (
            ("/bulletins", self.index),
            ("/bulletins/about", self.about),
            ("/bulletins/<name>", self.edition),
            ("/bulletins/<name>/<file>", self.file),
        ):
            server.add_url_rule(path, f"bulletins_{does.__name__}", does, methods=["GET"], strict_slashes=False)

    def index(self) -> Answer:
        """The newest edition, and all before it."""
        self.desk.release_due()
        return _kept(index_page(self.desk.shelf.published()))

    def about(self) -> Answer:
        """How the ranking is made, what is hidden, and how an edition is verified."""
        published = self.desk.shelf.published()
        newest = by_period(published)[0].newest if published else None
        return _kept(page("about.html", newest=newest, it=_said(newest)))

    def edition(self, name: str) -> Answer:
        """One edition: its files, what corrected it, objections and rulings."""
        self.desk.release_due()
        return _kept(edition_page(self._find(name), self.desk.shelf.published(), self.objections.to(name)))

    def file(self, name: str, file: str) -> Answer:
        """A file of an edition, to the byte."""
        return file_of(self._find(name), file)

    def _find(self, name: str) -> Bound:
        try:
            return self.desk.shelf.edition(name)
        except EditionError:
            abort(404)


def index_page(editions: Sequence[Bound], preview: str = "") -> Response:
    """The archive's first page as it is, or will be, with these editions; `preview`: the one not out yet."""
    periods = by_period(editions)
    newest = periods[0].newest if periods else None
    return page(
        "bulletins.html",
        periods=[[(edition, document_of(edition)) for edition in one.editions] for one in periods],
        newest=newest,
        it=_said(newest),
        best=_best(newest),
        preview=preview,
    )


def edition_page(
    edition: Bound, published: Sequence[Bound], objections: Sequence[Objection], preview: str = ""
) -> Response:
    """One edition's page."""
    recipe = edition.recipe
    names = {unit["code"]: unit["name"] for unit in (*edition.content["units"], *edition.content["left_out"])}
    corrected_by = next((other for other in published if other.recipe.corrects == edition.name), None)
    changed = change_table(edition.content) if edition.content["changes"] else None
    return page(
        "edition.html",
        edition=edition,
        it=_said(edition),
        best=_best(edition),
        note=None if recipe.note is None else words_of_request().of(recipe.note),
        recipe=recipe,
        corrected_by=corrected_by,
        changes=None if changed is None else table_said(changed, words_of_request()),
        objections=objections,
        names=names,
        manifest_sha256=edition.manifest_sha256,
        preview=preview,
    )


def file_of(edition: Bound, file: str) -> Response:
    """A file as it was published; 404 where the manifest does not name it."""
    try:
        content = edition.read(file)
    except EditionError:
        abort(404)
    ending = file.rpartition(".")[2]
    response = Response(content, content_type=TYPES.get(ending, "application/octet-stream"))
    response.headers["Content-Security-Policy"] = FILE_POLICY
    shown = "inline" if ending in SHOWN_INLINE else "attachment"
    stem = "" if file == MANIFEST else f"{edition.name}-"
    response.headers["Content-Disposition"] = f'{shown}; filename="{stem}{file}"'
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _said(edition: Bound | None) -> dict[str, Any] | None:
    return None if edition is None else said(document_of(edition), words_of_request())


def _best(edition: Bound | None) -> list[dict[str, Any]]:
    return [] if edition is None else [one for one in edition.content["units"] if one["rank"] <= edition.recipe.best]


def _kept(response: Response) -> Response:
    """A public page is asked for again at every visit: an edition or its correction must not be missed."""
    response.headers["Cache-Control"] = "no-cache"
    return response
