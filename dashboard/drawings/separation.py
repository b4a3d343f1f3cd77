"""What separates a unit from the next better place and from the tenth, part by part."""

from dashboard.drawings.ranked import chosen_unit, ranking_of, sentences
from dashboard.figures.steps import Part, beside_zero
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.ranking.explain import Separation, last_of_the_best, next_better, runner_up, separation
from dashboard.ranking.ranking import RankedUnit, Ranking
from dashboard.view import View


def apart(view: View) -> Drawing:
    """What separates the unit from the next better place (the first: from the second) and from the tenth."""
    found = ranking_of(view)
    unit, words = chosen_unit(view, found), view.words
    others = _others(found, unit)
    if not others:
        raise Withheld("no_rows")
    separations = [separation(found, unit.code, other) for other in others]
    order = [leaf for leaf, points in separations[0].points]
    points = [{leaf.name: -value for leaf, value in each.points} for each in separations]
    groups = [
        (
            _named(view, each.other),
            [Part(words.of(leaf.label), one[leaf.name], words.number(one[leaf.name], 2)) for leaf in order],
        )
        for each, one in zip(separations, points, strict=True)
    ]
    rows = [
        {"leaf": words.of(leaf.label)} | {f"other_{at}": one[leaf.name] for at, one in enumerate(points)}
        for leaf in order
    ]
    # Names of units stand in the chart and the sentence: a column's label is the same for every unit.
    labels = (words.say("points before the nearest rank"), words.say("points before the tenth"))
    columns = (
        Column("leaf", words.say("indicator")),
        *(Column(f"other_{at}", labels[at], "score") for at in range(len(groups))),
    )
    reading = sentences(view, *(_apart_reading(view, unit, each) for each in separations))
    return Drawing(reading, Table(columns, rows), figure=beside_zero(groups), height=90 + 30 * len(order))


def _others(found: Ranking, unit: RankedUnit) -> list[RankedUnit]:
    """The next better one or the runner-up, and the last of the best, each once."""
    near = next_better(found, unit.code) or runner_up(found, unit.code)
    others = [near, last_of_the_best(found)]
    codes = dict.fromkeys(other.code for other in others if other and other.code != unit.code)
    return [next(other for other in others if other and other.code == code) for code in codes]


def _named(view: View, other: RankedUnit) -> str:
    return view.words.say("{name} (rank {rank})", name=other.name, rank=str(other.rank))


def _apart_reading(view: View, unit: RankedUnit, apart: Separation) -> str:
    words = view.words
    leaf, points = apart.points[0]
    said = {
        "name": unit.name,
        "other": _named(view, apart.other),
        "gap": words.number(abs(apart.total), 2),
        "leaf": words.of(leaf.label),
        "points": words.number(-points, 2),
    }
    if apart.total > 0:
        return words.say("{name} is {gap} points behind {other}; most apart: {leaf} ({points}).", **said)
    return words.say("{name} is {gap} points before {other}; most apart: {leaf} ({points}).", **said)
