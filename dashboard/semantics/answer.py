"""A question's answer: the only way to a figure, for commands, pages, the API, alerts and rankings alike."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from dashboard.semantics.asking import Asking, Noted
from dashboard.semantics.calendar import GRAINS, written
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.metric import Figures, Key, Metric
from dashboard.semantics.question import Question
from dashboard.semantics.scope import Scope

if TYPE_CHECKING:
    from dashboard.warehouse import Build


FEWEST: Final = 2  # statements that are worth putting together
SHORT: Final = 2_000  # groups by period and place


@dataclass(frozen=True)
class Answer:
    """`rows`: one per group, with the keys and each metric's value unrounded; None is missing."""

    question: Question
    keys: tuple[str, ...]
    metrics: tuple[str, ...]
    rows: list[dict[str, object]]
    as_of: date | None
    build: str


def answer(build: "Build", question: Question, scope: Scope | None = None) -> Answer:
    """The figures that `question` asks for, within `scope` (the build's own); QuestionError: it is not there."""
    with at_once((build, question), scope=scope):
        return answered(Asking(build, question, scope))


@contextmanager
def at_once(*asked: tuple["Build", Question], scope: Scope | None = None) -> Iterator[None]:
    """Within it these questions are answered from statements that were run together; all are of one build file.

    Each question is asked twice: first of nothing, to learn which statements it needs.
    """
    noted: list[Noted] = []
    for build, question in asked:
        rehearsed = Asking(build, question, scope, noted)
        if _is_short(rehearsed):
            for metric in rehearsed.metrics:
                figures_of(rehearsed, metric)
    if len(noted) < FEWEST:
        yield
        return
    with asked[0][0].at_once(noted):
        yield


def _is_short(asking: Asking) -> bool:
    """Whether its statements give so few rows that what they cost is their number."""
    return len(asking.firsts) * (1 if asking.shape.level is None else len(asking.listed)) <= SHORT


def answered(asking: Asking) -> Answer:
    """The figures of a question under way."""
    question = asking.question
    figures = [figures_of(asking, metric) for metric in asking.metrics]
    keys = _groups(asking, figures)
    rows = _named(asking, keys)
    for metric, by_group in zip(asking.metrics, figures, strict=True):
        empty = metric.empty if exists(asking, metric) else None
        for row, key in zip(rows, keys, strict=True):
            row[metric.name] = by_group.get(key, empty)
    names = tuple(metric.name for metric in asking.metrics)
    return Answer(question, _keys(question), names, rows, asking.as_of, asking.build.name)


def exists(asking: Asking, metric: Metric) -> bool:
    """Whether the figure exists at the question's level, in a period that has begun."""
    return not asking.is_unseen and asking.depth <= LEVELS.index(metric.exists_from)


def figures_of(asking: Asking, metric: Metric) -> Figures:
    """By group; a region that is not wholly the reader's own has none, for its sum would be of a part alone."""
    found = metric.figures(asking) if exists(asking, metric) else {}
    if asking.shape.level is None or not asking.shape.scoped:
        return found
    own = {place_id for place_id in {key[1] for key in found} if asking.owns(place_id)}
    return {key: value for key, value in found.items() if key[1] in own}


def _groups(asking: Asking, figures: Sequence[Figures]) -> list[Key]:
    """All places and periods, and of the other dimensions the groups that have a figure, in the order of `by`."""
    places = _places(asking, figures)
    if not asking.shape.by:
        if asking.positions[:1] == [0]:
            return [(first, place) for first in asking.firsts for place in places]
        return [(first, place) for place in places for first in asking.firsts]
    others = {key[2:] for by_group in figures for key, value in by_group.items() if value is not None}
    keys = [(first, place, *other) for first in asking.firsts for place in places for other in others]
    return sorted(keys, key=lambda key: tuple(_order(key[position]) for position in asking.positions))


def _places(asking: Asking, figures: Sequence[Figures]) -> list[int | None]:
    if asking.shape.level is None:
        return [None]
    with_figure = {key[1] for by_group in figures for key, value in by_group.items() if value is not None}
    return sorted(with_figure.union(place.region_id for place in asking.listed))


def _order(part: Any) -> tuple[bool, Any]:
    return (part is None, 0 if part is None else part)


def _keys(question: Question) -> tuple[str, ...]:
    named: list[str] = []
    for name in question.by:
        named += ["region_code", "region_name"] if name in LEVELS else [name]
    return tuple(named)


def _named(asking: Asking, keys: Sequence[Key]) -> list[dict[str, object]]:
    """A row for each key, with its parts under their names."""
    rows: list[dict[str, object]] = [{} for _ in keys]
    for name, position in zip(asking.question.by, asking.positions, strict=True):
        parts = {key[position] for key in keys}
        columns = {part: _columns(asking, name, part) for part in parts}
        for row, key in zip(rows, keys, strict=True):
            row.update(columns[key[position]])
    return rows


def _columns(asking: Asking, name: str, part: Any) -> dict[str, object]:
    if name in LEVELS:
        place = asking.build.regions.by_id[part]
        return {"region_code": place.code, "region_name": place.name}
    return {name: written(part, name) if name in GRAINS else part}
