"""A server for measurements: `python -m tests.bench.board HOME PORT WORKERS THREADS QUERY_THREADS`.

Gunicorn as `reemploy serve` starts it, but with so many threads a process and so many threads of DuckDB a build.
"""

import sys
from pathlib import Path

import dashboard.server
from dashboard.warehouse import Warehouse


def main(home: str, port: str, workers: str, threads: str, query_threads: str) -> None:
    """Serve until told to stop."""
    dashboard.server.THREADS = int(threads)  # type: ignore[misc]  # what is measured is another value of the constant
    Warehouse.__init__.__defaults__ = (None, int(query_threads))  # type: ignore[attr-defined]  # the same
    server = dashboard.server.Server(
        Path(home), "127.0.0.1", int(port), int(workers), ready=lambda: print("ready", flush=True)
    )
    server.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
