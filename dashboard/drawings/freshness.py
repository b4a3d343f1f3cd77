"""What the figures rest on: the data date and its age, the load, the last and the next round of reports."""

from datetime import date, datetime
from typing import Final

from dash import html
from sqlalchemy import bindparam, func, select

from dashboard.panel import Column, Drawing, Table
from dashboard.period import Period
from dashboard.semantics.calendar import month_after
from dashboard.view import View
from etl.marts.platform import report

OLD: Final = 100  # days: deliveries come by the quarter, and take a week


def freshness(view: View) -> Drawing:
    """Facts side by side; the reading says how old the data are and when reports are next due."""
    words, day = view.words, view.data_date
    age = (datetime.now().astimezone().date() - day).days
    facts = [
        (words.say("data to"), words.day(day), _age_said(view, age)),
        (words.say("figures as at"), words.day(view.as_of), _as_of_said(view)),
        (words.say("load"), words.say("no. {number}", number=str(view.build.load)), ""),
    ]
    last, following = _rounds(view)
    if last is not None:
        facts.append((words.say("last reports due"), words.day(last), _on_time(view, last)))
    if following is not None:
        facts.append((words.say("next reports due"), words.day(following), words.say("by the usual rhythm")))
    body = html.Dl(
        [
            html.Div([html.Dt(label), html.Dd([html.Span(said), html.Span(more, className="fact-more")])])
            for label, said, more in facts
        ],
        className="facts-list",
    )
    columns = (
        Column("what", words.say("what")),
        Column("said", words.say("value")),
        Column("more", words.say("remark"), "long"),
    )
    rows = [{"what": label, "said": said, "more": more} for label, said, more in facts]
    return Drawing(_reading(view, age, following), Table(columns, rows), body=body, height=200)


def _age_said(view: View, age: int) -> str:
    words = view.words
    if age <= 0:
        return words.say("of today")
    said = words.say("{number} days ago", number=words.number(age))
    return words.say("{said}: a new delivery is overdue", said=said) if age > OLD else said


def _as_of_said(view: View) -> str:
    words = view.words
    return words.say("the newest day") if view.as_of == view.data_date else words.say("a day of the past")


def _rounds(view: View) -> tuple[date | None, date | None]:
    """The last day by which reports were due as at D, and the next: as delivered, else a month after by the rhythm."""
    [(last, following)] = view.build.fetch(_DUE, day=view.as_of)
    if following is None and last is not None:
        first = month_after(last.replace(day=1), 1)
        following = first.replace(day=min(last.day, 28))
    return last, following


_DUE: Final = select(
    func.max(report.c.due_on).filter(report.c.due_on <= bindparam("day")),
    func.min(report.c.due_on).filter(report.c.due_on > bindparam("day")),
)


def _on_time(view: View, last: date) -> str:
    words = view.words
    share = view.figures("reporting_on_time", period=Period(last, last))["reporting_on_time"]
    return "" if share is None else words.say("{share} on time", share=words.value(share, "%"))


def _reading(view: View, age: int, following: date | None) -> str:
    words = view.words
    values = {"day": words.day(view.data_date), "age": words.number(max(age, 0))}
    if following is None:
        return words.say("The figures hold what was delivered up to {day}, {age} days ago.", **values)
    return words.say(
        "The figures hold what was delivered up to {day}, {age} days ago; the next reports are due on {next}.",
        next=words.day(following),
        **values,
    )
