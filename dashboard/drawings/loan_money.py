"""What loans cost: compensated and recovered, interest that is to be subsidised and was, and the jobs they made."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from dashboard.drawings.areas import area_table, side_by_side
from dashboard.drawings.ranked import sentences
from dashboard.figures.bars import Bar, Series, grouped, ranked_bars
from dashboard.figures.theme import ACCENT, BAD, EARLIER, GOOD
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.parts import amounts_of
from dashboard.reading import leading
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.loans import RECOVERED
from dashboard.semantics.metric import added
from dashboard.view import View

ROW_HEIGHT: Final = 30
RATES: Final = ("compensation_rate", "recovery_rate")


def compensation(view: View) -> Drawing:
    """Compensated and recovered by month; the rates to date stand in the sentence and in the table."""
    period, words = view.twelve_months(), view.words
    found = view.ask("compensation", *RATES, by=("month",), period=period)
    back = added(amounts_of(view, "compensation", each, by=("month",), period=period) for each in RECOVERED)
    recovered = {f"{key[0]:%Y-%m}": amount for key, amount in back.items()}
    rows: list[Row] = [{**row, "recovered": recovered.get(str(row["month"]), 0)} for row in found]
    if all(row["compensation_rate"] is None for row in rows):
        raise Withheld("no_rows")
    label = words.of(METRICS["compensation"].label)
    columns = (
        Column("month", words.say("month")),
        Column("compensation", label, "yuan"),
        Column("recovered", words.say("recovered"), "yuan"),
        *(Column(name, words.of(METRICS[name].label), "%") for name in RATES),
    )
    pair = ((label, "compensation", BAD), (words.say("recovered"), "recovered", GOOD))
    totals = [sum(float(row[name]) for row in rows) for _, name, _ in pair]
    reading = words.say(
        "In twelve months {out} was compensated and {back} recovered.",
        out=words.value(totals[0], "yuan"),
        back=words.value(totals[1], "yuan"),
    )
    to_date = words.say(
        "To date {rate} of all that was lent had to be compensated; {recovery} of that has come back.",
        rate=words.value(rows[-1]["compensation_rate"], "%"),
        recovery=words.value(rows[-1]["recovery_rate"], "%"),
    )
    if rows[-1]["recovery_rate"] is None:
        to_date = words.say("To date nothing had to be compensated.")
    return Drawing(
        sentences(view, reading, to_date),
        Table(columns, rows, ("month", "period")),
        figure=_beside(view, rows, pair),
        height=280,
    )


def interest(view: View) -> Drawing:
    """Interest subsidy due by month beside what was paid of it; loans' filters hold for neither."""
    plain = replace(view, selection=view.selection.but(where=()))
    period, words = view.twelve_months(), view.words
    due = plain.ask("interest_subsidy_due", by=("month",), period=period)
    kind = (("kind", "loan_interest"),)
    paid = {
        row["month"]: row["subsidy_spend"]
        for row in plain.ask("subsidy_spend", by=("month",), period=period, where=kind)
    }
    rows: list[Row] = [{**row, "interest_paid": paid.get(row["month"], 0)} for row in due]
    totals = [sum(float(row[name] or 0) for row in rows) for name in ("interest_subsidy_due", "interest_paid")]
    if not any(totals):
        raise Withheld("no_rows")
    columns = (
        Column("month", words.say("month")),
        Column("interest_subsidy_due", words.of(METRICS["interest_subsidy_due"].label), "yuan"),
        Column("interest_paid", words.say("interest subsidy paid"), "yuan"),
    )
    pair = (
        (columns[1].label, "interest_subsidy_due", EARLIER),
        (columns[2].label, "interest_paid", ACCENT),
    )
    said = {"due": words.value(totals[0], "yuan"), "paid": words.value(totals[1], "yuan")}
    gap = totals[1] - totals[0]
    said["gap"] = words.value(abs(gap), "yuan")
    reading = (
        words.say("{due} of interest subsidy fell due in twelve months, {paid} was paid: {gap} more than due.", **said)
        if gap > 0
        else words.say("{due} of interest subsidy fell due in twelve months, {paid} was paid: {gap} is left.", **said)
    )
    return Drawing(reading, Table(columns, rows, ("month", "period")), figure=_beside(view, rows, pair), height=280)


def _beside(view: View, rows: Sequence[Row], pair: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """Two bars a month: label, column and colour of each."""
    words = view.words
    axis = words.axis([float(row[name] or 0) for row in rows for _, name, _ in pair], "yuan")
    series = [
        Series(label, [float(row[name] or 0) for row in rows], [words.value(row[name], "yuan") for row in rows], color)
        for label, name, color in pair
    ]
    drills = [("period", str(row["month"])) for row in rows]
    return grouped([words.month_tick(str(row["month"])) for row in rows], series, axis, drills)


def jobs(view: View) -> Drawing:
    """Jobs that loans of the period made, by region or breakdown, and how many a loan."""
    pair = ("loan_jobs_created", "loans_disbursed")
    by, found = side_by_side(view, pair)
    words, unit = view.words, METRICS[pair[0]].unit
    rows = [{**row, "each": float(row[pair[0]]) / float(row[pair[1]]) if row[pair[1]] else None} for row in found]
    ordered = sorted(rows, key=lambda row: -float(row[pair[0]] or 0))
    axis = words.axis([float(row[pair[0]] or 0) for row in rows], unit)
    bars = [
        Bar(
            row["label"],
            float(row[pair[0]] or 0),
            words.value(row[pair[0]], unit)
            if row["each"] is None
            else words.say(
                "{jobs} ({each} a loan)", jobs=words.value(row[pair[0]], unit), each=words.number(row["each"], 2)
            ),
            drill=row["drill"],
            chosen=view.region.level != "community" or by != view.level or row["drill"][1] == view.region.code,
        )
        for row in ordered
    ]
    made = area_table(view, by, rows, pair)
    columns = (*made.columns, Column("each", words.say("jobs a loan"), "×"))
    total, loans = (sum(float(row[name] or 0) for row in rows) for name in pair)
    whole = words.say(
        "Jobs made: {jobs}, by loans: {loans}; {each} a loan.",
        loans=words.number(loans),
        jobs=words.number(total),
        each=words.number(total / loans if loans else None, 2),
    )
    return Drawing(
        sentences(view, whole, leading(view, rows, pair[0], "label")),
        Table(columns, made.rows, made.drill),
        figure=ranked_bars(bars, axis, words.say("this period")),
        height=max(190, 60 + ROW_HEIGHT * len(bars)),
    )
