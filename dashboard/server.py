"""Gunicorn over the application: few processes with threads, warmed before they answer."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any, Final

from gunicorn.app.base import BaseApplication

from dashboard.access.present import INSIDE
from dashboard.app import create_app
from dashboard.publish.office import Sources

THREADS: Final = 4
GRACE_SECONDS: Final = 20


SourcesOf = Callable[[Path], Sources]


def warmed(home: Path, sources_of: SourcesOf | None = None) -> Any:
    """The WSGI application after a request of each kind: else the first concurrent ones fail (plotly/dash#3971)."""
    server = create_app(home, sources_of(home) if sources_of else None).server
    client = server.test_client()
    inside: Any = {"environ_overrides": {INSIDE: True}}
    for path in ("/", "/_dash-dependencies", "/_dash-layout"):
        client.get(path, **inside)
    # The targets' forecasts take seconds.
    Thread(target=client.get, args=("/export/targets/bullets.csv",), kwargs=inside, daemon=True).start()
    return server


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
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
            "when_ready": lambda _server: self.ready(),
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Take the settings that this gunicorn knows."""
        for name, value in self.settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The application of one worker, loaded after the fork: DuckDB's threads do not survive one."""
        return warmed(self.home, self.sources_of)
