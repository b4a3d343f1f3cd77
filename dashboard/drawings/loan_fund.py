"""The guarantee fund: what came in and went out, what is left, and how much more it can carry."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from dash import html

from dashboard.components.marks import HIDDEN, state_mark
from dashboard.drawings.numbered import begun, since_this_build
from dashboard.drawings.ranked import sentences
from dashboard.language import message
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.parts import amounts_of
from dashboard.period import Period
from dashboard.semantics.guarantee_fund import MOVEMENT
from dashboard.view import View
from etl.tables.loans import FUND_ENTRIES, REPAYMENTS

FUND: Final = ("fund_balance", "fund_leverage", "fund_leverage_cap", "fund_room")
SOURCES: Final = {choice.value: choice for choice in FUND_ENTRIES.column("source").choices}
CLOSE: Final = 0.8  # of the cap: from there on the fund is watched
# In the order in which an account states them, named as the deliveries name them.
_LABELS: Final = {
    choice.value: choice for table in (FUND_ENTRIES, REPAYMENTS) for choice in table.column("kind").choices
}
KINDS: Final = {kind: _LABELS[kind] for kind in ("contribution", "interest", "recovery", "compensation", "withdrawal")}


def fund(view: View) -> Drawing:
    """The period's account, from the balance before it to the one at its end, under the room that is left."""
    now = known_fund(view)
    before = view.period.start - timedelta(days=1)
    opening = view.ask("fund_balance", period=Period(before, before))[0]["fund_balance"]
    with since_this_build(view):
        moved = amounts_of(view, "fund_balance", MOVEMENT, extra=("kind", "source"))
    words = view.words
    rows: list[dict[str, Any]] = [{"item": words.say("balance before"), "amount": opening}]
    order = list(KINDS)
    for (_, _, kind, source), amount in sorted(moved.items(), key=lambda pair: (order.index(pair[0][2]), str(pair[0]))):
        if amount:
            label = words.of(KINDS[kind])
            if kind == "contribution":
                label = words.say("{label}, {source}", label=label, source=words.of(SOURCES[source]))
            rows.append({"item": label, "amount": amount})
    rows.append({"item": words.say("balance at the end"), "amount": now["fund_balance"]})
    columns = (Column("item", words.say("item")), Column("amount", words.say("amount"), "yuan"))
    return Drawing(
        _reading(view, now),
        Table(columns, rows),
        body=html.Div([_capacity(view, now), _account(view, rows)]),
        height=150 + 31 * len(rows),
    )


def known_fund(view: View) -> Row:
    """The fund's figures; Withheld, with the reason in words, where there is no balance to know."""
    begun(view)
    now, words = view.figures(*FUND), view.words
    if now["fund_balance"] is not None:
        return now
    if view.region.level in ("street", "community"):
        raise Withheld("no_rows", words.say("The fund is kept for the city and its districts; no street has its own."))
    if view.region.level == "city":
        raise Withheld(
            "no_rows", words.say("Some entries of the fund are of several cities, so no city's own balance is known.")
        )
    raise Withheld(
        "no_rows", words.say("Some entries of the fund name no district, so no district's own balance is known.")
    )


def standing(now: Row) -> str:
    """`behind`: over the cap, or nothing left to guarantee with; `watch`: from four fifths of the cap on."""
    if now["fund_leverage"] is None or (now["fund_room"] is not None and now["fund_room"] < 0):
        return "behind"
    used = float(now["fund_leverage"]) / float(now["fund_leverage_cap"]) if now["fund_leverage_cap"] else 0.0
    return "watch" if used >= CLOSE else "on_track"


WORDS: Final = {
    "behind": message("over the cap"),
    "watch": message("close to the cap"),
    "on_track": message("within the cap"),
}


def _capacity(view: View, now: Row) -> html.Div:
    """How much of what the fund may carry is lent, with a mark at four fifths."""
    words = view.words
    leverage, cap = now["fund_leverage"], now["fund_leverage_cap"]
    if cap is None:
        return html.Div(words.say("Each city has a cap of its own."), className="capacity capacity-said")
    state = standing(now)
    used = 100.0 if leverage is None else min(100.0, 100 * float(leverage) / float(cap)) if cap else 0.0
    bar = html.Div(
        [
            html.Span(className=f"bullet-done done-{state}", style={"width": f"{used:.2f}%"}),
            html.Span(className="bullet-due", style={"left": f"{100 * CLOSE:.0f}%"}),
        ],
        className="bullet",
        **HIDDEN,
    )
    said = words.say("{leverage} of at most {cap}", leverage=words.value(leverage, "×"), cap=words.value(cap, "×"))
    if leverage is None:
        said = words.say("nothing left to guarantee with")
    head = [
        html.Span(said, className="capacity-said"),
        html.Span([state_mark(state, words, short=True), words.say(WORDS[state])], className="day-of-term"),
    ]
    return html.Div([html.Div(head, className="capacity-head"), bar], className="capacity")


def _account(view: View, rows: list[dict[str, Any]]) -> html.Div:
    words, last = view.words, len(rows) - 1
    body = [
        html.Tr(
            [
                html.Th(row["item"], scope="row"),
                html.Td(_amount(view, row["amount"], plain=at in (0, last)), className="number figure"),
            ],
            className="sum-row" if at in (0, last) else "",
        )
        for at, row in enumerate(rows)
    ]
    head = html.Tr([html.Th(words.say("item"), scope="col"), html.Th(words.say("amount"), className="number")])
    table = html.Table([html.Thead(head), html.Tbody(body)], className="figure-table account")
    return html.Div(table, className="table-room", tabIndex=0)


def _amount(view: View, amount: Any, *, plain: bool) -> str:
    said = view.words.value(amount, "yuan")
    return said if plain or amount is None or amount < 0 else f"+{said}"


def _reading(view: View, now: Row) -> str:
    words = view.words
    balance = words.say(
        "The fund holds {balance} and is lent {leverage} times over; at most {cap} are allowed.",
        balance=words.value(now["fund_balance"], "yuan"),
        leverage=words.number(None if now["fund_leverage"] is None else float(now["fund_leverage"]), 2),
        cap=words.value(now["fund_leverage_cap"], "×"),
    )
    if now["fund_leverage_cap"] is None:
        balance = words.say(
            "The fund holds {balance} and is lent {leverage} times over.",
            balance=words.value(now["fund_balance"], "yuan"),
            leverage=words.number(None if now["fund_leverage"] is None else float(now["fund_leverage"]), 2),
        )
    if now["fund_leverage"] is None:
        balance = words.say("The fund holds {balance}: it can guarantee nothing.",
                            balance=words.value(now["fund_balance"], "yuan"))  # fmt: skip
    room = now["fund_room"]
    if room is None or (now["fund_leverage"] is None and room >= 0):
        return balance
    amount = words.value(abs(Decimal(room)), "yuan")
    if room < 0:
        return sentences(view, balance, words.say("That is {amount} more than it may carry.", amount=amount))
    return sentences(view, balance, words.say("There is room for {amount} more.", amount=amount))
