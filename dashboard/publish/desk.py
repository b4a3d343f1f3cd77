"""The way of an edition: draft → submitted → approved → (scheduled) → published; and objections to what is out.

Every step is one transaction with its entry in the audit log. Who may take it is asked here and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import Connection, select

from dashboard.access.account import Account
from dashboard.access.roles import Permit
from dashboard.publish.checks import Check
from dashboard.publish.recipe import Recipe
from dashboard.publish.shelf import Bound, Shelf
from dashboard.semantics.words import Text
from dashboard.state import audit
from dashboard.state.database import State
from dashboard.state.edition_tables import editions
from dashboard.state.moment import now

Status = Literal["draft", "submitted", "approved", "scheduled", "published", "withdrawn"]


class PublicationError(ValueError):
    """A step that cannot be taken; `text` says why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


@dataclass(frozen=True)
class Dossier:
    """Where an edition stands."""

    edition: str
    period: str
    level: str
    load: int
    corrects: str | None
    status: Status
    editors: str
    drafted_at: datetime
    submitted_at: datetime | None
    manifest_sha256: str | None
    reviewer: str | None
    reviewed_at: datetime | None
    remark: str
    publish_at: datetime | None
    released_by: str | None
    published_at: datetime | None

    def is_due(self, moment: datetime) -> bool:
        """Whether it is scheduled, and its time has come."""
        return self.status == "scheduled" and self.publish_at is not None and self.publish_at <= moment


_COLUMNS: Final = [editions.c[field.name] for field in fields(Dossier)]


class Desk:
    """The editions of a home, on their way and out."""

    def __init__(self, state: State, shelf: Shelf) -> None:
        self.state = state
        self.shelf = shelf

    # ---- what is there --------------------------------------------------------------------------------------------

    def dossiers(self, *statuses: Status) -> list[Dossier]:
        """Those of the statuses (none: all), by name."""
        statement = select(*_COLUMNS).order_by(editions.c.edition)
        if statuses:
            statement = statement.where(editions.c.status.in_(statuses))
        with self.state.read() as connection:
            return [Dossier(**row) for row in connection.execute(statement).mappings()]

    def dossier(self, edition: str) -> Dossier:
        """One edition's; PublicationError."""
        with self.state.read() as connection:
            return _dossier(connection, edition)

    # ---- the editor -----------------------------------------------------------------------------------------------

    def draft(self, recipe: Recipe, files: dict[str, bytes], by: Account) -> Dossier:
        """Put down a draft, or put it down again: one that was submitted is a draft again."""
        _require(by, "edit")
        with self.state.write() as connection:
            before = _find(connection, recipe.edition)
            if before is not None and before.status in ("scheduled", "published"):
                raise _not_in(before, "draft", "submitted", "approved", "withdrawn")
            self.shelf.write_draft(recipe.edition, files)
            values: dict[str, Any] = {
                "period": recipe.period,
                "level": recipe.level,
                "load": recipe.load,
                "corrects": recipe.corrects,
                "status": "draft",
                "editors": _with(before.editors if before else "", by.name),
                "drafted_at": now(),
                "submitted_at": None,
                "manifest_sha256": None,
                "reviewer": None,
                "reviewed_at": None,
                "remark": before.remark if before else "",
                "publish_at": None,
            }
            if before is None:
                connection.execute(editions.insert().values(edition=recipe.edition, **values))
            else:
                connection.execute(_of(recipe.edition).values(values))
            audit.record(connection, by.name, "edition.drafted", recipe.edition, {"load": recipe.load})
            return _dossier(connection, recipe.edition)

    def submit(self, edition: str, checks: Sequence[Check], by: Account) -> Dossier:
        """Hand a draft to review; PublicationError while a check stands against it."""
        _require(by, "edit")
        against = [check for check in checks if check.stands_against]
        if against:
            raise PublicationError(
                f"{edition} 不能提交，下列检查未通过："
                + "；".join(f"{check.label.zh}（{check.found.zh}）" for check in against),
                f"{edition} cannot be submitted, for these checks fail: "
                + "; ".join(f"{check.label.en} ({check.found.en})" for check in against),
            )
        sha256 = self.shelf.draft(edition).manifest_sha256
        return self._step(
            edition,
            by,
            "submitted",
            ("draft",),
            {"submitted_at": now(), "manifest_sha256": sha256, "remark": ""},
            detail={"manifest_sha256": sha256},
            edits=True,
        )

    def withdraw(self, edition: str, by: Account) -> Dossier:
        """Give up an edition that is not out."""
        _require(by, "edit")
        before: tuple[Status, ...] = ("draft", "submitted", "approved", "scheduled")
        found = self._step(edition, by, "withdrawn", before, {"publish_at": None}, edits=True)
        self.shelf.remove_draft(edition)
        return found

    # ---- the reviewer ---------------------------------------------------------------------------------------------

    def approve(self, edition: str, by: Account) -> Dossier:
        """Approve the submitted files; PublicationError for an editor's own, or if they are not those submitted."""
        _require(by, "review")
        self._refuse_own(edition, by)
        self._unchanged(edition)
        return self._step(edition, by, "approved", ("submitted",), {"reviewer": by.name, "reviewed_at": now()})

    def reject(self, edition: str, remark: str, by: Account) -> Dossier:
        """Send it back to be drafted again, with the reason."""
        _require(by, "review")
        self._refuse_own(edition, by)
        if not remark.strip():
            raise PublicationError("退回须说明理由", "sending an edition back needs a reason")
        values = {"reviewer": by.name, "reviewed_at": now(), "remark": remark.strip()}
        return self._step(
            edition,
            by,
            "draft",
            ("submitted", "approved"),
            values,
            detail={"remark": remark.strip()},
            action="rejected",
        )

    def _refuse_own(self, edition: str, by: Account) -> None:
        """The reviewer is another account than everybody who had a hand in it: the one place that says so."""
        if by.name in self.dossier(edition).editors.split():
            raise PublicationError(
                f"{by.name} 参与编辑了 {edition}，须由另一账号审核",
                f"{by.name} had a hand in {edition}: another account must review it",
            )

    # ---- publication ----------------------------------------------------------------------------------------------

    def schedule(self, edition: str, moment: datetime, by: Account) -> Dossier:
        """Publish it when the moment comes; until then it is under embargo."""
        _require(by, "edit")
        self._unchanged(edition)
        values = {"publish_at": moment, "released_by": by.name}
        detail = {"publish_at": moment.isoformat()}
        return self._step(edition, by, "scheduled", ("approved", "scheduled"), values, detail=detail)

    def release(self, edition: str, by: Account) -> Dossier:
        """Publish it now."""
        _require(by, "edit")
        return self._release(edition, by.name)

    def release_due(self, moment: datetime | None = None) -> list[Dossier]:
        """Publish what is scheduled and due, in the name of whoever scheduled it."""
        due = [one for one in self.dossiers("scheduled") if one.is_due(moment or now())]
        return [self._release(one.edition, one.released_by or "") for one in due]

    def _release(self, edition: str, name: str) -> Dossier:
        with self.state.write() as connection:
            before = _dossier(connection, edition)
            if before.status == "published":
                return before
            if before.status not in ("approved", "scheduled"):
                raise _not_in(before, "approved", "scheduled")
            if not self.shelf.holds(edition):
                self._refuse_overtaken(self._unchanged(edition, before))
            self.shelf.release(edition)
            values = {"status": "published", "released_by": name, "published_at": now()}
            connection.execute(_of(edition).values(values))
            detail = {"manifest_sha256": before.manifest_sha256, "reviewer": before.reviewer}
            audit.record(connection, name, "edition.published", edition, detail)
            return _dossier(connection, edition)

    def _refuse_overtaken(self, draft: Bound) -> None:
        """What stays hidden was decided against the editions that were out then: a later one may change that."""
        recipe = draft.recipe
        for other in self.shelf.published():
            days = other.recipe.days
            if days.start <= recipe.days.end and recipe.days.start <= days.end and other.name not in recipe.earlier:
                raise PublicationError(
                    f"{other.name} 在 {recipe.edition} 起草之后发布，须重新起草",
                    f"{other.name} was published after {recipe.edition} was drafted: draft it again",
                )

    def _unchanged(self, edition: str, dossier: Dossier | None = None) -> Bound:
        draft = self.shelf.draft(edition)
        known = (dossier or self.dossier(edition)).manifest_sha256
        spoilt = [name for name, said in draft.manifest["files"].items() if not draft.is_intact(name, said["sha256"])]
        if draft.manifest_sha256 != known or spoilt:
            raise PublicationError(
                f"{edition} 的文件在提交之后有改动，须重新起草",
                f"the files of {edition} are not those that were submitted: draft it again",
            )
        return draft

    def _step(
        self,
        edition: str,
        by: Account,
        status: Status,
        allowed: tuple[Status, ...],
        values: dict[str, Any],
        *,
        detail: dict[str, Any] | None = None,
        action: str = "",
        edits: bool = False,
    ) -> Dossier:
        with self.state.write() as connection:
            before = _dossier(connection, edition)
            if before.status not in allowed:
                raise _not_in(before, *allowed)
            if edits:
                values = values | {"editors": _with(before.editors, by.name)}
            connection.execute(_of(edition).values(values | {"status": status}))
            audit.record(connection, by.name, f"edition.{action or status}", edition, detail)
            return _dossier(connection, edition)


def _require(by: Account, permit: Permit) -> None:
    if not by.may(permit):
        said = {"edit": ("编辑", "edit editions"), "review": ("审核", "review editions")}[permit]
        raise PublicationError(f"账号 {by.name} 没有{said[0]}权限", f"the account {by.name} may not {said[1]}")


def _of(edition: str) -> Any:
    return editions.update().where(editions.c.edition == edition)


def _find(connection: Connection, edition: str) -> Dossier | None:
    row = connection.execute(select(*_COLUMNS).where(editions.c.edition == edition)).mappings().first()
    return None if row is None else Dossier(**row)


def _dossier(connection: Connection, edition: str) -> Dossier:
    found = _find(connection, edition)
    if found is None:
        raise PublicationError(f"没有版次 {edition}", f"there is no edition {edition}")
    return found


def _not_in(dossier: Dossier, *allowed: Status) -> PublicationError:
    return PublicationError(
        f"{dossier.edition} 的状态是 {dossier.status}，此步须为 {' / '.join(allowed)}",
        f"{dossier.edition} is {dossier.status}; this step needs {' or '.join(allowed)}",
    )


def _with(names: str, name: str) -> str:
    return " ".join(dict.fromkeys([*names.split(), name]))
