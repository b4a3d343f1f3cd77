"""A `Standard` → the TOML that a bureau edits; read again it is the same standard."""

import json
from collections.abc import Iterator, Mapping, Sequence

from dashboard.ranking.standard import Group, Leaf, Manual, Node, Rule, Scale, Standard
from dashboard.semantics.words import Text

# By path of names from the root (`posts.posts_developed`): lines said above a node.
Comments = Mapping[str, Sequence[str]]


def standard_text(standard: Standard, head: Sequence[str] = (), comments: Comments | None = None) -> str:
    """The file of `standard`, with comments at its head and above its nodes."""
    eligibility = f"labour_force_min = {_number(standard.labour_force_min)}, "
    eligibility += f"weight_present_min = {_number(standard.weight_present_min)}"
    lines = [
        *(f"# {line}".rstrip() for line in head),
        f"name = {_label(standard.name)}",
        *([f"valid_from = {standard.valid_from.isoformat()}"] if standard.valid_from else []),
        f"level = {_text(standard.level)}",
        f"decimals = {standard.decimals}",
        f"eligibility = {{ {eligibility} }}",
        "",
        "[tree]",
        f"name = {_text(standard.tree.name)}",
        f"label = {_label(standard.tree.label)}",
        f"aggregate = {_text(standard.tree.aggregate)}",
        *_children(standard.tree, "tree", "", comments or {}),
    ]
    return "\n".join(lines) + "\n"


def _children(group: Group, table: str, path: str, comments: Comments) -> Iterator[str]:
    for child in group.children:
        yield ""
        yield from (f"# {line}".rstrip() for line in comments.get(path + child.name, ()))
        yield f"[[{table}.children]]"
        yield from _node(child)
        if isinstance(child, Group):
            yield from _children(child, f"{table}.children", f"{path}{child.name}.", comments)


def _node(node: Node) -> Iterator[str]:
    yield f"name = {_text(node.name)}"
    yield f"label = {_label(node.label)}"
    yield f"weight = {_number(node.weight)}"
    if isinstance(node, Group):
        yield f"aggregate = {_text(node.aggregate)}"
    else:
        yield from _measure(node)


def _measure(leaf: Leaf) -> Iterator[str]:
    measure = leaf.measure
    if isinstance(measure, Manual):
        yield f"item = {_text(measure.column)}"
        yield f"full = {_number(measure.full)}"
        return
    if isinstance(measure, Rule):
        yield f"rule = {{ {_rule(measure)} }}"
    else:
        yield f"indicator = {_text(measure.column)}"
        yield f"scale = {{ {_scale(measure.scale)} }}"
        if measure.transform != "none":
            yield f"transform = {_text(measure.transform)}"
    yield f"direction = {_text(measure.direction)}"
    if measure.per_1000_labour_force:
        yield "per_1000_labour_force = true"


def _scale(scale: Scale) -> str:
    said = [f"method = {_text(scale.method)}"]
    if scale.method == "goalposts":
        said += [f"low = {_number(scale.low)}", f"high = {_number(scale.high)}"]
    if scale.winsorise:
        said.append(f"winsorise = [{', '.join(_number(share) for share in scale.winsorise)}]")
    if not scale.capped:
        said.append("capped = false")
    return ", ".join(said)


def _rule(rule: Rule) -> str:
    said = [f"metric = {_text(rule.column)}", f"full = {_number(rule.full)}"]
    if rule.bands:
        bands = ", ".join(f"[{_number(value)}, {_number(points)}]" for value, points in rule.bands)
        said.append(f"bands = [{bands}]")
    ways = {"per_unit": rule.per_unit, "deduct_per_unit": rule.deduct_per_unit, "cap": rule.cap, "floor": rule.floor}
    said += [f"{name} = {_number(value)}" for name, value in ways.items() if value is not None]
    return ", ".join(said)


def _label(label: Text) -> str:
    return _text(label.zh) if label.zh == label.en else f"{{ zh = {_text(label.zh)}, en = {_text(label.en)} }}"


def _text(text: str) -> str:
    # A JSON string is a TOML one, but for the one control character that JSON lets stand.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _number(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else repr(float(number))
