"""What a measurement must say of the machine, and how one run of a command is measured."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

REEMPLOY = Path(sys.executable).with_name("reemploy")


@dataclass(frozen=True)
class Run:
    """One finished command: wall seconds, peak resident MiB (it and its children), what it printed, CPU seconds."""

    seconds: float
    peak_mib: float
    output: str
    cpu_seconds: float = 0.0


def machine() -> str:
    """Cores and memory of this machine, as a figure in a document must state them."""
    return f"{os.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB"


def measured(*arguments: str | Path) -> Run:
    """Run `reemploy` with `arguments`; RuntimeError with its last words where it fails."""
    return timed([REEMPLOY, *arguments])


def timed(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Run:
    """Run any command, `environment` added to this process's own; RuntimeError with its last words where it fails."""
    begin, before = time.perf_counter(), _spent_by_children()
    process = subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **(environment or {})},
    )  # fmt: skip
    watched = psutil.Process(process.pid)
    peak = 0
    while True:
        try:
            output, errors = process.communicate(timeout=0.05)
            break
        except subprocess.TimeoutExpired:
            peak = max(peak, _resident(watched))
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {(errors or output)[-2000:]}")
    return Run(time.perf_counter() - begin, peak / 2**20, output, _spent_by_children() - before)


def _spent_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _resident(process: psutil.Process) -> int:
    try:
        return sum(p.memory_info().rss for p in [process, *process.children(recursive=True)])
    except psutil.NoSuchProcess:
        return 0
