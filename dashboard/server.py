"""Gunicorn over the application: few processes with threads, warmed before they answer."""

from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any, Final

from gunicorn.app.base import BaseApplication

from dashboard.app import create_app

THREADS: Final = 4
GRACE_SECONDS: Final = 20


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def warmed(home: Path) -> Any:
    """The WSGI application after a request of each kind: else the first concurrent ones fail (plotly/dash#3971)."""
    server = create_app(home).server
    client = server.test_client()
    for path in ("/", "/_dash-dependencies", "/_dash-layout"):
        client.get(path)
    Thread(
        target=client.get, args=("/export/targets/bullets.csv",), daemon=True
    ).start()  # the targets' forecasts take seconds
    return server


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn configured by us, not by files or the environment."""

    def __init__(self, home: Path, host: str, port: int, workers: int, ready: Callable[[], None]) -> None:
        self.home, self.ready = home, ready
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
        return warmed(self.home)
