"""What parts of the measurement find, and the one report that says it: Markdown, JSON and a picture under build/."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from math import log
from pathlib import Path
from statistics import median
from typing import Any, Final

from tests.bench.machine import machine
from tests.bench.picture import stacked

BUILD: Final = Path("build")
ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "3"))


@dataclass(frozen=True)
class Spread:
    """The median of some figures, with the least and the most."""

    middle: float
    least: float
    most: float

    def __str__(self) -> str:
        digits = 0 if self.middle >= 100 else 1 if self.middle >= 1 else 2
        return f"{self.middle:,.{digits}f} ({self.least:,.{digits}f} … {self.most:,.{digits}f})"


@dataclass(frozen=True)
class Target:
    """What is promised, what was found of it, and, where it is not kept, what keeps it from being so."""

    promise: str
    found: str
    is_met: bool
    because: str = ""


@dataclass(frozen=True)
class Part:
    """One part of the report: its paragraphs and tables, the targets that it judges, and its figures for JSON."""

    title: str
    lines: Sequence[str]
    targets: Sequence[Target]
    figures: Any
    chart: str = ""


def spread(values: Iterable[float]) -> Spread:
    """Of at least one figure."""
    listed = sorted(values)
    return Spread(median(listed), listed[0], listed[-1])


def exponent(first: float, last: float, times: float) -> float:
    """Of growth: 0 where size costs nothing, 1 where cost grows as the rows do."""
    return log(max(last, 1e-9) / max(first, 1e-9)) / log(times)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table of Markdown."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    yield from ("| " + " | ".join(map(str, row)) + " |" for row in rows)


def write(parts: Mapping[str, Part], paces: Sequence[float] = (), name: str = "bench") -> str:
    """Everything that has been found so far, as files; gives the Markdown. `paces`: the machine's, before each part."""
    BUILD.mkdir(exist_ok=True)
    said = "\n".join(_lines(list(parts.values()), paces)) + "\n"
    targets = [target for part in parts.values() for target in part.targets]
    found = {
        "machine": machine(),
        "paces": paces,
        "targets": targets,
        **{which: part.figures for which, part in parts.items()},
    }
    (BUILD / f"{name}.md").write_text(said, "utf-8")
    charts = [part.chart for part in parts.values() if part.chart]
    if charts:
        (BUILD / f"{name}.svg").write_text(stacked(charts), "utf-8")
    (BUILD / f"{name}.json").write_text(json.dumps(found, default=_plain, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return said


def _lines(parts: Sequence[Part], paces: Sequence[float]) -> Iterator[str]:
    yield f"# Measured\n\n{machine()}. Every ratio is of figures of one run, taken by turns; a figure with a bracket is"
    yield "the median of several rounds (least … most). s: on the clock; CPU s: of all threads."
    if paces:
        yield f"A piece of work that never changes took {spread(paces)} CPU ms before the parts (`machine.pace`):"
        yield "figures of two runs compare as far as that does."
    yield ""
    heads = ("promised", "found", "", "what keeps it from being met")
    yield from table(
        heads,
        (
            (
                each.promise,
                each.found,
                "**met**" if each.is_met else "**not met**",
                each.because if not each.is_met else "",
            )
            for part in parts
            for each in part.targets
        ),
    )
    for part in parts:
        yield f"\n## {part.title}\n"
        yield from part.lines


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(type(value).__name__)
