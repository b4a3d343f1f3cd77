"""Every request is given an id, timed, counted and written down; `/readyz` and `/metrics` tell how the server is."""

import json
import logging
import os
import re
import secrets
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from flask import Flask, Response, g, request
from sqlalchemy import literal, select
from werkzeug.wrappers import Response as Answer

from dashboard.access.door import NOT_YOURS, NOT_YOURS_TEXT, Door
from dashboard.access.forms import refusal
from dashboard.access.present import INSIDE, signed_in
from dashboard.access.wanted import is_direct, kind_of
from dashboard.warehouse import Build, NotLoadedError
from dashboard.watch.journal import REQUESTS
from dashboard.watch.meters import Meters
from dashboard.watch.queries import NOTED, Noted

log = logging.getLogger(REQUESTS)
REQUEST_ID: Final = "X-Request-ID"
BUILD: Final = "X-Reemploy-Build"
GIVEN: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")  # a proxy's own id, if it looks like one
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


class Watch:
    """Over a server, outermost: `meters` counts; `build` gives the build that is served."""

    def __init__(self, server: Flask, door: Door, build: Callable[[], Build], meters: Meters | None = None) -> None:
        self.door, self.build, self.meters = door, build, meters or Meters()
        self.slow_ms = door.settings.slow_query_ms
        before: list[Any] = server.before_request_funcs.setdefault(None, [])
        before.insert(0, self._begin)
        server.after_request_funcs.setdefault(None, []).insert(0, self._end)  # Flask calls the first one last
        server.add_url_rule("/readyz", "readyz", self.ready, methods=["GET"])
        server.add_url_rule("/metrics", "metrics", self.metrics, methods=["GET"])

    def _begin(self) -> None:
        given = request.headers.get(REQUEST_ID, "") if self.door.settings.proxies else ""
        g.request_id = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
        g.began, g.noted = perf_counter(), Noted(self.slow_ms)
        NOTED.set(g.noted)
        self.meters.add("in_flight")

    def _end(self, response: Response) -> Response:
        seconds = perf_counter() - g.began
        kind = kind_of(request.path, request.method)
        response.headers[REQUEST_ID] = g.request_id
        build: Build | None = g.get("build")
        if build is not None:
            response.headers[BUILD] = build.name
        self._count(kind, response.status_code, seconds)
        if kind not in ("asset", "watch") and request.environ.get(INSIDE) is not True:
            self._write(response, seconds)
        return response

    def _count(self, kind: str, status: int, seconds: float) -> None:
        meters = self.meters
        meters.add("in_flight", by=-1)
        meters.answered(kind, status, seconds)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            meters.add("refused_total")
        build: Build | None = g.get("build")
        if build is not None:
            meters.put("build_load", value=build.load)
            meters.put("resident_bytes", value=resident_bytes())
        noted: Noted = g.noted
        if noted.count:
            meters.add("queries_total", by=noted.count)
            meters.add("query_seconds_total", by=noted.seconds)
            meters.add("slow_queries_total", by=noted.slow)

    def _write(self, response: Response, seconds: float) -> None:
        account, build = signed_in(), g.get("build")
        said = {
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "ms": round(seconds * 1000),
            "bytes": response.content_length,
            "account": account.name if account else None,
            "address": g.get("address", ""),
            "build": build.name if build else None,
            "queries": g.noted.count,
            "query_ms": round(g.noted.seconds * 1000),
        }
        log.info("request", extra={name: value for name, value in said.items() if value is not None})

    def ready(self) -> Answer:
        """200 where a build is served and the state database answers, else 503: whether readers may be sent here."""
        said = {"build": self._is_build_there(), "state": self._does_state_answer()}
        status = 200 if all(said.values()) else 503
        answer = Response(json.dumps({"ready": status == HTTPStatus.OK, **said}), status, mimetype="application/json")
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _is_build_there(self) -> bool:
        try:
            self.build()
        except (NotLoadedError, OSError, RuntimeError):
            return False
        return True

    def _does_state_answer(self) -> bool:
        try:
            with self.door.state.read() as connection:
                return connection.scalar(select(literal(1))) == 1
        except Exception:  # whatever is wrong with it, it does not answer
            log.exception("the state database does not answer")
            return False

    def metrics(self) -> Answer:
        """The numbers of all processes: for this machine, for addresses of [server] metrics_from, and for auditors."""
        account = signed_in()
        allowed = is_direct(request) or request.remote_addr in self.door.settings.metrics_from
        if not allowed and (account is None or not (account.may("audit") or account.may("accounts"))):
            return refusal(403, NOT_YOURS, NOT_YOURS_TEXT)
        answer = Response(self.meters.told(), content_type="text/plain; version=0.0.4; charset=utf-8")
        answer.headers["Cache-Control"] = "no-store"
        return answer


def resident_bytes() -> int:
    """The memory that this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE
