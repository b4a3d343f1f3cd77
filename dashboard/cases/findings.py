"""The findings on money that a build bears, as far as its reader sees them; what each is called and asks."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import duckdb
from sqlalchemy import Select, select

from dashboard.language import message
from dashboard.semantics.dimension import one_of
from dashboard.warehouse import Build
from etl.marts.region import finding as finding_mart

Key = tuple[str, str, str]  # finding, table, key of the row

# In the order in which they are shown: what it is called, and what is to be looked into.
SUBSIDIES: Final = {
    "subsidy_overlap": message("paid twice"),
    "subsidy_without_job": message("paid without a job"),
    "subsidy_after_working_age": message("paid after working age"),
    "subsidy_after_exit": message("paid after leaving the register"),
    "subsidy_over_duration": message("paid beyond the duration"),
    "budget_overspent": message("budget overspent"),
}
LOANS: Final = {
    "loan_over_cap": message("loan above the cap"),
    "loan_over_term": message("loan beyond the term"),
    "loan_over_fund_capacity": message("loan beyond the fund's capacity"),
    "repaid_more_than_owed": message("repaid more than owed"),
}
LABELS: Final = SUBSIDIES | LOANS
QUESTIONS: Final = {
    "subsidy_overlap": message(
        "Another payment to the same person, of the same kind and source, is for the same months. Was it paid twice?"
    ),
    "subsidy_without_job": message(
        "A month is paid for in which the person is in no placement. Is the placement missing, or was nothing due?"
    ),
    "subsidy_after_working_age": message(
        "A month is paid for that begins after the end of working age. Should it have stopped?"
    ),
    "subsidy_after_exit": message(
        "A month is paid for after the registration closed for death, retirement or moving away. Is it to be recovered?"
    ),
    "subsidy_over_duration": message(
        "The person has been paid this kind for more months than the policy allows. Which months are too many?"
    ),
    "budget_overspent": message("More was paid than this budget line and those beside it allow. Who agreed to it?"),
    "loan_over_cap": message("The loan is larger than the policy's cap on the day of disbursement. Who agreed to it?"),
    "loan_over_term": message("The loan runs longer than the policy allows. Who agreed to it?"),
    "loan_over_fund_capacity": message(
        "With this loan more was outstanding than the guarantee fund can carry. Who agreed to it?"
    ),
    "repaid_more_than_owed": message(
        "More principal came in than was lent. Is a payment booked twice, or is money owed to the borrower?"
    ),
}


@dataclass(frozen=True)
class Finding:
    """One finding on a row about money; `amount` of the row, `in_doubt` the part that the finding is about, in yuan."""

    key: Key
    region_code: str
    amount: Decimal | None
    in_doubt: Decimal | None


_of = finding_mart.c
_FINDINGS: Final[Select[Any]] = (
    select(_of.finding, _of.table_name, _of.key, _of.region_code, _of.amount, _of.in_doubt)
    .where(one_of(_of.finding, *LABELS))
    .order_by(_of.finding, _of.table_name, _of.key)
)


class NotInBuildError(LookupError):
    """The build was made before findings said their amounts; the next load brings them."""


def findings(build: Build) -> list[Finding]:
    """All within the scope of the build; NotInBuildError."""
    try:
        rows = build.fetch(_FINDINGS)
    except (duckdb.BinderException, duckdb.CatalogException):
        raise NotInBuildError from None
    found = [Finding((row[0], row[1], row[2]), row[3], row[4], row[5]) for row in rows]
    return [one for one in found if build.sees(one.region_code)]


def lies_within(build: Build, code: str, area: str) -> bool:
    """Whether the region of `code` is that of `area` or lies below it, as the build knows them."""
    return build.regions.find(code).lies_in([build.regions.find(area)])
