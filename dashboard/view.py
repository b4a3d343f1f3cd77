"""One reader's view of one build: the selection resolved to a region, a period and a day, and the way to ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final, TypedDict, Unpack

from dashboard.comparison import beside
from dashboard.panel import Row, Withheld
from dashboard.period import Period, newest_quarter, period_before, same_last_year, year_earlier, year_period
from dashboard.regions import Region, Tree, level_below
from dashboard.remembered import remembered
from dashboard.selection import Comparison, Selection
from dashboard.semantics.answer import answer
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.question import Question
from dashboard.semantics.targets import Target, TargetsByRegion
from dashboard.state.database import State
from dashboard.text import Words
from dashboard.warehouse import Build

KEPT_ANSWERS: Final = 64  # of a build


class Asked(TypedDict, total=False):
    """What a view asks otherwise than of its own region, period and day; None is its own."""

    by: Sequence[str]
    region: Region | None
    period: Period | None
    as_of: date | None
    where: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class View:
    """What every panel is built from; `path` is the page's; `state`: what people did here, where that is kept.

    `known_at`: gives the build as known at an earlier load; `keeps`: whether answers stay with the build, for panels
    that ask the same of it.
    """

    selection: Selection
    build: Build
    tree: Tree
    words: Words
    path: str = "/"
    quarterly: bool = False
    state: State | None = None
    known_at: Callable[[int], Build] | None = None
    keeps: bool = False

    @cached_property
    def region(self) -> Region:
        """The region chosen, the city by default."""
        return self.tree.find(self.selection.region)

    @cached_property
    def data_date(self) -> date:
        """The build's data date; a build without any day of data has nothing to show."""
        if self.build.data_date is None:
            raise Withheld("unavailable")
        return self.build.data_date

    @cached_property
    def as_of(self) -> date:
        """The day as at which figures are computed, never after the data date."""
        return min(self.selection.as_of or self.data_date, self.data_date)

    @cached_property
    def period(self) -> Period:
        """The period chosen, the page's own by default, cut at the day as at which figures are computed."""
        return self.period_whole.cut(self.as_of)

    @cached_property
    def period_whole(self) -> Period:
        """The period chosen, by default the year, on quarterly pages the newest full quarter."""
        if self.selection.period is not None:
            return self.selection.period
        return newest_quarter(self.as_of) if self.quarterly else year_period(self.as_of.year)

    @cached_property
    def level(self) -> str:
        """The level of the regions side by side: those below the chosen one; a community stands among its peers."""
        return level_below(self.region.level) or "community"

    @cached_property
    def area(self) -> Region:
        """The region whose parts stand side by side."""
        return self.region if self.region.level != "community" else self.tree.find(self.region.parent)

    @cached_property
    def parts(self) -> list[Region]:
        """The regions that stand side by side."""
        return self.tree.children(self.area)

    def period_compared(self) -> Period | None:
        """The period set against the chosen one; None where the reader wants none, or other regions instead."""
        if self.selection.compare not in ("last_year", "previous"):
            return None
        if self.selection.compare == "last_year":
            return same_last_year(self.period)
        whole = period_before(self.period_whole)
        return Period(whole.start, min(whole.end, whole.start + (self.period.end - self.period.start)))

    def ask(self, *metrics: str, **otherwise: Unpack[Asked]) -> list[Row]:
        """The answer's rows for this view; the reader's filters hold wherever all the metrics have their dimension."""
        question = self.question(*metrics, **otherwise)
        return list(_rows(self.build, question) if self.keeps else answer(self.build, question).rows)

    def question(self, *metrics: str, **otherwise: Unpack[Asked]) -> Question:
        """What `ask` asks."""
        period = otherwise.get("period") or self.period
        return Question(
            metrics=metrics,
            by=tuple(otherwise.get("by", ())),
            region=(otherwise.get("region") or self.region).code,
            start=period.start,
            end=period.end,
            as_of=otherwise.get("as_of") or self.as_of,
            where=(*self.filters(metrics), *otherwise.get("where", ())),
        )

    def among_all(self) -> "View":
        """The same view of the whole build, whatever the reader's scope: for ranges of peers, which name nobody."""
        return replace(self, build=self.build.whole)

    def figures(self, *metrics: str, **otherwise: Unpack[Asked]) -> Row:
        """One row: the figures of the region chosen, without a breakdown."""
        return self.ask(*metrics, **otherwise)[0]

    def compared(self, *metrics: str, by: Sequence[str] = (), region: Region | None = None) -> list[Row]:
        """The same figures in the period compared, as at its own last day, or of the regions compared; or none."""
        if self.selection.compare in ("parent", "peers"):
            return beside(self, metrics, by, region or self.region)
        earlier = self.earlier()
        return [] if earlier is None else self.ask(*metrics, **(earlier | Asked(by=by, region=region)))

    def earlier(self) -> Asked | None:
        """The period compared and the day as at which it is looked at; None where regions are compared, or nothing."""
        period = self.period_compared()
        if period is None:
            return None
        day = year_earlier(self.as_of) if self.selection.compare == "last_year" else period.end
        return {"period": period, "as_of": max(day, period.end)}

    def twelve_months(self) -> Period:
        """The twelve months that end with the period: what a sparkline and a monthly chart show."""
        last = self.period.end
        first = date(last.year - 1, last.month, 1) + timedelta(days=31)
        return Period(first.replace(day=1), last)

    def filters(self, metrics: Sequence[str]) -> tuple[tuple[str, str | None], ...]:
        """The reader's filters that all these metrics know."""
        return tuple(
            pair for pair in self.selection.where if all(pair[0] in METRICS[name].dimensions for name in metrics)
        )

    def targets(self, regions: Sequence[Region] | None = None) -> list[Target]:
        """The targets of the year in view, of the region in view or of these, as far as the reader may see them."""
        chosen = (self.region,) if regions is None else regions
        seen = [region for region in chosen if self.build.sees(region.code)]
        return [target for region in seen for target in self._targets_of(region.level).of(region.code)]

    def _targets_of(self, level: str) -> TargetsByRegion:
        return _targets_of_level(self.build.whole, self.period.start.year, self.as_of, level)

    def but_compared(self, compare: Comparison) -> "View":
        """The same view with another comparison."""
        return replace(self, selection=self.selection.but(compare=compare))

    def href(self, selection: Selection, path: str | None = None) -> str:
        """The address of another view; a section is a page's own, so another page opens with its first."""
        if path not in (None, self.path) and selection.section == self.selection.section:
            selection = selection.but(section=None)
        return (self.path if path is None else path) + selection.search

    def at(self, region: Region) -> str:
        """The address of the same view of another region; the root's names none."""
        return self.href(self.selection.but(region=None if region == self.tree.root else region.code))

    def drill(self, dimension: str, value: str, path: str | None = None) -> str:
        """The address that a click on a mark leads to."""
        return self.href(self.selection.drilled(dimension, value), path)


@remembered(KEPT_ANSWERS)
def _rows(build: Build, question: Question) -> Sequence[Row]:
    """The rows of an answer, not to be changed."""
    return answer(build, question).rows


@remembered(32)
def _targets_of_level(build: Build, year: int, as_of: date, level: str) -> TargetsByRegion:
    """Those of a year and a level of regions, counted once a build and day."""
    return TargetsByRegion(build, year, as_of, level)
