"""Generated worlds: the product and the second calculation answer every question alike."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings, strategies

from . import plan, product
from .ask import Ask
from .compare import differences
from .judge import target_differences
from .rows import Live, live
from .worlds import World, random_world, written

BLOCKS = 25
WORLDS_A_BLOCK = int(os.environ.get("WORLDS_A_BLOCK", "1"))  # more before a release: a world takes seconds
TOWNS = 8  # of each, so that two hundred are compared


@pytest.mark.slow
@pytest.mark.parametrize("block", range(BLOCKS))
def test_the_product_agrees_with_the_second_calculation(block: int) -> None:
    @seed(block)
    @settings(
        max_examples=WORLDS_A_BLOCK, deadline=None, database=None, phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(number=strategies.integers(0, 2**24))
    def agrees(number: int) -> None:
        size = 3 + (number + block) % 12  # not drawn: the first that is drawn is always the least
        assert contradictions(random_world(number * BLOCKS + block, size, TOWNS)) == []

    agrees()


def contradictions(world: World) -> list[str]:
    """What differs over all questions of a world, with the question; nothing is held back at loading."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        accounts = product.load(home, written(world, Path(folder)))
        found = [f"held back: {account['tables']}" for account in accounts if quarantined(account)]
        for load in range(1, len(world.deliveries)):
            found += contradicted(home, live(world.deliveries[:load]), world, load)
        found += contradicted(home, live(world.deliveries), world, None)
    return [f"world {world.seed}: {text}" for text in found]


def quarantined(account: dict[str, dict[str, dict[str, int]]]) -> int:
    return sum(table["quarantined"] for table in account["tables"].values())


def contradicted(home: Path, known: Live, world: World, load: int | None) -> Iterator[str]:
    """What differs as known at `load`: of the command's own answer to the first question, and of all the others."""
    build = product.opened(home, load)
    for number, ask in enumerate(plan.questions(known, world.seed + (load or 0), world.subject, few=load is not None)):
        rows = product.answered(build, ask) if number else product.query(home, ask, load)
        for text in differences(known, ask, rows):
            yield f"{text} | {worded(ask)} known at {load}"
    yield from misjudged(home, known, world.seed, load)


def misjudged(home: Path, known: Live, number: int, load: int | None) -> Iterator[str]:
    """What differs between the targets of this year and the last, as at the data date or some day before it."""
    as_of = known.data_date - timedelta(days=(0, 0, 31, 200)[number % 4])
    for year in (as_of.year, as_of.year - 1)[: 1 if load else 2]:
        options = ["--year", str(year), "--as-of", str(as_of)]
        options += ["--known-at", str(load)] if load else []
        for text in target_differences(known, year, as_of, product.targets(home, *options)):
            yield f"{text} | as of {as_of} known at {load}"


def worded(ask: Ask) -> str:
    """The question without its metrics."""
    days = [
        f"{name} {day}"
        for name, day in (("from", ask.start), ("to", ask.end), ("as of", ask.as_of))
        if isinstance(day, date)
    ]
    return f"by {ask.by} region {ask.region} {' '.join(days)} where {ask.where}"
