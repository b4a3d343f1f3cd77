"""Who is asking: the account of the request under way."""

from collections.abc import Mapping
from typing import Final

from flask import g, has_request_context, request

from dashboard.access.account import Account
from dashboard.semantics.scope import Scope

# A request of our own process, before anybody may come in: a key of the WSGI environment that no header can set.
INSIDE: Final = "reemploy.inside"


def current_account() -> Account:
    """The account of the request under way; LookupError where nobody is signed in, as on public pages."""
    account = signed_in()
    if account is None:
        raise LookupError("nobody is signed in")
    return account


def signed_in() -> Account | None:
    """The account of the request under way; None on public pages asked for by nobody in particular."""
    account: Account | None = g.get("account") if has_request_context() else None
    return account


def present_scope() -> Scope:
    """Whose figures the request under way may see: nobody's where nobody is signed in."""
    account = signed_in()
    return account.scope if account else Scope(regions=())


def tell(action: str, subject: str, detail: Mapping[str, str]) -> None:
    """Have the door write an act of the request under way to the audit log, once it has been answered."""
    if has_request_context() and request.environ.get(INSIDE) is not True:
        g.setdefault("told", []).append((action, subject, dict(detail)))


def form_token() -> str:
    """What a form of this session must bring along (CSRF)."""
    token: str = g.get("form_token", "") if has_request_context() else ""
    return token


def address() -> str:
    """From where the request came, for the audit log."""
    came_from: str = g.get("address", "")
    return came_from
