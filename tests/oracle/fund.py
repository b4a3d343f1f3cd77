"""The guarantee fund, vintages and roll amounts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from .books import BORROWER, Book, books, bucket
from .calendar import ONE_DAY, Period, add_months, month_end, month_start, quarter_name, quarter_start
from .loans import about, loan_outstanding
from .metric import Part, Value, metric, percent, total
from .regions import tree
from .rows import Live

MULTIPLE = 5  # since 24 December 2002, where no city's own rule holds
SIGNS = {"contribution": 1, "interest": 1, "withdrawal": -1}


def by_district(live: Live, period: Period, level: str) -> bool:
    """Districts have a balance only where every entry up to the date names one."""
    return level == "city" or all(
        row["district_code"] is not None for row in live.rows("fund_entries") if row["entry_on"] <= period.end
    )


@metric("fund_balance", total, "stock", lowest="district", exists=by_district)
def fund_balance(live: Live, period: Period) -> Iterator[Part]:
    city = tree(live).city()
    for row in live.rows("fund_entries"):
        if row["entry_on"] <= period.end:
            yield Part(row["district_code"] or city, SIGNS[row["kind"]] * row["amount"])
    for book in books(live):
        net = book.money("recovery", period.end) - book.money("compensation", period.end)
        yield Part(book.row["community_code"], net)


def multiple(parts: Iterable[Part]) -> Value:
    """Outstanding over the balance; missing at a balance of 0 or less."""
    parts = list(parts)
    balance = sum((Fraction(part.den) for part in parts), Fraction(0))
    return sum((Fraction(part.num) for part in parts), Fraction(0)) / balance if balance > 0 else None


@metric("fund_leverage", multiple, "ratio", lowest="district", exists=by_district)
def fund_leverage(live: Live, period: Period) -> Iterator[Part]:
    for part in loan_outstanding(live, period):
        yield Part(part.region, part.num)
    for part in fund_balance(live, period):
        yield Part(part.region, den=part.num)


@metric("fund_room", total, "stock", lowest="district", exists=by_district)
def fund_room(live: Live, period: Period) -> Iterator[Part]:
    """What may still be lent: the multiple that is allowed of the balance, less what is outstanding."""
    for part in fund_balance(live, period):
        yield Part(part.region, MULTIPLE * part.num)
    for part in loan_outstanding(live, period):
        yield Part(part.region, -part.num)


def cohorts(live: Live, period: Period) -> dict[date, list[Book]]:
    """The city's loans by the quarter that they were disbursed in."""
    found = defaultdict(list)
    for book in books(live):
        day = period.seen(book.row["disbursed_on"])
        if day is not None and period.holds(quarter_start(day)):
            found[quarter_start(day)].append(book)
    return found


def vintage(live: Live, period: Period, days: int) -> Iterator[Part]:
    """Share by amount that was late at a month-end, up to each month that the city's whole cohort has reached."""
    for start, cohort in cohorts(live, period).items():
        latest = max(book.row["disbursed_on"] for book in cohort)
        for book in cohort:
            month, was_late = 0, False
            while month_end(add_months(latest, month)) <= period.as_of:
                day = month_end(add_months(book.row["disbursed_on"], month))
                was_late = was_late or book.days_past_due(day) > days
                dims = about(book) | {"cohort": quarter_name(start), "month_on_book": month}
                yield Part(book.row["community_code"], book.row["amount"] * was_late, book.row["amount"], dims)
                month += 1


@metric("vintage_30", percent, "ratio")
def vintage_30(live: Live, period: Period) -> Iterator[Part]:
    return vintage(live, period, 30)


@metric("vintage_90", percent, "ratio")
def vintage_90(live: Live, period: Period) -> Iterator[Part]:
    return vintage(live, period, 90)


@metric("roll_amount", total, "flow")
def roll_amount(live: Live, period: Period) -> Iterator[Part]:
    """What was outstanding at a month-end, split by where it is at the next one, which lies in the period."""
    second = month_end(period.start)
    while second <= period.end:
        first = month_start(second) - ONE_DAY
        for book in books(live):
            yield from rolled(book, first, second)
        second = month_end(add_months(second, 1))


def rolled(book: Book, first: date, second: date) -> Iterator[Part]:
    balance = book.outstanding(first)
    if balance <= 0:
        return
    came = {
        "paid": book.principal(BORROWER, second) - book.principal(BORROWER, first),
        "compensated": book.principal(("compensation",), second) - book.principal(("compensation",), first),
    }
    rest = "written_off" if book.written_off(second) else bucket(book.days_past_due(second))
    came[rest] = balance - came["paid"] - came["compensated"]
    for to, amount in came.items():
        dims = about(book) | {"from_bucket": bucket(book.days_past_due(first)), "to_bucket": to}
        yield Part(book.row["community_code"], amount, dims=dims)
