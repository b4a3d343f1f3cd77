"""Who was helped: persons paid and what each received; taxes and fees forgone, which are no spending."""

from dataclasses import replace
from typing import Final

from dashboard.drawings.areas import heading, side_by_side, split_by
from dashboard.figures.bars import Bar, ranked_bars
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View

ROW: Final = 30
PERSONS, PER_HEAD = "subsidy_beneficiaries", "subsidy_per_beneficiary"


def beneficiaries(view: View) -> Drawing:
    """Different persons paid by kind or as the reader breaks down, with what each received."""
    by = split_by(view, PERSONS, PER_HEAD)
    if by == view.level and view.selection.by != "region":
        by = "kind"
    by, rows = side_by_side(view, (PERSONS, PER_HEAD), by)
    rows = sorted((row for row in rows if row[PERSONS]), key=lambda row: -row[PERSONS])
    if not rows:
        raise Withheld("no_rows")
    words, whole = view.words, view.figures(PERSONS, PER_HEAD)
    bars = [
        Bar(
            row["label"],
            float(row[PERSONS]),
            words.say(
                "{persons} · {amount} each",
                persons=words.with_unit(row[PERSONS], "persons"),
                amount=words.value(row[PER_HEAD], "yuan"),
            ),
            drill=row["drill"],
        )
        for row in rows
    ]
    reading = words.say(
        "{persons} different persons were paid, {amount} each on average; who is paid in several ways counts in each.",
        persons=words.number(whole[PERSONS]),
        amount=words.value(whole[PER_HEAD], "yuan"),
    )
    columns = (
        Column("label", heading(view, by)),
        *(Column(name, words.of(METRICS[name].label), METRICS[name].unit) for name in (PERSONS, PER_HEAD)),
    )
    table = Table(columns, [dict(row) | {"drill_value": row["drill"][1]} for row in rows], ("drill_value", by))
    if by == view.level:
        table = replace(table, drill=("drill_value", "region"))
    axis = words.axis([bar.value for bar in bars], "persons")
    figure = ranked_bars(bars, axis, words.say("this period"))
    figure["layout"]["xaxis"]["range"] = [0, max(bar.value or 0 for bar in bars) / axis.divisor * 1.6]
    return Drawing(reading, table, figure=figure, height=max(190, 60 + ROW * len(bars)))


def waivers(view: View) -> Drawing:
    """Taxes and fees forgone by region: counted in subsidies paid, but no money left the treasury."""
    forgone = replace(view, selection=view.selection.drilled("kind", "fee_waiver"))
    region = view.area if view.level == "community" else view.region
    rows = forgone.ask("subsidy_spend", PERSONS, by=(view.level,), region=region)
    whole = forgone.figures("subsidy_spend", PERSONS)
    if not whole["subsidy_spend"] and not any(row["subsidy_spend"] for row in rows):
        raise Withheld("no_rows", view.words.say("No taxes or fees were forgone in the period."))
    words = view.words
    paid = view.figures("subsidy_spend")["subsidy_spend"] or 0
    found = sorted((row for row in rows if row["subsidy_spend"]), key=lambda row: -row["subsidy_spend"])
    bars = [
        Bar(
            row["region_name"],
            float(row["subsidy_spend"]),
            words.value(row["subsidy_spend"], "yuan"),
            drill=("region", row["region_code"]),
        )
        for row in found
    ]
    columns = (
        Column("region_name", words.say("region")),
        Column("forgone", words.say("forgone"), "yuan"),
        Column("persons", words.of(METRICS[PERSONS].label), "persons"),
    )
    said = [
        {
            "region_code": row["region_code"],
            "region_name": row["region_name"],
            "forgone": row["subsidy_spend"],
            "persons": row[PERSONS],
        }
        for row in rows
    ]
    reading = words.say(
        "{amount} of taxes and fees was forgone for {persons} persons. It is counted in subsidies paid ({share}),"
        " though nothing was spent.",
        amount=words.value(whole["subsidy_spend"], "yuan"),
        persons=words.number(whole[PERSONS]),
        share=words.value(100 * float(whole["subsidy_spend"] or 0) / float(paid), "%")
        if paid
        else words.say("no data"),
    )
    axis = words.axis([bar.value for bar in bars], "yuan")
    figure = ranked_bars(bars, axis, words.say("forgone"))
    return Drawing(
        reading, Table(columns, said, ("region_code", "region")), figure=figure, height=max(190, 60 + ROW * len(bars))
    )
