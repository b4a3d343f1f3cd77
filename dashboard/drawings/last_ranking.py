"""The ranking before the one in view, as it was published: what changes are told against."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from dashboard.drawings.ranked import level_of, ranked, together
from dashboard.period import Period, period_before
from dashboard.publish.freeze import standard_of
from dashboard.publish.shelf import Bound, Shelf
from dashboard.ranking.change import Rankings, Standing, standings
from dashboard.ranking.official import ranking
from dashboard.ranking.ranking import Ranking
from dashboard.remembered import remembered
from dashboard.view import View
from dashboard.warehouse import Build

KEPT: Final = 4


@dataclass(frozen=True)
class Last:
    """The rankings on the way from the last one: of `period`; `edition`: its name where it is out.

    `load`: the one that it was known at; None where nothing older than the build in view is at hand.
    """

    period: Period
    rankings: Rankings
    edition: str | None
    load: int | None


def last_ranking(view: View) -> Last:
    """The last published ranking before the period in view; without an edition, of the period before.

    That is as known at the first load at hand which reaches its end, so that what was corrected since can be told.
    """
    out = tuple(edition.name for edition in Shelf(_home(view.build)).published())
    return _last(view.build.whole, (view.period_whole, view.period), level_of(view), together(view), out)


@remembered(16)
def _last(
    build: Build, in_view: tuple[Period, Period], level: str, among: tuple[Period, ...], out: tuple[str, ...]
) -> Last:
    whole, period = in_view
    # The editions that are `out` are part of what is kept: one published today is told against at once.
    now = ranked(build, period, level, among)
    edition = _edition([Shelf(_home(build)).edition(name) for name in out], whole, level)
    if edition is not None:
        before = edition.recipe.days
        revised = ranking(build, before, level, standard_of(edition.recipe), among=among)
        restated = _restated(revised, now, build, before, level)
        return Last(before, Rankings(_frozen(edition), revised, restated, now), edition.name, edition.recipe.load)
    before = period_before(whole)
    revised = ranked(build, before, level, among)
    known = _first_that_knew(build, before.end)
    published = ranked(known, before, level) if known else revised
    restated = _restated(revised, now, build, before, level)
    return Last(before, Rankings(standings(published), revised, restated, now), None, known.load if known else None)


def _restated(revised: Ranking, now: Ranking, build: Build, before: Period, level: str) -> Ranking:
    return revised if revised.standard == now.standard else ranking(build, before, level, now.standard)


def _edition(out: list[Bound], period: Period, level: str) -> Bound | None:
    """The newest edition of the level whose days end before the period; of corrected ones the last."""
    found = [edition for edition in out if edition.recipe.level == level and edition.recipe.days.end < period.start]
    return max(
        found,
        key=lambda edition: (edition.recipe.days.end, edition.recipe.issued_on, len(edition.name), edition.name),
        default=None,
    )


def _frozen(edition: Bound) -> dict[str, Standing]:
    units = edition.content["units"]
    return {unit["code"]: Standing(Decimal(unit["score"]), int(unit["rank"])) for unit in units}


def _home(build: Build) -> Path:
    return build.path.parent.parent


def _first_that_knew(build: Build, day: date) -> Build | None:
    """Of the builds at hand the oldest whose data reach `day`; None where that is the one in view."""
    home = _home(build)
    files = [*(home / "builds").glob("*.duckdb"), *(home / "known").glob("*.duckdb")]
    for path in sorted(files, key=lambda file: file.stem):
        if path.stem >= build.name:
            return None
        earlier = _earlier(build, path)
        if earlier.data_date is not None and earlier.data_date >= day:
            return earlier
    return None


@remembered(KEPT)
def _earlier(_later: Build, path: Path) -> Build:
    """An earlier build, open as long as the later one that is told against it."""
    return Build(path)
