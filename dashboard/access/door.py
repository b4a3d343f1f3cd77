"""The door of the web application: who comes in, and where everybody else is sent."""

import logging
from collections.abc import Mapping
from math import ceil
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from flask import Flask, Response, g, jsonify, redirect, request
from sqlalchemy.exc import DBAPIError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as Answer

from dashboard.access.account import LOCAL
from dashboard.access.accounts import Accounts
from dashboard.access.forms import refusal
from dashboard.access.limits import Limits, body_limit
from dashboard.access.present import INSIDE, address, signed_in
from dashboard.access.provider import OidcSettings
from dashboard.access.roles import Permit
from dashboard.access.sign_in import SignIn
from dashboard.access.wanted import (
    SAFE,
    WATCH,
    Settings,
    host_of,
    is_from_here,
    is_loopback,
    is_public,
    is_same_origin,
    kind_of,
    token_for_forms,
)
from dashboard.language import message
from dashboard.state.audit import record
from dashboard.state.database import State
from dashboard.watch.journal import request_id

log = logging.getLogger(__name__)

OK: Final = 200
UNCHANGED: Final = 304
SESSION: Final = "reemploy_session"
# What a path needs beyond a session; whoever lacks it is told so calmly.
NEEDS: Final[Mapping[str, Permit]] = {"/export/": "export", "/api/v1/query": "export"}
TAKEN_AWAY: Final = tuple(NEEDS)  # what is logged once it has been given
BEFORE_CHANGE: Final = ("/password", "/sign-out")  # all that a first password opens


class Door:
    """Stands before every request of `server`: gives it its account, or sends it to the sign-in page."""

    def __init__(self, server: Flask, home: Path) -> None:
        self.settings = Settings.of(home)
        self.provider = OidcSettings.of(home)
        self.state = State.of(home)
        self.accounts = Accounts(self.state)
        self.limits = Limits(factor=self.settings.pace)
        self.sign_in = SignIn(self.state, self.settings.idle, self.settings.absolute)
        if self.settings.proxies:
            count = self.settings.proxies
            server.wsgi_app = ProxyFix(server.wsgi_app, count, count, count)  # type: ignore[method-assign]  # Flask's own advice
        server.before_request(self._enter)
        server.after_request(self._leave)
        server.register_error_handler(DBAPIError, _state_is_away)
        server.register_error_handler(403, lambda _error: refusal(403, NOT_YOURS, NOT_YOURS_TEXT))
        server.register_error_handler(404, lambda _error: refusal(404, NOWHERE, NOWHERE_TEXT))
        server.register_error_handler(405, lambda _error: refusal(405, NOWHERE, NOWHERE_TEXT))
        server.register_error_handler(413, lambda _error: refusal(413, TOO_LARGE, TOO_LARGE_TEXT))
        server.register_error_handler(500, _fault)

    def _enter(self) -> Answer | None:
        """None lets the request pass, `flask.g` telling whose it is."""
        g.address = request.remote_addr or ""
        if request.environ.get(INSIDE) is True:
            g.account = LOCAL
            return None
        if not self._is_our_host():
            return refusal(400, NO_HOST, NO_HOST_TEXT)
        if not is_same_origin(request):
            return refusal(403, FOREIGN, FOREIGN_TEXT)
        request.max_content_length = body_limit(request.path)
        if (request.content_length or 0) > request.max_content_length:
            return refusal(413, TOO_LARGE, TOO_LARGE_TEXT)
        return self._let_in(known=self._is_known())

    def _let_in(self, *, known: bool) -> Answer | None:
        wait = self._wait()
        if wait:
            return _too_many(wait)
        if known:
            return _lacking()
        return None if is_public(request.path) else self._send_away()

    def _is_known(self) -> bool:
        """Whether a session, or sitting at this machine, lets the request in; notes whose it is."""
        token = _bearer() or request.cookies.get(SESSION, "")
        if request.path in WATCH and not (token and request.path == "/metrics"):
            return False  # how the server is must be told without the state database, which may be what is away
        if request.path.startswith(("/assets/", "/_dash-component-suites/")):
            return True
        account = self.sign_in.account(token) if token else None
        if account is None and is_from_here(request) and not self.accounts.any():
            account, token = LOCAL, "local"
        if account is None:
            return False
        g.account, g.token, g.form_token = account, token, token_for_forms(token)
        return not account.must_change or request.path in BEFORE_CHANGE

    def _wait(self) -> float:
        """Seconds until this session, or address where there is none, may ask again; nobody waits at the machine."""
        kind = kind_of(request.path, request.method)
        account = signed_in()
        if account is LOCAL or kind in ("asset", "watch"):
            return 0.0
        return self.limits.wait(f"session {g.form_token}" if account else f"address {g.address}", kind)

    def _is_our_host(self) -> bool:
        host = host_of(request.host)
        return not self.settings.hosts or host in self.settings.hosts or is_loopback(host)

    def _send_away(self) -> Answer:
        wanted = request.full_path.rstrip("?") if request.method in SAFE else "/"
        target = "/password" if g.get("account") is not None else "/sign-in"
        if request.path.startswith(("/_dash", "/_reload", "/api/", "/panels/")):
            answer: Response = jsonify(error="not signed in", sign_in=target)
            answer.status_code = 401
            return answer
        asked: dict[str, Any] = {"next": wanted} if wanted != "/" else {}
        if request.args.get("lang") == "en":
            asked["lang"] = "en"
        return redirect(target + (f"?{urlencode(asked)}" if asked else ""), 303)

    def _leave(self, response: Response) -> Response:
        """Files taken away are logged. What only the signed-in see is kept by no browser: Back shows none of it."""
        if request.path.startswith(TAKEN_AWAY) and response.status_code == OK:
            self._note_export()
        self._note_told(response)
        if not is_public(request.path):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _note_told(self, response: Response) -> None:
        """What panels tell of: row lists that were seen. Files of them are exports."""
        account, told = signed_in(), g.get("told", [])
        if (
            account is None
            or not told
            or response.status_code not in (OK, UNCHANGED)
            or request.path.startswith(TAKEN_AWAY)
        ):
            return
        with self.state.write() as connection:
            for action, subject, detail in told:
                record(connection, account.name, action, subject, detail, address=address())

    def _note_export(self) -> None:
        account = signed_in()
        if account is None or request.environ.get(INSIDE) is True:
            return
        search = request.query_string.decode("utf-8", "replace")
        with self.state.write() as connection:
            record(connection, account.name, "export.taken", request.path, {"search": search}, address=address())


NOT_YOURS: Final = message("Not open to you")
NOT_YOURS_TEXT: Final = message("Your account does not cover this.")
NOWHERE: Final = message("Nothing to show here")
NOWHERE_TEXT: Final = message("There is nothing at this address.")
NO_HOST: Final = message("Not at this name")
NO_HOST_TEXT: Final = message("The dashboard does not answer to this host name. Please ask whoever runs it.")
FOREIGN: Final = message("Not from another site")
FOREIGN_TEXT: Final = message("Another site tried to act here in your name. Nothing was done.")
AWAY: Final = message("Just a moment")
AWAY_TEXT: Final = message("The state database does not answer just now. Please try again shortly.")


TOO_MANY: Final = message("A moment, please")
TOO_MANY_TEXT: Final = message("More was asked for than one reader can look at. Please go on in a minute.")
TOO_LARGE: Final = message("Too large")
TOO_LARGE_TEXT: Final = message("What was sent is larger than what is taken here.")
FAULT: Final = message("That did not work")
FAULT_TEXT: Final = message("The fault is ours and has been written down under the number {number}.")


def _bearer() -> str:
    """The session's token as a program sends it; pages keep it in a cookie."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _too_many(wait: float) -> Answer:
    answer = refusal(429, TOO_MANY, TOO_MANY_TEXT)
    answer.headers["Retry-After"] = str(ceil(wait))
    return answer


def _fault(_error: Exception) -> Answer:
    """What went wrong stands in the log under the request's id, which is all that the reader is told."""
    return refusal(500, FAULT, FAULT_TEXT, number=request_id())


def _lacking() -> Answer | None:
    account = signed_in()
    for path, permit in NEEDS.items():
        if request.path.startswith(path) and (account is None or not account.may(permit)):
            return refusal(403, NOT_YOURS, NOT_YOURS_TEXT)
    return None


def _state_is_away(error: Exception) -> Answer:
    log.error("the state database failed: %s", type(error).__name__)
    return refusal(503, AWAY, AWAY_TEXT)
