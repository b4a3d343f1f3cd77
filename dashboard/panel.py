"""What a page is made of: a page is a list of panels; a panel selects, fetches and draws."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from dash.development.base_component import Component

if TYPE_CHECKING:
    from dashboard.view import View

Row = Mapping[str, Any]
Group = Literal["lead", "work", "check", "behind"]
Reason = Literal["no_rows", "unavailable", "hidden", "not_allowed", "failed"]


class Withheld(Exception):  # noqa: N818 - not a fault: an answer that is not a figure
    """Why a panel shows no figure: the reader is told which of the five it is, and `detail` if there is any."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


# What a column holds that has no unit: text, long or short text, a name in the code, a region's code, a score …
PLAIN: Final = ("", "long", "short", "code", "place", "score", "rank", "bar")


@dataclass(frozen=True)
class Column:
    """A column of a panel's table: `unit` says how its numbers read, or is one of PLAIN."""

    name: str
    label: str
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """A panel's figures as rows, raw; `drill` names the column whose value a click on a row chooses, as what."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    drill: tuple[str, str] | None = None


@dataclass(frozen=True)
class Choice:
    """One of the things that a panel can show: what it is called, and the address that shows it."""

    label: str
    href: str
    chosen: bool = False


@dataclass(frozen=True)
class Drawing:
    """What a panel shows: a figure or a component, the sentence that reads it, and the same rows as a table.

    `metrics`: whose definitions it shows where they depend on what was chosen. `choices`: what else it could show.
    `knows`: dimensions that it is filtered by besides those of its metrics.
    `whole`: all rows, where the table has some of them.
    """

    reading: str
    table: Table
    figure: dict[str, Any] | None = None
    body: Component | None = None
    height: int = 280
    metrics: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    knows: tuple[str, ...] = ()
    whole: Callable[[], Table] | None = None

    def filed(self) -> Table:
        """The rows that leave as a file; Withheld where they are too many."""
        return self.table if self.whole is None else self.whole()


@dataclass(frozen=True)
class Panel:
    """One panel: `title` and `description` are messages; `metrics`: whose definitions it shows, if always the same.

    `span` is its width in twelfths on a wide screen. `build` raises Withheld where there is nothing to draw.
    """

    name: str
    title: str
    description: str
    metrics: tuple[str, ...]
    build: "Callable[[View], Drawing]"
    span: int = 6
    height: int = 280


@dataclass(frozen=True)
class Section:
    """A part of a page that is too long for one look: what it is called, and its panels in reading order."""

    name: str
    title: str
    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class Page:
    """One page: its path, what it is called, and all its panels in reading order.

    `sections`: its panels in parts, one of which is shown at a time; the address says which, by default the first.
    `breakdowns`: dimensions to choose from; `levels`: kinds of regions to choose from; the first is the default.
    `quarterly`: where no period is chosen the newest full quarter is shown, not the year.
    `group`: where it stands in the menu.
    `more_charts`: charts beyond bars, lines and pies are drawn here; a first visit gets the larger Plotly at once.
    """

    name: str
    path: str
    title: str
    lead: str
    panels: tuple[Panel, ...]
    breakdowns: tuple[str, ...] = field(default=())
    levels: tuple[str, ...] = field(default=())
    quarterly: bool = False
    more_charts: bool = False
    group: Group = "work"
    sections: tuple[Section, ...] = field(default=())

    def section(self, name: str | None) -> Section | None:
        """The section called `name`, the first where it has none of that name; None where it has no sections."""
        return next((each for each in self.sections if each.name == name), next(iter(self.sections), None))

    def shown(self, section: str | None) -> tuple[Panel, ...]:
        """The panels that stand on the page: those of one section, or all."""
        chosen = self.section(section)
        return chosen.panels if chosen else self.panels

    def panel(self, name: str) -> Panel | None:
        """The panel called `name`, if the page has it."""
        return next((panel for panel in self.panels if panel.name == name), None)


def panels_of(sections: Sequence[Section]) -> tuple[Panel, ...]:
    """All panels of a page's sections, in reading order."""
    return tuple(panel for section in sections for panel in section.panels)
