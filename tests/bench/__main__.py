"""`make bench`: load a city, ask it, rank; writes build/bench.md and build/bench.json.

Then the demonstration city, ten and a hundred times as large (build/answering.md, .json, .svg).

BENCH_PERSONS (1,000,000), BENCH_YEARS (3) and BENCH_UNITS (100,000) say how much, BENCH_ROWS and BENCH_ROUNDS of
`against.py` how many rows are brought in by other ways too; a figure stands beside the machine that gave it.
"""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench import against, cities, delta, growth, ranking
from tests.bench.asking import Compared, Heard, compared, slowest
from tests.bench.loading import Loaded, loaded, written
from tests.bench.machine import Run, machine

BUILD = Path("build")
PERSONS = int(os.environ.get("BENCH_PERSONS", "1_000_000"))
YEARS = int(os.environ.get("BENCH_YEARS", "3"))
UNITS = int(os.environ.get("BENCH_UNITS", str(ranking.UNITS)))


def main() -> None:
    """Measure, and write what was found."""
    deliveries, home = BUILD / "bench" / "deliveries", BUILD / "bench" / "home"
    made = written(deliveries, PERSONS, YEARS)
    loads = loaded(deliveries, home)
    ways, targets = against.against()
    asked, heard = compared(home), slowest(home)
    grown = growth.grown(home, BUILD / "bench")
    ranks = ranking.ranked(UNITS)
    after = delta.loaded_after(loads, deliveries, home, BUILD / "bench" / "delta")
    found = {
        "machine": machine(),
        "persons": PERSONS,
        "years": YEARS,
        "demo": {"seconds": made.seconds, "peak_mib": made.peak_mib},
        "loads": [asdict(each) | {"rows_per_second": each.rows_per_second} for each in loads],
        "ways": [asdict(each) for each in ways],
        "targets": [asdict(each) for each in targets],
        "asked": [asdict(each) | {"is_within": each.is_within} for each in asked],
        "slowest": [asdict(each) for each in heard],
        "growth": asdict(grown) | {"ratio": grown.ratio},
        "delta": asdict(after) | {"ratio": after.ratio},
        "ranking": {"units": UNITS, "seconds": ranks.seconds, "peak_mib": ranks.peak_mib},
    }
    (BUILD / "bench.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    texts = (*_report(made, loads, asked, heard, ranks), _growth(grown), delta.report(after))
    report = "\n".join([*texts, *against.lines(ways, targets)])
    (BUILD / "bench.md").write_text(report, "utf-8")
    print(report)
    print(cities.write(list(cities.measured(cities.demonstration(BUILD / "bench"), BUILD / "bench"))))


def _report(
    made: Run, loads: Sequence[Loaded], asked: Sequence[Compared], heard: Sequence[Heard], ranks: Run
) -> Iterable[str]:
    yield f"# Measured\n\n{machine()}; {PERSONS:,} persons over {YEARS} years, written in {made.seconds:.0f} s.\n"
    yield "## Loading\n"
    yield from _loading(loads)
    yield "\n## One metric by community and month: asked, and written by hand (ms, medians of interleaved rounds)\n"
    yield from _table(
        ("metric", "groups", "asked", "by hand", "ratio", "difference", "within 1.5 × + 2 ms"),
        (
            (
                each.metric,
                each.groups,
                f"{each.asked_ms:.1f}",
                f"{each.by_hand_ms:.1f}",
                f"{each.asked_ms / each.by_hand_ms:.2f}",
                f"{each.asked_ms - each.by_hand_ms:.1f}",
                "yes" if each.is_within else "no",
            )
            for each in asked
        ),
    )
    yield "\n## The slowest questions that pages ask (ms of query time, medians)\n"
    yield from _table(
        ("page", "for a", "question", "ms"),
        ((each.page, each.region, each.question, f"{each.query_ms:.1f}") for each in heard),
    )
    yield f"\n## Ranking\n\n{UNITS:,} units: {ranks.seconds:.1f} s, {ranks.peak_mib:.0f} MiB.\n"


def _growth(grown: growth.Grown) -> str:
    return (
        "\n## Growth with the years\n\n"
        f"{grown.questions} metrics by month of the last year, on {grown.rows:,} rows of marts and, with the years "
        f"before repeated {growth.TIMES} times, on {grown.aged_rows:,}: {grown.ms:,.0f} and {grown.aged_ms:,.0f} ms, "
        f"ratio **{grown.ratio:.2f}**.\n"
    )


def _loading(loads: Sequence[Loaded]) -> Iterable[str]:
    stages = list(loads[0].stages)
    rows: list[tuple[Any, ...]] = [
        (
            each.delivery,
            f"{each.rows:,}",
            f"{each.seconds:.1f}",
            f"{each.rows_per_second:,.0f}",
            f"{each.peak_mib:,.0f}",
            *(f"{100 * each.stages[stage] / each.seconds:.0f} %" for stage in stages),
        )
        for each in loads
    ]
    count, seconds = sum(each.rows for each in loads), sum(each.seconds for each in loads)
    shares = (f"{100 * sum(each.stages[stage] for each in loads) / seconds:.0f} %" for stage in stages)
    peak = max(each.peak_mib for each in loads)
    rows.append(("all", f"{count:,}", f"{seconds:.1f}", f"{count / seconds:,.0f}", f"{peak:,.0f}", *shares))
    return _table(("delivery", "rows", "s", "rows/s", "peak MiB", *stages), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterable[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    yield from ("| " + " | ".join(map(str, row)) + " |" for row in rows)


if __name__ == "__main__":
    main()
