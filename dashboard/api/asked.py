"""What an address of the API asks for, as a question; every fault is told in both languages."""

from datetime import date
from typing import Final

from werkzeug.datastructures import MultiDict

from dashboard.semantics.question import Question, QuestionError, condition

# What may be said more than once, and what once, under the names of `reemploy query`'s options.
REPEATED: Final = ("metric", "by", "where")
SINGLE: Final = ("region", "from", "to", "as_of", "known_at")
READERS: Final = ("lang",)  # of the reader, not of the question


def question_of(said: MultiDict[str, str]) -> Question:
    """The question of an address; QuestionError where it says something else, or nothing at all."""
    _only_known(said)
    metrics = tuple(dict.fromkeys(said.getlist("metric")))
    if not metrics:
        raise QuestionError("请用 metric= 指明要问的指标", "say with metric= which figures you ask for")
    return Question(
        metrics=metrics,
        by=tuple(dict.fromkeys(said.getlist("by"))),
        region=said.get("region"),
        start=_day(said, "from"),
        end=_day(said, "to"),
        as_of=_day(said, "as_of"),
        where=tuple(condition(text) for text in said.getlist("where")),
    )


def load_of(said: MultiDict[str, str]) -> int | None:
    """The load that the figures are to be known at; None: the newest."""
    given = said.get("known_at")
    if given is None:
        return None
    if not (given.isascii() and given.isdigit()):
        raise QuestionError(f"known_at={given!r} 不是加载编号", f"known_at={given!r} is no number of a load")
    return int(given)


def _only_known(said: MultiDict[str, str]) -> None:
    for name, values in said.lists():
        if name not in (*REPEATED, *SINGLE, *READERS):
            known = ", ".join((*REPEATED, *SINGLE))
            raise QuestionError(f"没有参数 {name!r}；可用：{known}", f"there is no {name!r}; there are: {known}")
        if name in SINGLE and len(values) > 1:
            raise QuestionError(f"{name} 只能出现一次", f"{name} may be said once")


def _day(said: MultiDict[str, str], name: str) -> date | None:
    given = said.get(name)
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise QuestionError(
            f"{name}={given!r} 不是日期，应写作 2026-09-30", f"{name}={given!r} is not a date such as 2026-09-30"
        ) from None
