"""Loading a whole city: every delivery of the demonstration city, one after the other, into a fresh home."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench.machine import Run, measured

REST = "starting and publishing"


@dataclass(frozen=True)
class Loaded:
    """One delivery: rows read, wall seconds, peak MiB, and the seconds of each stage; REST is what no stage counts."""

    delivery: str
    rows: int
    seconds: float
    peak_mib: float
    stages: Mapping[str, float]

    @property
    def rows_per_second(self) -> float:
        """Rows of the delivery over the whole command's time."""
        return self.rows / self.seconds


def written(folder: Path, persons: int, years: int) -> Run:
    """Write the deliveries of a city of so many persons over so many years into `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    return measured("demo", folder, "--persons", str(persons), "--years", str(years))


def loaded(deliveries: Path, home: Path) -> list[Loaded]:
    """Load all deliveries in `deliveries` into `home`, which is emptied first."""
    shutil.rmtree(home, ignore_errors=True)
    folders = sorted(path for path in deliveries.iterdir() if path.is_dir())
    runs = [measured("load", folder, "--home", home, "--json") for folder in folders]
    accounts = [json.loads(run.output) for run in runs]
    stages = _stages(home)
    return [
        Loaded(
            folder.name,
            sum(counts["read"] for counts in account["tables"].values()),
            run.seconds,
            run.peak_mib,
            {**stages[account["load"]], REST: run.seconds - sum(stages[account["load"]].values())},
        )
        for folder, run, account in zip(folders, runs, accounts, strict=True)
    ]


def _stages(home: Path) -> dict[int, dict[str, float]]:
    found: dict[int, dict[str, float]] = {}
    for row in json.loads(measured("loads", "--stages", "--home", home, "--format", "json").output):
        found.setdefault(row["load"], {})[row["stage"]] = row["seconds"]
    return found
