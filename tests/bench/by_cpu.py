"""`python -m tests.bench.by_cpu …`: the command line, whose clock of a load's stages counts processor time.

On a machine that others use seconds on the wall say little; the processor's, of all threads, say what a stage costs.
"""

import time

import etl.clock
from etl.cli import main

etl.clock.perf_counter = time.process_time  # type: ignore[attr-defined]  # the one name that a stage is timed by

if __name__ == "__main__":
    main()
