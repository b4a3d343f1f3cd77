"""Cases as rows of a table, and where each lies."""

from collections.abc import Iterable
from typing import Final

from dashboard.cases.case import STATE_LABELS, Case
from dashboard.cases.findings import LABELS
from dashboard.components.picker import value_label
from dashboard.panel import Column, Table
from dashboard.view import View

# The parts of a budget line's key, in the order of the contract.
BUDGET_KEY: Final = ("budget_year", "district_code", "kind", "funding_source", "revision")


def place_of(view: View, code: str) -> str:
    """`磁山区 › 松林街道 › 一社区`: the region and what lies above it, without the city."""
    path = view.tree.path(view.tree.find(code))
    return " › ".join(step.name for step in (path[1:] or path))


def row_said(view: View, case: Case) -> str:
    """The number of the row that bears the finding; a budget line by its year, kind and source."""
    if case.key[1] != "budgets":
        return case.row_key
    parts = dict(zip(BUDGET_KEY, case.row_key.split("/"), strict=False))
    named = [value_label(view, name, parts.get(name)) for name in ("kind", "funding_source")]
    return " · ".join([parts["budget_year"], *named])


def case_table(view: View, cases: Iterable[Case], *names: str) -> Table:
    """One row a case, raw, in these columns or in all."""
    words = view.words
    columns = (
        Column("number", words.say("case no."), "rank"),
        Column("kind", words.say("finding")),
        Column("row", words.say("number of the row"), "code"),
        Column("region_code", words.say("code"), "place"),
        Column("place", words.say("region")),
        Column("amount", words.say("amount of the row"), "yuan"),
        Column("in_doubt", words.say("in doubt"), "yuan"),
        Column("recovered", words.say("recovered so far"), "yuan"),
        Column("state", words.say("state of the case")),
        Column("handled_by", words.say("handled by")),
        Column("handled_on", words.say("handled on"), "short"),
        Column("opened_load", words.say("found with load"), "rank"),
        Column("gone_load", words.say("gone with load"), "rank"),
    )
    rows = [
        {
            "number": case.number,
            "kind": words.say(LABELS[case.finding]),
            "row": case.row_key,
            "region_code": case.region_code,
            "place": place_of(view, case.region_code),
            "amount": case.amount,
            "in_doubt": case.in_doubt,
            "recovered": case.recovered,
            "state": words.say(STATE_LABELS[case.state]),
            "handled_by": case.handled_by,
            "handled_on": case.handled_at.date() if case.handled_at else None,
            "opened_load": case.opened_load,
            "gone_load": case.gone_load,
        }
        for case in cases
    ]
    shown = tuple(column for column in columns if not names or column.name in names)
    return Table(shown, rows, ("region_code", "region"))
