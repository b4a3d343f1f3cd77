"""The map of a page: its leading figure region by region, on tiles or on a bureau's own outlines; a click drills."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import quantiles
from typing import Any, Final

from dash import html

from dashboard.components.marks import STATES
from dashboard.components.tile_map import Block, MapTile, Shade, shades, tile_map
from dashboard.drawings.goals import one_issuer
from dashboard.drawings.ranked import ranked, together
from dashboard.figures.theme import shade_color, state_color
from dashboard.figures.tiles import Outline, outlined
from dashboard.language import message
from dashboard.map_pack import OUTLINES, TILES, outlines_of, pack_file, placed, tiles_of
from dashboard.panel import Column, Drawing, Panel, Table, Withheld
from dashboard.ranking.change import standing
from dashboard.reading import leading
from dashboard.regions import Region, level_below
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.dimension import LEVELS
from dashboard.view import View

MOST_TILES: Final = 90  # with more on one map their names could not be read
SHADES: Final = 5
DENSE: Final = 8  # columns beyond which a tile shows its figure in the smaller type


@dataclass(frozen=True)
class Mapped:
    """What a map shows: the figure of each region by code, in words, and the state of each where it is a target's."""

    label: str
    unit: str
    values: Mapping[str, Any]
    said: Mapping[str, str]
    states: Mapping[str, str]
    metric: str | None = None


Measured = Callable[[View, str, Sequence[Region]], Mapped]


def map_panel(measured: Measured, metrics: tuple[str, ...] = (), span: int = 6) -> Panel:
    """The panel that every page bears, coloured by what `measured` says of its regions."""
    return Panel(
        "map",
        message("Map"),
        message("One tile a region: darker is more; a target's state has its own shape. A tile leads down"),
        metrics,
        partial(region_map, measured=measured),
        span=span,
        height=360,
    )


def figure_of(*metrics: str) -> Measured:
    """The first of these metrics that exists right below the region in view: the map goes no deeper than it does."""

    def measured(view: View, level: str, regions: Sequence[Region]) -> Mapped:
        return _figures(view, _existing(metrics, level_below(view.area.level) or level), level, regions)

    return measured


def target_of(metric: str) -> Measured:
    """The state of each region's target of `metric`, or of the indicator chosen; without targets the figure."""

    def measured(view: View, level: str, regions: Sequence[Region]) -> Mapped:
        chosen = view.selection.indicator
        name = chosen if chosen in METRICS else metric
        return _targets(view, name, regions) or _figures(view, name, level, regions)

    return measured


def chosen_figure(metric: str) -> Measured:
    """The figure of the indicator chosen, `metric` where none is."""

    def measured(view: View, level: str, regions: Sequence[Region]) -> Mapped:
        chosen = view.selection.indicator
        return _figures(view, _existing((chosen if chosen in METRICS else metric, metric), level), level, regions)

    return measured


def scores(view: View, level: str, regions: Sequence[Region]) -> Mapped:
    """The scores of the ranking of the period in view, for units of the map's own level."""
    found = ranked(view.build, view.period, level, together(view))
    held = {region.code: standing(found, region.code) for region in regions if found.lists(region.code)}
    values = {code: None if place is None else float(place.score) for code, place in held.items()}
    said = {code: view.words.number(value, 1) for code, value in values.items() if value is not None}
    return Mapped(view.words.say("score"), "score", values, said, {})


def region_map(view: View, measured: Measured) -> Drawing:
    """Tiles, or outlines where the pack has them for all regions shown."""
    regions, mapped = _shown(view, measured)
    known = {code: float(value) for code, value in mapped.values.items() if value is not None}
    if not known:
        raise Withheld("no_rows")
    bounds = _bounds(list(known.values()))
    table = _table(view, mapped, regions)
    reading = _reading(view, mapped, regions)
    metrics = (mapped.metric,) if mapped.metric else ()
    outlines = outlines_of(pack_file(OUTLINES, _city_of(view), home_of(view)))
    legend = [] if mapped.states else [_legend(view, mapped, bounds, list(known.values()))]
    if all(region.code in outlines for region in regions):
        drawn = [_outline(view, region, mapped, bounds, outlines[region.code]) for region in regions]
        return Drawing(reading, table, figure=outlined(drawn, mapped.label), height=380, metrics=metrics)
    groups = _groups(regions)
    at = placed([[region.code for region in group] for group in groups.values()], _known_tiles(view))
    blocks = [_block(view, code, group, mapped, bounds) for code, group in groups.items()]
    dense = " tile-map-dense" if at.size[0] > DENSE else ""
    title = html.P(mapped.label, className="tile-title")
    body = html.Div([title, tile_map(blocks, at, view.words), *legend], className=f"tile-room{dense}")
    return Drawing(reading, table, body=body, height=110 + 46 * at.size[1] + 26 * len(blocks), metrics=metrics)


def home_of(view: View) -> Any:
    """The home folder whose build is shown: a bureau's own packs lie in it."""
    return view.build.path.parent.parent


def _shown(view: View, measured: Measured) -> tuple[list[Region], Mapped]:
    """Two levels down where there are figures and room, else the level below; a community among its siblings."""
    below = level_below(view.area.level) or view.level
    deeper = level_below(below)
    if deeper and view.region.level != "community":
        regions = [part for child in view.tree.children(view.area) for part in view.tree.children(child)]
        if 0 < len(regions) <= MOST_TILES:
            mapped = measured(view, deeper, regions)
            if _fills(mapped, regions):
                return regions, mapped
    return view.parts, measured(view, below, view.parts)


def _fills(mapped: Mapped, regions: Sequence[Region]) -> bool:
    """Whether at least half of the regions have a figure: a map of gaps tells nothing."""
    return 2 * sum(mapped.values.get(region.code) is not None for region in regions) >= len(regions)


def _existing(metrics: Sequence[str], level: str) -> str:
    depth = LEVELS.index(level)
    return next((name for name in metrics if LEVELS.index(METRICS[name].exists_from) >= depth), metrics[-1])


def _figures(view: View, metric: str, level: str, regions: Sequence[Region]) -> Mapped:
    rows = view.ask(metric, by=(level,), region=view.area)
    codes = {region.code for region in regions}
    values = {str(row["region_code"]): row[metric] for row in rows if row["region_code"] in codes}
    shown = METRICS[metric]
    said = {code: view.words.value(value, shown.unit) for code, value in values.items() if value is not None}
    return Mapped(view.words.of(shown.label), shown.unit, values, said, {}, metric)


def _targets(view: View, metric: str, regions: Sequence[Region]) -> Mapped | None:
    found = [target for target in one_issuer(view.targets(regions)) if target.indicator == metric]
    if not found:
        return None
    words, shown = view.words, METRICS[metric]
    paced = all(target.completion is not None and target.time_elapsed is not None for target in found)
    values = {target.region_code: target.completion if paced else target.actual for target in found}
    unit = "%" if paced else shown.unit
    said = {code: words.value(value, unit) for code, value in values.items() if value is not None}
    label = words.of(shown.label)
    if paced:
        label = words.say("{indicator}: share of the year's target done", indicator=label)
    return Mapped(label, unit, values, said, {target.region_code: target.state for target in found}, metric)


def _groups(regions: Sequence[Region]) -> dict[str, list[Region]]:
    groups: dict[str, list[Region]] = {}
    for region in regions:
        groups.setdefault(region.parent or "", []).append(region)
    return groups


def _known_tiles(view: View) -> Mapping[str, tuple[int, int]]:
    return tiles_of(pack_file(TILES, _city_of(view), home_of(view)))


def _city_of(view: View) -> str:
    return view.build.regions.city_of(view.region.code)


def _block(view: View, code: str, regions: Sequence[Region], mapped: Mapped, bounds: Sequence[float]) -> Block:
    tiles = [_tile(view, region, mapped, bounds) for region in regions]
    return Block(view.tree.find(code).name, view.at(view.tree.find(code)), tiles)


def _tile(view: View, region: Region, mapped: Mapped, bounds: Sequence[float]) -> MapTile:
    value, state = mapped.values.get(region.code), mapped.states.get(region.code)
    said = mapped.said.get(region.code, "")
    return MapTile(
        code=region.code,
        name=region.name,
        said=said or "—",
        title=_title(view, region, mapped),
        href=view.at(region),
        shade=None if value is None else _shade(float(value), bounds),
        state=state,
        here=region == view.region,
    )


def _title(view: View, region: Region, mapped: Mapped) -> str:
    words = view.words
    said = mapped.said.get(region.code) or words.say("no data")
    state = mapped.states.get(region.code)
    parts = [f"{region.name}: {mapped.label} {said}"]
    return " · ".join([*parts, words.say(STATES[state])] if state else parts)


def _bounds(values: Sequence[float]) -> list[float]:
    """The limits between the classes: fifths of the regions, so that every class is there to be seen."""
    return quantiles(values, n=SHADES, method="inclusive") if len(set(values)) > 1 else []


def _shade(value: float, bounds: Sequence[float]) -> int:
    return 1 + bisect_right(bounds, value) if bounds else 3


def _legend(view: View, mapped: Mapped, bounds: Sequence[float], values: Sequence[float]) -> html.Div:
    classes: dict[int, list[float]] = {}
    for value in sorted(values):
        classes.setdefault(_shade(value, bounds), []).append(value)
    said = [Shade(number, _range(view, held, mapped.unit)) for number, held in classes.items()]
    return shades(said, view.words.unit(mapped.unit) if mapped.unit not in ("score", "%", "yuan") else "")


def _range(view: View, values: Sequence[float], unit: str) -> str:
    if unit == "score":
        ends = [view.words.number(value, 1) for value in (values[0], values[-1])]
    else:
        ends = [view.words.value(value, unit) for value in (values[0], values[-1])]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"


def _outline(view: View, region: Region, mapped: Mapped, bounds: Sequence[float], rings: Any) -> Outline:
    value, state = mapped.values.get(region.code), mapped.states.get(region.code)
    color = state_color(state) if state else shade_color(None if value is None else _shade(float(value), bounds))
    said = mapped.said.get(region.code) or view.words.say("no data")
    if state:
        said = f"{said} · {view.words.say(STATES[state])}"
    return Outline(region.name, said, rings, color, ("region", region.code), chosen=region == view.region)


def _table(view: View, mapped: Mapped, regions: Sequence[Region]) -> Table:
    words = view.words
    rows = [
        {
            "region_code": region.code,
            "region_name": region.name,
            "value": mapped.values.get(region.code),
            "state": words.say(STATES[mapped.states[region.code]]) if region.code in mapped.states else "",
        }
        for region in regions
    ]
    columns = [
        Column("region_code", words.say("code"), "place"),
        Column("region_name", words.say("region")),
        Column("value", mapped.label, mapped.unit),
    ]
    if mapped.states:
        columns.append(Column("state", words.say("state")))
    return Table(tuple(columns), rows, ("region_code", "region"))


def _reading(view: View, mapped: Mapped, regions: Sequence[Region]) -> str:
    words = view.words
    if mapped.states:
        behind = [region.name for region in regions if mapped.states.get(region.code) == "behind"]
        return words.say(
            "{label}: {behind} of {number} regions on the map are behind.",
            label=mapped.label,
            behind=words.number(len(behind)),
            number=words.number(len(mapped.states)),
        )
    values = [(region.name, mapped.values.get(region.code)) for region in regions]
    if mapped.metric:
        return leading(view, [{"name": name, mapped.metric: value} for name, value in values], mapped.metric, "name")
    highest, name = max((float(value), name) for name, value in values if value is not None)
    return words.say(
        "{label} is highest in {name}: {value}.",
        label=mapped.label,
        name=name,
        value=words.number(highest, 1),
    )
