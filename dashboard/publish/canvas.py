"""A sheet of SVG that is written from the top down, one line of a chart after the other.

Text and rules take the colour of the text around them (`currentColor`); only marks bring a colour.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

from dashboard.publish.font import FAMILY

WIDTH: Final = 640
SIZE: Final = 12
ROW: Final = 22
LONGEST: Final = 200  # of a label; a longer one ends in …
GAP: Final = 8
_WORD_ENDS: Final = "年月度市区县的和、）》"
_NARROW: Final = 0.56  # of a letter or digit against a Chinese character


def text_width(text: str, size: float = SIZE) -> float:
    """The width of a line of text, near enough to keep labels apart."""
    return sum(size if east_asian_width(letter) in "WFA" else size * _NARROW for letter in text)


def label_width(labels: Sequence[str]) -> float:
    """The room that the longest label needs."""
    return min(max(map(text_width, labels), default=0.0) + 2, LONGEST)


def shortened(text: str, room: float) -> str:
    """`text`, ending in … where the room is too small for it."""
    if text_width(text) <= room:
        return text
    while text and text_width(text + "…") > room:
        text = text[:-1]
    return text + "…"


def parted(title: str, room: float) -> list[str]:
    """A Chinese title in lines of at most `room` characters, nearly alike, parted where a word seems to end."""
    lines = math.ceil(text_width(title, 1) / room)
    if lines <= 1:
        return [title]
    ideal = len(title) / lines
    ends = [at for at, letter in enumerate(title, start=1) if letter in _WORD_ENDS and abs(at - ideal) <= ideal / 3]
    cut = min(ends, key=lambda at: abs(at - ideal), default=round(ideal))
    return [title[:cut], *parted(title[cut:], room)]


@dataclass
class Canvas:
    """What is drawn so far; `y` is the top of the next line."""

    y: float = 0
    marks: list[str] = field(default_factory=list)

    def text(self, x: float, text: str, *, anchor: str = "start", muted: bool = False) -> None:
        """Text on the middle of the line."""
        paler = ' fill-opacity="0.7"' if muted else ""
        self.marks.append(
            f'<text x="{short(x)}" y="{short(self.y + 15)}" text-anchor="{anchor}"{paler}>{escape(text)}</text>'
        )

    def label(self, text: str, room: float) -> None:
        """A name at the left, which ends where the drawing begins."""
        self.text(room, shortened(text, room), anchor="end")

    def label_right(self, x: float, text: str) -> None:
        """A name at the right, from where the drawing ends."""
        self.text(x, shortened(text, WIDTH - x))

    def rule(self, start: tuple[float, float], end: tuple[float, float], *, dashed: bool = False) -> None:
        """A thin line behind the marks."""
        look = 'stroke-opacity="0.6" stroke-dasharray="4 3"' if dashed else 'stroke-opacity="0.16"'
        self.marks.append(f'<path d="M{point(start)}L{point(end)}" stroke="currentColor" {look}/>')

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float) -> None:
        """A coloured line through the points."""
        way = "L".join(map(point, points))
        look = f'stroke="{colour}" stroke-width="{short(width)}" stroke-linecap="round" stroke-linejoin="round"'
        self.marks.append(f'<path d="M{way}" fill="none" {look}/>')

    def dot(self, at: tuple[float, float], colour: str) -> None:
        """A coloured dot."""
        self.marks.append(f'<circle cx="{short(at[0])}" cy="{short(at[1])}" r="5" fill="{colour}"/>')

    def bar(self, x: float, width: float, colour: str) -> None:
        """A lying bar on the line."""
        self.marks.append(
            f'<rect x="{short(x)}" y="{short(self.y + 4)}" width="{short(width)}" height="14" fill="{colour}"/>'
        )

    def legend(self, names: Sequence[tuple[str, str]]) -> None:
        """Names with their colours, in as many lines as they need."""
        x = 0.0
        for name, colour in names:
            if x and x + text_width(name) + 18 > WIDTH:
                x, self.y = 0.0, self.y + ROW
            self.marks.append(
                f'<rect x="{short(x)}" y="{short(self.y + 5)}" width="12" height="12" rx="2" fill="{colour}"/>'
            )
            self.text(x + 17, name)
            x += 17 + text_width(name) + 22
        self.y += ROW + 4

    def svg(self, title: str) -> str:
        """The whole drawing; `title` is what it is called where it cannot be seen."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {short(self.y + 4)}" role="img" '
            f'aria-label={quoteattr(title)} color="#1d2730" font-family="{FAMILY}" font-size="{SIZE}" '
            'fill="currentColor">'
        )
        return head + "".join(self.marks) + "</svg>"


def short(number: float) -> str:
    """A coordinate, to a hundredth: the same on every machine."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def point(at: tuple[float, float]) -> str:
    """A point of a path."""
    return f"{short(at[0])} {short(at[1])}"
