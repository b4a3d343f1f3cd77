"""A document as a workbook: a cover that says what the figures are, then one sheet a table."""

from typing import Final

from xlsxwriter.worksheet import Worksheet

from dashboard.publish.canvas import text_width
from dashboard.publish.document import Document, Table
from dashboard.publish.said import cell_said, marks_said
from dashboard.publish.workbook import MUTED, Workbook
from dashboard.text import Words

LABEL, TEXT = 26, 80  # widths of the cover's columns, in letters
NARROWEST, WIDEST = 8, 60
HEADING: Final = 16  # letters of a heading before it is set in two lines


def render_xlsx(document: Document, words: Words) -> bytes:
    """The cover with period, filters, source, dates and definitions; then the tables with frozen, filtered heads."""
    book = Workbook(words, words.of(document.title), words.of(document.issuer), document.issued_on)
    cover = book.sheet(words.say("Cover"))
    sheets = [(table, book.sheet(words.of(table.title))) for table in document.tables]
    _Cover(book, cover).write(document, sheets)
    for table, sheet in sheets:
        _fill(book, sheet, table)
    return book.finished()


class _Cover:
    """The first sheet, written line by line."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self.book, self.sheet, self.words, self.line = book, sheet, book.words, 0
        sheet.set_column(0, 0, LABEL)
        sheet.set_column(1, 1, TEXT)
        sheet.hide_gridlines(2)

    def write(self, document: Document, sheets: list[tuple[Table, Worksheet]]) -> None:
        """Everything that a reader of the figures has to know."""
        words = self.words
        self.sheet.write_string(0, 0, words.of(document.title), self.book.look(bold=True, font_size=16))
        self.sheet.set_row(0, 30)
        self.line = 1
        for text in filter(None, (document.state, document.issuer)):
            if words.of(text):
                self._line(words.of(text), "", muted=True)
        for fact in document.facts:
            self._line(words.of(fact.label), words.of(fact.value))
        self._heading(words.say("Sheets"))
        for table, sheet in sheets:
            notes = [words.of(text) for text in (table.measure, *table.notes) if text] + marks_said(table, words)
            self._line(sheet.get_name(), "\n".join(notes), address=f"internal:'{sheet.get_name()}'!A1")
        if document.definitions:
            self._heading(words.say("Definitions"))
        for each in document.definitions:
            self._line(words.of(each.label), f"{words.of(each.text)}\n{each.name}")
        if document.notes:
            self._heading(words.say("Notes"))
        for note in document.notes:
            self._line("", words.of(note))

    def _heading(self, text: str) -> None:
        self.line += 1
        for column in (0, 1):
            self.sheet.write_string(self.line, column, "" if column else text, self.book.heading())
        self.line += 1

    def _line(self, label: str, text: str, *, address: str = "", muted: bool = False) -> None:
        look = {"font_color": MUTED} if muted else {}
        if address:
            self.sheet.write_url(self.line, 0, address, self.book.look(underline=1, valign="top"), label)
        else:
            self.sheet.write_string(self.line, 0, label, self.book.look(valign="top", **look))
        self.sheet.write_string(self.line, 1, text, self.book.look(text_wrap=True, valign="top"))
        lines = sum(1 + int(text_width(part, 2) // TEXT) for part in text.split("\n"))
        self.sheet.set_row(self.line, 16 * lines + 2)
        self.line += 1


def _fill(book: Workbook, sheet: Worksheet, table: Table) -> None:
    words = book.words
    for at, column in enumerate(table.columns):
        heading = words.headed(words.of(column.label), column.unit)
        sheet.write_string(0, at, heading, book.heading(right=column.is_number))
        texts = (cell_said(row[at], column.unit, words) for row in table.rows)
        widest = max((text_width(text, 2) for text in texts), default=0)
        sheet.set_column(at, at, min(max(widest, min(text_width(heading, 2), HEADING), NARROWEST), WIDEST) + 2)
    for number, row in enumerate(table.rows):
        for at, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            book.write(sheet, (number + 1, at), cell, column.unit, strong=number in table.strong)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    if table.is_wide:
        sheet.set_landscape()
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
