"""How a target was passed down, city › district › street › community, and where the parts do not make the whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dash import html

from dashboard.components.light import Link, Span, Th, Tr
from dashboard.components.marks import HIDDEN
from dashboard.drawings.bullets import labelled_cell
from dashboard.drawings.goals import chosen_indicator, one_issuer
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.regions import Region
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.issued import issued
from dashboard.semantics.targets import adds_up
from dashboard.view import View

STEPS = 2  # levels below the region in view
EVEN = 1e-6  # sums of written targets that differ by less are the same


@dataclass(frozen=True)
class Rung:
    """A region's target, and the sum of the targets given to the regions right below it; None where none were."""

    region: Region
    depth: int
    value: float | None
    passed: float | None
    without: int

    @property
    def gap(self) -> float | None:
        """What was passed down beyond the target (less than nothing: what nobody was given)."""
        if self.value is None or self.passed is None:
            return None
        gap = self.passed - self.value
        return 0.0 if abs(gap) < EVEN else gap


def cascade(view: View) -> Drawing:
    """The region in view and two levels below: target, passed down, and the gap in words."""
    indicator, words = chosen_indicator(view), view.words
    if not adds_up(METRICS[indicator]):
        raise Withheld("no_rows", words.say("Targets of this indicator do not add up: each region has its own."))
    given = [target for target in issued(view.build, view.period.start.year) if target.indicator == indicator]
    seen = one_issuer(target for target in given if view.build.sees(target.region_code))
    held = {target.region_code: float(target.value) for target in seen}
    rungs = list(_rungs(view, view.area, held, 0))
    if not any(rung.value is not None for rung in rungs):
        raise Withheld("no_rows")
    heads = (
        (words.say("region"), ""), (words.say("target"), "number"), (words.say("passed down"), "number"),
        (words.say("gap"), ""),
    )  # fmt: skip
    head = Tr([Th(label, scope="col", className=name) for label, name in heads])
    table = html.Table(
        [html.Thead(head), html.Tbody([_row(view, rung, METRICS[indicator].unit) for rung in rungs])],
        className="figure-table cascade",
    )
    return Drawing(
        _reading(view, indicator, rungs),
        _table(view, rungs),
        body=html.Div(table, className="table-room cascade-room", tabIndex=0),
        height=330,
        metrics=(indicator,),
    )


def _rungs(view: View, region: Region, held: Mapping[str, float], depth: int) -> Iterator[Rung]:
    below = view.tree.children(region)
    given = [held[child.code] for child in below if child.code in held]
    passed = sum(given) if given else None
    yield Rung(region, depth, held.get(region.code), passed, len(below) - len(given) if given else 0)
    if depth < STEPS and given:
        for child in below:
            yield from _rungs(view, child, held, depth + 1)


def _row(view: View, rung: Rung, unit: str) -> html.Tr:
    words = view.words
    name = Link(rung.region.name, href=view.drill("region", rung.region.code))
    return Tr(
        [
            Th([Span(className=f"rung rung-{rung.depth}", **HIDDEN), name], scope="row"),
            labelled_cell(
                words.say("target"),
                words.say("no target") if rung.value is None else words.value(rung.value, unit),
                "number figure" if rung.value is not None else "number none",
            ),
            labelled_cell(
                words.say("passed down"), "" if rung.passed is None else words.value(rung.passed, unit), "number"
            ),
            labelled_cell(words.say("gap"), Span(_gap_said(view, rung, unit), className=_gap_class(rung))),
        ],
        className="row-here" if rung.region.code == view.region.code else "",
    )


def _gap_class(rung: Rung) -> str:
    return "gap-said" if not rung.gap else "gap-said gap-short" if rung.gap < 0 else "gap-said gap-over"


def _gap_said(view: View, rung: Rung, unit: str) -> str:
    """In words: adds up, so much nobody was given, or more than the target."""
    words = view.words
    if rung.gap is None:
        return ""
    said = words.say("adds up")
    if rung.gap:
        amount = words.value(abs(rung.gap), unit)
        said = (
            words.say("{amount} given to nobody", amount=amount)
            if rung.gap < 0
            else words.say("{amount} more than the target", amount=amount)
        )
    if rung.without:
        said = words.say("{said}; {number} without a target", said=said, number=words.number(rung.without))
    return said


def _reading(view: View, indicator: str, rungs: list[Rung]) -> str:
    words, label = view.words, view.words.of(METRICS[indicator].label)
    judged = [rung for rung in rungs if rung.gap is not None]
    off = [rung for rung in judged if rung.gap]
    if not judged:
        return words.say("{indicator}: the target was passed down to nobody.", indicator=label)
    if not off:
        return words.say("{indicator}: the parts add up to the whole everywhere.", indicator=label)
    worst = max(off, key=lambda rung: abs(rung.gap or 0.0))
    return words.say(
        "{indicator}: in {count} of {total} places the parts do not add up; most in {region} ({gap}).",
        indicator=label,
        count=words.number(len(off)),
        total=words.number(len(judged)),
        region=worst.region.name,
        gap=_gap_said(view, worst, METRICS[indicator].unit),
    )


def _table(view: View, rungs: list[Rung]) -> Table:
    words, unit = view.words, METRICS[chosen_indicator(view)].unit
    columns = (
        Column("region_code", words.say("code"), "place"),
        Column("region", words.say("region")),
        Column("value", words.say("target"), unit),
        Column("passed", words.say("passed down"), unit),
        Column("gap", words.say("gap"), unit),
        Column("without", words.say("regions without a target"), "rank"),
    )
    rows = [
        {
            "region_code": rung.region.code,
            "region": rung.region.name,
            "value": rung.value,
            "passed": rung.passed,
            "gap": rung.gap,
            "without": rung.without,
        }
        for rung in rungs
    ]
    return Table(columns, rows, ("region_code", "region"))
