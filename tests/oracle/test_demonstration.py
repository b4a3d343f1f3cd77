"""The demonstration city: the product and the second calculation agree on every metric, region and month."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from etl.cli import main

from . import product
from .ask import Ask
from .compare import differences
from .delivered import arrived
from .judge import target_differences
from .plan import NAMES, PLAIN, VINTAGES, having
from .regions import LEVELS
from .rows import Live, live

PERSONS = 1500
FIRST = date(2023, 10, 1)
EARLIER = 7  # load, of twelve


def asks(*levels: str) -> Iterator[Ask]:
    """Every metric by each level and month, and by each dimension."""
    for level in levels:
        yield Ask(PLAIN, by=(level, "month"), start=FIRST)
    for dimension in NAMES:
        if having(dimension):
            yield Ask(having(dimension), by=(dimension,), start=None if dimension == "budget_year" else FIRST)
    yield Ask(VINTAGES, by=("district", "cohort", "month_on_book"), start=FIRST)
    yield Ask(("roll_amount",), by=("district", "month", "from_bucket", "to_bucket"), start=FIRST)


# One test, so that one worker loads the city once.
@pytest.mark.slow
def test_the_demonstration_city_is_calculated_alike(tmp_path: Path) -> None:
    made = CliRunner().invoke(main, ["demo", str(tmp_path / "city"), "--persons", str(PERSONS)])
    assert made.exit_code == 0, made.output
    deliveries = sorted(path for path in (tmp_path / "city").iterdir() if path.is_dir())
    product.load(tmp_path / "home", deliveries)
    rows = arrived(deliveries)
    earlier, known = live(rows[:EARLIER]), live(rows)
    found = [
        *contradicted(tmp_path / "home", known, None, LEVELS),
        *contradicted(tmp_path / "home", earlier, EARLIER, ("district",)),
        *misjudged(tmp_path / "home", known),
    ]
    assert found == []


def contradicted(home: Path, known: Live, load: int | None, levels: tuple[str, ...]) -> Iterator[str]:
    build = product.opened(home, load)
    for ask in asks(*levels):
        for text in differences(known, ask, product.answered(build, ask)):
            yield f"{text} | by {ask.by} known at {load}"


def misjudged(home: Path, known: Live) -> Iterator[str]:
    for year in (known.data_date.year, known.data_date.year - 1):
        yield from target_differences(known, year, known.data_date, product.targets(home, "--year", str(year)))
