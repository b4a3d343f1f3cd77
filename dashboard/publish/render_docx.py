"""A document as the draft of a 通报 in Word, laid out to GB/T 9704-2012; its tables are attachments.

The paper is Chinese, as the standard is. The office adds the seal, and the number where the document has none.
"""

import io
import math
from datetime import UTC, datetime, time
from typing import Any, Final

import docx
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from dashboard.publish import official
from dashboard.publish.archive import settled
from dashboard.publish.canvas import text_width
from dashboard.publish.document import Document
from dashboard.publish.official import FANGSONG, HEITI, KAITI, SIZE_2, SIZE_3, SIZE_4, XIAOBIAOSONG, indent, write
from dashboard.publish.paper_table import paper_table
from dashboard.publish.said import said
from dashboard.text import Words

CENTRE: Final = WD_ALIGN_PARAGRAPH.CENTER
# Parts of the library's empty template: a picture of it, looks for old versions of Word, a list of references.
UNUSED: Final = ("/thumbnail", "/stylesWithEffects", "/customXml")
MARK_DROP: Final = 35 / 25.4 * 72  # from the top of the type area to the issuer's name (7.2.4)
LARGEST_MARK: Final = 48.0
TITLE_LINE: Final = 34.0
DAY_FROM_RIGHT: Final = 4  # characters (7.3.5)


def render_docx(document: Document) -> bytes:
    """The draft as a Word file; without a clock and without the name of anyone who made it."""
    it = said(document, Words("zh"))
    paper = docx.Document()
    _describe(paper, document, it)
    official.dress(paper)
    official.lay_out(paper)
    official.number_pages(paper.sections[0])
    _Draft(paper, it, document.issued_on.year).write()
    out = io.BytesIO()
    paper.save(out)
    return settled(out.getvalue(), {"word/fontTable.xml": official.font_table()})


def _describe(paper: Paper, document: Document, it: dict[str, Any]) -> None:
    for relations in (paper.part.package.rels, paper.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(UNUSED):
                del relations[name]
    about = paper.core_properties
    about.title, about.author, about.last_modified_by = it["title"], it["issuer"], ""
    about.comments, about.keywords, about.language, about.revision = it["fixed"]["edition"], "", "zh-CN", 1
    about.created = about.modified = datetime.combine(document.issued_on, time(), UTC)


class _Draft:
    """The paper, written from its head to its closing lines."""

    def __init__(self, paper: Paper, it: dict[str, Any], year: int) -> None:
        self.paper, self.it, self.year = paper, it, year
        self.tables = [block for section in it["sections"] for block in section["blocks"] if block["kind"] == "table"]

    def write(self) -> None:
        """Head, title, text, signature, attachments, closing lines."""
        self._head()
        self._title()
        self._text()
        self._signature()
        for number, table in enumerate(self.tables, start=1):
            self._attachment(number, table["title"], across=table["wide"])
            self._table(table)
        if self.it["definitions"]:
            self._attachment(len(self.tables) + 1, self.it["fixed"]["definitions"], across=False)
            self._line()
            for each in self.it["definitions"]:
                self._body(f"{each['label']}：{each['text']}")
        self._turn(across=False)
        self._closing()

    def _line(self, text: str = "", font: str = FANGSONG, size: float = SIZE_3) -> Paragraph:
        paragraph = self.paper.add_paragraph()
        if text:
            write(paragraph, text, font, size)
        return paragraph

    def _body(self, text: str, font: str = FANGSONG) -> Paragraph:
        paragraph = self._line(text, font)
        indent(paragraph, first=2)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        return paragraph

    def _head(self) -> None:
        mark = self._line()
        name = f"{self.it['issuer']}文件"
        size = min(LARGEST_MARK, official.POINTS / len(name))
        write(mark, name, XIAOBIAOSONG, size).font.color.rgb = RGBColor.from_string(official.RED)
        mark.alignment = CENTRE
        mark.paragraph_format.space_before = Pt(MARK_DROP)
        mark.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        self._line()
        self._line()
        number = self._line(self.it["number"] or f"〔{self.year}〕　　号")
        number.alignment = CENTRE
        official.border(number, official.RED, 1.5, 11)  # 4 mm under the number (7.2.6)

    def _title(self) -> None:
        self._line()
        self._line()
        self._heading(self.it["title"])
        if self.it["state"]:
            self._line(f"（{self.it['state']}）", KAITI).alignment = CENTRE
        self._line()
        if self.it["addressees"]:
            self._line(self.it["addressees"])

    def _heading(self, title: str) -> None:
        line = self._line("\n".join(official.title_lines(title)), XIAOBIAOSONG, SIZE_2)
        line.alignment = CENTRE
        official.off_grid(line, TITLE_LINE)

    def _text(self) -> None:
        for number, section in enumerate(self.it["sections"], start=1):
            self._body(
                f"{official.numeral(number)}、{section['heading']}", HEITI
            ).paragraph_format.keep_with_next = True
            texts = [block["text"] for block in section["blocks"] if block["kind"] == "text"]
            for text in texts:
                self._body(text)
            numbers = [str(self.tables.index(block) + 1) for block in section["blocks"] if block["kind"] == "table"]
            if numbers:
                self._body(f"详见附件{'、'.join(numbers)}。")
        titles = [table["title"] for table in self.tables]
        if self.it["definitions"]:
            titles.append(self.it["fixed"]["definitions"])
        if titles:
            self._line()
        for number, title in enumerate(titles, start=1):
            line = self._line(f"{'附件：' if number == 1 else '　　　'}{number}. {title}")
            indent(line, left=2)
            line.paragraph_format.keep_with_next = True  # the signature never stands on a page of its own

    def _signature(self) -> None:
        for blank in (self._line(), self._line()):
            blank.paragraph_format.keep_with_next = True
        name, day = text_width(self.it["issuer"], 1), text_width(self.it["day"], 1)
        over = (name - day) / 2  # the name stands over the middle of the day (7.3.5.1)
        for text, right in ((self.it["issuer"], DAY_FROM_RIGHT - over), (self.it["day"], float(DAY_FROM_RIGHT))):
            line = self._line(text)
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            indent(line, right=max(right, 0))
            line.paragraph_format.keep_with_next = text != self.it["day"]

    def _attachment(self, number: int, title: str, *, across: bool) -> None:
        turned = self._turn(across=across)
        first = self._line(f"附件{number}", HEITI)
        first.paragraph_format.page_break_before = not turned
        self._line()
        self._heading(title)

    def _turn(self, *, across: bool) -> bool:
        """Go on with pages laid across or upright; whether that began a new page."""
        if (self.paper.sections[-1].orientation == WD_ORIENT.LANDSCAPE) == across:
            return False
        self.paper.add_section(WD_SECTION.NEW_PAGE)
        official.lay_out(self.paper, across=across)
        return True

    def _table(self, table: dict[str, Any]) -> None:
        measure = self._line(table["measure"], FANGSONG, SIZE_4)
        measure.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        section = self.paper.sections[-1]
        width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
        self.paper.element.body.insert_element_before(paper_table(table, width // 635), "w:sectPr")
        for note in table["notes"]:
            self._line(note, FANGSONG, SIZE_4)

    def _closing(self) -> None:
        printed = f"{self.it['issuer']}\t{self.it['day']}印发"
        copies = f"抄送：{self.it['copies']}" if self.it["copies"] else ""
        above = 1 + math.ceil(text_width(copies, SIZE_4) / (official.POINTS - 2 * SIZE_4))
        if copies:
            line = self._line(copies, FANGSONG, SIZE_4)
            official.at_foot(line, lines_above_end=above, first=True, last=False)
        line = self._line(printed, FANGSONG, SIZE_4)
        official.at_foot(line, lines_above_end=1, first=not copies, last=True)
        self._line().paragraph_format.line_spacing = Pt(1)  # what a frame is held by stands after it
