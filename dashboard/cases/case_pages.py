"""`/cases`: findings on money as cases, for those who may see rows; forms that need no script."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from flask import Flask, Response, g, redirect, request
from werkzeug.wrappers import Response as Answer

from dashboard.access.door import NOT_YOURS, NOT_YOURS_TEXT
from dashboard.access.forms import page, refusal, words_of_request
from dashboard.access.present import current_account
from dashboard.access.sign_in_pages import STALE, STALE_TITLE
from dashboard.access.wanted import is_token
from dashboard.cases.behind import Behind, behind
from dashboard.cases.book import CaseBook
from dashboard.cases.case import ACTION_LABELS, OUTCOMES, STATE_LABELS, STATES, Case, CaseError, Outcome, Step, tally
from dashboard.cases.findings import LABELS, QUESTIONS, NotInBuildError, lies_within
from dashboard.cases.rows import case_table, place_of, row_said
from dashboard.components.picker import value_label
from dashboard.export import as_csv
from dashboard.language import message
from dashboard.panel import Page
from dashboard.regions import Region
from dashboard.selection import Selection
from dashboard.semantics.question import NotAllowedError
from dashboard.state.database import State
from dashboard.view import View

SHOWN: Final = 100
NOTHING: Final = message("Nothing has been loaded yet")
NOTHING_TEXT: Final = message("The next load brings the cases.")
Seen = Callable[[Selection, Page | None], View | None]


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; empty: all, but for cases of rows in which nothing is in doubt (`every`)."""

    kind: str = ""
    state: str = ""
    region: str = ""
    every: str = ""

    @classmethod
    def of_request(cls) -> "Asked":
        """What the address says; what means nothing is ignored."""
        given = request.args
        kind, state = given.get("kind", ""), given.get("state", "")
        return cls(
            kind if kind in LABELS else "",
            state if state in STATES else "",
            Selection.parse(request.query_string.decode("utf-8", "replace")).region or "",
            "1" if given.get("every") == "1" else "",
        )

    def fits(self, case: Case) -> bool:
        """Whether a case is one of those asked for, but for its region."""
        return (
            self.kind in ("", case.finding)
            and self.state in ("", case.state)
            and (bool(self.every) or case.in_doubt != 0)
        )


class CasePages:
    """The list, one case, and its steps; who sees and does what is asked by the book."""

    def __init__(self, server: Flask, state: State, seen: Seen) -> None:
        self.book = CaseBook(state)
        self._seen = seen
        for path, does, methods in (
            ("/cases", self.index, ["GET"]),
            ("/export/cases.csv", self.file, ["GET"]),
            ("/cases/<int:number>", self.one, ["GET"]),
            ("/cases/<int:number>/<outcome>", self.act, ["POST"]),
        ):
            server.add_url_rule(path, f"cases_{does.__name__}", does, methods=methods)

    # ---- the list -------------------------------------------------------------------------------------------------

    def index(self) -> Answer:
        """The cases asked for, those with most in doubt first."""
        return self._index()

    def _index(self, fault: str = "", status: int = 200) -> Answer:
        view = self._view()
        if not isinstance(view, View):
            return view
        asked = Asked.of_request()
        try:
            every = self.book.seen(view.build)
            found = _within(view, every, asked)
        except NotAllowedError:
            return refusal(403, NOT_YOURS, NOT_YOURS_TEXT)
        except NotInBuildError:
            return refusal(200, NOTHING, NOTHING_TEXT)
        return page(
            "cases.html",
            status,
            asked=asked,
            found=found[:SHOWN],
            total=tally(found),
            more=len(found) - SHOWN,
            places={case.region_code: place_of(view, case.region_code) for case in found[:SHOWN]},
            row_of=lambda case: row_said(view, case),
            kinds=[kind for kind in LABELS if any(case.finding == kind for case in every)],
            regions=_offered(view, every),
            search=request.query_string.decode("utf-8", "replace"),
            case_labels=LABELS,
            case_states=STATE_LABELS,
            fault=fault,
        )

    def file(self) -> Answer:
        """The same list as a file."""
        view = self._view()
        if not isinstance(view, View):
            return view
        try:
            found = _within(view, self.book.seen(view.build), Asked.of_request())
        except NotAllowedError:
            return refusal(403, NOT_YOURS, NOT_YOURS_TEXT)
        except NotInBuildError:
            return refusal(200, NOTHING, NOTHING_TEXT)
        head = {"Content-Disposition": 'attachment; filename="cases.csv"', "Cache-Control": "no-store"}
        return Response(
            as_csv(case_table(view, found), view.words), content_type="text/csv; charset=utf-8", headers=head
        )

    # ---- one case -------------------------------------------------------------------------------------------------

    def one(self, number: int) -> Answer:
        """One case: what was found, the rows behind it, its steps, and what may be done."""
        return self._one(number)

    def _one(self, number: int, fault: str = "", status: int = 200) -> Answer:
        view = self._view()
        if not isinstance(view, View):
            return view
        try:
            case, steps = self.book.case(number, view.build)
        except CaseError as error:
            return self._index(words_of_request().of(error.text), 404)
        except NotInBuildError:
            return refusal(200, NOTHING, NOTHING_TEXT)
        rows = behind(view.build, case)
        related = self._related(view, case, rows)
        return page(
            "case.html",
            status,
            case=case,
            steps=steps,
            last=steps[-1].step_id if steps else 0,
            rows=rows,
            place=place_of(view, case.region_code),
            related=[each for each in related if each.in_doubt != 0],
            beside=_beside(case, related),
            row_of=lambda case: row_said(view, case),
            may_act=current_account().may("cases"),
            named=lambda dimension, value: value_label(view, dimension, value),
            reason=lambda value: _REASONS.get(value, value),
            case_labels=LABELS,
            questions=QUESTIONS,
            case_states=STATE_LABELS,
            actions=ACTION_LABELS,
            given=request.form,
            said=_said(view),
            fault=fault,
        )

    def act(self, number: int, outcome: str) -> Answer:
        """Record a step; what cannot be done is said on the case's page."""
        view = self._view()
        if not isinstance(view, View):
            return view
        known = next((each for each in OUTCOMES if each == outcome), None)
        if known is None:
            return refusal(403, NOT_YOURS, NOT_YOURS_TEXT)
        if not is_token(request.form.get("token", ""), g.token):
            return refusal(400, STALE_TITLE, STALE)
        words = words_of_request()
        try:
            self._take(view, number, known)
        except CaseError as error:
            return self._one(number, words.of(error.text), 400)
        return redirect(f"/cases/{number}" + ("" if words.chinese else "?lang=en"), 303)

    def _take(self, view: View, number: int, outcome: Outcome) -> None:
        """The step, and where the form says so the closing of what stands beside the case."""
        given, by, after = request.form, current_account(), request.form.get("after", "")
        note, amount = given.get("note", ""), _amount(given.get("amount", ""))
        seen = int(after) if after.isdigit() else None
        case = self.book.record(number, outcome, view.build, by, note=note, amount=amount, after=seen)
        if given.get("beside") == "1" and case.state != "open":
            said = view.words.say("With case {number}: nothing of this row itself is in doubt.", number=str(number))
            for each in _beside(case, self._related(view, case, behind(view.build, case))):
                self.book.record(each.number, "explained", view.build, by, note=said)

    def _related(self, view: View, case: Case, rows: Behind) -> list[Case]:
        """The other cases of the person, as far as they are the reader's."""
        numbers = {row["payment_no"] for row in rows.payments}
        others = (each for each in self.book.seen(view.build) if each.number != case.number)
        return [each for each in others if each.key[1] == "subsidies" and each.row_key in numbers]

    def _view(self) -> View | Answer:
        """The reader's view; a refusal for who may not see rows, or where nothing has been loaded."""
        if not current_account().may("rows"):
            return refusal(403, NOT_YOURS, NOT_YOURS_TEXT)
        view = self._seen(Selection(lang=words_of_request().language), None)
        return view if view is not None else refusal(200, NOTHING, NOTHING_TEXT)


_REASONS: Final = {
    "placed": message("found a job"),
    "retired": message("retired"),
    "moved": message("moved away"),
    "deceased": message("died"),
    "other": message("another reason"),
}


def _within(view: View, cases: list[Case], asked: Asked) -> list[Case]:
    """Those asked for; NotAllowedError for another's region."""
    found = [case for case in cases if asked.fits(case)]
    if not asked.region:
        return found
    area = view.tree.find(asked.region).code
    return [case for case in found if lies_within(view.build, case.region_code, area)]


def _offered(view: View, cases: list[Case]) -> list[Region]:
    """The districts and streets in which there are cases, in the order of the tree."""
    codes = {step.code for case in cases for step in view.tree.path(view.tree.find(case.region_code))}
    levels = ("district", "street")
    return [each for each in view.tree.by_code.values() if each.code in codes and each.level in levels]


def _beside(case: Case, related: list[Case]) -> list[Case]:
    """Open cases of the same finding and person in which nothing is in doubt: they end with the one that is."""
    return [each for each in related if each.finding == case.finding and each.in_doubt == 0 and each.state == "open"]


def _said(view: View) -> Callable[[Step], str]:
    """What a step tells beside its name and note: the money, and with which load."""

    def said(step: Step) -> str:
        parts: list[str] = []
        if step.amount is not None and step.action in ("recovered", "opened", "changed", "returned"):
            parts.append(f"{view.words.exact(step.amount, 'yuan')} {view.words.say('yuan')}")
        if not step.account:
            parts.append(view.words.say("load {load}", load=str(step.load)))
        return " · ".join(parts)

    return said


def _amount(text: str) -> Decimal | None:
    """An amount as people write it: `1,234.50`, full-width too; None for what is none."""
    plain: Any = text.replace(",", "").replace("，", "").replace("￥", "").replace("元", "").strip()
    try:
        found = Decimal(plain)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
