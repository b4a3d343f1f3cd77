"""What a request asks for, before anybody knows who asks: public or not, from where, and where to go on to."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Self
from urllib.parse import SplitResult, urlsplit

from flask import Request

from dashboard.access.sign_in import ABSOLUTE, IDLE
from dashboard.state.settings import StateError, section
from dashboard.watch.queries import SLOW_MS

PUBLIC: Final = (
    "/sign-in",
    "/sign-in/provider",
    "/sign-in/back",
    "/api/v1/session",
    "/healthz",
    "/readyz",
    "/metrics",
    "/favicon.ico",
    "/_favicon.ico",
)
PUBLIC_BELOW: Final = ("/assets/", "/_dash-component-suites/", "/bulletins/")
ASSETS: Final = ("/assets/", "/_dash-component-suites/", "/favicon.ico", "/_favicon.ico")
WATCH: Final = ("/healthz", "/readyz", "/metrics")
SAFE: Final = ("GET", "HEAD", "OPTIONS")
FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip")


@dataclass(frozen=True)
class Settings:
    """`[server]` of settings.toml: `proxies` before us, `hosts` we answer to (none: any), how long sessions last.

    `pace`: how many times the usual requests a minute (0: no limit); `metrics_from`: addresses that may read /metrics.
    """

    proxies: int = 0
    hosts: tuple[str, ...] = ()
    idle: timedelta = IDLE
    absolute: timedelta = ABSOLUTE
    pace: float = 1.0
    slow_query_ms: float = SLOW_MS
    metrics_from: tuple[str, ...] = ()

    @classmethod
    def of(cls, home: Path) -> Self:
        """The settings of a home; StateError where they mean nothing."""
        given = section(home, "server")
        try:
            return cls(
                int(given.get("proxies", 0)),
                tuple(str(host).lower() for host in given.get("hosts", ())),
                timedelta(minutes=float(given.get("idle_minutes", IDLE.total_seconds() / 60))),
                timedelta(hours=float(given.get("session_hours", ABSOLUTE.total_seconds() / 3600))),
                float(given.get("pace", cls.pace)),
                float(given.get("slow_query_ms", cls.slow_query_ms)),
                tuple(str(address) for address in given.get("metrics_from", ())),
            )
        except (TypeError, ValueError) as fault:
            raise StateError(f"{home / 'settings.toml'}: [server]: {fault}") from fault


def is_public(path: str) -> bool:
    """Whether anybody may ask for it: the bulletins, what pages are drawn with, the sign-in and health."""
    return path in PUBLIC or path == "/bulletins" or path.startswith(PUBLIC_BELOW)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`, a name or an address without a port."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_from_here(request: Request) -> bool:
    """Whether somebody at this machine asks: no proxy speaks for others, no name leads here from elsewhere."""
    return is_direct(request) and is_loopback(host_of(request.host))


def is_direct(request: Request) -> bool:
    """Whether this machine itself asks, not a proxy on it for somebody else."""
    return is_loopback(request.remote_addr or "") and not any(name in request.headers for name in FORWARDED)


def is_same_origin(request: Request) -> bool:
    """Whether a page of ours sent it. Browsers say where a POST comes from; what says nothing is no browser."""
    if request.method in SAFE:
        return True
    origin = request.headers.get("Origin")
    if origin is not None:
        return _split(origin).netloc == request.host
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def host_of(netloc: str) -> str:
    """The host without its port."""
    return (_split(f"//{netloc}").hostname or "").lower()


def _split(text: str) -> SplitResult:
    """The parts of an address; none of what is no address, such as one with half a pair of brackets."""
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")


def own_path(text: str) -> str:
    """Where to go on to after signing in: a path of ours, else the first page."""
    parts = _split(text.replace("\\", "/"))
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith(("//", "/sign-")):
        return "/"
    if any(ord(sign) < ord(" ") for sign in text):
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")


def token_for_forms(secret: str) -> str:
    """The CSRF token of a session's or a visit's secret, which itself never stands in a page."""
    return hashlib.sha256(f"form:{secret}".encode()).hexdigest()


def is_token(given: str, secret: str) -> bool:
    """Whether a form brought the token of `secret`."""
    return bool(secret) and secrets.compare_digest(given.encode(), token_for_forms(secret).encode())


def kind_of(path: str, method: str) -> str:
    """What a request is counted as."""
    if path.startswith(ASSETS):
        return "asset"
    if path in WATCH:
        return "watch"
    if path.startswith(("/_dash", "/panels/")) or (path.startswith("/api/") and method in SAFE):
        return "panel"
    if path.startswith("/export/"):
        return "file"
    return "page" if method in ("GET", "HEAD") else "form"
