"""The twenty-two source tables, in an order in which every reference points backwards."""

from typing import Final

from etl.contract import Table
from etl.tables.loans import FUND_ENTRIES, INSTALMENTS, LOANS, REPAYMENTS
from etl.tables.persons import PERSONS, ZERO_HOUSEHOLDS
from etl.tables.placements import FAIRS, PLACEMENTS, TRAININGS, VISITS
from etl.tables.platform import ENTITIES, OFFICES, RETIREES
from etl.tables.posts import POSTS, REFERRALS
from etl.tables.regions import REGIONS
from etl.tables.subsidies import BUDGETS, SUBSIDIES
from etl.tables.targets import ASSESSMENTS, REPORTS, SURVEYS, TARGETS

TABLES: Final[tuple[Table, ...]] = (
    REGIONS, PERSONS, ZERO_HOUSEHOLDS, POSTS, REFERRALS, FAIRS, PLACEMENTS, TRAININGS, VISITS,
    LOANS, INSTALMENTS, REPAYMENTS, FUND_ENTRIES, SUBSIDIES, BUDGETS, TARGETS, REPORTS, SURVEYS,
    ENTITIES, OFFICES, RETIREES, ASSESSMENTS,
)  # fmt: skip
BY_NAME: Final[dict[str, Table]] = {table.name: table for table in TABLES}
