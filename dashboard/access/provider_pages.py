"""`/sign-in/provider` and `/sign-in/back`: to the bureau's provider, and back with a session."""

import logging
import secrets
from typing import Final
from urllib.parse import quote, unquote

from flask import Flask, redirect, request
from werkzeug.wrappers import Response as Answer

from dashboard.access.account import AccessError, Account
from dashboard.access.door import SESSION, Door
from dashboard.access.foreign import account_for
from dashboard.access.forms import refusal, words_of_request
from dashboard.access.present import address, signed_in
from dashboard.access.provider import Attempt, OidcSettings, Provider, ProviderError
from dashboard.access.wanted import own_path
from dashboard.language import message
from dashboard.state.audit import record

log = logging.getLogger(__name__)
KEPT: Final = "reemploy_way"  # the attempt's secret and where to go on to, for as long as it may take
KEPT_SECONDS: Final = 600
AWAY: Final = message("The way in is closed just now")
AWAY_TEXT: Final = message("The sign-in service of your bureau does not answer as it should. Please try again shortly.")
STALE: Final = message("Please try again")
STALE_TEXT: Final = message("This sign-in was not begun here, or took too long. Nothing was done.")
UNKNOWN: Final = message("No account here")
UNKNOWN_TEXT: Final = message("You are known, but have no account here yet. The administrator needs this: {subject}")


class ProviderPages:
    """The two addresses of a server whose settings name a provider."""

    def __init__(self, server: Flask, door: Door, settings: OidcSettings) -> None:
        self.door, self.settings, self.provider = door, settings, Provider(settings)
        server.add_url_rule("/sign-in/provider", "sign_in_provider", self.begin, methods=["GET"])
        server.add_url_rule("/sign-in/back", "sign_in_back", self.back, methods=["GET"])

    def begin(self) -> Answer:
        """To the provider's own page."""
        onward = own_path(request.args.get("next", "/"))
        if signed_in():
            return redirect(onward, 303)
        attempt = Attempt.new()
        try:
            answer = redirect(self.provider.way_there(attempt, _back()), 303)
        except ProviderError as error:
            return self._refused(str(error), AWAY, AWAY_TEXT, 503)
        answer.set_cookie(
            *(KEPT, f"{attempt.secret}|{quote(onward, safe='')}", KEPT_SECONDS),
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
            path="/sign-in",
        )
        return answer

    def back(self) -> Answer:
        """From the provider, with a code: a session for whoever it is worth one."""
        secret, _, onward = request.cookies.get(KEPT, "").partition("|")
        attempt = Attempt(secret)
        given = request.args.get("state", "")
        if not secret or not secrets.compare_digest(given.encode(), attempt.derived("state").encode()):
            return self._refused("state", STALE, STALE_TEXT, 400)
        if "code" not in request.args:
            return self._refused(f"provider: {request.args.get('error', '')[:64]}", STALE, STALE_TEXT, 403)
        try:
            claims = self.provider.claims(attempt, request.args["code"], _back())
            account = account_for(self.door.accounts, self.settings, claims, address())
        except ProviderError as error:
            return self._refused(str(error), AWAY, AWAY_TEXT, 403)
        except AccessError as error:
            return self._refused(str(error), UNKNOWN, words_of_request().of(error.text), 403)
        if account is None:
            return self._refused("unknown", UNKNOWN, UNKNOWN_TEXT, 403, subject=str(claims["sub"])[:128])
        return self._enter(account, own_path(unquote(onward)))

    def _enter(self, account: Account, onward: str) -> Answer:
        token = self.door.sign_in.begin_linked(account, address())
        answer = redirect(onward, 303)
        answer.set_cookie(SESSION, token, httponly=True, samesite="Lax", secure=request.is_secure, path="/")
        answer.delete_cookie(KEPT, path="/sign-in")
        return answer

    def _refused(self, reason: str, title: str, text: str, status: int, **values: str) -> Answer:
        log.warning("sign-in by the provider refused: %s", reason)
        with self.door.state.write() as connection:
            detail = {"by": "oidc", "reason": reason[:200]}
            record(connection, "", "session.refused", values.get("subject", "")[:64], detail, address=address())
        answer = refusal(status, title, text, **values)
        answer.delete_cookie(KEPT, path="/sign-in")
        return answer


def _back() -> str:
    return f"{request.host_url}sign-in/back"
