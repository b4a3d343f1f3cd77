"""Ranking 100,000 units by the default standard's 12 leaves with 1,000 draws, from a CSV to printed rows."""

import csv
import tempfile
from pathlib import Path

import numpy as np

from dashboard.ranking.standards import DEFAULT, standard_of
from tests.bench.machine import Run, measured

UNITS = 100_000


def ranked(units: int = UNITS) -> Run:
    """One run of `reemploy rank` on invented figures, of which 2 % are missing."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "indicators.csv"
        _write(table, units)
        return measured("rank", "--standard", DEFAULT, "--indicators", table, "--period", "2026Q3", "--format", "csv")


def _write(path: Path, units: int) -> None:
    random = np.random.default_rng(1)
    names = [leaf.measure.column for leaf in standard_of(DEFAULT).leaves]
    values = random.gamma(3, 10, (units, len(names)))
    values[random.random(values.shape) < 0.02] = np.nan
    labour_force = random.integers(200, 9_000, units).tolist()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["unit", "labour_force", *names])
        for number, (count, row) in enumerate(zip(labour_force, values.tolist(), strict=True)):
            writer.writerow([f"u{number:06}", count, *("" if value != value else repr(value) for value in row)])  # noqa: PLR0124 - NaN


if __name__ == "__main__":
    run = ranked()
    print(f"{UNITS:,} units: {run.seconds:.1f} s, {run.peak_mib:.0f} MiB")
