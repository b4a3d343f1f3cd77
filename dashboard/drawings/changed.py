"""Why a unit's score and rank are not what they were: the change against the last ranking, split exactly."""

from typing import Any

from dashboard.drawings.last_ranking import Last, last_ranking
from dashboard.drawings.ranked import chosen_unit, moved, ranking_of, sentences
from dashboard.figures.steps import Part, steps
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.ranking.change import Change, Step, change
from dashboard.ranking.ranking import RankedUnit
from dashboard.view import View


def changed(view: View) -> Drawing:
    """The change against the last ranking, split exactly: own figures, the peers', revised data, another standard."""
    found = ranking_of(view)
    unit, words, last = chosen_unit(view, found), view.words, last_ranking(view)
    split = change(last.rankings, unit.code)
    if split is None:
        raise Withheld(
            "no_rows", words.say("{name} was not ranked in {period}.", name=unit.name, period=words.period(last.period))
        )
    steps_taken = _steps(view, split, comparable=last.rankings.is_comparable)
    rows = [
        {"part": label, "points": step.score, "ranks": step.rank, "moved": moved(step.rank)}
        for label, step in steps_taken
    ]
    parts = [
        Part(label, float(step.score), f"{words.signed(step.score, 2)}   {words.say('rank')} {moved(step.rank)}")
        for label, step in steps_taken
    ]
    figure = steps(
        Part(
            words.period(last.period), float(split.before.score), _standing(view, split.before.score, split.before.rank)
        ),
        parts,
        Part(words.period(view.period), float(split.now.score), _standing(view, split.now.score, split.now.rank)),
    )
    columns = (
        Column("part", words.say("part")),
        Column("points", words.say("points"), "score"),
        Column("ranks", words.say("ranks (+ is up)"), "rank"),
    )
    return Drawing(_changed_reading(view, unit, split, last), Table(columns, rows), figure=figure, height=270)


def _standing(view: View, score: Any, rank: int) -> str:
    return view.words.say("{score}, rank {rank}", score=view.words.number(float(score), 2), rank=str(rank))


def _steps(view: View, split: Change, *, comparable: bool) -> list[tuple[str, Step]]:
    say = view.words.say
    found = [
        (say("own figures"), split.own),
        (say("the peers' figures"), split.peers),
        (say("revised data"), split.revised),
    ]
    return found if comparable else [*found, (say("another standard"), split.standard)]


def _changed_reading(view: View, unit: RankedUnit, split: Change, last: Last) -> str:
    words = view.words
    said = words.say(
        "{name}: {change} points against {period}, of which {own} by its own figures, {peers} by its peers', {revised}"
        " by data revised since.",
        name=unit.name,
        change=words.signed(split.total.score, 2),
        period=words.period(last.period),
        own=words.signed(split.own.score, 2),
        peers=words.signed(split.peers.score, 2),
        revised=words.signed(split.revised.score, 2),
    )
    if last.edition:
        return sentences(view, said, words.say("Compared with edition {edition}.", edition=last.edition))
    if last.load:
        return sentences(
            view, said, words.say("No edition is out: compared with what load {load} knew.", load=str(last.load))
        )
    return sentences(view, said, words.say("No edition and no older build is at hand: revised data cannot be told."))
