"""All that an edition is made from besides the load: given once, frozen with it, and enough to make it again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from dashboard.period import Period, named_period
from dashboard.semantics.words import Text


@dataclass(frozen=True)
class Recipe:
    """What was decided when an edition was drafted.

    `standard`, `policy`: the files' text (policy empty: the defaults). `earlier`: editions that were out, newest last:
    those of the same or touching days decide what stays hidden, those of the level give changes. `corrects`: the
    edition that this one replaces, `note` then says why. `explained`: unit → why it is left out, in the editor's words.
    `address`: the public address of the archive. `missing_reports_max`, `held_rows_max`: percent. `code`: who made it.
    """

    edition: str
    period: str
    level: str
    load: int
    issued_on: date
    issuer: Text
    address: str
    standard: str
    policy: str
    hide_counts_below: int
    best: int
    objections_until: date
    missing_reports_max: str
    held_rows_max: str
    code: Mapping[str, str]
    earlier: tuple[str, ...] = ()
    corrects: str | None = None
    note: Text | None = None
    number: str = ""
    explained: Mapping[str, Text] = field(default_factory=dict)

    @property
    def days(self) -> Period:
        """The period's days."""
        found = named_period(self.period)
        if found is None:
            raise ValueError(f"{self.period!r} is no period such as 2026Q3")
        return found

    def frozen(self) -> dict[str, Any]:
        """As canonical JSON holds it."""
        said = asdict(self)
        for name in ("issued_on", "objections_until"):
            said[name] = said[name].isoformat()
        return said | {"earlier": list(self.earlier), "code": dict(self.code)}


def thawed(said: Mapping[str, Any]) -> Recipe:
    """The recipe that `frozen` wrote; KeyError or TypeError where it is another release's."""
    known = {one.name for one in fields(Recipe)}
    given = {name: value for name, value in said.items() if name in known}
    note = given.get("note")
    return Recipe(
        **given
        | {
            "issued_on": date.fromisoformat(given["issued_on"]),
            "objections_until": date.fromisoformat(given["objections_until"]),
            "issuer": Text(**given["issuer"]),
            "note": Text(**note) if note else None,
            "earlier": tuple(given["earlier"]),
            "explained": {unit: Text(**text) for unit, text in given["explained"].items()},
        }
    )


def edition_name(period: str, level: str, number: int) -> str:
    """`2026Q3-community-1`: the first edition of a period and level; corrections count on."""
    return f"{period}-{level}-{number}"
