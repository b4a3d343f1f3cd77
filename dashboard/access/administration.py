"""`/administration`: accounts with their roles and regions, and the audit log; forms that need no script."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import UTC, date, datetime, time
from typing import Any, Final

from flask import Flask, Response, g, redirect, request
from werkzeug.wrappers import Response as Answer

from dashboard.access.account import AccessError, Account
from dashboard.access.accounts import Accounts
from dashboard.access.door import NOT_YOURS, NOT_YOURS_TEXT, Door
from dashboard.access.forms import page, refusal, words_of_request
from dashboard.access.passwords import made_password
from dashboard.access.present import address, current_account
from dashboard.access.roles import LABELS, ROLES
from dashboard.access.sign_in import is_locked
from dashboard.access.sign_in_pages import STALE, STALE_TITLE
from dashboard.access.wanted import is_token
from dashboard.language import message
from dashboard.state.audit import Entry, entries, record, verified

RegionNames = Mapping[str, tuple[str, str]]  # code → level and name, in the order of the tree
OFFERED: Final = ("district", "street")
SHOWN: Final = 200  # entries of the log on a page
KINDS: Final = (
    ("session", message("signing in and out")),
    ("account", message("accounts and rights")),
    ("export", message("files taken away")),
    ("load", message("loads from the browser")),
    ("edition", message("publication")),
    ("case", message("cases")),
    ("audit", message("the log itself")),
    ("home", message("backup and retention")),
)
ACTIONS: Final = {
    "session.began": message("signed in"),
    "session.refused": message("sign-in refused"),
    "session.ended": message("signed out"),
    "account.added": message("account added"),
    "account.rights_changed": message("rights changed"),
    "account.disabled": message("account shut"),
    "account.enabled": message("account opened"),
    "account.password_set": message("password set"),
    "account.linked": message("tied to the sign-in service"),
    "account.unlocked": message("let in again"),
    "export.taken": message("file taken away"),
    "load.began": message("load begun"),
    "load.ended": message("load ended"),
    "load.stopped": message("load stopped"),
    "case.followed": message("cases followed up by a load"),
    "case.noted": message("case noted"),
    "case.explained": message("case explained"),
    "case.recovered": message("money recovered"),
    "case.dismissed": message("case dismissed"),
    "case.reopened": message("case opened again"),
    "audit.exported": message("log exported"),
    "audit.cut": message("entries past their time removed"),
    "home.backed_up": message("backup made"),
    "home.tidied": message("what is past its time removed"),
}
DONE: Final = {
    "added": message("The account has been added."),
    "rights": message("The rights have been changed; open sessions of the account have ended."),
    "disable": message("The account is shut; its sessions have ended."),
    "enable": message("The account is open again."),
    "unlock": message("The account may sign in again."),
}


class Administration:
    """The pages of accounts (for who may change accounts; auditors read them) and of the log (for who may audit)."""

    def __init__(self, server: Flask, door: Door, regions: Callable[[], RegionNames]) -> None:
        self.door, self.regions = door, regions
        self.accounts = Accounts(door.state)
        for path, does, methods in (
            ("/administration", self.first, ["GET"]),
            ("/administration/accounts", self.list_accounts, ["GET"]),
            ("/administration/accounts", self.add, ["POST"]),
            ("/administration/accounts/<name>", self.one, ["GET"]),
            ("/administration/accounts/<name>/<act>", self.change, ["POST"]),
            ("/administration/log", self.log, ["GET"]),
            ("/administration/log.csv", self.log_file, ["GET"]),
        ):
            server.add_url_rule(path, f"administration_{does.__name__}", does, methods=methods)

    def first(self) -> Answer:
        """To the part that the account may see."""
        account = current_account()
        language = "?lang=en" if request.args.get("lang") == "en" else ""
        if account.may("accounts"):
            return redirect(f"/administration/accounts{language}", 303)
        return redirect(f"/administration/log{language}", 303) if account.may("audit") else _not_yours()

    def list_accounts(self) -> Answer:
        """All accounts that lie in the reader's own regions, and the form for a new one."""
        account = current_account()
        if not (account.may("accounts") or account.may("audit")):
            return _not_yours()
        return self._accounts_page()

    def _accounts_page(self, fault: str = "", status: int = 200) -> Answer:
        given = {"name": request.form.get("name", ""), "full_name": request.form.get("full_name", "")}
        chosen = {"roles": request.form.getlist("role"), "regions": request.form.getlist("region")}
        return page("accounts.html", status, rows=self._rows(), fault=fault, given=given, **self._choices(**chosen))

    def _rows(self) -> list[dict[str, Any]]:
        reader = current_account()
        with self.door.state.read() as connection:
            return [
                {"account": each, "is_locked": is_locked(connection, each.name), "regions": self._named(each.regions)}
                for each in self.accounts.all()
                if reader.covers(each.regions)
            ]

    def add(self) -> Answer:
        """A new account; its first password is shown once."""
        by = current_account()
        if not by.may("accounts"):
            return _not_yours()
        if not self._is_ours():
            return refusal(400, STALE_TITLE, STALE)
        password, name = made_password(), request.form.get("name", "")
        try:
            roles, regions = self._rights()
            account = self.accounts.add(
                name, password, roles, regions, by=by, full_name=request.form.get("full_name", ""), address=address()
            )
        except AccessError as error:
            return self._accounts_page(words_of_request().of(error.text), 400)
        return self._one_page(account, DONE["added"], password=password)

    def one(self, name: str) -> Answer:
        """One account and what may be done with it."""
        account = self._seen(name)
        done = DONE.get(request.args.get("done", ""), "")
        return _not_yours() if account is None else self._one_page(account, done)

    def change(self, name: str, act: str) -> Answer:
        """Rights, a new password, shut, opened, unlocked: whatever the form asks for."""
        by, account = current_account(), self._seen(name)
        if account is None or not by.may("accounts"):
            return _not_yours()
        if not self._is_ours():
            return refusal(400, STALE_TITLE, STALE)
        password = made_password() if act == "password" else ""
        try:
            self._do(act, account, password)
        except AccessError as error:
            return self._one_page(account, fault=words_of_request().of(error.text), status=400)
        if password:
            return self._one_page(self.accounts.find(name), password=password)
        language = "&lang=en" if words_of_request().language == "en" else ""
        return redirect(f"/administration/accounts/{account.name}?done={act}{language}", 303)

    def _do(self, act: str, account: Account, password: str) -> None:
        by = current_account()
        if act == "rights":
            roles, regions = self._rights()
            self.accounts.give(account.name, roles, regions, by=by, address=address())
        elif act == "password":
            self.accounts.set_password(account.name, password, by=by, address=address())
        elif act in ("disable", "enable"):
            self.accounts.disable(account.name, by=by, disabled=act == "disable", address=address())
        elif act == "unlock":
            self.accounts.unlock(account.name, by=by, address=address())

    def _seen(self, name: str) -> Account | None:
        """The account of that name, if the reader may see it."""
        reader = current_account()
        if not (reader.may("accounts") or reader.may("audit")):
            return None
        return next((each for each in self.accounts.all() if each.name == name and reader.covers(each.regions)), None)

    def _one_page(
        self, account: Account, done: str = "", *, fault: str = "", password: str = "", status: int = 200
    ) -> Answer:
        with self.door.state.read() as connection:
            locked = is_locked(connection, account.name)
        choices = self._choices(account.roles, account.regions)
        return page(
            "account.html",
            status,
            shown=account,
            is_locked=locked,
            done=done,
            fault=fault,
            password=password,
            may_change=current_account().may_change(account),
            **choices,
        )

    def _choices(self, roles: Any, regions: Any) -> dict[str, Any]:
        """The roles and regions to choose from: those that the reader may give."""
        reader, known = current_account(), self.regions()
        offered = {code: named for code, named in known.items() if named[0] in OFFERED and reader.covers((code,))}
        offered |= {code: known.get(code, ("", code)) for code in regions if code not in offered}
        return {
            "roles": [(role, LABELS[role], role in roles, reader.may_give((role,), reader.regions)) for role in ROLES],
            "offered": [(code, level, name, code in regions) for code, (level, name) in sorted(offered.items())],
            "whole_city": reader.covers(()),
        }

    def _rights(self) -> tuple[list[Any], list[str]]:
        known, codes = self.regions(), request.form.getlist("region")
        for code in codes:
            if known and code not in known:
                raise AccessError(f"没有区划 {code}", f"there is no region {code}")
        return request.form.getlist("role"), codes

    def _named(self, codes: tuple[str, ...]) -> list[str]:
        known = self.regions()
        return [known.get(code, ("", code))[1] for code in codes]

    def _is_ours(self) -> bool:
        return is_token(request.form.get("token", ""), g.token)

    def log(self) -> Answer:
        """The newest entries that fit the filter."""
        if not current_account().may("audit"):
            return _not_yours()
        found = self._entries(SHOWN + 1)
        with self.door.state.read() as connection:
            chain = verified(connection)
        asked = {name: request.args.get(name, "") for name in ("account", "action", "since")}
        return page(
            "log.html",
            found=found[:SHOWN],
            more=len(found) > SHOWN,
            chain=chain,
            asked=asked,
            kinds=KINDS,
            actions=ACTIONS,
            shown=SHOWN,
        )

    def log_file(self) -> Answer:
        """All entries that fit the filter, oldest first, as CSV; that it was taken is an entry too."""
        account = current_account()
        if not account.may("audit"):
            return _not_yours()
        search = request.query_string.decode("utf-8", "replace")
        with self.door.state.write() as connection:
            record(connection, account.name, "audit.exported", "log.csv", {"search": search}, address=address())
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([field.name for field in fields(Entry)])
        for entry in reversed(self._entries(None)):
            writer.writerow([_cell(value) for value in asdict(entry).values()])
        headers = {"Content-Disposition": 'attachment; filename="audit-log.csv"', "Cache-Control": "no-store"}
        return Response("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)

    def _entries(self, limit: int | None) -> list[Entry]:
        reader, asked = current_account(), request.args
        names = (
            None if not reader.regions else [each.name for each in self.accounts.all() if reader.covers(each.regions)]
        )
        with self.door.state.read() as connection:
            return entries(
                connection,
                asked.get("account", "").strip().lower(),
                asked.get("action", ""),
                _since(asked.get("since", "")),
                limit=limit,
                among=names,
            )


def _since(text: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        return None


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    said = value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
    return f"'{said}" if said.startswith(("=", "+", "-", "@", "\t", "\r")) else said


def _not_yours() -> Answer:
    return refusal(403, NOT_YOURS, NOT_YOURS_TEXT)
