"""The editions on disk: HOME/editions/<edition>/ once published, HOME/editions/.drafts/<edition>/ before.

A folder is written under another name and moved into place whole. What is published is never written again.
"""

import json
import os
import re
import shutil
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from dashboard.publish.canonical import canonical, digest
from dashboard.publish.recipe import Recipe, thawed

MANIFEST: Final = "manifest.json"
CONTENT: Final = "edition.json"
_NAME: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,79}")


class EditionError(LookupError):
    """There is no such edition, or what is there is not one."""


class Bound:
    """The files of one edition in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = folder.name

    @property
    def number(self) -> int:
        """1 for the first edition of its period and level; corrections count on."""
        return int(self.name.rpartition("-")[2])

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the edition is, and each file's SHA-256 and size."""
        return self._json(MANIFEST)

    @cached_property
    def content(self) -> dict[str, Any]:
        """The frozen recipe and figures."""
        return self._json(CONTENT)

    @cached_property
    def recipe(self) -> Recipe:
        """What it was made from."""
        return thawed(self.content["recipe"])

    @property
    def manifest_sha256(self) -> str:
        """The hash that an approval names: it covers every file."""
        return digest(self.read(MANIFEST))

    def read(self, file: str) -> bytes:
        """A file that the manifest names, or the manifest itself; EditionError."""
        if file != MANIFEST and file not in self.manifest["files"]:
            raise EditionError(f"{self.name} has no file {file!r}")
        try:
            return (self.folder / file).read_bytes()
        except OSError as error:
            raise EditionError(f"{self.folder / file} cannot be read: {error.strerror}") from error

    def is_intact(self, file: str, sha256: str) -> bool:
        """Whether a file is there and has this hash."""
        path = self.folder / file
        return path.is_file() and digest(path.read_bytes()) == sha256

    def _json(self, file: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads((self.folder / file).read_bytes())
        except (OSError, ValueError) as error:
            raise EditionError(f"{self.folder / file} cannot be read: {error}") from error
        return found


class Shelf:
    """The published editions and the drafts of a home."""

    def __init__(self, home: Path) -> None:
        self.published_folder = home / "editions"
        self.drafts_folder = self.published_folder / ".drafts"

    def published(self) -> list[Bound]:
        """All that are out: by period, then by level, a correction after what it corrects."""
        found = [Bound(path.parent) for path in self.published_folder.glob(f"*/{MANIFEST}")]
        return sorted(found, key=lambda one: (one.recipe.days.start, one.recipe.days.end, one.recipe.level, one.number))

    def edition(self, name: str) -> Bound:
        """A published edition; EditionError."""
        return self._bound(self.published_folder, name, "edition")

    def draft(self, name: str) -> Bound:
        """A draft; EditionError."""
        return self._bound(self.drafts_folder, name, "draft")

    def holds(self, name: str) -> bool:
        """Whether an edition of this name is out."""
        return (self.published_folder / name / MANIFEST).is_file()

    def write_draft(self, name: str, files: Mapping[str, bytes]) -> Bound:
        """Put the files of a draft in place of any before."""
        self.drafts_folder.mkdir(parents=True, exist_ok=True)
        part = self.drafts_folder / f"{_checked(name)}.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        for file, content in files.items():
            _write(part / file, content)
        _sync(part)
        target = self.drafts_folder / name
        shutil.rmtree(target, ignore_errors=True)
        part.replace(target)
        return Bound(target)

    def remove_draft(self, name: str) -> None:
        """Throw a draft away."""
        shutil.rmtree(self.drafts_folder / _checked(name), ignore_errors=True)

    def release(self, name: str) -> Bound:
        """Move a draft's files, as they are, among the published ones, at one moment."""
        target = self.published_folder / _checked(name)
        if not self.holds(name):
            self.draft(name).folder.replace(target)
            _sync(self.published_folder)
        return Bound(target)

    def _bound(self, folder: Path, name: str, kind: str) -> Bound:
        if not _NAME.fullmatch(name) or not (folder / name / MANIFEST).is_file():
            raise EditionError(f"there is no {kind} {name!r} in {folder}")
        return Bound(folder / name)


def manifest(content: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The manifest of these files: what was frozen, then each file's SHA-256 and size in bytes."""
    recipe = content["recipe"]
    return canonical(
        {
            "edition": recipe["edition"],
            "period": recipe["period"],
            "level": recipe["level"],
            "load": recipe["load"],
            "data_date": content["data_date"],
            "code": recipe["code"],
            "corrects": recipe["corrects"],
            "files": {
                name: {"sha256": digest(file), "bytes": len(file)} for name, file in files.items() if name != MANIFEST
            },
        }
    )


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise EditionError(f"{name!r} is no edition's name such as 2026Q3-community-1")
    return name


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
