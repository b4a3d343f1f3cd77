"""What cities have published of themselves: read from `published.csv` of their packs into the build.

A line without a `metric` is kept with the pack but means nothing that the product computes (a floor area, a date).
"""

import csv
import re
import tomllib
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from duckdb import DuckDBPyConnection

from etl.policy import SHIPPED, PolicyError

COLUMNS: Final = (
    "city_code VARCHAR, city_zh VARCHAR, city_en VARCHAR, figure VARCHAR, metric VARCHAR, start_on DATE, end_on DATE, "
    "label_zh VARCHAR, label_en VARCHAR, value DOUBLE, qualifier VARCHAR, kind VARCHAR"
)
_MOMENT: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def write_published(connection: DuckDBPyConnection, packs: Sequence[Path] = (SHIPPED,)) -> None:
    """Create `policy.published_figure`: the lines of all packs that name a metric. PolicyError."""
    connection.execute(f"CREATE OR REPLACE TABLE policy.published_figure ({COLUMNS})")
    rows = [row for folder in _folders(packs) for row in _rows(folder)]
    if rows:
        marks = ", ".join(f"({', '.join('?' * len(row))})" for row in rows)
        connection.execute(
            f"INSERT INTO policy.published_figure VALUES {marks}", [cell for row in rows for cell in row]
        )


def stretch(period: str) -> tuple[date, date]:
    """The days that a published figure speaks of; a lone day or month: from 1 January of its year. ValueError.

    `2005`, `2003-08`, `2003-07-31`, `2003/2004`, `2003-01-01/2003-06-30`, `2003/P1Y` (yearly, from 2003 on).
    """
    first, bar, last = period.partition("/")
    if last == "P1Y":
        return _day(first, ends=False), _day(first, ends=True)
    if bar:
        return _day(first, ends=False), _day(last, ends=True)
    end = _day(period, ends=True)
    return date(end.year, 1, 1), end


def _day(text: str, *, ends: bool) -> date:
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month = int(found[1]), int(found[2] or (12 if ends else 1))
    return date(year, month, int(found[3] or (monthrange(year, month)[1] if ends else 1)))


def _folders(packs: Sequence[Path]) -> list[Path]:
    """The packs that have published figures; of two with one city's code the later holds."""
    found: dict[str, Path] = {}
    for path in (path for folder in packs for path in sorted(folder.glob("*/published.csv"))):
        found[_city(path.parent)["city_code"]] = path.parent
    return list(found.values())


def _city(folder: Path) -> dict[str, Any]:
    settings = tomllib.loads((folder / "policy.toml").read_text(encoding="utf-8"))
    name = settings.get("name", {})
    return {
        "city_code": settings.get("city_code", ""),
        "zh": name.get("zh", folder.name),
        "en": name.get("en", folder.name),
    }


def _rows(folder: Path) -> Iterator[list[Any]]:
    city, path = _city(folder), folder / "published.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, line in enumerate(csv.DictReader(file), 2):
            if not line.get("metric"):
                continue
            try:
                yield [city["city_code"], city["zh"], city["en"], *_figure(line)]
            except (KeyError, ValueError) as error:
                expected = "a number or nothing as its value, and a period such as 2005, 2003-08 or 2003/2004"
                raise PolicyError(path, f"line {number}", f"must have {expected}; {error} is neither") from error


def _figure(line: Mapping[str, str]) -> list[Any]:
    value = float(line["value"]) if line["value"] else None
    labels = [line["label_zh"], line["label_en"]]
    return [line["figure"], line["metric"], *stretch(line["period"]), *labels, value, line["qualifier"], line["kind"]]
