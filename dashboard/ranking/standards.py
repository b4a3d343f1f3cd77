"""Which standard is in force: the city pack's newest that holds on the day, else the default one."""

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from dashboard.ranking.fields import Known
from dashboard.ranking.reading import read_standard
from dashboard.ranking.standard import Standard
from dashboard.semantics.catalogue import METRICS, indicators

_DATA: Final = Path(__file__).parent.parent.parent / "data"
DEFAULT: Final = _DATA / "standards" / "default.toml"
CITIES: Final = _DATA / "cities"


@lru_cache(maxsize=1)
def known_metrics() -> dict[str, Known]:
    """Every text that names a metric (its name, its Chinese label), with the metric."""
    return {text: METRICS[name] for text, name in indicators().items()}


def standard_of(path: Path) -> Standard:
    """The standard in a file, its leaves being metrics of the catalogue; StandardError names the line."""
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else read_standard(path, known_metrics())


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> Standard:
    return read_standard(path, known_metrics())


def standard_in_force(city_code: str | None, day: date, cities: Path = CITIES) -> Standard:
    """The standard of the city's pack with the latest `valid_from` up to `day`; the default where it has none."""
    return standard_of(standard_path(city_code, day, cities))


def standard_path(city_code: str | None, day: date, cities: Path = CITIES) -> Path:
    """The file of `standard_in_force`. A pack may keep former standards beside the present: `standard-2025.toml`."""
    dated = [
        (standard_of(path).valid_from or date.min, path)
        for folder in sorted(cities.glob("*"))
        if city_code is not None and _city_code(folder) == city_code
        for path in sorted(folder.glob("standard*.toml"))
    ]
    holding = [(start, path) for start, path in dated if start <= day]
    return max(holding)[1] if holding else DEFAULT


def _city_code(folder: Path) -> str | None:
    policy = folder / "policy.toml"
    return _code_in(policy, policy.stat().st_mtime_ns) if policy.is_file() else None


@lru_cache(maxsize=64)
def _code_in(policy: Path, _changed: int) -> str | None:
    # Looked up for every ranking and for each city: a TOML file takes some ms.
    code = tomllib.loads(policy.read_text(encoding="utf-8-sig")).get("city_code")
    return code if isinstance(code, str) else None
