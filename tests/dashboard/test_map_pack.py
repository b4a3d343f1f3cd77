"""Where regions lie: the pack's tiles, a bureau's outlines, and an order of reading where there is neither."""

import json
from pathlib import Path

import pytest

from dashboard.map_pack import OUTLINES, TILES, MapPackError, outlines_of, pack_file, packed, placed, tiles_of

CIHU = "990100000000"
SQUARE = [[114.0, 30.0], [114.1, 30.0], [114.1, 30.1], [114.0, 30.1], [114.0, 30.0]]


def pack(home: Path, name: str, text: str, code: str = CIHU) -> Path:
    """A bureau's own pack in `home` with one file beside its policy."""
    folder = home / "cities" / "own"
    folder.mkdir(parents=True)
    (folder / "policy.toml").write_text(f'city_code = "{code}"\n', encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def feature(code: str, kind: str = "Polygon") -> dict[str, object]:
    """One region as GeoJSON."""
    shape = [SQUARE] if kind == "Polygon" else [[SQUARE], [SQUARE]]
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": kind, "coordinates": shape}}


def test_the_shipped_pack_places_every_region_of_the_demonstration_city(tmp_path: Path) -> None:
    tiles = tiles_of(pack_file(TILES, CIHU, tmp_path))
    assert tiles["990102000000"] == (0, 0)
    assert len(tiles) == 4 + 21 + 183


def test_a_homes_own_pack_is_preferred_to_the_shipped_one(tmp_path: Path) -> None:
    own = pack(tmp_path, TILES, '[district]\n"990102000000" = [5, 7]\n')
    assert pack_file(TILES, CIHU, tmp_path) == own
    assert tiles_of(own) == {"990102000000": (5, 7)}
    assert pack_file(TILES, "420200000000", tmp_path) is None


def test_outlines_are_read_by_code_with_all_their_rings(tmp_path: Path) -> None:
    features = [feature("990102"), feature("990103000000", "MultiPolygon")]
    path = pack(tmp_path, OUTLINES, json.dumps({"type": "FeatureCollection", "features": features}))
    outlines = outlines_of(path)
    assert len(outlines["990102000000"]) == 1
    assert len(outlines["990103000000"]) == 2
    assert outlines_of(None) == {}


@pytest.mark.parametrize(
    ("name", "text"), [(OUTLINES, "{}"), (OUTLINES, '{"features": [{"properties": {}}]}'), (TILES, "[district]\na = 3")]
)
def test_a_file_that_is_no_map_is_told_by_name(tmp_path: Path, name: str, text: str) -> None:
    path = pack(tmp_path, name, text)
    with pytest.raises(MapPackError, match=name):
        (tiles_of if name == TILES else outlines_of)(path)


def test_columns_and_rows_without_a_tile_fall_away() -> None:
    at = packed({"a": (0, 3), "b": (4, 3), "c": (4, 9)})
    assert at.tiles == {"a": (0, 0), "b": (1, 0), "c": (1, 1)}
    assert at.size == (2, 2)


def test_regions_that_the_pack_does_not_place_lie_in_blocks_in_reading_order() -> None:
    groups = [["a1", "a2", "a3"], ["b1"], ["c1", "c2"]]
    at = placed(groups, {"a1": (0, 0)})
    assert len(set(at.tiles.values())) == 6
    assert [at.tiles[code] for code in ("a1", "a2", "a3")] == [(0, 0), (1, 0), (0, 1)]
    assert at.tiles["b1"][0] > at.tiles["a2"][0]
    assert at.tiles["c1"][1] > at.tiles["a3"][1]
