"""Gone bad: loans first more than 30 days late at a month's end of the period, by region and quarter of lending."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import dcc, html

from dashboard.drawings.loan_vintages import chosen_cohort
from dashboard.drawings.numbered import begun, nothing_left
from dashboard.drawings.ranked import sentences
from dashboard.panel import Column, Drawing, Table
from dashboard.parts import amounts_of
from dashboard.semantics.loan_vintages import GONE_BAD, GONE_BAD_LOANS
from dashboard.view import View

SHOWN: Final = 8  # quarters of lending with a column of their own; what is older stands in one
SHADES: Final = 5
Cells = Mapping[tuple[str, str], float]  # by region's code and cohort


def gone_bad(view: View) -> Drawing:
    """Regions down, quarters of lending across; a cell leads to the loans of both."""
    begun(view)
    amounts, loans = (_cells(view, measure) for measure in (GONE_BAD, GONE_BAD_LOANS))
    words = view.words
    rows = [
        {
            "region_code": code,
            "region_name": view.tree.find(code).name,
            "cohort": cohort,
            "gone_bad": amount,
            "loans": int(loans.get((code, cohort), 0)),
        }
        for (code, cohort), amount in sorted(amounts.items())
    ]
    columns = (
        Column("region_code", words.say("code"), "place"),
        Column("region_name", words.say("region")),
        Column("cohort", words.say("lent in")),
        Column("gone_bad", words.say("amount lent"), "yuan"),
        Column("loans", words.say("loans"), "loans"),
    )
    table = Table(columns, rows, ("region_code", "region"))
    if not rows:
        reading = words.say("No loan was more than 30 days late for the first time in this period.")
        return Drawing(reading, table, body=nothing_left(view), height=80, metrics=("vintage_30",))
    return Drawing(
        _reading(view, amounts, int(sum(loans.values()))),
        table,
        body=_matrix(view, amounts),
        height=120 + 32 * len({code for code, _ in amounts}),
        metrics=("vintage_30",),
    )


def _cells(view: View, measure: Any) -> Cells:
    found = amounts_of(view, "loans_disbursed", measure, by=(view.level,), extra=("cohort",), region=view.area)
    return {(str(code), str(cohort)): float(amount) for (_, code, cohort), amount in found.items() if amount}


def _matrix(view: View, amounts: Cells) -> html.Div:
    words = view.words
    cohorts = sorted({cohort for _, cohort in amounts}, reverse=True)
    shown, older = cohorts[:SHOWN], cohorts[SHOWN:]
    total = {code: sum(value for (own, _), value in amounts.items() if own == code) for code, _ in amounts}
    largest = max(amounts.values())
    heads = [words.say("lent in"), words.say("all"), *shown, *([words.say("earlier")] if older else [])]
    body = []
    for code in sorted(total, key=lambda code: -total[code]):
        cells = [html.Td(words.value(total[code], "yuan"), className="number figure")]
        cells += [_cell(view, code, cohort, amounts.get((code, cohort)), largest) for cohort in shown]
        if older:
            early = sum(amounts.get((code, cohort), 0.0) for cohort in older)
            cells.append(html.Td(words.value(early, "yuan") if early else "", className="number"))
        name = dcc.Link(view.tree.find(code).name, href=view.drill("region", code))
        here = "row-here" if code == view.region.code else ""
        body.append(html.Tr([html.Th(name, scope="row"), *cells], className=here))
    if len(total) > 1:
        body.append(_total(view, amounts, shown, older))
    head = html.Tr([html.Th(label, scope="col", className="number" if at else "") for at, label in enumerate(heads)])
    table = html.Table([html.Thead(head), html.Tbody(body)], className="figure-table shares")
    return html.Div(table, className="table-room", tabIndex=0)


def _total(view: View, amounts: Cells, shown: Sequence[str], older: Sequence[str]) -> html.Tr:
    """All regions together, by quarter of lending."""
    words, sums = view.words, _summed(amounts, 1)
    values = [sum(sums.values()), *(sums[cohort] for cohort in shown)]
    values += [sum(sums[cohort] for cohort in older)] if older else []
    cells = [html.Td(words.value(value, "yuan"), className="number") for value in values]
    return html.Tr([html.Th(words.say("all"), scope="row"), *cells], className="total-row")


def _cell(view: View, code: str, cohort: str, amount: float | None, largest: float) -> html.Td:
    if amount is None:
        return html.Td("", className="number")
    shade = min(SHADES, 1 + int(SHADES * amount / largest))
    here = " cell-here" if cohort == chosen_cohort(view) and code == view.region.code else ""
    target = view.selection.drilled("region", code).drilled("cohort", cohort).but(section="follow_up")
    link = dcc.Link(view.words.value(amount, "yuan"), href=view.href(target))
    return html.Td(link, className=f"number shade-{shade}{here}")


def _reading(view: View, amounts: Cells, loans: int) -> str:
    """How much, where most, and lent in which quarter most of that."""
    words = view.words
    places = _summed(amounts, 0)
    worst = max(places, key=lambda code: places[code])
    cohorts = _summed({key: value for key, value in amounts.items() if key[0] == worst}, 1)
    quarter = max(cohorts, key=lambda cohort: cohorts[cohort])
    said = words.say(
        "{loans} loans of {amount} were more than 30 days late for the first time.",
        loans=words.number(loans),
        amount=words.value(sum(amounts.values()), "yuan"),
    )
    where = words.say(
        "Most are in {region} ({amount}), and of those most were lent in {cohort} ({part}).",
        region=view.tree.find(worst).name,
        amount=words.value(places[worst], "yuan"),
        cohort=quarter,
        part=words.value(cohorts[quarter], "yuan"),
    )
    return sentences(view, said, where)


def _summed(amounts: Cells, position: int) -> dict[str, float]:
    sums: dict[str, float] = {}
    keys: Sequence[tuple[str, str]] = list(amounts)
    for key in keys:
        sums[key[position]] = sums.get(key[position], 0.0) + amounts[key]
    return sums
