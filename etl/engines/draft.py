"""Where an engine works: an empty draft in the home that is to serve it, beside the history that it builds from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from etl.home import Home, HomeError
from etl.policy import packs_of


@dataclass(frozen=True)
class Draft:
    """`newest`: the build with the history; `path`: where to write; `packs`: the policies that hold."""

    newest: Path
    path: Path
    packs: tuple[Path, ...]


@contextmanager
def draft(source: Home, target: Home) -> Iterator[Draft]:
    """Under the lock of `target`, to which the bureau's own packs of `source` are copied. HomeError."""
    newest = source.current()
    if newest is None:
        raise HomeError(f"{source.path} holds no build: load a delivery first")
    if source.path.resolve() == target.path.resolve():
        raise HomeError(f"{source.path} keeps the builds that its loads made: give another folder")
    with target.lock():
        if (source.path / "cities").is_dir():
            copytree(source.path / "cities", target.path / "cities", dirs_exist_ok=True)
        yield Draft(newest, target.draft(empty=True), packs_of(target.path))
