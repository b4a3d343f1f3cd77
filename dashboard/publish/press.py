"""An edition's files, made from its recipe; and the same made again, to be compared byte for byte."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from dashboard.publish.bulletin import bulletin
from dashboard.publish.canonical import canonical, digest
from dashboard.publish.freeze import Press, frozen
from dashboard.publish.recipe import Recipe
from dashboard.publish.render import render
from dashboard.publish.shelf import CONTENT, MANIFEST, Bound, manifest

STANDARD: Final = "standard.toml"
POLICY: Final = "policy.toml"
Why = Literal["missing", "unknown", "changed", "differs"]


@dataclass(frozen=True)
class Difference:
    """A file that is not what it should be.

    `missing` from the folder, `unknown` to the manifest, `changed` since it was published (not what the manifest
    says), or it `differs` from what the load gives. `at`: the first byte that differs.
    """

    file: str
    why: Why
    at: int | None = None


def made(recipe: Recipe, press: Press) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The frozen content and every file of the edition, the manifest last; errors as `frozen`."""
    content = frozen(recipe, press)
    files = {CONTENT: canonical(content), STANDARD: recipe.standard.encode()}
    if recipe.policy:
        files[POLICY] = recipe.policy.encode()
    files |= render(bulletin(content))
    return content, files | {MANIFEST: manifest(content, files)}


def differences(edition: Bound, press: Press) -> list[Difference]:
    """What of an edition is not what its load gives; [] if it is identical. Errors as `frozen`."""
    kept = list(_kept(edition))
    if any(one.file == CONTENT and one.why != "unknown" for one in kept):
        return kept  # what it was made from cannot be trusted
    _, files = made(edition.recipe, press)
    spoilt = {one.file for one in kept}
    return kept + [one for one in _compared(edition, files) if one.file not in spoilt]


def _kept(edition: Bound) -> Iterator[Difference]:
    """The folder against its own manifest."""
    there = {path.name for path in edition.folder.iterdir()}
    named: Mapping[str, Mapping[str, Any]] = edition.manifest["files"]
    for name, said in named.items():
        if name not in there:
            yield Difference(name, "missing")
        elif digest((edition.folder / name).read_bytes()) != said["sha256"]:
            yield Difference(name, "changed")
    for name in sorted(there - set(named) - {MANIFEST}):
        yield Difference(name, "unknown")


def _compared(edition: Bound, files: Mapping[str, bytes]) -> Iterator[Difference]:
    for name, content in files.items():
        path = edition.folder / name
        if not path.is_file():
            yield Difference(name, "missing")
        elif (kept := path.read_bytes()) != content:
            yield Difference(name, "differs", _first_difference(kept, content))


def _first_difference(one: bytes, other: bytes) -> int:
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))
