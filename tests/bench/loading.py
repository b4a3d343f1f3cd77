"""One load, and all deliveries of a demonstration city: how long they take, on the clock and of the processors."""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from tests.bench.machine import Run, Took, measured, timed
from tests.bench.staged import NAMED

REST = "starting and publishing"


@dataclass(frozen=True)
class Loaded:
    """One load: its number, rows read, rows new or changed, peak MiB; REST is what no stage counts."""

    load: int
    delivery: str
    rows: int
    changed: int
    peak_mib: float
    whole: Took
    stages: Mapping[str, Took]

    @property
    def before_models(self) -> Took:
        """Everything but the models."""
        return self.whole - self.stages["models"]


def written(folder: Path, persons: int, years: int) -> Run:
    """Write the deliveries of a city of so many persons over so many years into `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    return measured("demo", folder, "--persons", str(persons), "--years", str(years))


def loaded(source: Path, home: Path) -> Loaded:
    """Load one delivery into `home`."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "stages.json"
        command = [sys.executable, "-m", "tests.bench.staged", "load", source, "--home", home, "--json"]
        run = timed(command, {NAMED: str(told)})
        stages = {stage: Took(*taken) for stage, taken in json.loads(told.read_text("utf-8")).items()}
    account = json.loads(run.output)
    counts = account["tables"].values()
    return Loaded(
        account["load"], source.name, sum(each["read"] for each in counts),
        sum(each["new"] + each["changed"] for each in counts), run.peak_mib, run.took,
        {**stages, REST: run.took - total(stages.values())},
    )  # fmt: skip


def all_loaded(deliveries: Path, home: Path) -> list[Loaded]:
    """Load all deliveries in `deliveries` into `home`, which is emptied first."""
    shutil.rmtree(home, ignore_errors=True)
    return [loaded(folder, home) for folder in sorted(path for path in deliveries.iterdir() if path.is_dir())]


def total(taken: Iterable[Took]) -> Took:
    """All of them one after the other."""
    return reduce(Took.__add__, taken, Took(0.0, 0.0))
