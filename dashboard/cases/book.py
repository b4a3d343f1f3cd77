"""The book of cases in the state database: opened by loads, followed up by accounts; every step is kept.

Who sees and who may act is asked here and nowhere else: a case shows itself only within the reader's regions.
"""

from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, func, select

from dashboard.access.account import Account
from dashboard.cases.case import WAYS, Case, CaseError, Outcome, Step, worst_first
from dashboard.cases.findings import Finding, Key, findings
from dashboard.publish.privacy import leaks
from dashboard.state import audit
from dashboard.state.case_tables import case_loads, case_steps, cases
from dashboard.state.database import State
from dashboard.state.moment import now
from dashboard.warehouse import Build

_LOCK: Final = 7_253_661_003  # PostgreSQL's advisory lock of opening cases; SQLite has one writer anyway
_CENT: Final = Decimal("0.01")


class CaseBook:
    """The cases in a state database, as the reader of a build sees them."""

    def __init__(self, state: State) -> None:
        self.state = state

    # ---- what loads bring -----------------------------------------------------------------------------------------

    def follow(self, build: Build) -> None:
        """Open a case for each new finding of the build, and note those that are gone, back, or of another amount.

        Once a load, by whoever looks first; an older build changes nothing.
        """
        with self.state.read() as connection:
            if _newest(connection) >= build.load:
                return
        found = findings(build.whole)
        with self.state.write() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            if _newest(connection) >= build.load:
                return
            connection.execute(case_loads.insert().values(load=build.load, at=now()))
            counts = _followed(connection, found, build.load)
            if any(counts.values()):
                audit.record(connection, "", "case.followed", f"load {build.load}", counts)

    # ---- what is there --------------------------------------------------------------------------------------------

    def seen(self, build: Build) -> list[Case]:
        """The cases of the reader's own regions, those with most in doubt first."""
        self.follow(build)
        with self.state.read() as connection:
            found = [_case(row) for row in connection.execute(select(cases)).mappings()]
        return worst_first(case for case in found if build.sees(case.region_code))

    def case(self, number: int, build: Build) -> tuple[Case, list[Step]]:
        """One case with its steps; CaseError where there is none, or it is not the reader's."""
        self.follow(build)
        with self.state.read() as connection:
            return _one(connection, number, build), _steps(connection, number)

    # ---- what people do -------------------------------------------------------------------------------------------

    def record(
        self,
        number: int,
        outcome: Outcome,
        build: Build,
        by: Account,
        *,
        note: str = "",
        amount: Decimal | None = None,
        after: int | None = None,
    ) -> Case:
        """Record a step; CaseError where it may not be taken. `after`: the last step that `by` had seen."""
        _require(by)
        said = _said(note, needed=outcome != "recovered")
        with self.state.write() as connection:
            before = _one(connection, number, build, held=True)
            known = _steps(connection, number)
            if after is not None and known and known[-1].step_id != after:
                raise CaseError(
                    "该案件刚有新的处理记录，请先查看", "somebody has just recorded a step on this case: read it first"
                )
            states, leads_to = WAYS[outcome]
            if before.state not in states:
                raise CaseError("案件当前状态不能进行此操作", f"a case that is {before.state} cannot be {outcome}")
            changed = {"state": leads_to, "handled_by": by.name, "handled_at": now()} if leads_to else {}
            money = _recovered(before, amount) if outcome == "recovered" else None
            if money is not None:
                changed["recovered"] = _cents(before.recovered + money)
            if changed:
                connection.execute(cases.update().where(cases.c.case_id == number).values(changed))
            _add_steps(connection, [_step(number, by.name, outcome, build.load, amount=money, note=said)])
            detail = {"finding": before.finding, "row": before.row_key, "note": said}
            if money is not None:
                detail["amount"] = str(money)
            audit.record(connection, by.name, f"case.{outcome}", f"case {number}", detail)
            return _one(connection, number, build)


def _require(by: Account) -> None:
    if not (by.may("cases") and by.may("rows")):
        raise CaseError(f"账号 {by.name} 无权处理案件", f"the account {by.name} may not handle cases")


def _said(note: str, *, needed: bool) -> str:
    said = note.strip()
    if needed and not said:
        raise CaseError("请填写说明", "say why")
    if leaks({"note": said.encode()}):
        raise CaseError(
            "说明含有证件号、电话或账号，请删去", "the note holds an ID, telephone or account number: leave it out"
        )
    return said


def _recovered(case: Case, amount: Decimal | None) -> Decimal:
    """The money that has come back with this step: more than nothing, all in all no more than was paid."""
    if amount is None or amount <= 0 or amount != amount.quantize(_CENT):
        raise CaseError("请填写收回金额（元，至多两位小数）", "say how much was recovered, in yuan and cents")
    if case.amount is not None and case.recovered + amount > case.amount:
        raise CaseError(
            f"累计收回不能超过原金额 {case.amount} 元",
            f"no more than the {case.amount} yuan of the row can be recovered",
        )
    return amount


# ---- rows ---------------------------------------------------------------------------------------------------------


def _newest(connection: Connection) -> int:
    return int(connection.scalar(select(func.max(case_loads.c.load))) or 0)


def _followed(connection: Connection, found: list[Finding], load: int) -> dict[str, int]:
    """Cases and steps of what a load brought; how many were opened, went, came back, changed."""
    known = {case.key: case for case in (_case(row) for row in connection.execute(select(cases)).mappings())}
    present = {one.key: one for one in found}
    steps: list[dict[str, Any]] = []
    number = max((case.number for case in known.values()), default=0)
    opened = []
    for key, one in present.items():
        if key not in known:
            number += 1
            opened.append(_opened(number, one, load))
            steps.append(_step(number, "", "opened", load, amount=one.in_doubt))
    if opened:
        connection.execute(cases.insert(), opened)
    for key, case in known.items():
        action = _turn(case, present.get(key))
        if action:
            _turned(connection, case, present.get(key), load)
            now_in_doubt = present[key].in_doubt if key in present else None
            steps.append(_step(case.number, "", action, load, amount=now_in_doubt))
    _add_steps(connection, steps)
    counts = {action: sum(step["action"] == action for step in steps) for action in ("gone", "returned", "changed")}
    return {"opened": len(opened)} | counts


def _turn(case: Case, one: Finding | None) -> str:
    """What a load changes about a known case; nothing as a rule."""
    if one is None:
        return "" if case.gone_load else "gone"
    if case.gone_load:
        return "returned"
    return "changed" if (case.in_doubt, case.region_code) != (one.in_doubt, one.region_code) else ""


def _turned(connection: Connection, case: Case, one: Finding | None, load: int) -> None:
    values: dict[str, Any] = {"gone_load": load} if one is None else {"gone_load": None, **_money(one)}
    connection.execute(cases.update().where(cases.c.case_id == case.number).values(values))


def _money(one: Finding) -> dict[str, Any]:
    return {"region_code": one.region_code, "amount": _cents(one.amount), "in_doubt": _cents(one.in_doubt)}


def _opened(number: int, one: Finding, load: int) -> dict[str, Any]:
    finding, table, key = one.key
    return {
        "case_id": number, "finding": finding, "table_name": table, "row_key": key, **_money(one), "recovered": 0,
        "state": "open", "opened_at": now(), "opened_load": load,
    }  # fmt: skip


def _step(
    number: int, account: str, action: str, load: int, *, amount: Decimal | None = None, note: str = ""
) -> dict[str, Any]:
    return {
        "case_id": number, "at": now(), "account": account, "action": action, "amount": _cents(amount), "note": note,
        "load": load,
    }  # fmt: skip


def _add_steps(connection: Connection, steps: list[dict[str, Any]]) -> None:
    if steps:
        connection.execute(case_steps.insert(), steps)


def _one(connection: Connection, number: int, build: Build, *, held: bool = False) -> Case:
    """The case; `held`: until the transaction ends nobody else takes a step (PostgreSQL; SQLite has one writer)."""
    statement = select(cases).where(cases.c.case_id == number)
    row = connection.execute(statement.with_for_update() if held else statement).mappings().first()
    case = None if row is None else _case(row)
    if case is None or not build.sees(case.region_code):
        raise CaseError(f"没有第 {number} 号案件，或不在您的辖区", f"there is no case {number}, or it is not yours")
    return case


def _steps(connection: Connection, number: int) -> list[Step]:
    of = case_steps.c
    statement = select(of.step_id, of.at, of.account, of.action, of.amount, of.note, of.load)
    rows = connection.execute(statement.where(of.case_id == number).order_by(of.step_id))
    return [Step(row[0], row[1], row[2], row[3], _yuan(row[4]), row[5], row[6]) for row in rows]


def _case(row: RowMapping) -> Case:
    key: Key = (row["finding"], row["table_name"], row["row_key"])
    return Case(
        row["case_id"], key, row["region_code"], _yuan(row["amount"]), _yuan(row["in_doubt"]),
        _yuan(row["recovered"]) or Decimal(0), row["state"], row["handled_by"], row["handled_at"], row["opened_at"],
        row["opened_load"], row["gone_load"],
    )  # fmt: skip


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 100)


def _yuan(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents) * _CENT
