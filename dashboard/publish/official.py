"""GB/T 9704-2012, the layout of official papers, as measures and styles of a Word document.

python-docx has no words for East Asian fonts, grids, and indents in characters: these are set on the elements beneath.
"""

import math
from typing import Any, Final

from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from dashboard.publish.canvas import parted

# The type area is 156 × 225 mm: 22 lines of 28 characters of size 3 (5.2.1, 5.2.3).
PAGE: Final = (Mm(210), Mm(297))
TOP, LEFT = Mm(37), Mm(28)
RIGHT, BOTTOM = Mm(210 - 28 - 156), Mm(297 - 37 - 225)
FOOT: Final = Mm(25)  # the page number stands 7 mm under the type area (7.5)
LINES, CHARACTERS = 22, 28
POINTS: Final = 156 / 25.4 * 72  # the width of the type area
LINE: Final = 225 / 25.4 * 72 / LINES  # points, as are all sizes below
# Characters of 16 points stand so much closer (twentieths of a point, rounded away from 0) that 28 fill the line.
# Not by a grid of characters: LibreOffice gives one that is wider than its cell two cells.
CLOSER: Final = math.floor((POINTS / CHARACTERS - 16) * 20)
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = 22.0, 16.0, 14.0, 10.5
# Fonts by the names that offices have; `_ALSO` is what Word may take in their place.
FANGSONG, HEITI, KAITI, SONGTI, XIAOBIAOSONG = "仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"
_ALSO: Final = {
    FANGSONG: "仿宋_GB2312,FangSong,STFangsong",
    HEITI: "SimHei,STHeiti",
    KAITI: "楷体_GB2312,KaiTi,STKaiti",
    SONGTI: "SimSun,STSong",
    XIAOBIAOSONG: "方正小标宋_GBK,小标宋,华文中宋,STZhongsong,SimSun",
}
DIGITS: Final = "〇一二三四五六七八九"
CELL: Final = "Cell"  # the style of paragraphs in tables
CELL_LINE: Final = 16.0
SCRIPTS: Final = ("ascii", "hAnsi", "eastAsia", "cs")
RED: Final = "FF0000"
TYPE_AREA: Final = round(POINTS * 20)  # the same in twentieths of a point
RULE_ROOM: Final = 40  # of a line with a rule, in twentieths of a point
THICK, THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm


def lay_out(paper: Paper, *, across: bool = False) -> None:
    """The last section on A4 with the standard's margins and its grid of lines; `across`: turned."""
    section = paper.sections[-1]
    width, height = PAGE[::-1] if across else PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    # Turned, the paper is bound at what is now its top: the margins go round with it.
    top, right, bottom, left = (LEFT, TOP, RIGHT, BOTTOM) if across else (TOP, RIGHT, BOTTOM, LEFT)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = top, right, bottom, left
    section.footer_distance = Mm(14) if across else FOOT
    properties = paper.element.body.sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("w:docGrid", type="lines", linePitch=round(LINE * 20)))


def dress(paper: Paper) -> None:
    """Fonts, sizes and the odd and even pages of the whole paper."""
    normal = paper.styles["Normal"]
    normal.font.size = Pt(SIZE_3)
    _name(normal.element.get_or_add_rPr(), FANGSONG)
    normal.element.get_or_add_rPr().append(element("w:spacing", val=CLOSER))
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(round(LINE * 20) / 20)
    spacing.widow_control = False
    _style_cells(paper)
    paper.settings.odd_and_even_pages_header_footer = True
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")  # else a font that stands in is of another country
    for style in paper.styles.element.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) is None:
            paper.styles.element.remove(style)  # some hundred kilobytes of looks that no table here has


def _style_cells(paper: Paper) -> None:
    """The paragraphs of tables: size 5, off the grid of the text."""
    cells = paper.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    cells.base_style = paper.styles["Normal"]
    cells.font.size = Pt(SIZE_5)
    cells.element.get_or_add_rPr().append(element("w:spacing", val=0))
    cells.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    cells.paragraph_format.line_spacing = Pt(CELL_LINE)
    cells.element.get_or_add_pPr().insert_element_before(element("w:snapToGrid", val=0), "w:spacing")


def font_table() -> bytes:
    """The part of a Word file that says what may stand in for a font that an office does not have."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{also}"/><w:charset w:val="86"/></w:font>'
        for name, also in _ALSO.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{space}">{fonts}</w:fonts>'.encode()


def write(paragraph: Paragraph, text: str, font: str = FANGSONG, size: float = SIZE_3) -> Run:
    """A run in one of the standard's fonts."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    _name(run.font.element.get_or_add_rPr(), font)
    return run


def _name(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for script in SCRIPTS:
        fonts.set(qn(f"w:{script}"), font)


def indent(paragraph: Paragraph, *, first: float = 0, left: float = 0, right: float = 0) -> None:
    """Indents in characters of size 3."""
    found = paragraph.paragraph_format.element.get_or_add_pPr().get_or_add_ind()
    for name, count in (("firstLine", first), ("left", left), ("right", right)):
        if count:
            found.set(qn(f"w:{name}Chars"), str(round(count * 100)))
            found.set(qn(f"w:{name}"), str(round(count * SIZE_3 * 20)))


def border(paragraph: Paragraph, colour: str, points: float, space: int) -> None:
    """A line under the paragraph, `space` points below it."""
    line = element("w:bottom", val="single", sz=round(points * 8), space=space, color=colour)
    borders = element("w:pBdr")
    borders.append(line)
    properties = paragraph.paragraph_format.element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")


def numeral(number: int) -> str:
    """一 … 九十九: the number of a heading of the first rank (7.3.3)."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十") + (DIGITS[ones] if ones else "")


def title_lines(title: str) -> list[str]:
    """A title in lines of nearly one length, no word torn (7.3.1)."""
    return parted(title, POINTS / SIZE_2)


def off_grid(paragraph: Paragraph, line: float) -> None:
    """The paragraph's lines stand `line` points apart, not on the grid of the text."""
    properties = paragraph.paragraph_format.element.get_or_add_pPr()
    properties.insert_element_before(element("w:snapToGrid", val=0), "w:spacing", "w:ind", "w:jc")
    paragraph.paragraph_format.line_spacing = Pt(line)


def at_foot(paragraph: Paragraph, *, lines_above_end: int, first: bool, last: bool) -> None:
    """One of the closing lines (版记) at the foot of the last page: thick rules outside, a thin one between (7.4).

    Each is a frame of its own: LibreOffice leaves a frame with unlike borders where the text ends.
    """
    properties = paragraph.paragraph_format.element.get_or_add_pPr()
    top = round((297 - 35) / 25.4 * 1440 - lines_above_end * (LINE * 20 + RULE_ROOM))
    place = {"hAnchor": "margin", "vAnchor": "page", "xAlign": "center", "y": top, "wrap": "around"}
    frame = element("w:framePr", w=TYPE_AREA, **place)
    properties.insert_element_before(frame, "w:widowControl", "w:pBdr", "w:tabs", "w:spacing", "w:ind", "w:jc")
    borders = element("w:pBdr")
    for side, size in (("top", THICK if first else 0), ("bottom", THICK if last else THIN)):
        if size:
            borders.append(element(f"w:{side}", val="single", sz=size, space=1, color="000000"))
    properties.insert_element_before(borders, "w:tabs", "w:spacing", "w:ind", "w:jc")
    tabs = element("w:tabs")
    tabs.append(element("w:tab", val="right", pos=TYPE_AREA - round(SIZE_4 * 20)))
    properties.insert_element_before(tabs, "w:spacing", "w:ind", "w:jc")
    indent(paragraph, left=SIZE_4 / SIZE_3, right=SIZE_4 / SIZE_3)


def number_pages(section: Section) -> None:
    """`— 1 —` in size-4 SongTi, one character from the outer edge: odd pages right, even pages left (7.5)."""
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        indent(paragraph, left=1, right=1)
        write(paragraph, "— ", SONGTI, SIZE_4)
        field = element("w:fldSimple", instr="PAGE")
        field.append(write(paragraph, "1", SONGTI, SIZE_4).font.element)
        paragraph.paragraph_format.element.append(field)
        write(paragraph, " —", SONGTI, SIZE_4)


def element(tag: str, **attributes: Any) -> Any:
    """An element of Word's own language; its attributes are of the same name space."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made
