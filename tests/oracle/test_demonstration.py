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
from .plan import NAMES, PLAIN, having
from .regions import LEVELS
from .rows import Live, live

PERSONS = 1500


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Live]:
    """A home with the whole demonstration city, and its delivered rows."""
    folder = tmp_path_factory.mktemp("city")
    made = CliRunner().invoke(main, ["demo", str(folder / "deliveries"), "--persons", str(PERSONS)])
    assert made.exit_code == 0, made.output
    deliveries = sorted(path for path in (folder / "deliveries").iterdir() if path.is_dir())
    product.load(folder / "home", deliveries)
    return folder / "home", live(arrived(deliveries))


def asks(first: date) -> Iterator[Ask]:
    """Every metric by each level and month since `first`, and by each dimension."""
    for level in LEVELS:
        yield Ask(PLAIN, by=(level, "month"), start=first)
    for dimension in NAMES:
        if having(dimension):
            yield Ask(having(dimension), by=(dimension,), start=None if dimension == "budget_year" else first)
    yield Ask(("vintage_30", "vintage_90"), by=("district", "cohort", "month_on_book"), start=first)
    yield Ask(("roll_amount",), by=("district", "month", "from_bucket", "to_bucket"), start=first)


@pytest.mark.slow
@pytest.mark.parametrize("ask", asks(date(2023, 10, 1)), ids=lambda ask: "-".join(ask.by))
def test_the_demonstration_city_is_calculated_alike(city: tuple[Path, Live], ask: Ask) -> None:
    home, known = city
    assert differences(known, ask, product.query(home, ask))[:20] == []
