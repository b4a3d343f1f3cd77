"""`settings.toml` of a home, as far as the state database and the web application need it."""

import tomllib
from pathlib import Path
from typing import Any


class StateError(Exception):
    """The state database or its settings cannot be used as they are; the message says what to do about it."""


def section(home: Path, name: str) -> dict[str, Any]:
    """The table `[name]` of the home's settings, empty where there is none; StateError where it cannot be read."""
    path = home / "settings.toml"
    try:
        return dict(tomllib.loads(path.read_text(encoding="utf-8")).get(name, {}))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, ValueError) as fault:
        raise StateError(f"{path} cannot be read: {fault}") from fault
