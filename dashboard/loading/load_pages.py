"""`/data/load`: a delivery loaded from the browser, followed, and stopped; forms that need no script."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
from flask import Flask, g, redirect, request
from sqlalchemy import Select, func, select
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from dashboard.access.door import NOT_YOURS, NOT_YOURS_TEXT
from dashboard.access.forms import page, refusal, words_of_request
from dashboard.access.limits import MEGABYTE
from dashboard.access.present import address, current_account, signed_in
from dashboard.access.sign_in_pages import STALE, STALE_TITLE
from dashboard.access.wanted import is_token
from dashboard.drawings.loads import HEADS
from dashboard.held_files import not_ours
from dashboard.language import message
from dashboard.loading.inbox import Inbox
from dashboard.loading.job import ENDED, Job, Order, moment
from dashboard.loading.parcel import MANY, Bounds, ParcelError
from dashboard.quality import place_of, table_label
from dashboard.semantics.words import Text
from dashboard.state.audit import record
from dashboard.state.database import State
from dashboard.warehouse import Build, NotLoadedError
from etl.contract import FORMS
from etl.marts.quality import held_row
from etl.marts.quality import load as load_mart
from etl.tables import BY_NAME

STATES: Final = {
    "waiting": message("starting"),
    "running": message("loading"),
    "loaded": message("loaded"),
    "refused": message("refused: nothing was loaded"),
    "stopped": message("stopped: nothing was loaded"),
    "failed": message("broken off: nothing was loaded"),
}
MARKS: Final = {"loaded": "met", "refused": "behind", "stopped": "watch", "failed": "behind"}
STAGES: Final = {"copying": message("copying the present data"), "models": message("computing the figures")}
_HELD: Final[Select[Any]] = select(func.count()).select_from(held_row)
_LOADS: Final[Select[Any]] = select(load_mart.c.load, load_mart.c.delivery)


class LoadPages:
    """The pages of loading over a home's inbox; for accounts that may load."""

    def __init__(self, server: Flask, state: State, home: Path, build: Callable[[], Build]) -> None:
        self.state, self.inbox, self.bounds, self.build = state, Inbox(home), Bounds.of(home), build
        for path, does, methods in (
            ("/data/load", self.index, ["GET"]),
            ("/data/load", self.begin, ["POST"]),
            ("/data/load/<name>", self.one, ["GET"]),
            ("/data/load/<name>/stop", self.stop, ["POST"]),
        ):
            server.add_url_rule(path, f"loading_{does.__name__}", does, methods=methods)

    def index(self) -> Answer:
        """The form for a delivery, and the loads that were started here."""
        fault = TOO_LARGE if request.args.get("fault") == "size" else ""
        return self._index(fault) if _may_load() else _not_yours()

    def _index(self, fault: str = "", status: int = 200) -> Answer:
        jobs = self.inbox.jobs()
        for job in jobs:
            self._note_end(job)
        return page(
            "load.html",
            status,
            jobs=jobs,
            under_way=next((job for job in jobs if job.is_alive), None),
            states=STATES,
            marks=MARKS,
            data_date=self._data_date(),
            bounds=self.bounds,
            many=MANY,
            kinds=", ".join([*FORMS, ".toml"]),
            fault=fault,
        )

    def begin(self) -> Answer:
        """Store what was uploaded and begin to load it."""
        if not _may_load():
            return _not_yours()
        request.max_content_length = self.bounds.total_bytes
        request.max_form_parts = MANY + 20
        try:
            given = request.form
        except RequestEntityTooLarge:
            return redirect("/data/load?fault=size" + ("&lang=en" if request.args.get("lang") == "en" else ""), 303)
        if not is_token(given.get("token", ""), g.token):
            return refusal(400, STALE_TITLE, STALE)
        uploads = [*request.files.getlist("files"), *request.files.getlist("folder")]
        try:
            job = self.inbox.begin((each for each in uploads if each.filename), self._order(), self._note_end)
        except ParcelError as error:
            return self._index(words_of_request().of(error.text), 400)
        self._record("load.began", job, {"files": [name for name, _ in job.order.files]})
        return redirect(_path(job), 303)

    def _order(self) -> Order:
        given = request.form
        return Order(
            by=current_account().name,
            began_at=moment(),
            files=(),
            data_date=_day(given.get("data_date", "")),
            allow_partial="allow_partial" in given,
            backfill="backfill" in given,
            lang=words_of_request().language,
            held_before=self._held(),
        )

    def one(self, name: str) -> Answer:
        """Where one load stands: its steps while it runs, then its account, or why nothing was loaded."""
        job = self.inbox.job(name) if _may_load() else None
        if job is None:
            return _not_yours()
        self._note_end(job)
        state, account = job.state, job.account
        if state == "stopped" and (load := self._load_of(job)) is not None:  # it was done before it could be stopped
            state, account = "loaded", {"load": load, "tables": {}, "data_date": job.order.data_date}
        return page(
            "load_job.html",
            job=job,
            order=job.order,
            state=state,
            states=STATES,
            mark=MARKS.get(state, ""),
            steps=_named(job.steps),
            told=account,
            unknown=_unknown(account),
            tables=_tables(account),
            counts=HEADS,
            held=self._held() if state == "loaded" else None,
        )

    def stop(self, name: str) -> Answer:
        """End a load that runs; the data served before stay."""
        request.max_content_length = MEGABYTE
        job = self.inbox.job(name) if _may_load() else None
        if job is None:
            return _not_yours()
        if not is_token(request.form.get("token", ""), g.token):
            return refusal(400, STALE_TITLE, STALE)
        if job.stop():
            self._record("load.stopped", job)
        return redirect(_path(job), 303)

    def _note_end(self, job: Job) -> None:
        """Log once that a load has ended, and how, in the name of who began it."""
        if job.state not in ENDED or job.is_alive:
            return
        job.clear()
        try:
            (job.folder / "noted").touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            return
        account = job.account
        detail = {"state": job.state, "load": account["load"] if account else None}
        with self.state.write() as connection:
            record(connection, job.order.by, "load.ended", job.name, detail)

    def _record(self, action: str, job: Job, detail: dict[str, Any] | None = None) -> None:
        with self.state.write() as connection:
            record(connection, current_account().name, action, job.name, detail, address=address())

    def _held(self) -> int | None:
        """How many rows are held now; None before the first load."""
        rows = self._fetch(_HELD)
        return int(rows[0][0]) if rows else None

    def _load_of(self, job: Job) -> int | None:
        return next((load for load, delivery in self._fetch(_LOADS) if delivery == job.delivery.name), None)

    def _fetch(self, statement: Select[Any]) -> list[tuple[Any, ...]]:
        try:
            return self.build().fetch(statement)
        except (NotLoadedError, duckdb.CatalogException):
            return []

    def _data_date(self) -> str:
        try:
            day = self.build().data_date
        except NotLoadedError:
            return ""
        return day.isoformat() if day else ""


TOO_LARGE: Final = message("The files are larger than what is taken at a time: load them in parts.")


def _may_load() -> bool:
    account = signed_in()
    return account is not None and account.may_load


def _not_yours() -> Answer:
    return refusal(403, NOT_YOURS, NOT_YOURS_TEXT)


def _path(job: Job) -> str:
    return f"/data/load/{job.name}" + ("?lang=en" if words_of_request().language == "en" else "")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _named(steps: dict[str, float]) -> Iterable[tuple[str, float, bool]]:
    """Name of a file, or the message of a stage; the share done; whether it is a stage."""
    return [(STAGES.get(name, name), share, name in STAGES) for name, share in steps.items()]


def _unknown(account: Any) -> list[tuple[str, list[str]]]:
    """Columns that the loader did not know, file by file; the one that says what to fix is ours."""
    found = account["unknown_columns"] if account else {}
    named = [(file, not_ours(columns)) for file, columns in found.items()]
    return [(file, columns) for file, columns in named if columns]


def _tables(account: Any) -> list[tuple[Text, dict[str, int]]]:
    tables = account["tables"] if account else {}
    return [(table_label(name), tables[name]) for name in sorted(tables, key=place_of) if name in BY_NAME]
