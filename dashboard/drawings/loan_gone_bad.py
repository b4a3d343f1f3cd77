"""Gone bad: loans first more than 30 days late at a month's end of the period, by region and quarter of lending."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import dcc, html

from dashboard.drawings.areas import heading, split_by
from dashboard.drawings.loan_vintages import chosen_cohort
from dashboard.drawings.numbered import begun, nothing_left
from dashboard.drawings.ranked import sentences
from dashboard.drawings.split import amounts_by, group_drill, group_said, is_here
from dashboard.panel import Column, Drawing, Table
from dashboard.semantics.loan_vintages import GONE_BAD, GONE_BAD_LOANS
from dashboard.view import View

BASE: Final = "loans_disbursed"  # asked as this metric is: by its filters and breakdowns
SHOWN: Final = 8  # quarters of lending with a column of their own; what is older stands in one
SHADES: Final = 5
Cells = Mapping[tuple[Any, str], float]  # by group and cohort


def gone_bad(view: View) -> Drawing:
    """Regions or groups down, quarters of lending across; a cell leads to the loans of both."""
    begun(view)
    amounts: Cells = {key: float(value) for key, value in amounts_by(view, BASE, GONE_BAD, "cohort").items() if value}
    loans = amounts_by(view, BASE, GONE_BAD_LOANS, "cohort")
    words, by = view.words, split_by(view, BASE)
    rows: list[dict[str, Any]] = [
        {
            "drill": group_drill(view, BASE, group)[1],
            "label": group_said(view, BASE, group),
            "cohort": cohort,
            "gone_bad": amount,
            "loans": int(loans.get((group, cohort), 0)),
        }
        for (group, cohort), amount in sorted(amounts.items(), key=lambda pair: (str(pair[0][0]), pair[0][1]))
    ]
    columns = (
        Column("label", heading(view, by)),
        Column("cohort", words.say("lent in")),
        Column("gone_bad", words.say("amount lent"), "yuan"),
        Column("loans", words.say("loans"), "loans"),
    )
    table = Table(columns, rows, ("drill", "region" if by == view.level else by))
    if not rows:
        reading = words.say("No loan was more than 30 days late for the first time in this period.")
        return Drawing(reading, table, body=nothing_left(view), height=80, metrics=("vintage_30",))
    return Drawing(
        _reading(view, amounts, sum(row["loans"] for row in rows)),
        table,
        body=_matrix(view, amounts),
        height=120 + 32 * len({group for group, _ in amounts}),
        metrics=("vintage_30",),
    )


def _matrix(view: View, amounts: Cells) -> html.Div:
    words = view.words
    cohorts = sorted({cohort for _, cohort in amounts}, reverse=True)
    shown, older = cohorts[:SHOWN], cohorts[SHOWN:]
    total = _summed(amounts, 0)
    largest = max(amounts.values())
    heads = [words.say("lent in"), words.say("all"), *shown, *([words.say("earlier")] if older else [])]
    body = []
    for group in sorted(total, key=lambda group: -total[group]):
        cells = [html.Td(words.value(total[group], "yuan"), className="number figure")]
        cells += [_cell(view, group, cohort, amounts.get((group, cohort)), largest) for cohort in shown]
        if older:
            early = sum(amounts.get((group, cohort), 0.0) for cohort in older)
            cells.append(html.Td(words.value(early, "yuan") if early else "", className="number"))
        name = dcc.Link(group_said(view, BASE, group), href=view.drill(*group_drill(view, BASE, group)))
        here = "row-here" if is_here(view, BASE, group) else ""
        body.append(html.Tr([html.Th(name, scope="row"), *cells], className=here))
    if len(total) > 1:
        body.append(_total(view, amounts, shown, older))
    head = html.Tr([html.Th(label, scope="col", className="number" if at else "") for at, label in enumerate(heads)])
    table = html.Table([html.Thead(head), html.Tbody(body)], className="figure-table shares")
    return html.Div(table, className="table-room", tabIndex=0)


def _total(view: View, amounts: Cells, shown: Sequence[str], older: Sequence[str]) -> html.Tr:
    """All of them together, by quarter of lending."""
    words, sums = view.words, _summed(amounts, 1)
    values = [sum(sums.values()), *(sums[cohort] for cohort in shown)]
    values += [sum(sums[cohort] for cohort in older)] if older else []
    cells = [html.Td(words.value(value, "yuan"), className="number") for value in values]
    return html.Tr([html.Th(words.say("all"), scope="row"), *cells], className="total-row")


def _cell(view: View, group: Any, cohort: str, amount: float | None, largest: float) -> html.Td:
    if amount is None:
        return html.Td("", className="number")
    shade = min(SHADES, 1 + int(SHADES * amount / largest))
    here = " cell-here" if cohort == chosen_cohort(view) and is_here(view, BASE, group) else ""
    target = view.selection.drilled(*group_drill(view, BASE, group)).drilled("cohort", cohort).but(section="follow_up")
    link = dcc.Link(view.words.value(amount, "yuan"), href=view.href(target))
    return html.Td(link, className=f"number shade-{shade}{here}")


def _reading(view: View, amounts: Cells, loans: int) -> str:
    """How much, where most, and lent in which quarter most of that."""
    words = view.words
    groups = _summed(amounts, 0)
    worst = max(groups, key=lambda group: groups[group])
    cohorts = _summed({key: value for key, value in amounts.items() if key[0] == worst}, 1)
    quarter = max(cohorts, key=lambda cohort: cohorts[cohort])
    said = words.say(
        "Loans more than 30 days late for the first time: {loans}, of {amount}.",
        loans=words.number(loans),
        amount=words.value(sum(amounts.values()), "yuan"),
    )
    where = words.say(
        "Most are in {region} ({amount}), and of those most were lent in {cohort} ({part}).",
        region=group_said(view, BASE, worst),
        amount=words.value(groups[worst], "yuan"),
        cohort=quarter,
        part=words.value(cohorts[quarter], "yuan"),
    )
    return sentences(view, said, where)


def _summed(amounts: Cells, position: int) -> dict[Any, float]:
    sums: dict[Any, float] = {}
    for key, amount in amounts.items():
        sums[key[position]] = sums.get(key[position], 0.0) + amount
    return sums
