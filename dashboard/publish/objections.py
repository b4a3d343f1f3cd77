"""Objections to a published edition (公示) and the rulings on them; both are public, who objected is not kept."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final, Literal

from sqlalchemy import select

from dashboard.access.account import Account
from dashboard.publish.desk import PublicationError
from dashboard.publish.privacy import leaks
from dashboard.publish.shelf import Bound
from dashboard.state import audit
from dashboard.state.database import State
from dashboard.state.edition_tables import objections
from dashboard.state.moment import now

Ruling = Literal["upheld", "dismissed"]


@dataclass(frozen=True)
class Objection:
    """One objection; without a ruling it is open."""

    objection_id: int
    edition: str
    unit_code: str
    received_on: date
    text: str
    recorded_by: str
    recorded_at: datetime
    ruling: Ruling | None
    answer: str
    ruled_by: str | None
    ruled_at: datetime | None


_COLUMNS: Final = [objections.c[field.name] for field in fields(Objection)]


class Objections:
    """The objections in a state database."""

    def __init__(self, state: State) -> None:
        self.state = state

    def to(self, *editions: str) -> list[Objection]:
        """Those to the editions (none: all), in the order in which they were recorded."""
        statement = select(*_COLUMNS).order_by(objections.c.objection_id)
        if editions:
            statement = statement.where(objections.c.edition.in_(editions))
        with self.state.read() as connection:
            return [Objection(**row) for row in connection.execute(statement).mappings()]

    def find(self, number: int) -> Objection:
        """One objection; PublicationError."""
        found = next((one for one in self.to() if one.objection_id == number), None)
        if found is None:
            raise PublicationError(f"没有第 {number} 号异议", f"there is no objection no. {number}")
        return found

    def record(self, edition: Bound, unit_code: str, text: str, received_on: date, by: Account) -> Objection:
        """Record an objection to a unit's place, within the period of objections; PublicationError."""
        _may(by)
        recipe = edition.recipe
        known = {unit["code"] for unit in (*edition.content["units"], *edition.content["left_out"])}
        if unit_code not in known:
            raise PublicationError(f"{edition.name} 中没有单位 {unit_code}", f"{edition.name} has no unit {unit_code}")
        if not recipe.issued_on <= received_on <= recipe.objections_until:
            first, last = recipe.issued_on.isoformat(), recipe.objections_until.isoformat()
            raise PublicationError(
                f"公示期为 {first} 至 {last}，不含 {received_on.isoformat()}",
                f"objections are open from {first} to {last}, not on {received_on.isoformat()}",
            )
        said = _public(text)
        values = {"edition": edition.name, "unit_code": unit_code, "received_on": received_on, "text": said}
        with self.state.write() as connection:
            made = connection.execute(
                objections.insert().values(values | {"recorded_by": by.name, "recorded_at": now(), "answer": ""})
            )
            number = int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0
            audit.record(
                connection, by.name, "edition.objected", edition.name, {"objection": number, "unit": unit_code}
            )
        return self.find(number)

    def rule(self, number: int, ruling: Ruling, answer: str, by: Account) -> Objection:
        """Rule on an open objection, with the answer that is published; PublicationError."""
        _may(by)
        before = self.find(number)
        if before.ruling is not None:
            raise PublicationError(f"第 {number} 号异议已经裁定", f"objection no. {number} has been ruled on")
        values = {"ruling": ruling, "answer": _public(answer), "ruled_by": by.name, "ruled_at": now()}
        with self.state.write() as connection:
            connection.execute(objections.update().where(objections.c.objection_id == number).values(values))
            audit.record(connection, by.name, "edition.ruled", before.edition, {"objection": number, "ruling": ruling})
        return self.find(number)


def _may(by: Account) -> None:
    if not (by.may("edit") or by.may("review")):
        raise PublicationError(f"账号 {by.name} 无权处理异议", f"the account {by.name} may not deal with objections")


def _public(text: str) -> str:
    """The text is published: it must say something, and no number of a person."""
    said = text.strip()
    if not said:
        raise PublicationError("内容不能为空", "the text must say something")
    if leaks({"text": said.encode()}):
        raise PublicationError(
            "内容含有证件号、电话或账号，公示前须删去",
            "the text holds an ID, telephone or account number: leave it out",
        )
    return said
