"""The map of tiles: one link a region, its class of five or its state told by shade, shape and figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import html

from dashboard.components.light import Div, Li, Link, Span
from dashboard.components.marks import state_mark
from dashboard.map_pack import Placed, Tile
from dashboard.text import Words

SUFFIXES: Final = ("街道办事处", "街道", "社区居委会", "社区", "新区", "区", "县")
KEPT: Final = 2  # characters that a shortened name keeps at least


@dataclass(frozen=True)
class MapTile:
    """One region: `shade` 1 … 5 of the figures, or the `state` of a target; neither where there is no figure."""

    code: str
    name: str
    said: str
    title: str
    href: str
    shade: int | None = None
    state: str | None = None
    here: bool = False


@dataclass(frozen=True)
class Block:
    """The tiles of one region above, with the link to it; a map of siblings is one block without a name."""

    name: str
    href: str
    tiles: Sequence[MapTile]


@dataclass(frozen=True)
class Shade:
    """One class of the legend."""

    number: int
    said: str


def tile_map(blocks: Sequence[Block], at: Placed, words: Words) -> html.Div:
    """The blocks where their tiles lie; where blocks would overlap, all tiles on one grid."""
    if len(blocks) > 1 and not _overlap([_box(block, at) for block in blocks]):
        inner: list[Any] = [_block(block, at, words) for block in blocks]
        return Div(inner, className="tile-map tile-blocks", style=_columns(at.size[0]))
    tiles = [tile for block in blocks for tile in block.tiles]
    listed = [_tile(tile, at.tiles[tile.code], words) for tile in tiles]
    return Div(html.Ul(listed, className="tiles", style=_columns(at.size[0])), className="tile-map")


def shades(legend: Sequence[Shade], title: str) -> html.Div:
    """The legend of the classes, from the least to the most."""
    items = [Li([Span(className=f"swatch shade-{shade.number}"), Span(shade.said)]) for shade in legend]
    return Div([Span(title, className="muted"), html.Ul(items)], className="tile-legend")


def _block(block: Block, at: Placed, words: Words) -> html.Div:
    left, top, right, bottom = _box(block, at)
    listed = [_tile(tile, (at.tiles[tile.code][0] - left, at.tiles[tile.code][1] - top), words) for tile in block.tiles]
    place = {"gridColumn": f"{left + 1} / {right + 2}", "gridRow": f"{top + 1} / {bottom + 2}"}
    name = html.H3(Link(block.name, href=block.href), className="tile-block-name")
    return Div(
        [name, html.Ul(listed, className="tiles", style=_columns(right - left + 1))],
        className="tile-block",
        style=place,
    )


def _tile(tile: MapTile, at: Tile, words: Words) -> html.Li:
    kind = f"tile-state-{tile.state}" if tile.state else f"shade-{tile.shade}" if tile.shade else "tile-none"
    inside: list[Any] = [Span(short_name(tile.name), className="tile-name")]
    said: list[Any] = [Span(tile.said, className="tile-said")]
    if tile.state:
        said.insert(0, state_mark(tile.state, words, short=True))
    inside.append(Span(said, className="tile-figure"))
    link = Link(
        inside, href=tile.href, title=tile.title, className=f"tile {kind} tile-here" if tile.here else f"tile {kind}"
    )
    return Li(link, style={"gridColumn": str(at[0] + 1), "gridRow": str(at[1] + 1)})


def short_name(name: str) -> str:
    """The name without what all its neighbours end in: 磁山街道 → 磁山."""
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= KEPT:
            return name.removesuffix(suffix)
    return name


def _columns(number: int) -> dict[str, str]:
    return {"gridTemplateColumns": f"repeat({number}, minmax(var(--tile), 1fr))"}


def _box(block: Block, at: Placed) -> tuple[int, int, int, int]:
    columns = [at.tiles[tile.code][0] for tile in block.tiles]
    rows = [at.tiles[tile.code][1] for tile in block.tiles]
    return min(columns), min(rows), max(columns), max(rows)


def _overlap(boxes: Sequence[tuple[int, int, int, int]]) -> bool:
    return any(
        one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
        for position, one in enumerate(boxes)
        for other in boxes[position + 1 :]
    )
