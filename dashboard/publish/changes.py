"""What a correction changed in the open: every published value that is not what it was."""

from collections.abc import Iterator, Mapping
from typing import Any

Row = dict[str, Any]
Values = dict[str, Any]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Row]:
    """A row per value that differs: code, name, `what` (a figure's or criterion's name), `before` and `after`.

    Values that are hidden in both say nothing, so that nobody learns which of them moved.
    """
    rows: list[Row] = []
    for old, new, said in (
        (_by_code(before["units"]), _by_code(after["units"]), _unit_values),
        (_by_code(before["areas"]), _by_code(after["areas"]), _area_values),
    ):
        for code in [*new, *(code for code in old if code not in new)]:
            was, now = said(old.get(code)), said(new.get(code))
            name = (new.get(code) or old[code])["name"]
            rows += [
                {"code": code, "name": name, "what": what, "before": was.get(what), "after": now.get(what)}
                for what in dict.fromkeys([*was, *now])
                if was.get(what) != now.get(what)
            ]
    return rows + list(_left_out(before, after))


def _by_code(rows: list[Row]) -> dict[str, Row]:
    return {row["code"]: row for row in rows}


def _unit_values(unit: Row | None) -> Values:
    if unit is None:
        return {}
    criteria = unit["criteria"] or {}
    return {"rank": unit["rank"], "score": unit["score"]} | {name: one["score"] for name, one in criteria.items()}


def _area_values(area: Row | None) -> Values:
    return {} if area is None else area["counts"] | area["rates"]


def _left_out(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Row]:
    """Units that were ranked in one and left out in the other are told as such."""
    was, now = _by_code(before["left_out"]), _by_code(after["left_out"])
    for code in sorted(set(was) ^ set(now)):
        name = (now.get(code) or was[code])["name"]
        yield {"code": code, "name": name, "what": "left_out", "before": code in was, "after": code in now}
