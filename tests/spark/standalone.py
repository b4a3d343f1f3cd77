"""A real standalone cluster on loopback: a master and two workers, each a process of its own with its executors."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import pyspark

HOST = "127.0.0.1"
WORKERS = 2
SPARK = Path(pyspark.__file__).parent
# For what runs a few minutes: compiling less costs less than it gains.
_BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
BRIEF = {f"spark.{process}.extraJavaOptions": _BRIEF for process in ("driver", "executor")}
# For few rows and many statements: compiling each of them would take longer than all else.
FEW_ROWS = BRIEF | {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}
PATIENCE = 900  # seconds; on a machine that is shared, JVMs start and models run slowly


@dataclass(frozen=True)
class Standalone:
    """Where it answers, and its workers in the order in which they were started."""

    master: str
    workers: Sequence[subprocess.Popen[bytes]]


@contextmanager
def standalone(folder: Path) -> Iterator[Standalone]:
    """A master and two workers of one core and one gigabyte each; all of them are ended with the block."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    url = f"spark://{HOST}:{port}"
    started = [_start(folder, "master", "--host", HOST, "--port", str(port))]
    try:
        until(lambda: "I have been elected leader" in _log(folder, "master"), started[0])
        for number in range(WORKERS):
            size = ("--host", HOST, "--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work{number}"))
            started.append(_start(folder, f"worker{number}", *size, url))
        until(lambda: _log(folder, "master").count("Registering worker") == WORKERS, started[0])
        yield Standalone(url, started[1:])
    finally:
        for process in started:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it started, as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(reached: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until it is so; it will never be once the process has ended."""
    for _ in range(PATIENCE * 10):
        if reached():
            return
        assert process.poll() is None, f"ended with {process.returncode}"
        sleep(0.1)
    raise AssertionError("waited in vain")


def _start(folder: Path, name: str, *arguments: str) -> subprocess.Popen[bytes]:
    role = name.rstrip("0123456789")
    program = [SPARK / "bin" / "spark-class", f"org.apache.spark.deploy.{role}.{role.capitalize()}"]
    environment = os.environ | {"SPARK_HOME": str(SPARK), "SPARK_LOCAL_IP": HOST, "SPARK_LOCAL_DIRS": str(folder)}
    with (folder / f"{name}.log").open("wb") as log:
        command = [*program, "--webui-port", "0", *arguments]
        return subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)


def _log(folder: Path, name: str) -> str:
    return (folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")
