"""Which models are kept up rather than made anew, and by which key.

A model may stand here if its rows of one key depend, of all tables that grow, on rows of its family alone: of a
person's registrations and what names them, of one placement and whom it names, or of a loan's instalments and payments.
Whatever else it reads is compared with what it was; where it changed, the model is made anew. The fewer rows depend on
each other, the fewer are touched: hence families of single rows, over the one of registrations.
`tests/oracle/test_kept_up.py` holds every model to it.
"""

from dataclasses import dataclass
from typing import Final

from etl.contract import Reference

# Columns that no model reads of a source table which the families above it are heedless of.
UNREAD: Final = {"placements": ("contract_months", "monthly_wage", "end_reason", "fair_no")}


@dataclass(frozen=True)
class Family:
    """Source tables whose rows name a row of `root` by its key: together they are touched, or left alone.

    `beside`: rows of other tables that the models join without the contract's naming them. `along`: tables whose rows
    name the same registration as a row of the root. `linked`: SELECT the keys of `root` that belong with those in
    {touched}, among the versions that {hold} now or were {ended} by the {load}, or in models kept up before; again and
    again where `far`. `brings`: a model of one of `over`; `linked` then selects its rows, the {fresh} that were made
    there and others; what `is_beside` is not touched, but only read, in few columns. `over`: families kept up before,
    whose models it may read; what is touched of them is touched here. `heedless`: of its tables, those of which it
    reads neither what is UNREAD nor who brought a row: a version that differs from the one before in these alone
    touches nothing.
    """

    name: str
    root: str
    key: str
    tables: tuple[str, ...] = ()
    linked: str = ""
    far: bool = False
    brings: str = ""
    beside: tuple[Reference, ...] = ()
    along: tuple[str, ...] = ()
    over: tuple["Family", ...] = ()
    heedless: tuple[str, ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """All its tables, the root first."""
        return (self.root, *self.tables)

    @property
    def rows(self) -> tuple[str, ...]:
        """All tables of which touched rows are gathered."""
        return (*self.members, *self.along)


@dataclass(frozen=True)
class Keyed:
    """How one model is kept up: the column that holds its key, and the set of touched keys (`of`) that it is one of.

    `until`: the column of days of a model that ends at the data date; when that moves, rows of later days come, and no
    row of an earlier day changes. `carries`: those rows change other rows of their key, which is touched then.
    `named`: another column by which families over this one may take its rows.
    """

    family: Family
    column: str
    of: str = ""
    until: str = ""
    carries: bool = False
    named: str = ""

    @property
    def keys(self) -> str:
        """The set of touched keys."""
        return self.of or self.column


REGISTRATIONS: Final = Family(
    "registrations",
    "persons",
    "registration_no",
    # One person's registrations are read together; an ID number that is corrected makes two persons touched.
    linked="""
        SELECT registration_no FROM history.persons WHERE {hold} AND person_key IN (
            SELECT person_key FROM history.persons WHERE {hold} AND registration_no IN (FROM {touched})
        )
    """,
    beside=(Reference("household_no", "zero_households", "household_no", required=False),),
)
PLACEMENTS: Final = Family("placements", "placements", "placement_no", over=(REGISTRATIONS,))
YEARS: Final = Family(
    "years",
    "placements",
    "placement_no",
    # Which placement is the first of its person's year, all of that year say together. Of those that are not touched
    # only the first can become the first of all or cease to be: it is touched then, and else only read beside others.
    # Where the persons of registrations change, all placements of both are touched already.
    linked="""
        WITH placed AS (
            SELECT
                person_id,
                placed_on,
                cast(placed_on AS VARCHAR) || placement_no AS place,
                TRUE AS is_now,
                load_from < {load} AS is_before
            FROM {fresh}
            UNION ALL
            SELECT
                registration.person_id,
                gone.placed_on,
                cast(gone.placed_on AS VARCHAR) || gone.placement_no AS place,
                FALSE AS is_now,
                TRUE AS is_before
            FROM {ended} AS gone
            INNER JOIN core.registration AS registration USING (registration_no)
            WHERE NOT gone.voided AND gone.community_code IN (SELECT region_code FROM core.region_credit)
        ),

        year_of AS MATERIALIZED (
            SELECT
                person_id,
                year(placed_on) AS placed_in,
                min(place) FILTER (WHERE is_now) AS first_now,
                min(place) FILTER (WHERE is_before) AS first_before
            FROM placed
            GROUP BY person_id, year(placed_on)
        ),

        near AS MATERIALIZED (
            SELECT
                rowid AS row_of,
                person_id,
                placed_on,
                placement_no,
                cast(placed_on AS VARCHAR) || placement_no AS place
            FROM core.placement
            WHERE person_id IN (SELECT person_id FROM year_of)
        ),

        other AS (
            SELECT arg_min(near, place) AS earliest
            FROM near
            WHERE placement_no NOT IN (FROM {touched})
            GROUP BY person_id, year(placed_on)
        ),

        found AS MATERIALIZED (
            SELECT
                unnest(other.earliest),
                coalesce(other.earliest.place < year_of.first_now, TRUE)
                = coalesce(other.earliest.place < year_of.first_before, TRUE) AS is_beside
            FROM other
            INNER JOIN year_of
                ON other.earliest.person_id = year_of.person_id AND year(other.earliest.placed_on) = year_of.placed_in
        )

        SELECT *, FALSE AS is_beside FROM {fresh}
        UNION ALL BY NAME
        SELECT *, FALSE AS is_beside FROM core.placement
        WHERE rowid IN (SELECT row_of FROM found WHERE NOT is_beside)
        UNION ALL BY NAME
        SELECT * EXCLUDE (row_of, place) FROM found WHERE is_beside
    """,
    brings="core.placement",
    over=(REGISTRATIONS, PLACEMENTS),
)
VISITED: Final = Family(
    "visited",
    "placements",
    "placement_no",
    along=("visits",),
    over=(REGISTRATIONS, PLACEMENTS),
    heedless=("placements",),
)
REFERRALS: Final = Family("referrals", "referrals", "referral_no", over=(REGISTRATIONS,))
SUBSIDIES: Final = Family("subsidies", "subsidies", "payment_no", over=(REGISTRATIONS,))
PERSONS: Final = Family(
    "persons",
    "persons",
    "registration_no",
    ("placements", "trainings", "subsidies"),
    # Where the persons of registrations change, those of both are touched already.
    linked="""
        SELECT registration_no FROM core.registration WHERE person_id IN (
            SELECT person_id FROM core.registration WHERE registration_no IN (FROM {touched})
        )
    """,
    over=(REGISTRATIONS, PLACEMENTS, SUBSIDIES),
    heedless=("placements",),
)
LOANS: Final = Family(
    "loans",
    "loans",
    "loan_no",
    ("instalments", "repayments"),
    # A reversal names a payment of its own loan, until one of the two is corrected to another loan.
    linked="""
        WITH pair AS (
            SELECT one.loan_no, other.loan_no AS other_no
            FROM (FROM history.repayments WHERE {hold}) AS one
            INNER JOIN (FROM history.repayments WHERE {hold}) AS other ON one.reverses = other.payment_no
            WHERE one.loan_no <> other.loan_no
        )
        SELECT other_no FROM pair WHERE loan_no IN (FROM {touched})
        UNION SELECT loan_no FROM pair WHERE other_no IN (FROM {touched})
    """,
    far=True,
)

_R, _P, _S, _L = REGISTRATIONS, PERSONS, SUBSIDIES, LOANS
KEYED: Final[dict[str, Keyed]] = {
    "core.registration": Keyed(_R, "registration_no"),
    "core.age_end": Keyed(_R, "registration_id"),
    "core.registration_turn": Keyed(_R, "registration_id", until="turned_on", carries=True),
    "core.registration_stretch": Keyed(_R, "registration_id"),
    "core.placement": Keyed(PLACEMENTS, "placement_no", named="registration_id"),
    "core.subsidy": Keyed(_S, "payment_no"),
    "core.payment_moved": Keyed(_P, "payment_no"),
    "core.subsidy_month": Keyed(_S, "payment_no"),
    "core.month_after_exit": Keyed(_P, "payment_no"),
    "core.month_after_working_age": Keyed(_S, "payment_no"),
    "core.month_over_duration": Keyed(_P, "payment_no"),
    "core.month_paid_twice": Keyed(_P, "payment_no"),
    "core.month_without_job": Keyed(_P, "payment_no"),
    "core.doubtful_month": Keyed(_P, "payment_no"),
    "core.doubtful_amount": Keyed(_P, "payment_no"),
    "core.doubtful_person": Keyed(_P, "person_id"),
    "core.entitlement_paid": Keyed(_P, "person_id"),
    "mart.registration": Keyed(_R, "registration_id"),
    "mart.registration_stretch": Keyed(_P, "registration_id"),
    "mart.certificate": Keyed(_R, "registration_id"),
    "mart.placement": Keyed(YEARS, "placement_no"),
    "mart.post_placement": Keyed(PLACEMENTS, "placement_no"),
    "mart.follow_up": Keyed(VISITED, "placement_no", until="month_end"),
    "mart.visit_due": Keyed(VISITED, "placement_no"),
    "mart.referral": Keyed(REFERRALS, "referral_no"),
    "mart.training": Keyed(_P, "training_no"),
    "mart.entitlement": Keyed(_P, "person_id"),
    "mart.subsidy": Keyed(_P, "payment_no"),
    "mart.doubt_payment": Keyed(_P, "payment_no"),
    "mart.doubt_placement": Keyed(_P, "person_id"),
    "mart.doubt_registration": Keyed(_P, "registration_no"),
    "finding.id_mismatch": Keyed(_R, "key", of="registration_no"),
    "finding.double_registration": Keyed(_R, "key", of="registration_no"),
    "finding.placed_while_not_registered": Keyed(PLACEMENTS, "key", of="placement_no"),
    "finding.subsidy_after_exit": Keyed(_P, "key", of="payment_no"),
    "finding.subsidy_after_working_age": Keyed(_P, "key", of="payment_no"),
    "finding.subsidy_over_duration": Keyed(_P, "key", of="payment_no"),
    "finding.subsidy_overlap": Keyed(_P, "key", of="payment_no"),
    "finding.subsidy_without_job": Keyed(_P, "key", of="payment_no"),
    "core.loan": Keyed(_L, "loan_no"),
    "core.loan_instalment": Keyed(_L, "loan_no"),
    "core.loan_payment": Keyed(_L, "loan_no"),
    "core.loan_receipt": Keyed(_L, "loan_no"),
    "core.loan_stretch": Keyed(_L, "loan_no"),
    "core.loan_arrears": Keyed(_L, "loan_no"),
    "core.loan_month": Keyed(_L, "loan_no", until="month_end"),
    "mart.loan": Keyed(_L, "loan_no"),
    "mart.loan_cohort": Keyed(_L, "loan_no"),
    "mart.loan_instalment": Keyed(_L, "loan_no"),
    "mart.loan_overdue": Keyed(_L, "loan_no"),
    "mart.loan_payment": Keyed(_L, "loan_no"),
    "mart.loan_roll": Keyed(_L, "loan_no", until="month_end"),
    "mart.loan_settlement": Keyed(_L, "loan_no"),
    "mart.loan_state": Keyed(_L, "loan_no"),
    "finding.loan_over_cap": Keyed(_L, "key", of="loan_no"),
    "finding.loan_over_term": Keyed(_L, "key", of="loan_no"),
    "finding.repaid_more_than_owed": Keyed(_L, "key", of="loan_no"),
}
# Numbers that stand for names: a name keeps the number that it has, a new one takes one that is free.
NUMBERED: Final = {"core.registration": {"registration_id": "registration_no", "person_id": "person_key"}}
# Made anew and read whole; what changes in them does so for keys that are touched already, if what they read is steady.
REACHED: Final = frozenset({"core.zero_spell", "core.hardship_kinds"})
# They say what day it is; and what is a list of days up to it, by its column.
TODAY: Final = frozenset({"core.stamp", "mart.build"})
DAYS: Final = {"core.month_end": "month_end"}
