"""The keys of one TOML table, read with checks; every fault says file, line and what was expected."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Protocol, TypeVar

from dashboard.ranking.lines import Path, line_of
from dashboard.semantics.words import Text

Word = TypeVar("Word", bound=str)


class StandardError(Exception):
    """A standard file that cannot be used: `file`, `line` (from 1), `message`."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.file, self.line, self.message = file, line, message


class Known(Protocol):
    """What a standard takes from a metric of the catalogue where it does not say so itself."""

    @property
    def name(self) -> str:
        """Its name in the catalogue."""
        ...

    @property
    def label(self) -> Text:
        """Its label."""
        ...

    @property
    def direction(self) -> str:
        """`+`, `-` or empty."""
        ...


@dataclass(frozen=True)
class Place:
    """The file that is being read: its name and its text; and by their names the metrics it may use (None: any)."""

    file: str
    text: str
    metrics: Mapping[str, Known] | None = None


@dataclass(frozen=True)
class Fields:
    """One table of the file, and the path to it."""

    place: Place
    path: Path
    values: dict[str, Any]

    def fault(self, key: str, message: str) -> StandardError:
        """The error that `message` is true of `key` (`""`: of the table itself)."""
        path = (*self.path, key) if key else self.path
        named = f"{_dotted(path)}: " if path else ""
        return StandardError(self.place.file, line_of(self.place.text, path), f"{named}{message}")

    def allow(self, *keys: str) -> None:
        """Refuse any other key: a misspelt one would silently count nothing."""
        for key in self.values:
            if key not in keys:
                close = get_close_matches(key, keys, n=1)
                hint = f"did you mean {close[0]!r}?" if close else f"known here are {', '.join(keys)}"
                raise self.fault(key, f"is not known here; {hint}")

    def number(
        self, key: str, default: float | None = None, *, low: float = -math.inf, high: float = math.inf
    ) -> float:
        """The finite number under `key` between `low` and `high`, both allowed."""
        value = self._value(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self.fault(key, f"must be a number, not {value!r}")
        if not low <= value <= high:
            limits = f"{low:g} or more" if high == math.inf else f"between {low:g} and {high:g}"
            raise self.fault(key, f"must be {limits}, not {value:g}")
        return float(value)

    def whole(self, key: str, low: int, high: int, default: int) -> int:
        """The whole number under `key`."""
        value = self.number(key, default, low=low, high=high)
        if value != int(value):
            raise self.fault(key, f"must be a whole number, not {value:g}")
        return int(value)

    def text(self, key: str, default: str | None = None) -> str:
        """The text under `key`."""
        value = self._value(key, default)
        if not isinstance(value, str) or (value == "" and default is None):
            raise self.fault(key, f"must be a text, not {value!r}")
        return value

    def choice(self, key: str, choices: Sequence[Word], default: Word | None = None) -> Word:
        """The one of `choices` under `key`."""
        value = self._value(key, default)
        for choice in choices:
            if value == choice:
                return choice
        raise self.fault(key, f"must be one of {', '.join(choices)}, not {value!r}")

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false under `key`."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.fault(key, f"must be true or false, not {value!r}")
        return value

    def metric(self, key: str) -> Known | None:
        """The catalogue's metric that the text under `key` names; None where the file may use any column."""
        name, metrics = self.text(key), self.place.metrics
        if metrics is None:
            return None
        if name not in metrics:
            close = get_close_matches(name, metrics, n=3, cutoff=0.5)
            hint = f"; the nearest: {', '.join(close)}" if close else ""
            raise self.fault(key, f"there is no metric {name!r}{hint}")
        return metrics[name]

    def label(self, key: str, default: str | Text) -> Text:
        """The label under `key`: a text, or a table of zh and en; either language stands in for the other."""
        value = self.values.get(key, default)
        if isinstance(value, Text):
            return value
        if isinstance(value, str):
            return Text(value, value)
        texts = value if isinstance(value, dict) else {}
        if texts and all(lang in ("zh", "en") and isinstance(text, str) for lang, text in texts.items()):
            either: str = next(iter(texts.values()))
            return Text(texts.get("zh", either), texts.get("en", either))
        raise self.fault(key, f'must be a text or {{ zh = "…", en = "…" }}, not {value!r}')

    def table(self, key: str, *, optional: bool = False) -> "Fields":
        """The table under `key`; an empty one where it is optional and not given."""
        value = self._value(key, {} if optional else None)
        if not isinstance(value, dict):
            raise self.fault(key, f"must be a table, not {value!r}")
        return Fields(self.place, (*self.path, key), value)

    def tables(self, key: str) -> "list[Fields]":
        """The tables of the list under `key`; at least one."""
        value = self._value(key, None)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            raise self.fault(key, "must be a list of at least one table")
        return [Fields(self.place, (*self.path, key, position), item) for position, item in enumerate(value)]

    def _value(self, key: str, default: Any) -> Any:
        value = self.values.get(key, default)
        if value is None:
            raise self.fault("", f"{key} is missing")
        return value


def _dotted(path: Path) -> str:
    parts = [f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(parts).removeprefix(".")
