"""The whole demonstration city, and ten times its persons: twelve deliveries, and every hundredth key after them."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench import delta
from tests.bench.delta import Delta
from tests.bench.loading import Loaded, all_loaded, total
from tests.bench.machine import Took
from tests.bench.report import Part, Target, exponent, table
from tests.bench.sizes import FOLDER, copied, deliveries

TIMES: Final = (1, 10)  # a hundred times would take hours: sizes.py grows that city
SHARE: Final = 0.1


@dataclass(frozen=True)
class City:
    """All loads of one size, and the delta after them."""

    times: int
    loads: Sequence[Loaded]
    delta: Delta

    @property
    def rows(self) -> int:
        """Delivered."""
        return sum(load.rows for load in self.loads)

    @property
    def whole(self) -> Took:
        """All loads together."""
        return total(load.whole for load in self.loads)

    @property
    def peak_mib(self) -> float:
        """The largest memory of a load."""
        return max(load.peak_mib for load in self.loads)


def part() -> Part:
    """Load both, and a delta into a copy of each."""
    found = [_city(times) for times in TIMES]
    return Part("Loading the whole city", list(_lines(found)), [_target(found[-1])], found)


def _city(times: int) -> City:
    source, home = deliveries(times), FOLDER / f"loaded-{times}"
    loads = all_loaded(source, home)
    after = delta.after(loads, source, copied(home, "changed"), FOLDER / "delta")
    if times > 1:
        shutil.rmtree(FOLDER / "changed")
    return City(times, loads, after)


def _target(city: City) -> Target:
    after = city.delta
    stages = "; ".join(f"{stage} {taken.cpu_seconds:.1f}" for stage, taken in after.load.stages.items())
    return Target(
        f"every hundredth key of {city.rows:,} rows in 22 tables in 10 % of their load, models included",
        f"{after.share:.1%} ({after.cpu_share:.1%} of the CPU)",
        after.share <= SHARE,
        f"CPU s: {stages}",
    )


def _lines(found: Sequence[City]) -> Iterator[str]:
    yield from table(
        (
            "city",
            "rows",
            "s",
            "rows/s",
            "CPU s",
            "peak MiB",
            "delta: rows",
            "s",
            "CPU s",
            "models kept up",
            "of the whole",
        ),
        (
            (
                *(f"{city.times} ×", f"{city.rows:,}", f"{city.whole.seconds:,.0f}"),
                *(f"{city.rows / city.whole.seconds:,.0f}", f"{city.whole.cpu_seconds:,.0f}", f"{city.peak_mib:,.0f}"),
                *(f"{city.delta.load.changed:,}", f"{city.delta.load.whole.seconds:.1f}"),
                *(f"{city.delta.load.whole.cpu_seconds:.1f}", city.delta.kept, f"{city.delta.share:.1%}"),
            )
            for city in found
        ),
    )
    first, last = found[0], found[-1]
    grew = last.rows / first.rows
    yield (
        f"\nExponents of growth: time {exponent(first.whole.seconds, last.whole.seconds, grew):.2f}, CPU time"
        f" {exponent(first.whole.cpu_seconds, last.whole.cpu_seconds, grew):.2f}, memory"
        f" {exponent(first.peak_mib, last.peak_mib, grew):.2f}.\n"
    )
    yield f"Each delivery at {last.times} ×, and the delta after them:\n"
    stages = list(last.loads[0].stages)
    yield from table(
        ("delivery", "rows", "s", "CPU s", "peak MiB", *(f"{stage}, CPU s" for stage in stages)),
        (
            (
                *(load.delivery, f"{load.rows:,}", f"{load.whole.seconds:.1f}", f"{load.whole.cpu_seconds:.1f}"),
                f"{load.peak_mib:,.0f}",
                *(f"{load.stages[stage].cpu_seconds:.1f}" for stage in stages),
            )
            for load in (*last.loads, last.delta.load)
        ),
    )
