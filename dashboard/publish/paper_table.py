"""Tables of an official paper, as Word's own elements: python-docx would need minutes for a thousand rows."""

import math
from typing import Any, Final
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dashboard.publish.official import CELL, HEITI, SCRIPTS, SIZE_5

TWIPS: Final = 20  # in a point
SMALLEST: Final = 7.5
_FILL: Final = 1.75  # of two halves of a character, what is left beside the cell's margins


def paper_table(table: dict[str, Any], width: int) -> Any:
    """A table of texts (`said.table_said`), `width` twips wide; its head is repeated, no row is split."""
    columns = table["columns"]
    whole = sum(column["width"] for column in columns)
    widths = [round(width * column["width"] / whole) for column in columns]
    size = max(SMALLEST, min(SIZE_5, math.floor(2 * _FILL * width / TWIPS / whole) / 2))
    plain, strong = _look(size), _look(size, HEITI)
    head = _row(
        [_cell(column["label"], w, strong, "center") for column, w in zip(columns, widths, strict=True)], head=True
    )
    sides = ["right" if column["number"] else "left" for column in columns]
    bold = set(table["strong"])
    rows = (
        _row(
            [
                _cell(text, w, strong if at in bold else plain, side)
                for text, w, side in zip(row, widths, sides, strict=True)
            ]
        )
        for at, row in enumerate(table["rows"])
    )
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_borders()}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{''.join(rows)}</w:tbl>"
    )


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)


def _row(cells: list[str], *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, look: str, side: str) -> str:
    placed = "" if side == "left" else f'<w:jc w:val="{side}"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{CELL}"/>{placed}</w:pPr>'
        f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
    )


def _look(size: float, font: str = "") -> str:
    """What a run has that the style of cells has not."""
    names = " ".join(f'w:{script}="{font}"' for script in SCRIPTS)
    named = f"<w:rFonts {names}/>" if font else ""
    sized = "" if size == SIZE_5 else f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    return f"<w:rPr>{named}{sized}</w:rPr>" if named or sized else ""
