"""The pages and forms of signing in, signing out and choosing a password."""

import secrets
from typing import Final
from urllib.parse import urlencode

from flask import Flask, g, redirect, request
from werkzeug.wrappers import Response as Answer

from dashboard.access.account import AccessError, Account
from dashboard.access.door import SESSION, Door
from dashboard.access.forms import page, refusal, words_of_request
from dashboard.access.passwords import LONGEST, SHORTEST
from dashboard.access.present import address, current_account, signed_in
from dashboard.access.provider_pages import ProviderPages
from dashboard.access.wanted import is_token, own_path, token_for_forms
from dashboard.language import message

VISIT: Final = "reemploy_visit"  # a secret of whoever looks at the sign-in page, for its form's token
REFUSED: Final = message("That name and password do not fit, or the name has to wait after too many tries.")
WAIT: Final = message("After five wrong tries a name waits a quarter of an hour; the administrator can open it sooner.")
STALE: Final = message("The page had been open too long. Please try again.")
NOBODY: Final = message("No account has been made here yet: whoever runs the server makes one with reemploy user add.")
WRONG: Final = message("The present password is not right.")
UNEQUAL: Final = message("The new password was typed in two different ways.")
SAME: Final = message("The new password is the present one.")
NO_ACCOUNT: Final = message("Signed in by itself")
NO_ACCOUNT_TEXT: Final = message("No account has been made here yet, so there is no password to change.")


class SignInPages:
    """`/sign-in`, `/sign-out` and `/password` of a server, behind its door."""

    def __init__(self, server: Flask, door: Door) -> None:
        self.door, self.provider = door, door.provider
        if self.provider is not None:
            ProviderPages(server, door, self.provider)
        server.add_url_rule("/sign-in", "sign_in", self.sign_in, methods=["GET", "POST"])
        server.add_url_rule("/sign-out", "sign_out", self.sign_out, methods=["POST"])
        server.add_url_rule("/password", "password", self.password, methods=["GET", "POST"])

    def sign_in(self) -> Answer:
        """The form; a name and password that fit open a session and lead on."""
        onward = own_path(request.values.get("next", "/"))
        if request.method == "GET":
            fault = "" if self.door.accounts.any() else NOBODY
            return redirect(onward, 303) if signed_in() else self._sign_in_form(onward, fault)
        if not is_token(request.form.get("token", ""), request.cookies.get(VISIT, "")):
            return self._sign_in_form(onward, STALE, 400)
        if self.provider is not None and not self.provider.passwords:
            return self._sign_in_form(onward, REFUSED, 403)
        name, password = request.form.get("name", ""), request.form.get("password", "")
        session = self.door.sign_in.begin(name, password, address())
        if session is None:
            return self._sign_in_form(onward, REFUSED, 403, name[:64])
        answer = redirect(_onward(session.account, onward), 303)
        answer.delete_cookie(VISIT)
        _keep(answer, SESSION, session.token)
        return answer

    def _sign_in_form(self, onward: str, fault: str = "", status: int = 200, name: str = "") -> Answer:
        visit = request.cookies.get(VISIT) or secrets.token_urlsafe(24)
        g.form_token = token_for_forms(visit)
        wait = WAIT if fault == REFUSED else ""
        ways = {"provider": self.provider is not None, "passwords": self.provider is None or self.provider.passwords}
        answer = page("sign_in.html", status, onward=onward, fault=fault, wait=wait, name=name, **ways)
        _keep(answer, VISIT, visit)
        return answer

    def sign_out(self) -> Answer:
        """Ends the session; its cookie is worth nothing from now on."""
        if not is_token(request.form.get("token", ""), g.token):
            return refusal(400, STALE_TITLE, STALE)
        self.door.sign_in.end(g.token, address())
        answer = redirect("/sign-in" + ("?lang=en" if words_of_request().language == "en" else ""), 303)
        answer.delete_cookie(SESSION)
        return answer

    def password(self) -> Answer:
        """The form to choose another password; a first one must be changed before anything else."""
        account = current_account()
        if account.is_local:
            return refusal(404, NO_ACCOUNT, NO_ACCOUNT_TEXT)
        onward = own_path(request.values.get("next", "/"))
        if request.method == "GET":
            return _password_form(onward)
        if not is_token(request.form.get("token", ""), g.token):
            return _password_form(onward, STALE, 400)
        present, chosen = request.form.get("present", ""), request.form.get("chosen", "")
        fault = _fault(present, chosen, request.form.get("again", ""))
        if not fault and not self.door.sign_in.fits(account, present, address()):
            fault = WRONG
        if fault:
            return _password_form(onward, fault, 400)
        return self._change(account, chosen, onward)

    def _change(self, account: Account, chosen: str, onward: str) -> Answer:
        try:
            self.door.accounts.set_password(account.name, chosen, by=account, address=address())
        except AccessError as error:
            return _password_form(onward, words_of_request().of(error.text), 400)
        session = self.door.sign_in.begin(account.name, chosen, address())  # all its sessions have ended
        answer = redirect(onward, 303)
        if session is not None:
            _keep(answer, SESSION, session.token)
        return answer


STALE_TITLE: Final = message("Please try again")


def _fault(present: str, chosen: str, again: str) -> str:
    if chosen != again:
        return UNEQUAL
    return SAME if chosen == present else ""


def _password_form(onward: str, fault: str = "", status: int = 200) -> Answer:
    limits = {"shortest": str(SHORTEST), "longest": str(LONGEST)}
    return page("password.html", status, onward=onward, fault=fault, limits=limits)


def _onward(account: Account, onward: str) -> str:
    if not account.must_change:
        return onward
    asked = {"next": onward} if onward != "/" else {}
    if words_of_request().language == "en":
        asked["lang"] = "en"
    return "/password" + (f"?{urlencode(asked)}" if asked else "")


def _keep(answer: Answer, name: str, value: str) -> None:
    """For as long as the browser is open; over TLS only where there is TLS; out of reach of scripts."""
    answer.set_cookie(name, value, httponly=True, samesite="Lax", secure=request.is_secure, path="/")
