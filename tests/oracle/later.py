"""A world told in two deliveries: what was known first, and what changed, came late or was withdrawn."""

from collections.abc import Mapping
from datetime import date

from .chance import Chance
from .city import Rows
from .rows import KEYS, REFERENCES, key_of

NO_EVENTS = ("due_on",)
# A row without this date is not delivered yet; other dates to come are left empty with what hangs on them.
BEGINS = {
    "persons": "registered_on", "zero_households": "identified_on", "posts": "developed_on", "referrals": "referred_on",
    "fairs": "held_on", "placements": "placed_on", "trainings": "started_on", "visits": "visited_on",
    "loans": "applied_on",
    "repayments": "paid_on", "fund_entries": "entry_on", "subsidies": "paid_on", "entities": "founded_on",
}  # fmt: skip
HANGS_ON = {
    "closed_on": ("close_reason",),
    "decided_on": ("decision", "disbursed_on", "written_off_on"),
    "disbursed_on": ("written_off_on",),
}
# Columns that a later file may lack: their values stay.
DROPPED = {
    "persons": ("cause", "hardship", "name", "household_no"), "placements": ("sponsor", "post_no"),
    "loans": ("jobs_created", "product"),
    "regions": ("households", "labour_force", "valid_from"), "posts": ("closed_on",), "retirees": ("verified",),
    "offices": ("work", "staff"), "zero_households": ("cleared_on",), "trainings": ("passed",),
    "reports": ("returned_times",),
}  # fmt: skip
CHANGES = {
    "persons": ("category", ("veteran", "rural")), "posts": ("headcount", ("2", "9")),
    "placements": ("sponsor", ("工会", "")),
    "referrals": ("outcome", ("placed", "failed")), "trainings": ("passed", ("true", "false")),
    "loans": ("jobs_created", ("3", "")), "instalments": ("interest_due", ("1.00", "2.50")),
    "repayments": ("interest", ("0.00", "8.88")), "fund_entries": ("amount", ("9999.00", "1.00")),
    "subsidies": ("amount", ("100.00", "250.55")), "budgets": ("amount", ("0.00", "800.00")),
    "targets": ("value", ("2", "50")), "surveys": ("respondents", ("40", "50")), "offices": ("work", ("true", "")),
    "retirees": ("managed", ("7", "")), "regions": ("labour_force", ("500", "")),
    "entities": ("kind", ("base", "outlet")),
    "reports": ("returned_times", ("0", "2")), "fairs": ("placed", ("4", "")),
}  # fmt: skip


def first_delivery(chance: Chance, tables: Mapping[str, Rows], day: date) -> dict[str, Rows]:
    """The rows begun by `day`, as they were then; some come late, some are not withdrawn yet."""
    known: dict[str, Rows] = {}
    for table in KEYS:
        rows = [then(row, day) for row in tables.get(table, []) if begun(table, row, day)]
        if table != "regions":
            rows = [row for row in rows if not chance.yes(0.05)]
        known[table] = named(table, rows, known, tables)
        for row in known[table]:
            if chance.yes(0.5):
                row["voided"] = ""
            if table == "regions" and chance.yes(0.3):
                row["successor_code"] = row["valid_to"] = ""
    return known


def begun(table: str, row: dict[str, str], day: date) -> bool:
    return table not in BEGINS or row[BEGINS[table]] <= day.isoformat()


def then(row: dict[str, str], day: date) -> dict[str, str]:
    """The row without the dates that had not come."""
    row = dict(row)
    for column in list(row):
        if column.endswith("_on") and column not in NO_EVENTS and row[column] > day.isoformat():
            row |= dict.fromkeys({column, *HANGS_ON.get(column, ())} & row.keys(), "")
    return row


def named(table: str, rows: Rows, known: Mapping[str, Rows], tables: Mapping[str, Rows]) -> Rows:
    """The rows whose references are delivered as well."""
    for column, (target, _) in REFERENCES.get(table, {}).items():
        if target != "regions" and target in tables:
            within = rows if target == table else known[target]
            keys = {row[KEYS[target][0]] for row in within}
            rows = [row for row in rows if not row.get(column) or row[column] in keys]
    return rows


def second_delivery(chance: Chance, tables: Mapping[str, Rows], before: Mapping[str, Rows]) -> dict[str, Rows]:
    """New and changed rows, some unchanged ones, some withdrawals by key alone, some withdrawn rows restored."""
    result = {}
    for table, rows in tables.items():
        known = {key_of(table, row): row for row in before[table]}
        sent = []
        for row in rows:
            again = update(chance, table, row, known.get(key_of(table, row)))
            if again is not None:
                sent.append(again)
        if chance.yes(0.4) and table in DROPPED:
            gone = chance.pick(DROPPED[table])
            sent = [{column: value for column, value in row.items() if column != gone} for row in sent]
        result[table] = sent
    return result


def update(chance: Chance, table: str, row: dict[str, str], known: dict[str, str] | None) -> dict[str, str] | None:
    """What the second delivery says of a row; None for nothing."""
    if known is None:
        return row
    if known["voided"]:
        return row | {"voided": chance.pick(("false", "", "true"))} if chance.yes(0.6) else None
    if row["voided"] or chance.yes(0.04 if table != "regions" else 0.0):
        return {column: value if column in KEYS[table] else "" for column, value in row.items()} | {"voided": "true"}
    if table in CHANGES and chance.yes(0.15):
        column, choices = CHANGES[table]
        return row | {column: chance.pick(choices)}
    return row if row != known or chance.yes(0.1) else None
