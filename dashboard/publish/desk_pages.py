"""`/desk`: the publication desk of editors and reviewers; forms that need no script."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final

from flask import Flask, g, redirect, request
from werkzeug.wrappers import Response as Answer

from dashboard.access.account import Account
from dashboard.access.door import NOT_YOURS, NOT_YOURS_TEXT
from dashboard.access.forms import page, refusal, words_of_request
from dashboard.access.present import current_account
from dashboard.access.sign_in_pages import STALE, STALE_TITLE
from dashboard.access.wanted import is_token
from dashboard.language import message
from dashboard.period import named_period, newest_quarter, period_before
from dashboard.publish.archive_pages import edition_page, file_of, index_page
from dashboard.publish.desk import Dossier, PublicationError
from dashboard.publish.disclosure import DisclosureError
from dashboard.publish.objections import Objections
from dashboard.publish.office import Office
from dashboard.publish.shelf import Bound, EditionError
from dashboard.ranking.fields import StandardError
from dashboard.ranking.reading import LEVELS
from dashboard.semantics.question import QuestionError
from dashboard.semantics.words import Text
from dashboard.warehouse import NotLoadedError

log = logging.getLogger(__name__)

STATES: Final = {
    "draft": message("draft"),
    "submitted": message("in review"),
    "approved": message("approved"),
    "scheduled": message("scheduled"),
    "published": message("out"),
    "withdrawn": message("withdrawn"),
}
WAY: Final = ("draft", "submitted", "approved", "scheduled", "published")
PERIODS_OFFERED: Final = 8


class DeskPages:
    """The pages of the desk over an office; who may take which step is asked by the desk itself."""

    def __init__(self, server: Flask, office: Office) -> None:
        self.office = office
        self.objections = Objections(office.desk.state)
        for path, does, methods in (
            ("/desk", self.index, ["GET"]),
            ("/desk", self.draft, ["POST"]),
            ("/desk/<name>", self.one, ["GET"]),
            ("/desk/<name>/<act>", self.act, ["POST"]),
            ("/desk/<name>/archive", self.preview_archive, ["GET"]),
            ("/desk/<name>/preview", self.preview, ["GET"]),
            ("/desk/<name>/files/<file>", self.file, ["GET"]),
        ):
            server.add_url_rule(path, f"desk_{does.__name__}", does, methods=methods)
        self._acts: dict[str, Callable[[str, Account], object]] = {
            "submit": self.office.submit,
            "approve": self.office.desk.approve,
            "reject": lambda name, by: self.office.desk.reject(name, _given("remark"), by),
            "schedule": lambda name, by: self.office.desk.schedule(name, _moment(_given("moment")), by),
            "release": self.office.desk.release,
            "withdraw": self.office.desk.withdraw,
            "redraft": self.office.redraft,
            "explain": lambda name, by: self.office.explain(name, _given("unit"), _text("reason"), by),
            "object": self._object,
            "rule": self._rule,
            "correct": lambda name, by: self.office.correct(name, _text("note"), by, issued_on=_day("issued_on")),
        }

    # ---- pages ----------------------------------------------------------------------------------------------------

    def index(self) -> Answer:
        """All editions on their way, those that are out, and the form for a new one."""
        return self._index() if _is_staff() else _not_yours()

    def _index(self, fault: str = "", status: int = 200) -> Answer:
        self.office.desk.release_due()
        found = self.office.desk.dossiers()
        open_ones = [one for one in self.objections.to() if one.ruling is None]
        return page(
            "desk.html",
            status,
            under_way=[one for one in found if one.status not in ("published", "withdrawn")],
            out=[one for one in reversed(found) if one.status == "published"],
            open_objections=open_ones,
            states=STATES,
            periods=self._periods(),
            levels=LEVELS,
            today=date.today().isoformat(),  # noqa: DTZ011 - the day where the desk stands
            fault=fault,
        )

    def _periods(self) -> list[str]:
        try:
            day = self.office.sources.build().data_date
        except NotLoadedError:
            return []
        if day is None:
            return []
        quarter, found = newest_quarter(day), []
        for _ in range(PERIODS_OFFERED):
            found.append(quarter.name)
            quarter = period_before(quarter)
        return found

    def one(self, name: str) -> Answer:
        """One edition: where it stands, its checks, and what may be done."""
        return self._one(name) if _is_staff() else _not_yours()

    def _one(self, name: str, fault: str = "", status: int = 200) -> Answer:
        try:
            dossier = self.office.desk.dossier(name)
        except PublicationError as error:
            return self._index(words_of_request().of(error.text), 404)
        bound = self._bound(dossier)
        units = [] if bound is None else [*bound.content["units"], *bound.content["left_out"]]
        return page(
            "desk_edition.html",
            status,
            dossier=dossier,
            bound=bound,
            checks=self.office.check(name) if bound is not None and dossier.status != "published" else [],
            states=STATES,
            way=WAY,
            units=sorted(units, key=lambda unit: unit["code"]),
            names={unit["code"]: unit["name"] for unit in units},
            left_out=[] if bound is None else bound.content["left_out"],
            objections=self.objections.to(name),
            is_own=current_account().name in dossier.editors.split(),
            today=date.today().isoformat(),  # noqa: DTZ011 - the day where the desk stands
            fault=fault,
        )

    def preview(self, name: str) -> Answer:
        """The edition's page as it will be."""
        bound = self._draft(name)
        return _not_yours() if bound is None else edition_page(bound, (), (), preview=name)

    def preview_archive(self, name: str) -> Answer:
        """The archive's first page as of the edition's publication."""
        bound = self._draft(name)
        if bound is None:
            return _not_yours()
        return index_page([*self.office.shelf.published(), bound], preview=name)

    def file(self, name: str, file: str) -> Answer:
        """A draft's file; kept by no browser."""
        bound = self._draft(name)
        if bound is None:
            return _not_yours()
        response = file_of(bound, file)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _draft(self, name: str) -> Bound | None:
        if not _is_staff():
            return None
        try:
            return self.office.shelf.draft(name)
        except EditionError:
            return None

    def _bound(self, dossier: Dossier) -> Bound | None:
        try:
            shelf = self.office.shelf
            return shelf.edition(dossier.edition) if dossier.status == "published" else shelf.draft(dossier.edition)
        except EditionError:
            return None

    # ---- steps ----------------------------------------------------------------------------------------------------

    def draft(self) -> Answer:
        """A new draft."""
        period = named_period(_given("period"))
        if period is None:
            return self._index(words_of_request().say("That is no period such as 2026Q3."), 400)
        level = _given("level") or None

        def step(by: Account) -> Dossier:
            return self.office.draft(period, by, level=level, issued_on=_day("issued_on"), number=_given("number"))

        return self._taken(step, lambda fault: self._index(fault, 400))

    def act(self, name: str, act: str) -> Answer:
        """A step of one edition; what cannot be done is said on its page."""
        does = self._acts.get(act)
        if does is None:
            return _not_yours()
        return self._taken(lambda by: does(name, by), lambda fault: self._one(name, fault, 400), name)

    def _taken(
        self, step: Callable[[Account], object], refused: Callable[[str], Answer], name: str | None = None
    ) -> Answer:
        if not _is_staff():
            return _not_yours()
        if not is_token(request.form.get("token", ""), g.token):
            return refusal(400, STALE_TITLE, STALE)
        words = words_of_request()
        try:
            made = step(current_account())
        except (PublicationError, QuestionError) as error:
            return refused(words.of(error.text))
        except (EditionError, StandardError, DisclosureError, NotLoadedError) as error:
            return refused(str(error))
        target = made.edition if isinstance(made, Dossier) else name
        return redirect(f"/desk/{target}" + ("" if words.chinese else "?lang=en"), 303)

    def _object(self, name: str, by: Account) -> object:
        edition = self.office.shelf.edition(name)
        return self.objections.record(edition, _given("unit"), _given("text"), _day("received_on"), by)

    def _rule(self, _name: str, by: Account) -> object:
        number = _given("objection")
        ruling = _given("ruling")
        if not number.isdigit() or ruling not in ("upheld", "dismissed"):
            raise PublicationError("请选择裁定结果", "choose a ruling")
        return self.objections.rule(int(number), "upheld" if ruling == "upheld" else "dismissed", _given("answer"), by)


def _is_staff() -> bool:
    account = current_account()
    return account.may("edit") or account.may("review")


def _not_yours() -> Answer:
    return refusal(403, NOT_YOURS, NOT_YOURS_TEXT)


def _given(name: str) -> str:
    return request.form.get(name, "").strip()


def _text(name: str) -> Text:
    """A text in both languages; where one is missing the other stands for it."""
    zh, en = _given(f"{name}_zh"), _given(f"{name}_en")
    if not zh and not en:
        raise PublicationError("请填写说明", "say why")
    return Text(zh or en, en or zh)


def _day(name: str) -> date:
    try:
        return date.fromisoformat(_given(name))
    except ValueError:
        raise PublicationError("日期应写作 2026-10-15", "a day is written 2026-10-15") from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise PublicationError("时间应写作 2026-10-15T09:00", "a moment is written 2026-10-15T09:00") from None
    return moment.astimezone(UTC)
