"""A standard's TOML file → `Standard`; what it gets wrong is said with the file's line."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final

from dashboard.ranking.fields import Fields, Known, Place, StandardError
from dashboard.ranking.measure import read_measure
from dashboard.ranking.standard import Aggregate, Group, Indicator, Leaf, Node, Standard, walk

LEVELS: Final = ("community", "street", "district")
AGGREGATES: Final[tuple[Aggregate, ...]] = ("arithmetic", "geometric")
_KINDS: Final = ("children", "indicator", "rule", "item")
# Free text that a bureau may keep beside anything.
_NOTES: Final = ("description", "note", "source")


def read_standard(path: Path, metrics: Mapping[str, Known] | None = None) -> Standard:
    """The standard in the file at `path`; `StandardError` names the line of the first fault.

    `metrics`: those that its leaves may name; None: any name, for tables from elsewhere.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise StandardError(str(path), 1, f"cannot be read: {error}") from error
    return parse_standard(text, str(path), metrics)


def parse_standard(text: str, file: str = "standard.toml", metrics: Mapping[str, Known] | None = None) -> Standard:
    """The standard that a TOML `text` states; `file` is the name that errors give."""
    place = Place(file, text, metrics)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StandardError(file, _line_said(str(error), text), f"is no TOML: {error}") from error
    top = Fields(place, (), document)
    top.allow("name", "valid_from", "valid_to", "level", "decimals", "eligibility", "tree", "city_code", *_NOTES)
    eligibility = top.table("eligibility", optional=True)
    eligibility.allow("labour_force_min", "weight_present_min", *_NOTES)
    return Standard(
        name=top.label("name", "standard"),
        valid_from=_day(top, "valid_from"),
        level=top.choice("level", LEVELS, "community"),
        decimals=top.whole("decimals", 0, 6, 2),
        labour_force_min=eligibility.number("labour_force_min", 300.0, low=0),
        weight_present_min=eligibility.number("weight_present_min", 0.8, low=0, high=1),
        tree=_tree(top.table("tree")),
    )


def _line_said(message: str, text: str) -> int:
    _, _, rest = message.partition("at line ")
    number = rest.partition(",")[0]
    return int(number) if number.isdigit() else max(1, len(text.splitlines()))


def _day(fields: Fields, key: str) -> date | None:
    value = fields.values.get(key)
    if value is None or type(value) is date:
        return value
    raise fields.fault(key, f"must be a day such as {key} = 2026-01-01, not {value!r}")


def _tree(fields: Fields) -> Group:
    fields.allow("name", "label", "weight", "aggregate", "children", *_NOTES)
    return _group(fields, "score", 1.0)


def _group(fields: Fields, name: str, weight: float) -> Group:
    fields.allow("name", "label", "weight", "aggregate", "children", *_NOTES)
    found = Group(
        name=name,
        label=fields.label("label", name),
        weight=weight,
        aggregate=fields.choice("aggregate", AGGREGATES, "arithmetic"),
        children=_children(fields),
    )
    if found.aggregate == "geometric" and any(_may_be_negative(node) for node in walk(found)):
        raise fields.fault("aggregate", "a geometric mean needs capped z-scores: below 0 there is no logarithm")
    return found


def _may_be_negative(node: Node) -> bool:
    measure = node.measure if isinstance(node, Leaf) else None
    return isinstance(measure, Indicator) and not measure.scale.capped


@dataclass(frozen=True)
class _Child:
    fields: Fields
    kind: str

    @property
    def given(self) -> str:
        """The name that the file gives it; empty where it gives none."""
        return self.fields.text("name", "")

    @property
    def own(self) -> str:
        """What it is called without one: its label, or what it measures."""
        if self.kind == "children":
            return self.fields.label("label", "").en or self.fields.text("name")
        return self.fields.table("rule").text("metric") if self.kind == "rule" else self.fields.text(self.kind)


def _children(parent: Fields) -> tuple[Node, ...]:
    tables = parent.tables("children")
    children = [_Child(fields, _kind(fields)) for fields in tables]
    names, weights = _names(children), _weights(tables)
    return tuple(_node(child, name, weight) for child, name, weight in zip(children, names, weights, strict=True))


def _names(children: list[_Child]) -> list[str]:
    # One metric may be measured by several siblings: the second one without a name becomes `metric_2`.
    taken: set[str] = set()
    for child in children:
        if child.given in taken:
            raise child.fields.fault("name", f"{child.given!r} is the name of two siblings; call one of them otherwise")
        taken |= {child.given} - {""}
    names = []
    for child in children:
        name = child.given or next(name for name in _alternatives(child.own) if name not in taken)
        taken.add(name)
        names.append(name)
    return names


def _alternatives(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}_{number}" for number in count(2))


def _kind(fields: Fields) -> str:
    kinds = [kind for kind in _KINDS if kind in fields.values]
    if len(kinds) == 1:
        return kinds[0]
    found = " and ".join(kinds) if kinds else "none of them"
    raise fields.fault(
        kinds[-1] if kinds else "", f"a node has one of children, indicator, rule and item; this has {found}"
    )


def _weights(tables: list[Fields]) -> list[float]:
    # Left out by all siblings, weights are equal; left out by some, it is an oversight.
    if not any("weight" in fields.values for fields in tables):
        return [1.0] * len(tables)
    weights = [fields.number("weight", low=0) for fields in tables]
    if not sum(weights) > 0:
        raise tables[0].fault("weight", "the weights of these siblings add up to 0")
    return weights


def _node(child: _Child, name: str, weight: float) -> Node:
    if child.kind == "children":
        return _group(child.fields, name, weight)
    measure = read_measure(child.fields, child.kind, _NOTES)
    known = (child.fields.place.metrics or {}).get(measure.column)
    label = child.fields.label("label", known.label if known and child.kind != "item" else name)
    return Leaf(name, label, weight, measure)
