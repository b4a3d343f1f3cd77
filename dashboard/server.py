"""Gunicorn over the application: few processes with threads, warmed before they answer, replaced without a gap."""

import gc
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final

import duckdb
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from dashboard.access.present import INSIDE
from dashboard.app import create_app, view_of
from dashboard.publish.office import Sources
from dashboard.selection import Selection
from dashboard.warehouse import Warehouse
from dashboard.watch.journal import Line
from dashboard.watch.meters import Meters

THREADS: Final = 4
GRACE_SECONDS: Final = 20
LOOK_SECONDS: Final = 5  # between two looks at which build is current
# The first page and what is worked out once a build: of the city, and of the levels below by one region of each.
WARMED: Final = ("/panels/overview/headlines", "/panels/overview/attention", "/panels/profile/registry")
WARMED_BELOW: Final = "/panels/targets/matrix?region={}"
NEW_OBJECTS: Final = 10_000  # between two looks at what is new: the targets' forecasts make some 270,000
ROWS: Final = 4  # of numbers for each process: the old and the new ones of two restarts in a row


SourcesOf = Callable[[Path], Sources]


def settle() -> None:
    """Let tidying leave alone what is loaded by now, and look at what is new less often.

    A full collection goes through some 90,000 objects of modules and metrics (142 ms; without them 13). Before a build
    is opened: one that is replaced must go.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])


def warmed(home: Path, sources_of: SourcesOf | None = None, meters: Meters | None = None) -> Any:
    """The WSGI application after a request of each kind: else the first concurrent ones fail (plotly/dash#3971)."""
    server = create_app(home, sources_of(home) if sources_of else None, meters).server
    client = server.test_client()
    inside: Any = {"environ_overrides": {INSIDE: True}}
    for path in ("/", "/_dash-dependencies", "/_dash-layout"):
        client.get(path, **inside)
    return server


def keep_warm(app: Any, home: Path, ending: Event) -> None:
    """Ask the first pages and the targets' forecasts of every build that becomes current, till the process ends."""
    client, current, seen = app.test_client(), home / "CURRENT", ""
    inside: Any = {"environ_overrides": {INSIDE: True}}
    while not ending.is_set():
        with suppress(FileNotFoundError, duckdb.Error):
            name = current.read_text(encoding="utf-8")
            if name != seen:
                for path in (*WARMED, *map(WARMED_BELOW.format, _first_regions(home))):
                    if not ending.is_set():
                        client.get(path, **inside)
                seen = name
        ending.wait(LOOK_SECONDS)


def _first_regions(home: Path) -> Iterator[str]:
    """The code of a region at each level that has another below it, from the city down; none before the first load."""
    view = view_of(Warehouse(home), Selection(), None)
    if view is not None:
        with closing(view.build):
            region = view.tree.root
            while below := view.tree.children(region):
                yield region.code
                region = below[0]


class Lines(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's own words as lines of the server's log."""

    def setup(self, cfg: Any) -> None:
        """Gunicorn's handlers, our format."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Line())


class Server(BaseApplication):  # type: ignore[misc]  # the same
    """Gunicorn configured by us, not by files or the environment."""

    def __init__(
        self,
        home: Path,
        host: str,
        port: int,
        workers: int,
        *,
        ready: Callable[[], None],
        sources_of: SourcesOf | None = None,
    ) -> None:
        self.home, self.ready, self.sources_of = home, ready, sources_of
        self.meters, self.row = Meters(ROWS * workers), 0
        self.ending, self.warming = Event(), Thread()
        address = f"[{host}]:{port}" if ":" in host and not host.startswith("[") else f"{host}:{port}"
        self.settings = {
            "bind": address,
            "workers": workers,
            "threads": THREADS,
            "worker_class": "gthread",
            "graceful_timeout": GRACE_SECONDS,
            "timeout": 120,
            "keepalive": 30,
            "loglevel": "warning",
            "logger_class": Lines,
            "when_ready": lambda _server: self.ready(),
            "pre_fork": self._give_row,
            "post_fork": self._take_row,
            "worker_exit": lambda _server, _worker: self._end(),
            "child_exit": lambda _server, worker: self.meters.clear(worker.row),
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Take the settings that this gunicorn knows."""
        for name, value in self.settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until told to stop; SIGHUP replaces all processes, one generation after the other."""
        Replacing(self).run()

    def load(self) -> Any:
        """The application of one worker, loaded after the fork: DuckDB's threads do not survive one."""
        settle()
        self.meters.begin(self.row)
        server = warmed(self.home, self.sources_of, self.meters)
        self.meters.put("ready", value=1)
        self.warming = Thread(target=keep_warm, args=(server, self.home, self.ending), daemon=True)
        self.warming.start()
        return server

    def _give_row(self, arbiter: Any, worker: Any) -> None:
        taken = {each.row for each in arbiter.WORKERS.values()}
        worker.row = next((row for row in range(self.meters.rows) if row not in taken), 0)
        self.meters.clear(worker.row)

    def _end(self) -> None:
        """End a process that was told to stop, at once: what is still under way after the grace is cut off.

        Taking the interpreter down, DuckDB's driver would list on the log what of it is still referred to.
        """
        self.ending.set()
        if self.warming.is_alive():
            self.warming.join(GRACE_SECONDS)
        why = sys.exc_info()[1]
        if isinstance(why, SystemExit) and not why.code:
            logging.shutdown()
            os._exit(0)

    def _take_row(self, _arbiter: Any, worker: Any) -> None:
        self.row = worker.row


class Replacing(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's master, which lets processes go only when as many new ones answer: a restart keeps nobody waiting."""

    def manage_workers(self) -> None:
        """Wait while new processes are still warming up; they are the ones of the greatest age number."""
        newest = sorted(self.WORKERS.values(), key=lambda worker: worker.age)[-self.num_workers :]
        meters: Meters = self.app.meters
        if len(self.WORKERS) > self.num_workers and not all(meters.of(each.row, "ready") for each in newest):
            return
        super().manage_workers()
