"""`make bench`: load, ask, draw, rank and serve; writes build/bench.md, bench.json and bench.svg after every part.

`python -m tests.bench PART …` measures some parts alone: placements, answering, city, hand, people, years, ranking,
server.
BENCH_ROWS says how many placements are brought in (against.py), BENCH_ROUNDS how often all is done (report.py).
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tests.bench import against, answering, asking, crowd, growth, ranking, whole_city
from tests.bench.machine import pace
from tests.bench.report import Part, write

PARTS: Final[Mapping[str, Callable[[], Part]]] = {
    "placements": against.part,
    "answering": answering.part,
    "city": whole_city.part,
    "hand": asking.part,
    "people": crowd.part,
    "years": growth.part,
    "ranking": ranking.part,
    "server": crowd.settings,
}


def main(names: Sequence[str]) -> None:
    """Measure these parts, or all."""
    found: dict[str, Part] = {}
    paces = []
    for name in names or PARTS:
        print(f"▸ {name}", file=sys.stderr, flush=True)
        paces.append(pace())
        found[name] = PARTS[name]()
        said = write(found, paces)
    print(said)


if __name__ == "__main__":
    main(sys.argv[1:])
