"""Worked examples: for every metric a few rows, a period, the figure, and why; they explain the metric and test it.

`data/examples/*.toml`, a family a file: its `name`, `data_date`, `from` and `to` of all its examples, `rows` by source
table as they would be delivered, `examples` with `metric`, `value` (or `numerator` and `denominator`), `where`, `zh`,
`en`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from dashboard.semantics.words import Text

FOLDER: Final = Path(__file__).parent.parent.parent / "data" / "examples"
FAMILIES: Final = ("registry", "placement", "platform", "loans", "subsidies")  # as they are read
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, eq=False)
class Example:
    """One figure worked out by hand: `amount`, or `amount` over `per` where it is a ratio of two sums."""

    metric: str
    family: Text
    start: date
    end: date
    data_date: date
    where: tuple[tuple[str, str], ...]
    amount: float
    per: float | None
    why: Text
    rows: Rows

    def figure(self, scale: int) -> float:
        """What must come out; a ratio times `scale`, the metric's."""
        return self.amount if self.per is None else scale * self.amount / self.per


@lru_cache(maxsize=1)
def examples() -> Mapping[str, Example]:
    """The examples by metric."""
    places = _read(FOLDER / "regions.toml")["rows"]
    found: dict[str, Example] = {}
    for name in FAMILIES:
        family = _read(FOLDER / f"{name}.toml")
        rows = {**places, **family["rows"]}  # one for all of a family: who builds from it builds once
        for told in family["examples"]:
            found[told["metric"]] = _example(told, family, rows)
    return found


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _example(told: Mapping[str, Any], family: Mapping[str, Any], rows: Rows) -> Example:
    data_date = family["data_date"]
    return Example(
        metric=told["metric"],
        family=Text(**family["name"]),
        start=told.get("from", family.get("from", date(data_date.year, 1, 1))),
        end=told.get("to", family.get("to", data_date)),
        data_date=data_date,
        where=tuple((name, value) for name, _, value in (text.partition("=") for text in told.get("where", ()))),
        amount=told.get("value", told.get("numerator")),
        per=told.get("denominator"),
        why=Text(told["zh"], told["en"]),
        rows=rows,
    )
