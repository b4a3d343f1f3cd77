"""Ranks over the quarters: who rose, who fell."""

from typing import Any, Final

from dashboard.drawings.ranked import leading_unit, level_of, periods_of, ranked, ranked_inside, ranking_of, together
from dashboard.figures.ranks import Course, bump
from dashboard.panel import Column, Drawing, Table
from dashboard.period import Period
from dashboard.ranking.official import ranks_in
from dashboard.ranking.ranking import RankedUnit
from dashboard.remembered import remembered
from dashboard.view import View
from dashboard.warehouse import Build

LINES: Final = 8


@remembered(16)
def _ranks(build: Build, periods: tuple[Period, ...], level: str, among: tuple[Period, ...]) -> list[dict[str, int]]:
    """The ranks of each period by unit; none where nothing is known of it."""
    last = [ranked(build, period, level, among) for period in periods[-2:]]  # which other panels ask too
    return [
        *(ranks_in(build, period, level, among) for period in periods[:-2]),
        *(dict(zip(each.peer_of, each.scores.places.tolist(), strict=True)) for each in last),
    ]


def courses(view: View) -> Drawing:
    """The ranks of the best units of the region in view, and of the one in view, over up to eight periods."""
    words, level, found = view.words, level_of(view), ranking_of(view)
    units = ranked_inside(view, found)
    chosen = leading_unit(view, found)
    shown = units[:LINES] if chosen in units[:LINES] else [*units[: LINES - 1], chosen]
    periods = periods_of(view)
    cut = tuple(period.cut(view.as_of) for period in periods)
    ranks = dict(zip(periods, _ranks(view.build.whole, cut, level, together(view)), strict=True))
    known = [period for period in ranks if ranks[period]]
    names = [words.period(period) for period in known]
    lines = [
        Course(
            unit.name,
            [ranks[period].get(unit.code) for period in known],
            ("region", unit.code),
            chosen=unit.code == chosen.code,
        )
        for unit in shown
    ]
    short = [period.name for period in known]
    by_name = {name: ranks[period] for name, period in zip(short, known, strict=True)}
    rows = [_row(unit, by_name) for unit in units]
    columns = (
        Column("code", words.say("code"), "place"),
        Column("name", words.say("unit")),
        *(Column(name, said, "rank") for name, said in zip(short, names, strict=True)),
    )
    figure = bump(short, names, lines, words.say("rank"))
    table = Table(columns, rows, ("code", "region"))
    return Drawing(_reading(view, chosen, known, ranks), table, figure=figure, height=400)


def _row(unit: RankedUnit, by_name: dict[str, dict[str, int]]) -> dict[str, Any]:
    return {"code": unit.code, "name": unit.name} | {name: ranks.get(unit.code) for name, ranks in by_name.items()}


def _reading(view: View, unit: RankedUnit, known: list[Period], ranks: dict[Period, dict[str, int]]) -> str:
    words = view.words
    own = [(period, ranks[period][unit.code]) for period in known if unit.code in ranks[period]]
    best = min(own, key=lambda pair: pair[1])
    worst = max(own, key=lambda pair: pair[1])
    return words.say(
        "{name} is now on rank {rank}; over {number} periods its best was {best} ({when}), its worst {worst} ({then}).",
        name=unit.name,
        rank=str(own[-1][1]),
        number=str(len(own)),
        best=str(best[1]),
        when=words.period(best[0]),
        worst=str(worst[1]),
        then=words.period(worst[0]),
    )
