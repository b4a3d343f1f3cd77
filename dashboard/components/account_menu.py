"""Who is signed in, and what they may do about it: password, administration, signing out. Works without a callback."""

from typing import Any

from dash import html

from dashboard.access.account import Account
from dashboard.access.roles import LABELS
from dashboard.components.marks import icon
from dashboard.text import Words


def account_menu(account: Account, token: str, words: Words) -> html.Details:
    """The menu at the top right; `token` is what its form brings along (CSRF)."""
    language = "" if words.chinese else "?lang=en"
    links: list[Any] = []
    if account.may("rows"):
        links.append(html.A(words.say("Cases"), href=f"/cases{language}"))
    if account.may("accounts") or account.may("audit"):
        links.append(html.A(words.say("Administration"), href=f"/administration{language}"))
    if not account.is_local:
        links += [html.A(words.say("Change password"), href=f"/password{language}"), _sign_out(token, words)]
    name = words.say("Signed in by itself") if account.is_local else account.full_name
    marked = "account-name account-local" if account.is_local else "account-name"
    return html.Details(
        [
            html.Summary([icon("person"), html.Span(name, className=marked)], title=words.say("Account")),
            html.Div([_who(account, name, words), *links], className="account-menu"),
        ],
        className="account",
    )


def _who(account: Account, name: str, words: Words) -> html.Div:
    if account.is_local:
        said = words.say(
            "No account has been made yet, so whoever sits at this machine may see and do everything, and nobody else "
            "gets in. From the first account on (reemploy user add) everybody signs in."
        )
    else:
        said = words.listed([words.say(LABELS[role]) for role in account.roles])
    return html.Div([html.Strong(name), html.Span(said)], className="account-who")


def _sign_out(token: str, words: Words) -> html.Form:
    """A form of one button, whose value is the token."""
    return html.Form(
        html.Button(words.say("Sign out"), type="submit", name="token", value=token),
        action="/sign-out" if words.chinese else "/sign-out?lang=en",
        method="POST",
    )
