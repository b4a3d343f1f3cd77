"""The matrix of rolls: where what stood in each ageing bucket at a month's end is a month later."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from dash import html

from dashboard.components.picker import value_label
from dashboard.panel import Column, Drawing, Table, Withheld
from dashboard.parts import amounts_of
from dashboard.period import Period
from dashboard.semantics.catalogue import DIMENSIONS
from dashboard.semantics.loan_vintages import ROLLED, ROLLED_TO
from dashboard.view import View

MONTHS: Final = 6
FEW: Final = 20  # loan-months below which a row's shares say little (methods.md, b.6)
BUCKETS: Final = tuple(DIMENSIONS["from_bucket"].values)
LOST: Final = ("compensated", "written_off")
TO: Final = ("paid", *BUCKETS, *LOST)
SHADES: Final = (1.0, 5.0, 15.0, 35.0)  # percent at which a cell takes the next darker tone
Amounts = Mapping[tuple[str, str], float]


def rolls(view: View) -> Drawing:
    """Buckets down, where they went across, in percent of the row's opening balance; the diagonal is what stayed."""
    period = six_months(view)
    rows = view.ask("roll_amount", by=("from_bucket", "to_bucket"), period=period)
    amounts = {(str(row["from_bucket"]), str(row["to_bucket"])): float(row["roll_amount"] or 0) for row in rows}
    opening = {source: sum(value for (own, _), value in amounts.items() if own == source) for source in BUCKETS}
    opening = {source: value for source, value in opening.items() if value > 0}
    if not opening:
        raise Withheld("no_rows")
    some = any(dimension == "to_bucket" for dimension, _ in view.selection.where)
    counted = amounts_of(view, "roll_amount", ROLLED_TO if some else ROLLED, extra=("from_bucket",), period=period)
    loans = {str(key[2]): int(number) for key, number in counted.items()}
    words = view.words
    table_rows = [
        {
            "from_bucket": value_label(view, "from_bucket", source),
            "opening": balance,
            "loan_months": loans.get(source, 0),
            **{f"to_{target}": 100 * amounts.get((source, target), 0.0) / balance for target in TO},
        }
        for source, balance in opening.items()
    ]
    columns = (
        Column("from_bucket", words.say("a month before")),
        Column("opening", words.say("balance of six months"), "yuan"),
        Column("loan_months", words.say("loans, each month counted"), "loans"),
        *(Column(f"to_{target}", value_label(view, "to_bucket", target), "%") for target in TO),
    )
    return Drawing(
        _reading(view, amounts, opening),
        Table(columns, table_rows),
        body=_matrix(view, amounts, opening, loans),
        height=120 + 34 * len(opening),
    )


def six_months(view: View) -> Period:
    """The six months that end with the period's last."""
    last = view.period.end
    months = 12 * last.year + last.month - MONTHS
    return Period(date(months // 12, months % 12 + 1, 1), last)


def _matrix(view: View, amounts: Amounts, opening: Mapping[str, float], loans: Mapping[str, int]) -> html.Div:
    words = view.words
    heads = [words.say("a month before"), words.say("balance a month"), *(_head(view, target) for target in TO)]
    head = html.Tr([html.Th(label, scope="col", className="number" if at else "") for at, label in enumerate(heads)])
    body = []
    for source, balance in opening.items():
        few = loans.get(source, 0) < FEW
        cells = [html.Td(words.value(balance / MONTHS, "yuan"), className="number")]
        cells += [_cell(view, source, target, 100 * amounts.get((source, target), 0.0) / balance) for target in TO]
        label: list[Any] = [value_label(view, "from_bucket", source), *([html.Sup("*")] if few else [])]
        body.append(html.Tr([html.Th(label, scope="row"), *cells]))
    table = html.Table([html.Thead(head), html.Tbody(body)], className="figure-table shares rolls")
    parts: list[Any] = [html.Div(table, className="table-room", tabIndex=0), _key(view)]
    if any(loans.get(source, 0) < FEW for source in opening):
        note = words.say("* fewer than {number} loans in six months: read with care.", number=words.number(FEW))
        parts.append(html.P(note, className="muted left-out"))
    return html.Div(parts)


def _head(view: View, target: str) -> str:
    """Short, for the columns are many: `31-60` beside the row's full name."""
    return value_label(view, "to_bucket", target) if target in ("paid", "0", *LOST) else target


def _cell(view: View, source: str, target: str, share: float) -> html.Td:
    way = direction(source, target)
    shade = 1 + sum(abs(share) >= limit for limit in SHADES)
    said = view.words.value(share, "%") if share else "·"
    return html.Td(said, className=f"number roll-{way}" + (f" roll-{shade}" if share else ""))


def direction(source: str, target: str) -> str:
    """Whether it is better, the same or worse to have gone there."""
    if target == "paid" or (target in BUCKETS and BUCKETS.index(target) < BUCKETS.index(source)):
        return "better"
    return "same" if target == source else "worse"


def _key(view: View) -> html.Ul:
    names = (
        ("better", view.words.say("paid or less late than before")),
        ("same", view.words.say("as late as before")),
        ("worse", view.words.say("later than before, compensated or written off")),
    )
    return html.Ul(
        [html.Li([html.Span(className=f"swatch roll-{way} roll-4"), html.Span(label)]) for way, label in names],
        className="bullet-legend",
    )


def _reading(view: View, amounts: Amounts, opening: Mapping[str, float]) -> str:
    """What of the current became late, and what of the freshly late got worse or better."""
    words = view.words
    said = []
    for source in (BUCKETS[0], BUCKETS[1], BUCKETS[3]):
        if source not in opening:
            continue
        shares = {"better": 0.0, "same": 0.0, "worse": 0.0}
        for target in TO:
            shares[direction(source, target)] += 100 * amounts.get((source, target), 0.0) / opening[source]
        bucket, worse = value_label(view, "from_bucket", source), words.value(shares["worse"], "%")
        if source == BUCKETS[0]:
            said.append(words.say("{worse} a month of what was {bucket} became late", worse=worse, bucket=bucket))
        else:
            better = words.value(shares["better"], "%")
            said.append(
                words.say(
                    "of what was {bucket} {worse} got worse, {better} better", bucket=bucket, worse=worse, better=better
                )
            )
    return words.say("{said}.", said=words.say("; ").join(said))
