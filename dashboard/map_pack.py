"""Where regions lie: the tiles of the city pack, or a bureau's own outlines; without either, tiles in reading order.

A pack is a folder with `policy.toml`; the one of the city's code holds, the home's own over the shipped one.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, sqrt
from pathlib import Path
from typing import Any, Final

SHIPPED: Final = Path(__file__).resolve().parent.parent / "data" / "cities"
TILES: Final = "tiles.toml"
OUTLINES: Final = "regions.geojson"
CODES: Final = ("region_code", "code", "adcode")
SHAPES: Final = {"Polygon": 1, "MultiPolygon": 2}

Tile = tuple[int, int]
Ring = Sequence[tuple[float, float]]


class MapPackError(ValueError):
    """A file of the pack is not what a map can be drawn from: which file, and what is wrong."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path


@dataclass(frozen=True)
class Placed:
    """Tiles on a grid without empty rows and columns; `size` is its columns and rows."""

    tiles: Mapping[str, Tile]
    size: Tile


def pack_file(name: str, city_code: str, home: Path) -> Path | None:
    """The newest file `name` among the packs of the city: the home's own before the shipped one."""
    for packs in (home / "cities", SHIPPED):
        for policy in sorted(packs.glob("*/policy.toml")):
            if _code_of(policy, policy.stat().st_mtime_ns) == city_code and (policy.parent / name).is_file():
                return policy.parent / name
    return None


@lru_cache(maxsize=64)
def _code_of(policy: Path, _changed: int) -> str | None:
    code = tomllib.loads(policy.read_text(encoding="utf-8-sig")).get("city_code")
    return code if isinstance(code, str) else None


def tiles_of(path: Path | None) -> Mapping[str, Tile]:
    """Column and row of each region that the file places; none where there is no file. MapPackError."""
    return {} if path is None else _tiles(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _tiles(path: Path, _changed: int) -> Mapping[str, Tile]:
    try:
        levels = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return {code: (int(at[0]), int(at[1])) for level in levels.values() for code, at in level.items()}
    except (ValueError, TypeError, IndexError, AttributeError) as error:
        raise MapPackError(
            path, f"a tile is [column, row] under [district], [street] or [community]: {error}"
        ) from error


def outlines_of(path: Path | None) -> Mapping[str, Sequence[Ring]]:
    """The rings of each region of a GeoJSON file by its code of 12 digits; none where there is no file."""
    return {} if path is None else _outlines(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _outlines(path: Path, _changed: int) -> Mapping[str, Sequence[Ring]]:
    try:
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
        return dict(_outline(feature) for feature in features)
    except (ValueError, TypeError, KeyError) as error:
        raise MapPackError(
            path, f"a FeatureCollection of polygons with `region_code` is expected: {error!r}"
        ) from error


def _outline(feature: Mapping[str, Any]) -> tuple[str, Sequence[Ring]]:
    said = feature["properties"]
    [code, *_] = [str(said[name]) for name in CODES if said.get(name)]
    shape = feature["geometry"]
    polygons = shape["coordinates"] if SHAPES[shape["type"]] > 1 else [shape["coordinates"]]
    rings = [[(float(point[0]), float(point[1])) for point in ring] for polygon in polygons for ring in polygon]
    return code.ljust(12, "0"), rings


def placed(groups: Sequence[Sequence[str]], known: Mapping[str, Tile]) -> Placed:
    """A tile for each code: as the pack says where it knows all of them, else group by group in reading order."""
    codes = [code for group in groups for code in group]
    if all(code in known for code in codes):
        return packed({code: known[code] for code in codes})
    return packed(_in_order(groups))


def packed(tiles: Mapping[str, Tile]) -> Placed:
    """The same tiles without the columns and rows in which none lies."""
    columns = {column: at for at, column in enumerate(sorted({tile[0] for tile in tiles.values()}))}
    rows = {row: at for at, row in enumerate(sorted({tile[1] for tile in tiles.values()}))}
    moved = {code: (columns[column], rows[row]) for code, (column, row) in tiles.items()}
    return Placed(moved, (len(columns), len(rows)))


def _in_order(groups: Sequence[Sequence[str]]) -> dict[str, Tile]:
    """Blocks as square as may be, as many blocks beside each other as below."""
    widest = max((ceil(sqrt(len(group))) for group in groups), default=1)
    across = ceil(sqrt(len(groups)))
    made, top = {}, 0
    for start in range(0, len(groups), across):
        band = groups[start : start + across]
        for at, group in enumerate(band):
            for number, code in enumerate(group):
                made[code] = (at * widest + number % widest, top + number // widest)
        top += max((ceil(len(group) / widest) for group in band), default=0)
    return made
