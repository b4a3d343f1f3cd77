"""A question to the warehouse, and what can be wrong with one."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from dashboard.semantics.words import Text


@dataclass(frozen=True)
class Question:
    """Which metrics, by what, where, and when.

    `by`: dimensions; `region`: 6, 9 or 12 digits; `start` and `end`: the period, by default 1 January of `as_of` to
    `as_of` (by default the build's data date); `where`: values of one dimension are alternatives, of different
    ones conditions, None is the group of missing values; `ripe`: rates that need time take the events whose term
    ends in the period (as rankings do).
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    region: str | None = None
    start: date | None = None
    end: date | None = None
    as_of: date | None = None
    where: tuple[tuple[str, str | None], ...] = ()
    ripe: bool = False


class QuestionError(ValueError):
    """What was asked is not there; `text` says what was asked, and what could be, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


class NotAllowedError(QuestionError):
    """What was asked is there, but not for who asks."""

    def __init__(self) -> None:
        super().__init__("无权查看该区划的数据", "the figures of that region are not yours to see")


def unknown(kind: Text, name: str, known: tuple[str, ...] | list[str]) -> QuestionError:
    """The error for a `name` that is not among `known`: it names the nearest."""
    nearest = get_close_matches(name, known, n=3, cutoff=0.5) or sorted(known)
    return QuestionError(
        f"没有{kind.zh} {name!r}；最接近的是：{'、'.join(nearest)}",
        f"there is no {kind.en} {name!r}; the nearest: {', '.join(nearest)}",
    )


def condition(text: str) -> tuple[str, str | None]:
    """What `DIM=VALUE` filters by; `null` is the group of missing values; QuestionError."""
    name, equals, value = text.partition("=")
    if not equals:
        raise QuestionError(
            f"筛选条件 {text!r} 应写作 维度=值，例如 sex=female", f"write DIM=VALUE, such as sex=female, not {text!r}"
        )
    return name.strip(), None if value.strip() == "null" else value.strip()
