"""The rows behind a case, without a name: the person's payments, registrations and placements; the loan; the budget."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, Table, bindparam, select

from dashboard.cases.case import Case
from dashboard.warehouse import Build
from etl.marts.doubts import doubt_payment, doubt_placement, doubt_registration
from etl.marts.loans import loan
from etl.marts.region import region

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Behind:
    """Rows as the marts hold them, oldest first; `elsewhere`: how many lie outside the reader's regions."""

    payments: Rows = field(default_factory=list)
    registrations: Rows = field(default_factory=list)
    placements: Rows = field(default_factory=list)
    loans: Rows = field(default_factory=list)
    elsewhere: int = 0


def _with_region(table: Table, names: Sequence[str], by: str) -> Select[Any]:
    columns = [table.c[name] for name in names]
    joined = select(*columns, region.c.region_code).join_from(table, region, table.c.region_id == region.c.region_id)
    return joined.where(table.c[by] == bindparam("wanted")).order_by(*columns[:2])


_PAYMENTS = _with_region(
    doubt_payment,
    ("paid_on", "payment_no", "registration_no", "kind", "funding_source", "first_month", "last_month", "amount"),
    "person_id",
)
_REGISTRATIONS = _with_region(
    doubt_registration, ("registered_on", "registration_no", "closed_on", "close_reason", "age_ends_on"), "person_id"
)
_PLACEMENTS = _with_region(doubt_placement, ("placed_on", "placement_no", "channel", "ended_on"), "person_id")
_LOANS = _with_region(loan, ("disbursed_on", "loan_no", "product", "lent", "term_months"), "loan_no")
_PERSON: Select[Any] = select(doubt_payment.c.person_id).where(doubt_payment.c.payment_no == bindparam("wanted"))


def behind(build: Build, case: Case) -> Behind:
    """What can be seen behind the case; nothing where its finding is gone."""
    if case.key[1] == "loans":
        return Behind(loans=_seen(build, _LOANS, case.row_key)[0])
    person = build.fetch(_PERSON, wanted=case.row_key) if case.key[1] == "subsidies" else []
    if not person:
        return Behind()
    statements = (_PAYMENTS, _REGISTRATIONS, _PLACEMENTS)
    (payments, registrations, placements), left = zip(
        *(_seen(build, statement, person[0][0]) for statement in statements), strict=True
    )
    return Behind(payments, registrations, placements, elsewhere=sum(left))


def _seen(build: Build, statement: Select[Any], wanted: Any) -> tuple[Rows, int]:
    names = [column.name for column in statement.selected_columns]
    rows = [dict(zip(names, row, strict=True)) for row in build.fetch(statement, wanted=wanted)]
    own = [row for row in rows if build.sees(row["region_code"])]
    return own, len(rows) - len(own)
