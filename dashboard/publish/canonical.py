"""The same content, the same bytes: canonical JSON, hashes, and which code made an edition."""

import json
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

_ROOT: Final = Path(__file__).resolve().parent.parent.parent
# What figures, texts and files are made from; tests, notebooks and documentation are not.
_SOURCES: Final = ("etl/**/*.py", "etl/**/*.sql", "dashboard/**/*.py", "dashboard/**/*.typ", "assets/locales/**/*.po")


def canonical(value: Any) -> bytes:
    """JSON of sorted keys, UTF-8, one space of indentation, a line's end at the end; floats are a fault of ours."""
    _refuse_floats(value)
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _refuse_floats(value: Any) -> None:
    """A double's last digits differ from machine to machine: what is frozen is a whole number or a text."""
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float: freeze it as a text with the decimals that are published")
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        _refuse_floats(part)


def digest(content: bytes) -> str:
    """The SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()


@cache
def code_version() -> dict[str, str]:
    """The release, and the SHA-256 over the source files by their paths; the same in every copy of a release."""
    total = sha256()
    for path in sorted({path for pattern in _SOURCES for path in _ROOT.glob(pattern)}):
        total.update(f"{path.relative_to(_ROOT).as_posix()}\0{digest(path.read_bytes())}\n".encode())
    return {"release": version("reemploy"), "source_sha256": total.hexdigest()}
