"""A build on one machine: the models over a home's history, in DuckDB, served by another home."""

from pathlib import Path

from etl.build import cut
from etl.engines.draft import draft
from etl.home import Home


def build(source: Home, target: Home) -> Path:
    """Run the models over the history of `source`; the build served in `target` after it.

    Raises HomeError, ModelError and PolicyError; then `target` serves what it did.
    """
    with draft(source, target) as place:
        load = int(place.newest.stem)
        cut(place.newest, place.path, load, place.packs)
        return target.publish(place.path, load)
