"""Where in a TOML text a value stands: tomllib keeps no lines, and a clerk who edits a standard needs one."""

import tomllib
from collections.abc import Iterator
from typing import Any, Final

Path = tuple[str | int, ...]

# An array of inline tables that ends in the middle of a line's prefix: how many brackets may be open there.
_CLOSERS: Final = ("", "]", "]}]", "]}]}]", "]}]}]}]")


def line_of(text: str, path: Path) -> int:
    """The line where `path` (keys and positions) first appears; if it does not, its nearest parent; else 1."""
    for length in range(len(path), 0, -1):
        for line, document in _prefixes(text):
            if _holds(document, path[:length]):
                return line
    return 1


def _prefixes(text: str) -> Iterator[tuple[int, Any]]:
    # Only on the way to an error message: to read some hundred lines some hundred times costs nothing.
    lines = text.splitlines()
    start = 1
    for number in range(1, len(lines) + 1):
        document = _parsed("\n".join(lines[:number]))
        if document is not None:
            yield start, document
            start = number + 1


def _parsed(prefix: str) -> Any:
    for closer in _CLOSERS:
        try:
            return tomllib.loads(prefix + closer)
        except tomllib.TOMLDecodeError:
            continue
    return None


def _holds(document: Any, path: Path) -> bool:
    for step in path:
        if isinstance(step, int):
            if not isinstance(document, list) or step >= len(document):
                return False
        elif not isinstance(document, dict) or step not in document:
            return False
        document = document[step]
    return True
