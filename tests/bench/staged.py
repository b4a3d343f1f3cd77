"""`python -m tests.bench.staged …`: the command line, whose load also tells what its stages take of the processors.

Seconds by stage, on the clock and of CPU, are written as JSON to the file that BENCH_STAGES names. On a machine that
others use the clock says little; the CPU seconds of all threads say what a stage costs.
"""

import atexit
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from etl import clock
from etl.cli import main

NAMED: Final = "BENCH_STAGES"
taken: dict[str, list[float]] = {stage: [0.0, 0.0] for stage in clock.STAGES}
_as_ever = clock.Clock.stage


@contextmanager
def _stage(self: clock.Clock, name: clock.Stage) -> Iterator[None]:
    began = perf_counter(), process_time()
    try:
        with _as_ever(self, name):
            yield
    finally:
        taken[name][0] += perf_counter() - began[0]
        taken[name][1] += process_time() - began[1]


if __name__ == "__main__":
    clock.Clock.stage = _stage  # type: ignore[method-assign]  # what is measured is the same method with a second clock
    atexit.register(lambda: Path(os.environ[NAMED]).write_text(json.dumps(taken), encoding="utf-8"))
    main()
