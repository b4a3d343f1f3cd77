"""What the address says: everything a reader chose, and nothing else."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, Self, TypeVar
from urllib.parse import parse_qsl, quote, urlencode

from dashboard.period import Period, named_period

Word = TypeVar("Word", bound=str)
Language = Literal["zh", "en"]
Comparison = Literal["last_year", "previous", "parent", "peers", "none"]

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
COMPARISONS: Final[tuple[Comparison, ...]] = ("last_year", "previous", "parent", "peers", "none")
LEVELS: Final = ("district", "street", "community")
_REGION: Final = re.compile(r"\d{6}|\d{9}|\d{12}")
_PERCENT: Final = re.compile(r"100|[1-9]?[0-9]", re.ASCII)
_LOAD: Final = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_WORD: Final = re.compile(r"[a-z][a-z0-9_]{0,40}")


@dataclass(frozen=True)
class Selection:
    """One view of the product. None is the default: the whole city, the year to the data date, the newest day known.

    `part`, `since`: of the rows behind a figure, which part of its formula, and against which load.
    `weights`: parts of the ranking's standard (path, percent of their siblings) that are tried out otherwise.
    """

    region: str | None = None
    period: Period | None = None
    as_of: date | None = None
    compare: Comparison = "last_year"
    by: str | None = None
    indicator: str | None = None
    level: str | None = None
    section: str | None = None
    part: str | None = None
    since: int | None = None
    where: tuple[tuple[str, str], ...] = ()
    weights: tuple[tuple[str, int], ...] = ()
    lang: Language = "zh"

    @classmethod
    def parse(cls, search: str | None) -> Self:
        """The selection that a query string says; unknown keys and values that mean nothing are ignored."""
        said = parse_qsl((search or "").removeprefix("?"), keep_blank_values=False)
        one = dict(said)
        return cls(
            region=_region(one.get("region", "")),
            period=named_period(one.get("period", "")),
            as_of=_day(one.get("as_of", "")),
            compare=_among(one.get("compare"), COMPARISONS, "last_year"),
            by=_word(one.get("by", "")),
            indicator=_word(one.get("indicator", "")),
            level=_word(one.get("level", "")) if one.get("level") in LEVELS else None,
            section=_word(one.get("section", "")),
            part=_word(one.get("part", "")),
            since=_load(one.get("since", "")),
            where=tuple(dict.fromkeys(pair for key, value in said if key == "where" and (pair := _filter(value)))),
            weights=tuple(dict(found for key, value in said if key == "weight" and (found := _weight(value))).items()),
            lang=_among(one.get("lang"), LANGUAGES, "zh"),
        )

    @property
    def search(self) -> str:
        """The query string with its `?`, defaults left out; empty where all is default."""
        said: list[tuple[str, str | None]] = [
            ("region", self.region and self.region[: _short_length(self.region)]),
            ("period", self.period.name if self.period else None),
            ("as_of", self.as_of.isoformat() if self.as_of else None),
            ("compare", None if self.compare == "last_year" else self.compare),
            ("by", self.by),
            ("indicator", self.indicator),
            ("level", self.level),
            ("section", self.section),
            ("part", self.part),
            ("since", str(self.since) if self.since else None),
            *(("where", f"{dimension}={value}") for dimension, value in self.where),
            *(("weight", f"{path}:{weight}") for path, weight in self.weights),
            ("lang", None if self.lang == "zh" else self.lang),
        ]
        pairs = [(key, value) for key, value in said if value]
        return "?" + urlencode(pairs, quote_via=quote, safe="=.,") if pairs else ""

    def but(self, **changes: object) -> Self:
        """The same view with some choices changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # `replace` checks the names; a wrong one is a TypeError

    def drilled(self, dimension: str, value: str) -> Self:
        """The view that a click on a mark of `dimension` leads to: another region, an indicator, or one more filter."""
        if dimension in ("region", "indicator", "level", "by"):
            return self.but(**{dimension: value})
        if dimension == "period":
            return self.but(period=named_period(value))
        kept = tuple(pair for pair in self.where if pair[0] != dimension)
        return self.but(where=(*kept, (dimension, value)))

    def weighing(self, path: str, weight: int | None) -> Self:
        """The view with one part of the standard weighed otherwise; None: as the standard says."""
        kept = {name: percent for name, percent in self.weights if name != path}
        return self.but(weights=tuple((kept if weight is None else kept | {path: weight}).items()))

    def without(self, dimension: str, value: str) -> Self:
        """The view with one filter removed."""
        return self.but(where=tuple(pair for pair in self.where if pair != (dimension, value)))


def _short_length(code: str) -> int:
    """6, 9 or 12: the shortest way to write a region's code."""
    return next(length for length in (6, 9, 12) if not code[length:].strip("0"))


def _region(text: str) -> str | None:
    return text.ljust(12, "0") if _REGION.fullmatch(text) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-09-30") else None
    except ValueError:
        return None


def _word(text: str) -> str | None:
    return text if _WORD.fullmatch(text) else None


def _load(text: str) -> int | None:
    return int(text) if _LOAD.fullmatch(text) else None


def _filter(text: str) -> tuple[str, str] | None:
    dimension, equals, value = text.partition("=")
    return (dimension, value) if _word(dimension) and equals and value else None


def _weight(text: str) -> tuple[str, int] | None:
    path, colon, number = text.rpartition(":")
    return (path, int(number)) if path and colon and _PERCENT.fullmatch(number) else None


def _among(text: str | None, choices: tuple[Word, ...], default: Word) -> Word:
    return next((choice for choice in choices if choice == text), default)
