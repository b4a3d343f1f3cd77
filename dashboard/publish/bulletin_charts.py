"""The charts of a bulletin, each with its sentence."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from dashboard.publish.document import Bar, Bars, Bump, Course, Interval, Intervals
from dashboard.publish.phrases import both, text_of
from dashboard.publish.recipe import Recipe
from dashboard.semantics.words import Text

Content = Mapping[str, Any]
Units = Sequence[Mapping[str, Any]]
INTERVALS_SHOWN: Final = 20  # with the course of ranks below it, one page
COURSES_SHOWN: Final = 8


def charts(content: Content, recipe: Recipe) -> tuple[Bars | Intervals | Bump, ...]:
    """What the best scores are made of, how sure the ranks are, and how they moved; each where there is anything."""
    units = content["units"]
    best = [unit for unit in units if unit["rank"] <= recipe.best]
    whole = [unit for unit in best if unit["criteria"] is not None]
    found: list[Bars | Intervals | Bump] = []
    if whole:
        found.append(_scores(content, whole, recipe))
    if units:
        found.append(_intervals(units[:INTERVALS_SHOWN], recipe))
    if content["series"]:
        found.append(_courses(content, best, recipe))
    return tuple(found)


def _scores(content: Content, best: Units, recipe: Recipe) -> Bars:
    criteria = content["standard"]["criteria"]
    first, last = best[0], best[-1]
    return Bars(
        title=both("前{best}名得分构成", "What the scores of the first {best} are made of", best=recipe.best),
        series=tuple(text_of(criterion["label"]) for criterion in criteria),
        bars=tuple(
            Bar(
                unit["name"],
                tuple(float(unit["criteria"][criterion["name"]]["points"]) for criterion in criteria),
                Decimal(unit["score"]),
            )
            for unit in best
        ),
        reading=both(
            "第{first_rank}名{first}{most}分，第{last_rank}名{last}{least}分，相差{apart}分。",
            "{first} (rank {first_rank}) has {most}, {last} (rank {last_rank}) {least}: {apart} points apart.",
            first=first["name"],
            first_rank=first["rank"],
            most=first["score"],
            last=last["name"],
            last_rank=last["rank"],
            least=last["score"],
            apart=str(Decimal(first["score"]) - Decimal(last["score"])),
        ),
    )


def _intervals(units: Units, recipe: Recipe) -> Intervals:
    return Intervals(
        title=both("名次区间（5%—95%）", "Intervals of the ranks (5–95 %)"),
        intervals=tuple(Interval(unit["name"], unit["rank"], unit["low"], unit["high"]) for unit in units),
        line=recipe.best,
        reading=both(
            "点为名次，线为试算中九成落入的范围；跨过虚线（第{best}名）的有{number}个。",
            "The dot is the rank, the line holds nine trials of ten; {number} cross the dashed line (rank {best}).",
            best=recipe.best,
            number=sum(unit["low"] <= recipe.best < unit["high"] for unit in units),
        ),
    )


def _courses(content: Content, best: Units, recipe: Recipe) -> Bump:
    periods = [one["period"] for one in content["series"]]
    return Bump(
        title=Text("历期名次", "Ranks over the periods"),
        periods=tuple(Text(name, name) for name in [*periods, recipe.period]),
        courses=tuple(Course(unit["name"], (*unit["course"], unit["rank"])) for unit in best[:COURSES_SHOWN]),
        reading=both(
            "本期前{best}名中，上期也在前{best}名的有{number}个。",
            "Of the first {best} of this period {number} were among the first {best} of the last one.",
            best=recipe.best,
            number=sum((unit["course"][-1] or recipe.best + 1) <= recipe.best for unit in best),
        ),
    )
