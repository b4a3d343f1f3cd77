"""The neutral model of a bulletin: what every file of an edition says, without how it is laid out.

Texts are in both languages; figures are raw, and a renderer says them through `dashboard.text`. A document is built
from an edition's frozen figures, so that the same document gives the same bytes wherever and whenever it is rendered.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

from dashboard.semantics.words import Text


class Mark(Enum):
    """What stands in a cell instead of a figure: a count hidden to protect persons, or nothing to be said here."""

    HIDDEN = "hidden"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Place:
    """A rank from 1 on; `tied` if another unit shares it (并列)."""

    rank: int
    tied: bool = False


# None: no data, said in words and never as a nought.
Cell = str | Text | int | float | Decimal | date | Place | Mark | None

WIDE_FROM: Final = 92  # halves of a Chinese character that a portrait page holds; a wider table is laid across


@dataclass(frozen=True)
class Column:
    """A column: `width` in halves of a Chinese character.

    `unit` as `dashboard.text` knows it, or what the cells hold that has none: `""` text, `code`, `rank`, `score`.
    """

    name: str
    label: Text
    unit: str = ""
    width: int = 10

    @property
    def is_number(self) -> bool:
        """Whether its cells are figures, which stand to the right."""
        return self.unit not in ("", "code")


@dataclass(frozen=True)
class Table:
    """A table: `name` names its sheet and its CSV file (letters, digits, `_`); `strong` are rows set in bold.

    `measure` says what every figure has in common, as a table's head does: `单位：分、人  2026年第三季度`.
    """

    name: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    measure: Text | None = None
    notes: tuple[Text, ...] = ()
    strong: frozenset[int] = frozenset()

    @property
    def is_wide(self) -> bool:
        """Whether it needs a page laid across."""
        return sum(column.width for column in self.columns) > WIDE_FROM

    def holds(self, mark: Mark) -> bool:
        """Whether any cell bears the mark: its meaning is then said under the table."""
        return any(cell is mark for row in self.rows for cell in row)


@dataclass(frozen=True)
class Bar:
    """One unit's bar, made of `parts` in the order of the chart's series; `value` stands at its end."""

    label: str
    parts: tuple[float, ...]
    value: float | Decimal


@dataclass(frozen=True)
class Bars:
    """Lying bars, stacked where there is more than one series; `unit` as a column's."""

    title: Text
    series: tuple[Text, ...]
    bars: tuple[Bar, ...]
    unit: str = "score"
    reading: Text | None = None


@dataclass(frozen=True)
class Interval:
    """One unit's rank between the best and the worst that is likely."""

    label: str
    rank: int
    low: int
    high: int


@dataclass(frozen=True)
class Intervals:
    """How sure the ranks are: a line a unit, the best rank on the left; `line` is a rank worth a stroke, such as 10."""

    title: Text
    intervals: tuple[Interval, ...]
    line: int | None = None
    reading: Text | None = None


@dataclass(frozen=True)
class Course:
    """One unit's rank in each period; None where it had none."""

    label: str
    ranks: tuple[int | None, ...]


@dataclass(frozen=True)
class Bump:
    """Ranks over the periods, the first at the top; ranks beyond the last drawn leave the chart."""

    title: Text
    periods: tuple[Text, ...]
    courses: tuple[Course, ...]
    deepest: int = 10
    reading: Text | None = None


Chart = Bars | Intervals | Bump
Block = Text | Table | Bars | Intervals | Bump


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; a `Text` is a paragraph."""

    heading: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Fact:
    """A line of the cover: what it is and what holds here (period, level, filters, source, load, data date …)."""

    label: Text
    value: Text


@dataclass(frozen=True)
class Definition:
    """What a figure means: its name in the code, its label, its definition with formula and source."""

    name: str
    label: Text
    text: Text


@dataclass(frozen=True)
class Document:
    """One bulletin. `address`: where its edition is found, said as a QR code; `number`: 文号, empty while a draft.

    `state` is said under the title where it is not empty: a draft, a correction, superseded by another edition.
    """

    edition: str
    title: Text
    issuer: Text
    issued_on: date
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...] = ()
    definitions: tuple[Definition, ...] = ()
    notes: tuple[Text, ...] = ()
    state: Text | None = None
    number: str = ""
    addressees: Text | None = None
    copies: Text | None = None
    address: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table in the order of reading: the sheets and the CSV files."""
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Table))
