"""What a leaf of a standard measures: an indicator on a scale, a rule of a scoring sheet, or a manual item."""

from typing import Any, Final

from dashboard.ranking.fields import Fields, Known
from dashboard.ranking.standard import Direction, Indicator, Manual, Measure, Method, Rule, Scale, Transform

METHODS: Final[tuple[Method, ...]] = ("goalposts", "minmax", "zscore", "rank")
TRANSFORMS: Final[tuple[Transform, ...]] = ("none", "log")
_LEAF: Final = ("name", "label", "weight")
_PAIR: Final = 2
_WAYS: Final = ("bands", "per_unit", "deduct_per_unit")


def read_measure(fields: Fields, kind: str, notes: tuple[str, ...]) -> Measure:
    """The measure of the leaf whose keys are `fields`; `kind` is indicator, rule or item."""
    if kind == "indicator":
        fields.allow(*_LEAF, "indicator", "per_1000_labour_force", "direction", "transform", "scale", *notes)
        return _indicator(fields)
    if kind == "rule":
        fields.allow(*_LEAF, "rule", "per_1000_labour_force", "direction", *notes)
        return _rule(fields, fields.table("rule"))
    fields.allow(*_LEAF, "item", "full", *notes)
    return Manual(fields.text("item"), _full(fields))


def _full(fields: Fields) -> float:
    full = fields.number("full")
    if full <= 0:
        raise fields.fault("full", f"must be more than 0, not {full:g}")
    return full


def _direction(fields: Fields, known: Known | None) -> Direction:
    if "direction" not in fields.values:
        return "-" if known and known.direction == "-" else "+"
    # Word processors make a minus sign of a hyphen.
    said = fields.choice("direction", ("+", "-", "−"))
    return "+" if said == "+" else "-"


def _indicator(fields: Fields) -> Indicator:
    known = fields.metric("indicator")
    transform = fields.choice("transform", TRANSFORMS, "none")
    scale = _scale(fields.table("scale"))
    if transform == "log" and scale.method == "goalposts" and scale.low <= 0:
        raise fields.table("scale").fault(
            "low", "must be more than 0 where the transform is log: a goalpost is logged too"
        )
    return Indicator(
        column=known.name if known else fields.text("indicator"),
        direction=_direction(fields, known),
        scale=scale,
        transform=transform,
        per_1000_labour_force=fields.flag("per_1000_labour_force"),
    )


def _scale(fields: Fields) -> Scale:
    method = fields.choice("method", METHODS)
    if method == "goalposts":
        fields.allow("method", "low", "high")
        low, high = fields.number("low"), fields.number("high")
        if low >= high:
            raise fields.fault(
                "high", f"must be more than low ({low:g}), not {high:g}; less is better is said by direction"
            )
        return Scale(method, low, high)
    if method == "minmax":
        fields.allow("method", "winsorise")
        return Scale(method, winsorise=_winsorise(fields))
    if method == "zscore":
        fields.allow("method", "capped")
        return Scale(method, capped=fields.flag("capped", default=True))
    fields.allow("method")
    return Scale(method)


def _winsorise(fields: Fields) -> tuple[float, float] | None:
    pair = fields.values.get("winsorise")
    if pair is None:
        return None
    if isinstance(pair, list) and len(pair) == _PAIR and all(_is_number(share) for share in pair):
        low, high = float(pair[0]), float(pair[1])
        if 0 <= low < high <= 1:
            return low, high
    raise fields.fault("winsorise", f"must be two rising shares of 1 such as [0.05, 0.95], not {pair!r}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _rule(leaf: Fields, fields: Fields) -> Rule:
    fields.allow("metric", "full", *_WAYS, "cap", "floor", "direction", "per_1000_labour_force")
    full = _full(fields)
    ways = [way for way in _WAYS if way in fields.values]
    if len(ways) != 1:
        raise fields.fault("", f"a rule has one of {', '.join(_WAYS)}; this has {' and '.join(ways) or 'none of them'}")
    known = fields.metric("metric")
    direction = _direction(fields if "direction" in fields.values else leaf, known)
    return Rule(
        column=known.name if known else fields.text("metric"),
        full=full,
        bands=_bands(fields, full, direction) if ways == ["bands"] else (),
        per_unit=fields.number("per_unit", low=0) if ways == ["per_unit"] else None,
        deduct_per_unit=fields.number("deduct_per_unit", low=0) if ways == ["deduct_per_unit"] else None,
        cap=fields.number("cap", full, low=0, high=full),
        floor=fields.number("floor", 0.0, low=0, high=full),
        direction=direction,
        per_1000_labour_force=fields.flag("per_1000_labour_force") or leaf.flag("per_1000_labour_force"),
    )


def _bands(fields: Fields, full: float, direction: Direction) -> tuple[tuple[float, float], ...]:
    bands = fields.values["bands"]
    if not isinstance(bands, list) or not bands:
        raise fields.fault("bands", "must be a list such as [[95, 10], [90, 5]]")
    for band in bands:
        if not (isinstance(band, list) and len(band) == _PAIR and all(_is_number(part) for part in band)):
            raise fields.fault("bands", f"each band is [value, points], not {band!r}")
        if not 0 <= band[1] <= full:
            raise fields.fault("bands", f"points must be between 0 and the full mark ({full:g}), not {band[1]:g}")
    # The hardest band first, whatever the order of the file.
    ordered = sorted(((float(value), float(points)) for value, points in bands), reverse=direction == "+")
    return tuple(ordered)
