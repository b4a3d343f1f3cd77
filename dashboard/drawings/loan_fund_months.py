"""The guarantee fund over twelve months: in and out, what was left, how many times over it was lent."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from dashboard.drawings.loan_fund import KINDS, known_fund
from dashboard.drawings.numbered import since_this_build
from dashboard.drawings.ranked import sentences
from dashboard.figures.bars import Series
from dashboard.figures.curves import choosing, rates
from dashboard.figures.moves import moves_and_balance
from dashboard.figures.theme import ACCENT, BAD, EARLIER, GOOD, SERIES
from dashboard.panel import Column, Drawing, Row, Table
from dashboard.parts import amounts_of
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.guarantee_fund import MOVEMENT
from dashboard.view import View

LEVERAGE: Final = ("fund_leverage", "fund_leverage_cap", "fund_room")
COLORS: Final = {
    "contribution": GOOD,
    "interest": SERIES[1],
    "recovery": SERIES[2],
    "compensation": BAD,
    "withdrawal": EARLIER,
}


def fund_by_month(view: View) -> Drawing:
    """In and out by month, and the balance at each month's end."""
    known_fund(view)
    period = view.twelve_months()
    balances = view.ask("fund_balance", by=("month",), period=period)
    with since_this_build(view):
        moved = amounts_of(view, "fund_balance", MOVEMENT, by=("month",), extra=("kind",), period=period)
    held: Mapping[tuple[str, str], Any] = {
        (f"{day:%Y-%m}", str(kind)): amount for (day, _, kind), amount in moved.items()
    }
    kinds = [kind for kind in KINDS if any(own == kind and amount for (_, own), amount in held.items())]
    words = view.words
    rows = [{**row, **{kind: held.get((str(row["month"]), kind), Decimal(0)) for kind in kinds}} for row in balances]
    axis = words.axis([_number(row["fund_balance"]) for row in rows], "yuan")
    series = [
        Series(
            words.of(KINDS[kind]),
            [float(row[kind]) for row in rows],
            [words.value(row[kind], "yuan") for row in rows],
            COLORS[kind],
        )
        for kind in kinds
    ]
    balance = Series(
        words.of(METRICS["fund_balance"].label),
        [_number(row["fund_balance"]) for row in rows],
        [words.value(row["fund_balance"], "yuan") for row in rows],
        ACCENT,
    )
    columns = (
        Column("month", words.say("month")),
        *(Column(kind, words.of(KINDS[kind]), "yuan") for kind in kinds),
        Column("fund_balance", words.of(METRICS["fund_balance"].label), "yuan"),
    )
    names = [words.month_tick(str(row["month"])) for row in rows]
    drills = [("period", str(row["month"])) for row in rows]
    out = -sum(float(row[kind]) for row in rows for kind in ("compensation", "withdrawal") if kind in kinds)
    into = sum(float(row[kind]) for row in rows for kind in ("contribution", "interest", "recovery") if kind in kinds)
    reading = words.say(
        "In twelve months {into} came into the fund and {out} went out; {balance} are left.",
        into=words.value(into, "yuan"),
        out=words.value(out, "yuan"),
        balance=words.value(rows[-1]["fund_balance"], "yuan"),
    )
    return Drawing(
        reading,
        Table(columns, rows, ("month", "period")),
        figure=moves_and_balance(names, series, balance, axis, drills),
        height=300,
    )


def leverage(view: View) -> Drawing:
    """What is lent by month under what the fund may carry: the gap is the room that is left."""
    known_fund(view)
    rows: list[Row] = [
        {**row, "carried": None if row["fund_room"] is None else row["fund_room"] + row["loan_outstanding"]}
        for row in view.ask("loan_outstanding", *LEVERAGE, by=("month",), period=view.twelve_months())
    ]
    words = view.words
    lines = (
        ("loan_outstanding", words.of(METRICS["loan_outstanding"].label), ACCENT, "solid"),
        ("carried", words.say("cap × fund balance"), BAD, "dash"),
    )
    axis = words.axis([_number(row[name]) for row in rows for name, *_ in lines], "yuan")
    series = [
        Series(
            label, [_number(row[name]) for row in rows], [words.value(row[name], "yuan") for row in rows], color, dash
        )
        for name, label, color, dash in lines
    ]
    columns = (
        Column("month", words.say("month")),
        *(Column(name, label, "yuan") for name, label, *_ in lines),
        *(Column(name, words.of(METRICS[name].label), METRICS[name].unit) for name in LEVERAGE),
    )
    drills = [("period", str(row["month"])) for row in rows]
    drawn = choosing(rates([words.month_tick(str(row["month"])) for row in rows], series, axis), drills)
    return Drawing(_lent(view, rows), Table(columns, rows, ("month", "period")), figure=drawn, height=260)


def _lent(view: View, rows: Sequence[Row]) -> str:
    """How many times over it is lent now, and when the room was narrowest."""
    words = view.words
    value = words.value(rows[-1]["fund_leverage"], "×")
    said = words.say("{metric}: {value}.", metric=words.of(METRICS["fund_leverage"].label), value=value)
    known = [row for row in rows if row["fund_room"] is not None]
    if not known:
        return said
    least = min(known, key=lambda row: Decimal(row["fund_room"]))
    narrow = words.say(
        "Room under the cap was narrowest in {month} with {amount}.",
        month=words.month_of_year(str(least["month"])),
        amount=words.value(least["fund_room"], "yuan"),
    )
    return sentences(view, said, narrow)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
