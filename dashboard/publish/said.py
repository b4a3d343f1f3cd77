"""A document in one language, every figure said: what the paged files and the page of an edition are laid out from."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from dashboard.language import message
from dashboard.publish.canvas import parted
from dashboard.publish.charts import drawn
from dashboard.publish.code import qr_svg
from dashboard.publish.document import Block, Cell, Column, Document, Mark, Place, Table
from dashboard.semantics.words import Text
from dashboard.text import Words, decimals_held

MARKS: Final = {Mark.HIDDEN: "＊", Mark.NOT_APPLICABLE: "—"}
TITLE_ROOM: Final = 18.5  # characters of a title beside the QR code on A4
HIDDEN_NOTE: Final = message("＊ 1 to 4 persons, or a figure that gives such a number away: hidden to protect persons.")


def said(document: Document, words: Words) -> dict[str, Any]:
    """The document as nested lists and dicts of texts and of SVG drawings: JSON, in the order of reading."""
    return {
        "lang": words.tag,
        "edition": document.edition,
        "title": words.of(document.title),
        "title_lines": parted(document.title.zh, TITLE_ROOM) if words.chinese else [document.title.en],
        "issuer": words.of(document.issuer),
        "number": document.number,
        "day": words.day(document.issued_on),
        "state": _of(document.state, words),
        "addressees": _of(document.addressees, words),
        "copies": _of(document.copies, words),
        "address": document.address,
        "code": qr_svg(document.address) if document.address else "",
        "facts": [[words.of(fact.label), words.of(fact.value)] for fact in document.facts],
        "sections": [
            {"heading": words.of(section.heading), "blocks": [_block(block, words) for block in section.blocks]}
            for section in document.sections
        ],
        "definitions": [
            {"name": each.name, "label": words.of(each.label), "text": words.of(each.text)}
            for each in document.definitions
        ],
        "notes": [words.of(note) for note in document.notes],
        "fixed": {
            "definitions": words.say("Definitions"),
            "notes": words.say("Notes"),
            "code": words.say("Read and check this edition"),
            "page": words.say("Page {page} of {pages}", page="{page}", pages="{pages}"),
            "edition": words.say("Edition {edition}", edition=document.edition),
        },
    }


def _of(text: Text | None, words: Words) -> str:
    return words.of(text) if text else ""


def _block(block: Block, words: Words) -> dict[str, Any]:
    if isinstance(block, Text):
        return {"kind": "text", "text": words.of(block)}
    if isinstance(block, Table):
        return table_said(block, words)
    reading = _of(block.reading, words)
    return {"kind": "chart", "title": words.of(block.title), "reading": reading, "drawings": drawn(block, words)}


def table_said(table: Table, words: Words) -> dict[str, Any]:
    """A table's texts, under it what its marks mean; `head`: the column that names a row, -1 without one."""
    return {
        "kind": "table",
        "name": table.name,
        "title": words.of(table.title),
        "measure": _of(table.measure, words),
        "wide": table.is_wide,
        "head": next((at for at, column in enumerate(table.columns) if not column.unit), -1),
        "columns": [
            {
                "label": words.headed(words.of(column.label), column.unit),
                "number": column.is_number,
                "width": column.width,
            }
            for column in table.columns
        ],
        "rows": [row_said(row, table.columns, words) for row in table.rows],
        "strong": sorted(table.strong),
        "notes": [words.of(note) for note in table.notes] + marks_said(table, words),
    }


def marks_said(table: Table, words: Words) -> list[str]:
    """What the marks in the table mean, where it bears any."""
    return [words.say(HIDDEN_NOTE)] if table.holds(Mark.HIDDEN) else []


def row_said(row: Sequence[Cell], columns: Sequence[Column], words: Words) -> list[str]:
    """The cells of a row in the reader's words."""
    return [cell_said(cell, column.unit, words) for cell, column in zip(row, columns, strict=True)]


def cell_said(cell: Cell, unit: str, words: Words) -> str:
    """One cell: a Decimal with the decimals that it has, other numbers with those of their unit."""
    if cell is None:
        return words.say("no data")
    if isinstance(cell, Mark):
        return MARKS[cell]
    if isinstance(cell, str | Text):
        return cell if isinstance(cell, str) else words.of(cell)
    if isinstance(cell, Place):
        return words.say("tied {rank}", rank=str(cell.rank)) if cell.tied else str(cell.rank)
    if isinstance(cell, date):
        return words.day(cell)
    return words.number(float(cell), decimals_held(cell)) if isinstance(cell, Decimal) else words.exact(cell, unit)
