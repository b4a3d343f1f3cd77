"""The tree of regions as known: who is credited, who lies under whom, who is listed."""

from datetime import date

from .rows import Live, Row

LEVELS = ("city", "district", "street", "community")


class Tree:
    """The regions of `live`, with merged-away ones followed to their successors at every level."""

    def __init__(self, live: Live) -> None:
        self.rows: dict[str, Row] = {row["region_code"]: row for row in live.rows("regions")}
        self.above = {code: self._line(code) for code in self.rows}

    def credited(self, code: str) -> str:
        """The region that answers for `code` today."""
        while self.rows[code]["successor_code"] is not None:
            code = self.rows[code]["successor_code"]
        return code

    def _line(self, code: str) -> frozenset[str]:
        line = set()
        at: str | None = code
        while at is not None:
            at = self.credited(at)
            line.add(at)
            at = self.rows[at]["parent_code"]
        return frozenset(line)

    def level(self, code: str) -> str:
        return str(self.rows[code]["level"])

    def city(self) -> str:
        return next(code for code, row in self.rows.items() if row["level"] == "city")

    def under(self, region: str, level: str) -> list[str]:
        """The regions of `level` that are not merged away and lie in `region`."""
        return [
            code for code, row in self.rows.items()
            if row["level"] == level and row["successor_code"] is None and region in self.above[code]
        ]  # fmt: skip

    def valid(self, code: str, day: date) -> bool:
        """valid_from ≤ day < valid_to."""
        row = self.rows[code]
        return (row["valid_from"] or date.min) <= day < (row["valid_to"] or date.max)


def tree(live: Live) -> Tree:
    """The tree of `live`, made once."""
    if "tree" not in live.memory:
        live.memory["tree"] = Tree(live)
    found = live.memory["tree"]
    assert isinstance(found, Tree)
    return found
