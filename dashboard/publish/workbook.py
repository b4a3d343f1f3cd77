"""A workbook that is written cell by cell: nothing is guessed from a text, so that no text becomes a formula."""

import io
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.figures.theme import ACCENT
from dashboard.publish.archive import settled
from dashboard.publish.document import Cell, Mark, Place
from dashboard.publish.said import cell_said
from dashboard.semantics.words import Text
from dashboard.text import Words, decimals, decimals_held

FONT: Final = "等线"  # what Excel in Chinese writes in; another office puts its own in place of it
MUTED: Final = "#6b7680"
NAME_LENGTH: Final = 31  # Excel's limit for the name of a sheet
_FORBIDDEN: Final = str.maketrans("[]:*?/\\'", "（）：＊？／＼’")
_A4: Final = 9


class Workbook:
    """An Excel file under construction; each look is made once."""

    def __init__(self, words: Words, title: str, author: str, day: date) -> None:
        self.words = words
        self._file = io.BytesIO()
        plain = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._file, {"in_memory": True, **plain})
        made = datetime.combine(day, time(), UTC)
        self._book.set_properties({"title": title, "author": author, "created": made})
        self._looks: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._names: set[str] = set()

    def look(self, **look: Any) -> Format:
        """The format of that look."""
        key = tuple(sorted(look.items()))
        if key not in self._looks:
            self._looks[key] = self._book.add_format({"font_name": FONT, "font_size": 11, "valign": "vcenter", **look})
        return self._looks[key]

    def heading(self, *, right: bool = False) -> Format:
        """The look of a column's heading."""
        return self.look(
            align="right" if right else "left",
            bold=True,
            text_wrap=True,
            bottom=2,
            bottom_color=ACCENT,
            bg_color="#eef3f5",
        )

    def sheet(self, name: str) -> Worksheet:
        """A new sheet that prints on A4; its name is cut to what Excel takes, and numbered where another has it."""
        plain = name.translate(_FORBIDDEN)[:NAME_LENGTH]
        number = 1
        while plain.casefold() in self._names:
            number += 1
            plain = f"{name.translate(_FORBIDDEN)[: NAME_LENGTH - 5]} ({number})"
        self._names.add(plain.casefold())
        sheet = self._book.add_worksheet(plain)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return sheet

    def write(self, sheet: Worksheet, at: tuple[int, int], cell: Cell, unit: str, *, strong: bool = False) -> None:
        """One cell: numbers as numbers with their decimals, days as days, everything else as text."""
        look: dict[str, Any] = {"bold": True} if strong else {}
        if isinstance(cell, date):
            day = datetime.combine(cell, time())
            sheet.write_datetime(*at, day, self.look(num_format="yyyy-mm-dd", align="left", **look))
        elif isinstance(cell, Place):
            sheet.write_number(*at, cell.rank, self.look(num_format=self._place(cell), **look))
        elif cell is None or isinstance(cell, Mark):
            sheet.write_string(*at, cell_said(cell, unit, self.words), self.look(font_color=MUTED, align="right"))
        elif isinstance(cell, str | Text):
            sheet.write_string(*at, cell_said(cell, unit, self.words), self.look(indent=1, **look))
        else:
            digits = decimals_held(cell) if isinstance(cell, Decimal) else decimals(unit)
            sheet.write_number(*at, float(cell), self.look(num_format=separated(digits), **look))

    def _place(self, place: Place) -> str:
        if not place.tied:
            return "0"
        before, after = self.words.say("tied {rank}", rank="\0").split("\0")
        return f'"{before}"0"{after}"'

    def finished(self) -> bytes:
        """The file."""
        self._book.close()
        return settled(self._file.getvalue())


def separated(digits: int) -> str:
    """Excel's format of a number with thousands separated."""
    return "#,##0" + ("." + "0" * digits if digits else "")
