"""What the made city adds up to, by year and community: targets and budgets are set by it, the README is checked."""

from collections import defaultdict
from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.demo import regions
from etl.demo.calendar import NEVER, Days, years_of
from etl.demo.frames import Frame, length, taken
from etl.demo.payments import daily_changes
from etl.demo.people import BOTH_LAID_OFF, is_4050
from etl.demo.plan import Plan

_FIRST_YEAR: Final = 2000
_YEARS: Final = 40


class Tally:
    """Sums by measure, year and community (`of`), money by budget line (`spent`), and the loan book by day."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.sums: dict[str, NDArray[np.int64]] = defaultdict(
            lambda: np.zeros((_YEARS, regions.COMMUNITIES), dtype=np.int64)
        )
        self.spent: dict[tuple[int, int, int, int], int] = defaultdict(int)
        days = plan.calendar.end - plan.calendar.start + 1
        self.book, self.fund = np.zeros(days, dtype=np.int64), np.zeros(days, dtype=np.int64)
        self.disbursements = np.zeros(days, dtype=np.int64)
        self.retirees = 0

    def of(self, measure: str, year: int, communities: list[int] | None = None) -> int:
        """The sum of `measure` in `year` over `communities` (all of them by default)."""
        row = self.sums[measure][year - _FIRST_YEAR]
        return int(row.sum() if communities is None else row[communities].sum())

    def total(self, measure: str) -> int:
        """The sum of `measure` over the years of recorded work."""
        return sum(self.of(measure, year) for year in self.plan.calendar.years)

    def add(self, work: dict[str, Frame]) -> None:
        """Count the rows of a part (frames by table)."""
        self._add_placements(work["placements"])
        for measure, table, column, weight in _COUNTED:
            rows = work[table]
            if length(rows):
                amounts = rows[weight] if weight else np.ones(length(rows), dtype=np.int64)
                self._add(measure, rows[column], rows["_community"], np.maximum(amounts, 0))
        for kind, measure in enumerate(_ENTITY_MEASURES):
            self._add_kind(measure, work["entities"], kind, "founded_on")
        for kind, measure in enumerate(_FAIR_MEASURES):
            self._add_kind(measure, work["fairs"], kind, "held_on", measure + "_placed")
        for outcome, measure in enumerate(_OUTCOMES):
            of_outcome = taken(work["referrals"], np.flatnonzero(work["referrals"]["outcome"] == outcome))
            self._add(measure, of_outcome["referred_on"], of_outcome["_community"], np.ones_like(of_outcome["outcome"]))
        newest = work["retirees"]["_known_on"] == self.plan.calendar.end
        self.retirees += int(work["retirees"]["managed"][newest].sum())
        self._add_loans(work)
        self._add_spending(work["subsidies"])

    def _add(self, measure: str, days: Days, communities: Days, amounts: Days) -> None:
        happened = days < NEVER
        year = np.clip(years_of(days[happened]) - _FIRST_YEAR, 0, _YEARS - 1)
        np.add.at(self.sums[measure], (year, communities[happened]), amounts[happened])

    def _add_kind(self, measure: str, rows: Frame, kind: int, column: str, placed: str = "") -> None:
        if not length(rows):
            return
        of_kind = rows["kind"] == kind
        days, community = rows[column][of_kind], rows["_community"][of_kind]
        self._add(measure, days, community, np.ones(len(days), dtype=np.int64))
        if placed:
            self._add(placed, days, community, rows["placed"][of_kind])

    def _add_placements(self, rows: Frame) -> None:
        placed, community = rows["placed_on"], rows["_community"]
        ones = np.ones(length(rows), dtype=np.int64)
        first = firsts_of_year(rows)
        older = is_4050(rows["_female"], rows["_birth"], placed)
        both = (rows["_hardship"] & BOTH_LAID_OFF) > 0
        self._add("placements", placed, community, ones)
        self._add("placed", placed[first], community[first], ones[first])
        for measure, group in (
            ("placed_4050", older),
            ("placed_hardship", older | (rows["_hardship"] > 0) | rows["_zero"]),
        ):
            chosen = first & group
            self._add(measure, placed[chosen], community[chosen], ones[chosen])
        exported = first & (rows["channel"] == _EXPORT)
        self._add("labour_export", placed[exported], community[exported], ones[exported])
        # Households count once a year, whoever of them was first.
        year = years_of(placed)
        with_spouse = np.flatnonzero(first & both)
        _, one = np.unique(rows["_household"][with_spouse] * 10_000 + year[with_spouse], return_index=True)
        with_spouse = with_spouse[one]
        self._add("double_laid_off_households", placed[with_spouse], community[with_spouse], ones[with_spouse])

    def _add_loans(self, work: dict[str, Frame]) -> None:
        loans = work["loans"]
        start, days = self.plan.calendar.start, len(self.book)
        change, fund = daily_changes(loans, work["repayments"], days, start)
        self.book += change
        self.fund += fund
        made = loans["disbursed_on"][loans["disbursed_on"] < NEVER] - start
        self.disbursements += np.bincount(made, minlength=days)

    def _add_spending(self, rows: Frame) -> None:
        districts = np.array([regions.district_of(regions.street_of(n)) for n in range(regions.COMMUNITIES)])
        line = np.stack((rows["budget_year"], districts[rows["_community"]], rows["kind"], rows["funding_source"]))
        keys, where = np.unique(line, axis=1, return_inverse=True)
        sums = np.bincount(where.ravel(), rows["amount"], keys.shape[1]).astype(np.int64)
        for key, cents in zip(keys.T.tolist(), sums.tolist(), strict=True):
            year, district, kind, source = key
            self.spent[year, district, kind, source] += cents


_EXPORT: Final = 8
_OUTCOMES: Final = ("referrals_placed", "referrals_failed")
_ENTITY_MEASURES: Final = ("entities", "outlets", "bases", "projects")
_FAIR_MEASURES: Final = ("fairs", "activity_weeks", "assistance_months", "online_fairs")
# measure, table, the column that dates it, the column that is summed (none: rows)
_COUNTED: Final = (
    ("registrations", "persons", "registered_on", ""),
    ("certificates", "persons", "certificate_on", ""),
    ("posts_developed", "posts", "developed_on", "headcount"),
    ("trainings_completed", "trainings", "finished_on", "passed"),
    ("loans_disbursed", "loans", "disbursed_on", ""),
    ("loan_amount_disbursed", "loans", "disbursed_on", "amount"),
    ("zero_households", "zero_households", "identified_on", ""),
    ("subsidy_spend", "subsidies", "paid_on", "amount"),
)


def firsts_of_year(placements: Frame) -> NDArray[np.bool_]:
    """Which placements are their person's first of the calendar year."""
    key = placements["_person"] * 10_000 + years_of(placements["placed_on"])
    order = np.lexsort((placements["placement_no"], placements["placed_on"], key))
    first = np.zeros(len(key), dtype=bool)
    first[order] = np.diff(key[order], prepend=-1) != 0
    return first
