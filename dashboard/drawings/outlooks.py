"""The year-end forecast of every target of a region, and how likely each is to be reached."""

from dash import html

from dashboard.components.chance import chance_mark, chance_word
from dashboard.drawings.bullets import labelled_cell
from dashboard.drawings.goals import forecast_said, interval_said, issued_targets, judged_day, titled
from dashboard.drawings.target_rows import target_table
from dashboard.panel import Drawing, Withheld
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.history import years_known
from dashboard.semantics.targets import Target, adds_up
from dashboard.view import View

SHORT = 2  # with fewer earlier years a forecast is provisional, and says so


def outlooks(view: View) -> Drawing:
    """A row a target: the value expected at the year's end, its 80 % interval, the chance in a word and a number."""
    day = judged_day(view)
    targets = [target for target in issued_targets(view) if target.forecast is not None]
    if not targets:
        raise Withheld("no_rows", view.words.say("Nothing is known yet from which a forecast could be made."))
    words = view.words
    heads = (
        (words.say("indicator"), ""), (words.say("by the year's end"), "number"), (words.say("80% interval"), "number"),
        (words.say("target"), "number"), (words.say("will it be reached"), "chance-head"),
    )  # fmt: skip
    head = html.Tr([html.Th(label, scope="col", className=name) for label, name in heads])
    rows = [_row(view, target) for target in targets]
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="figure-table stacked")
    over = (day.month, day.day) == (12, 31)
    growing = () if over else (metric for each in targets if adds_up(metric := METRICS[each.indicator]))
    known = years_known(view.build.whole, growing, day)
    basis = "" if known is None else _basis(view, known)
    return Drawing(
        _reading(view, targets, over=over),
        target_table(view, targets),
        body=html.Div(
            [
                html.Div(table, className="table-room", tabIndex=0),
                *([html.P(basis, className="basis")] if basis else []),
            ]
        ),
        height=70 + 38 * len(targets),
        metrics=tuple(dict.fromkeys(target.indicator for target in targets)),
    )


def _row(view: View, target: Target) -> html.Tr:
    words, unit = view.words, METRICS[target.indicator].unit
    return html.Tr(
        [
            html.Th(titled(view, target), scope="row"),
            labelled_cell(words.say("by the year's end"), forecast_said(view, target), "number figure"),
            labelled_cell(words.say("80% interval"), interval_said(view, target), "number"),
            labelled_cell(words.say("target"), words.value(target.value, unit), "number"),
            labelled_cell(words.say("will it be reached"), chance_mark(target.probability, words)),
        ]
    )


def _basis(view: View, years: int) -> str:
    """What the forecasts rest on; with short history that they are provisional."""
    words = view.words
    if years == 0:
        return words.say("Provisional: no earlier year is known whole; forecasts go on at the pace of the days so far.")
    if years < SHORT:
        return words.say("Provisional: only one earlier year is known whole; the season is believed half-way.")
    return words.say("The season rests on {number} earlier years.", number=words.number(years))


def _reading(view: View, targets: list[Target], *, over: bool) -> str:
    words, total = view.words, view.words.number(len(targets))
    known = [target for target in targets if target.probability is not None]
    likely = [target for target in known if (target.probability or 0) >= 0.6]  # noqa: PLR2004 - probable or more (methods.md c.3)
    if over:
        met = sum(target.state == "met" for target in targets)
        return words.say("The year is over: {count} of {total} targets were met.", count=words.number(met), total=total)
    if not known:
        return words.say("How likely the targets are to be reached cannot be told.")
    least = min(known, key=lambda target: target.probability or 0.0)
    return words.say(
        "{count} of {total} targets will probably be reached; least likely is {name} ({word}, {number}%).",
        count=words.number(len(likely)),
        total=total,
        name=titled(view, least),
        word=chance_word(least.probability, words),
        number=words.number(100 * (least.probability or 0.0)),
    )
