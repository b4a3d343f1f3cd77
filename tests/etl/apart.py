"""A load in a process of its own: killed at a chosen call, or without room for its files.

Each is forked from one process that has imported the loader: to import it takes as long as such a load.
"""

import multiprocessing
import os
import resource
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

from etl import load as loading
from etl.home import Copying, Home

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload([__name__])


def load_apart(delivery: Path, home: Path, *, killed_at: int = 0, quota: int | None = None) -> tuple[int, int]:
    """Load, killed at the n-th call (0: never); no file may grow beyond `quota` bytes. The exit code; calls made."""
    told, tells = FORKED.Pipe(duplex=False)
    process = FORKED.Process(target=_load, args=(delivery, home, killed_at, quota, tells))
    process.start()
    tells.close()
    process.join()
    calls = told.recv() if process.exitcode == 0 else 0
    told.close()
    assert process.exitcode is not None
    return process.exitcode, calls


def _load(delivery: Path, home: Path, killed_at: int, quota: int | None, tells: Connection) -> None:
    if quota is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (quota, quota))
    calls = 0

    def count_calls(frame: FrameType, event: str, _argument: object) -> None:
        # Killed at the n-th call of one of our own functions: moments spread over the whole load, on any machine.
        nonlocal calls
        if event == "call" and frame.f_globals.get("__name__", "").startswith("etl."):
            calls += 1
            if calls == killed_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count_calls)
    with Copying(Home(home)) as copying:
        loading.load(delivery, copying, indicators=dict)
    sys.setprofile(None)
    tells.send(calls)
