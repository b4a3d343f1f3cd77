"""A server of our own for the trials, and commands as an operator gives them."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

REEMPLOY = str(Path(sys.executable).with_name("reemploy"))
ENVIRONMENT = {**os.environ, "PYTHONWARNINGS": "ignore"}
PATIENCE_SECONDS = 300


def reemploy(*words: str) -> str:
    """A command that must succeed; what it printed."""
    done = subprocess.run([REEMPLOY, *words], capture_output=True, text=True, env=ENVIRONMENT, check=False)
    if done.returncode:
        raise SystemExit(f"reemploy {' '.join(words)}: {done.stdout}{done.stderr}")
    return done.stdout


def begun(*words: str) -> subprocess.Popen[str]:
    """A command under way, in a group of its own, so that it can be killed with all that it started."""
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen([REEMPLOY, *words], env=ENVIRONMENT, start_new_session=True, **quiet)


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def asked(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """Status and body of an answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)) as connection:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()


@contextmanager
def served(home: Path, workers: int = 1) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The port of a server over `home`, and the server; it is ended by its process id, if it still runs."""
    port = free_port()
    server = begun("serve", "--home", str(home), "--port", str(port), "--workers", str(workers), "--log-level", "error")
    try:
        assert server.stdout is not None
        assert str(port) in server.stdout.readline()
        asked(port, "/healthz")
        yield port, server
    finally:
        if server.poll() is None:
            server.terminate()
            server.communicate(timeout=60)
