"""A question's answer: the only way to a figure, for commands, pages, the API, alerts and rankings alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.semantics.asking import Asking
from dashboard.semantics.calendar import GRAINS, written
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.metric import Figures, Key, Metric
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from dashboard.warehouse import Build


@dataclass(frozen=True)
class Answer:
    """`rows`: one per group, with the keys and each metric's value unrounded; None is missing."""

    question: Question
    keys: tuple[str, ...]
    metrics: tuple[str, ...]
    rows: list[dict[str, object]]
    as_of: date | None
    build: str


def answer(build: "Build", question: Question, scope: Scope = EVERYTHING) -> Answer:
    """The figures that `question` asks for, within `scope`; QuestionError where it asks for what is not there."""
    asking = Asking(build, question, scope)
    figures = {metric.name: _figures(asking, metric) for metric in asking.metrics}
    rows = [_row(asking, key, figures) for key in _groups(asking, figures.values())]
    names = tuple(metric.name for metric in asking.metrics)
    return Answer(question, _keys(question), names, rows, asking.as_of, build.name)


def _figures(asking: Asking, metric: Metric) -> Figures:
    if asking.is_unseen or asking.depth > LEVELS.index(metric.exists_from):
        return {}
    return metric.figures(asking)


def _groups(asking: Asking, figures: Iterable[Figures]) -> list[Key]:
    """All places and periods, and of the other dimensions the groups that have a figure, in the order of `by`."""
    found = [key for by_group in figures for key, value in by_group.items() if value is not None]
    places = _places(asking, found)
    others = {key[2:] for key in found} if asking.shape.by else {()}
    keys = [(first, place, *other) for first in asking.firsts for place in places for other in others]
    return sorted(keys, key=lambda key: tuple(_order(key[position]) for position in asking.positions))


def _places(asking: Asking, found: list[Key]) -> list[int | None]:
    if asking.shape.level is None:
        return [None]
    listed = {place.region_id for place in asking.listed}
    return sorted(listed | {key[1] for key in found})


def _order(part: Any) -> tuple[bool, Any]:
    return (part is None, 0 if part is None else part)


def _keys(question: Question) -> tuple[str, ...]:
    named: list[str] = []
    for name in question.by:
        named += ["region_code", "region_name"] if name in LEVELS else [name]
    return tuple(named)


def _row(asking: Asking, key: Key, figures: Mapping[str, Figures]) -> dict[str, object]:
    row: dict[str, object] = {}
    for name, position in zip(asking.question.by, asking.positions, strict=True):
        part = key[position]
        if name in LEVELS:
            place = asking.build.regions.by_id[part]
            row["region_code"], row["region_name"] = place.code, place.name
        else:
            row[name] = written(part, name) if name in GRAINS else part
    for metric in asking.metrics:
        missing = asking.is_unseen or asking.depth > LEVELS.index(metric.exists_from)
        row[metric.name] = figures[metric.name].get(key, None if missing else metric.empty)
    return row
