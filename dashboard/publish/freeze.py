"""What an edition says, frozen: ranking, reasons and counts as whole numbers and texts, hidden what must be hidden."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from dashboard.period import Period
from dashboard.publish.changes import changes
from dashboard.publish.figures import FIGURES, RATES, Counts, Published, Withheld, counted, withheld
from dashboard.publish.recipe import Recipe
from dashboard.publish.shelf import Bound, Shelf
from dashboard.ranking.official import ranking
from dashboard.ranking.ranking import RankedUnit, Ranking
from dashboard.ranking.reading import parse_standard
from dashboard.ranking.standard import Group, Leaf, Node, Standard, walk
from dashboard.ranking.standards import known_metrics
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.words import Text

if TYPE_CHECKING:
    from dashboard.warehouse import Build

HIDDEN: Final = "hidden"
PERIODS_SHOWN: Final = 8  # of the chart of ranks over time, this edition among them
Builds = Callable[[Recipe], "Build"]


@dataclass(frozen=True)
class Press:
    """What editions are made with: the editions that are out, and the warehouse as known at a recipe's load."""

    shelf: Shelf
    build_of: Builds


def frozen(recipe: Recipe, press: Press) -> dict[str, Any]:
    """The content of the edition of `recipe`: canonical JSON may be made of it.

    Raises DisclosureError, StandardError, QuestionError, and NotLoadedError where the load is not there.
    """
    build = press.build_of(recipe)
    standard = standard_of(recipe)
    result = ranking(build, recipe.days, recipe.level, standard)
    counts = counted(build, recipe.days)
    earlier = [press.shelf.edition(name) for name in recipe.earlier]
    hides = withheld(
        counts,
        [_published(edition, press) for edition in earlier if _touches(edition.recipe.days, recipe.days)],
        [_metrics(node) for node in standard.tree.children],
        recipe.hide_counts_below,
        [unit.code for unit in result.units],
    )
    series = _series(recipe, earlier)
    content = {
        "recipe": recipe.frozen(),
        "city": "、".join(area.name for area in counts.areas if not area.above),
        "data_date": build.data_date.isoformat() if build.data_date else None,
        "standard": {"name": _text(standard.name), "criteria": [_criterion(node) for node in standard.tree.children]},
        "units": _units(result, series, hides, build),
        "left_out": [_left_out(unit, recipe, build) for unit in result.units if not unit.eligible],
        "areas": _areas(counts, hides),
        "series": [{"edition": edition.name, "period": edition.recipe.period} for edition in series],
    }
    replaced = next((edition for edition in earlier if edition.name == recipe.corrects), None)
    return content | {"changes": changes(replaced.content, content) if replaced else []}


def standard_of(recipe: Recipe) -> Standard:
    """The recipe's standard; StandardError."""
    return parse_standard(recipe.standard, "standard.toml", known_metrics())


def said_score(value: float | Decimal, digits: int = 2) -> str:
    """A figure with the decimals that are published, half up."""
    return str(
        Decimal(repr(value) if isinstance(value, float) else value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    )


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _metrics(node: Node) -> tuple[str, ...]:
    return tuple(leaf.measure.column for leaf in walk(node) if isinstance(leaf, Leaf))


def _criterion(node: Group | Leaf) -> dict[str, Any]:
    return {"name": node.name, "label": _text(node.label), "weight": said_score(float(node.weight))}


def _touches(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def _published(edition: Bound, press: Press) -> Published:
    """An edition that is out with its true counts, computed again from its load: nothing hidden is ever stored."""
    shows = frozenset(
        (figure, area["code"])
        for area in edition.content["areas"]
        for figure, value in area["counts"].items()
        if isinstance(value, int)
    )
    return Published(counted(press.build_of(edition.recipe), edition.recipe.days), shows)


def _series(recipe: Recipe, earlier: Sequence[Bound]) -> list[Bound]:
    """The last edition of each earlier period of the level, as many as the chart shows, oldest first."""
    newest: dict[str, Bound] = {}
    for edition in earlier:
        if edition.recipe.level == recipe.level and edition.recipe.days.end < recipe.days.start:
            newest[edition.recipe.period] = edition
    ordered = sorted(newest.values(), key=lambda edition: edition.recipe.days.start)
    return ordered[-(PERIODS_SHOWN - 1) :]


def _units(result: Ranking, series: Sequence[Bound], hides: Withheld, build: "Build") -> list[dict[str, Any]]:
    courses = [{unit["code"]: unit["rank"] for unit in edition.content["units"]} for edition in series]
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "above": _above(build, unit.code),
            "score": str(unit.score),
            "rank": unit.rank,
            "low": unit.low,
            "high": unit.high,
            "p_best": said_score(unit.p_best or 0.0, 3),
            "unclear": unit.unclear,
            "criteria": None if unit.code in hides.criteria else _scores(unit),
            "course": [course.get(unit.code) for course in courses],
        }
        for unit in result.units
        if unit.eligible
    ]


def _scores(unit: RankedUnit) -> dict[str, Any]:
    return {
        one.name: {
            "score": None if one.score is None else said_score(one.score),
            "points": said_score(one.contribution),
        }
        for one in unit.criteria
    }


def _above(build: "Build", code: str) -> list[str]:
    """The names of the district and street that a unit lies in."""
    place = build.regions.find(code)
    return [build.regions.by_id[above].name for above in place.path[1 : place.depth] if above is not None]


def _left_out(unit: RankedUnit, recipe: Recipe, build: "Build") -> dict[str, Any]:
    explained = recipe.explained.get(unit.code)
    return {
        "code": unit.code,
        "name": unit.name,
        "above": _above(build, unit.code),
        "reasons": [
            {
                "code": reason.code,
                "found": _found(reason.code, reason.found, recipe.hide_counts_below),
                "limit": None if reason.limit is None else said_score(float(reason.limit), 3),
                "remark": reason.remark,
            }
            for reason in unit.reasons
        ],
        "explained": None if explained is None else _text(explained),
    }


def _found(code: str, found: float | None, below: int) -> str | None:
    """A labour force of 1–4 is a count of persons too."""
    if found is None:
        return None
    return HIDDEN if code == "labour_force" and 0 < found < below else said_score(float(found), 3)


def _areas(counts: Counts, hides: Withheld) -> list[dict[str, Any]]:
    listed = frozenset(counts.listed())
    return [
        {
            "code": area.code,
            "name": area.name,
            "level": area.level,
            "counts": {
                figure.metric: _count(counts.values, hides, (figure.metric, area.code))
                for figure in FIGURES
                if (figure.metric, area.code) in listed
            },
            "rates": {
                rate: HIDDEN if (of, area.code) in hides.counts else _rate(counts.rates[rate, area.code])
                for rate, of in RATES.items()
                if (of, area.code) in listed
            },
        }
        for area in counts.areas
    ]


def _count(values: Mapping[tuple[str, str], int], hides: Withheld, one: tuple[str, str]) -> int | str:
    return HIDDEN if one in hides.counts else values[one]


def _rate(rate: float | None) -> str | None:
    return None if rate is None else said_score(rate)


def depth(level: str) -> int:
    """0 for the city … 3 for a community."""
    return LEVELS.index(level)


def names_of(areas: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Code → name."""
    return {area["code"]: area["name"] for area in areas}
