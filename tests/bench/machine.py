"""What a measurement must say of the machine, and how one run of a command is measured."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

REEMPLOY = Path(sys.executable).with_name("reemploy")


@dataclass(frozen=True)
class Run:
    """One finished command: wall seconds, peak resident MiB (the process and its children), and what it printed."""

    seconds: float
    peak_mib: float
    output: str


def machine() -> str:
    """Cores and memory of this machine, as a figure in a document must state them."""
    return f"{os.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB"


def measured(*arguments: str | Path) -> Run:
    """Run `reemploy` with `arguments`; RuntimeError with its last words where it fails."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [REEMPLOY, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    watched = psutil.Process(process.pid)
    peak = 0
    while True:
        try:
            output, errors = process.communicate(timeout=0.05)
            break
        except subprocess.TimeoutExpired:
            peak = max(peak, _resident(watched))
    if process.returncode:
        raise RuntimeError(f"reemploy {' '.join(map(str, arguments))}: {(errors or output)[-2000:]}")
    return Run(time.perf_counter() - begin, peak / 2**20, output)


def _resident(process: psutil.Process) -> int:
    try:
        return sum(p.memory_info().rss for p in [process, *process.children(recursive=True)])
    except psutil.NoSuchProcess:
        return 0
