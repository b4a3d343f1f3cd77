"""The delivered rows as known after some loads: keys replaced, rows withdrawn, values in their types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
Delivered = Mapping[str, list[dict[str, str]]]

KEYS = {
    "regions": ("region_code",),
    "persons": ("registration_no",),
    "zero_households": ("household_no", "identified_on"),
    "posts": ("post_no",),
    "referrals": ("referral_no",),
    "fairs": ("fair_no",),
    "placements": ("placement_no",),
    "trainings": ("training_no",),
    "visits": ("visit_no",),
    "loans": ("loan_no",),
    "instalments": ("loan_no", "instalment_no"),
    "repayments": ("payment_no",),
    "fund_entries": ("entry_no",),
    "subsidies": ("payment_no",),
    "budgets": ("budget_year", "district_code", "kind", "funding_source", "revision"),
    "targets": ("target_year", "region_code", "indicator", "issuer", "revision"),
    "reports": ("community_code", "report", "period"),
    "surveys": ("community_code", "quarter"),
    "entities": ("entity_no",),
    "offices": ("region_code", "year"),
    "retirees": ("community_code", "month"),
    "assessments": ("community_code", "period", "item"),
}
# column → (table it names, whether it must be given for the row to count)
REFERENCES: dict[str, dict[str, tuple[str, bool]]] = {
    "regions": {"parent_code": ("regions", True), "successor_code": ("regions", False)},
    "referrals": {"registration_no": ("persons", True), "post_no": ("posts", False)},
    "placements": {"registration_no": ("persons", True), "post_no": ("posts", False), "fair_no": ("fairs", False)},
    "trainings": {"registration_no": ("persons", True)},
    "visits": {"registration_no": ("persons", True)},
    "loans": {"registration_no": ("persons", True)},
    "instalments": {"loan_no": ("loans", True)},
    "repayments": {"loan_no": ("loans", True), "reverses": ("repayments", True)},
    "fund_entries": {"district_code": ("regions", False)},
    "subsidies": {"registration_no": ("persons", False)},
    "budgets": {"district_code": ("regions", True)},
}
PERSON_REQUIRED = ("post", "insurance", "training")
DEFAULTS = {
    "product": "personal", "revision": "0", "issuer": "city", "returned_times": "0", "complaints": "0",
}  # fmt: skip
DATES = ("birth_date", "valid_from", "valid_to")
MONTHS = ("month", "period_start", "period_end")
REGIONS = ("region_code", "parent_code", "successor_code", "community_code", "district_code")
FLAGS = (
    "passed", "interest_subsidised", "organisation", "staffing", "funding", "premises", "rules", "work", "licensed",
    "voided",
)  # fmt: skip
NUMBERS = (
    "households", "residents", "labour_force", "headcount", "contract_months", "monthly_wage", "firm_staff",
    "firm_hired",
    "amount", "term_months", "annual_rate", "jobs_created", "instalment_no", "principal_due", "interest_due",
    "principal",
    "interest", "budget_year", "revision", "target_year", "value", "returned_times", "respondents", "satisfied",
    "complaints",
    "posts_offered", "attended", "jobs_planned", "jobs", "year", "staff_quota", "staff", "certified_staff",
    "floor_area", "funds_budget", "funds_spent", "managed", "verification_due", "verified", "deceased", "visited",
    "self_points", "district_points", "city_points",
)  # fmt: skip


@dataclass
class Live:
    """The rows that count, by table, as known after the loads given; `memory` keeps what is computed once."""

    tables: dict[str, list[Row]]
    data_date: date
    memory: dict[object, Any] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])


def live(deliveries: Iterable[tuple[date, Delivered]]) -> Live:
    """Apply `deliveries` (data date, rows of each table) in their order, and drop what counts nowhere."""
    kept: dict[str, dict[tuple[str, ...], dict[str, str]]] = {table: {} for table in KEYS}
    data_date = date.min
    for day, delivered in deliveries:
        data_date = max(data_date, day)
        for table, rows in delivered.items():
            for row in rows:
                replace_row(kept[table], key_of(table, row), row)
    typed = {table: {key: values(table, row) for key, row in rows.items()} for table, rows in kept.items()}
    return Live(counting(typed), data_date)


def key_of(table: str, row: Mapping[str, str]) -> tuple[str, ...]:
    parts = []
    for column in KEYS[table]:
        text = row.get(column) or DEFAULTS.get(column, "")
        parts.append(text.ljust(12, "0") if column in REGIONS else text)
    return tuple(parts)


def replace_row(kept: dict[tuple[str, ...], dict[str, str]], key: tuple[str, ...], row: Mapping[str, str]) -> None:
    """A row replaces its key's columns that its file has; a withdrawal leaves them; only an explicit false restores."""
    before = kept.setdefault(key, {})
    flag = row.get("voided", "")
    if flag == "true" and before:
        before["voided"] = "true"
        return
    withdrawn = "" if flag == "false" else (flag or before.get("voided", ""))
    before.update(row)
    before["voided"] = withdrawn


def values(table: str, row: Mapping[str, str]) -> Row:
    """One row's values in their types; None where missing."""
    typed: Row = {}
    for column, text in row.items():
        typed[column] = value(table, column, text or DEFAULTS.get(column, ""))
    if table == "loans":
        typed.setdefault("product", "personal")
    if table == "subsidies" and typed.get("budget_year") is None:
        typed["budget_year"] = Fraction(typed["paid_on"].year)
    if table == "persons":
        typed["person"], typed["born"], typed["sex"] = identity(row["id_number"])
    return Known(typed)


class Known(dict[str, Any]):
    """A row in which a column that no file had is missing."""

    def __missing__(self, column: str) -> None:
        return None


def value(table: str, column: str, text: str) -> Any:
    if column == "hardship":
        return frozenset(word for word in text.split(";") if word)
    if column in FLAGS:
        return text == "true"
    return filled(table, column, text) if text else None


def filled(table: str, column: str, text: str) -> date | Fraction | str:
    if column.endswith("_on") or column in DATES:
        return date.fromisoformat(text)
    if column in MONTHS:
        return date.fromisoformat(f"{text}-01")
    if column in REGIONS:
        return text.ljust(12, "0")
    # A fair's `placed` is a number; a placement's is a value of other columns, never a column.
    if column in NUMBERS or (table == "fairs" and column == "placed"):
        return Fraction(text)
    return text


def identity(number: str) -> tuple[str, date, str]:
    """Who an ID number names (its first 17 digits), born when, of which sex."""
    if len(number) == 15:
        number = f"{number[:6]}19{number[6:]}"
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return number[:17], born, "male" if int(number[16]) % 2 else "female"


def counting(tables: dict[str, dict[tuple[str, ...], Row]]) -> dict[str, list[Row]]:
    """The rows that are neither withdrawn nor hang on a withdrawn row; optional references to such rows emptied."""
    alive: dict[str, dict[str, Row]] = {}
    result = {}
    for table in KEYS:
        rows = [row for row in tables[table].values() if not row["voided"]]
        fallen = True
        while fallen:  # a street falls with its district, and its communities with the street
            names = {row[KEYS[table][0]]: row for row in rows}
            remaining = [row for row in rows if stands(table, row, alive | {table: names})]
            fallen = len(remaining) < len(rows)
            rows = remaining
        alive[table] = {row[KEYS[table][0]]: row for row in rows}
        for row in rows:
            for column, (target, _) in REFERENCES.get(table, {}).items():
                if row[column] is not None and row[column] not in alive[target]:
                    row[column] = None
        result[table] = rows
    return result


def stands(table: str, row: Row, alive: Mapping[str, Mapping[str, Row]]) -> bool:
    """Whether everything that the row must name counts itself."""
    for column in ("community_code", "region_code"):
        if table != "regions" and row[column] is not None and row[column] not in alive["regions"]:
            return False
    for column, (target, required) in REFERENCES.get(table, {}).items():
        must = required or (table == "subsidies" and row["kind"] in PERSON_REQUIRED)
        if must and row[column] is not None and row[column] not in alive[target]:
            return False
    return True
