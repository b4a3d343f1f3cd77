"""What of a question is summed by month already (`etl.marts.months`): its whole months, and stocks at months' ends.

The days before the first whole month and after the last one come from the sums by day, and so does what came and went
since the month's end before a day within a month; what days do not hold comes from the rows themselves. So every day
can be asked, and figures are those of the rows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Column

from dashboard.semantics import calendar
from dashboard.semantics.calendar import first_by, month_after
from dashboard.semantics.held_sums import by_days, days_statement, months_statement
from dashboard.semantics.measure import Flow
from dashboard.semantics.metric import Key, Value
from dashboard.semantics.span import Span
from dashboard.semantics.summing import Held, Measure, Measures, Shape, Statement

if TYPE_CHECKING:
    from dashboard.semantics.asking import Asking

Amounts = dict[Measure, dict[Key, Value]]
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Piece:
    """A part of one period's amount: a column of months or days, or the rows of a flow, from one day to another.

    `first`: the first day of the period, None where the question has one alone.
    """

    of: Column[Any] | Flow
    first: date | None
    start: date
    end: date


class ByMonth:
    """The amounts of one question that months give."""

    def __init__(self, asking: "Asking") -> None:
        self._asking = asking
        self._is_today = asking.as_of == asking.build.data_date
        self._first = first_by(asking.start)
        self._until = (asking.end + _DAY).replace(day=1)  # the first day after the whole months

    def holds(self, measure: Measure) -> bool:
        """Whether months give the measure's amounts."""
        return self._held(measure) is not None

    def amounts(self, measure: Measure) -> Amounts:
        """By group, of the measure and all others of the question that the same months give; none where none do."""
        together = self.together(measure)
        if not together:
            return {}
        if self.is_before:
            return {each: {} for each in together}
        days = together[measure].days
        if days != "flow" and self._asking.shape.grain is not None:
            return self._of_month_ends(together, days)
        found = self._added(together)
        if days == "flow":
            return found
        return {each: {key: amount for key, amount in own.items() if amount} for each, own in found.items()}

    def together(self, measure: Measure) -> dict[Measure, Held]:
        """The measure and all others of the question that the same months give; none where none do."""
        held = self._held(measure)
        if held is None:
            return {}
        asked = [each for metric in self._asking.metrics for each in metric.of + metric.per]
        together = {}
        for each in [*asked, measure]:
            other = self._held(each)
            if other and other.days == held.days and other.column.table is held.column.table:
                together[each] = other
        return together

    @property
    def is_before(self) -> bool:
        """Whether the question ends before there was anything that months hold."""
        return self._asking.end < self._asking.build.first_month

    def left(self, together: Mapping[Measure, Held]) -> Iterator[tuple[Measures, Statement, dict[str, Any]]]:
        """What whole months leave of flows, or of stocks: some of these, the statement that sums them, its values.

        The days at the ends, or what came and went since the month's end, as days hold it, else from the rows.
        """
        name = next(iter(together.values())).days
        more = self._ends if name == "flow" else self._moves(name)
        if more is None:
            return
        shape, values = more
        by_day = {measure: day for measure, held in together.items() if (day := by_days(held)) is not None}
        if by_day:
            yield tuple(by_day), days_statement(tuple(by_day.values()), shape, name), values
        for measures in _by_rows((measure for measure in together if measure not in by_day), shape):
            whole_months = self._asking.whole_months(measures[0], is_timeless=False)
            yield measures, measures[0].statement(measures, shape), whole_months | values

    @property
    def _ends(self) -> tuple[Shape, dict[str, date]] | None:
        """The days before the whole months and after them."""
        shape, start, end = self._asking.shape, self._asking.start, self._asking.end
        if self._until > end:
            return (shape, {"end": self._first - _DAY}) if start < self._first else None
        if start == self._first:
            return shape, {"start": self._until}
        return replace(shape, only="ends"), {"whole_from": self._first, "whole_until": self._until}

    def _moves(self, name: str) -> tuple[Shape, dict[str, date]] | None:
        """What came and went since the month's end before the one day of a stock, if that ends no month."""
        [day] = self._days(name)
        if _is_month_end(day):
            return None
        return replace(self._asking.shape, only="moves"), {"since": day.replace(day=1) - _DAY, name: day}

    def of_months(self, together: Mapping[Measure, Held]) -> tuple[Statement, dict[str, Any]]:
        """The statement that sums their months, and its values: of flows the whole ones, of stocks those that end."""
        name = next(iter(together.values())).days
        values: dict[str, Any] = {"months_from": self._first, "months_until": self._until}
        has_gaps = False
        if name != "flow":
            months = self._months(name)
            values = {"months": months, "months_from": min(months), "months_until": max(months) + _DAY}
            has_gaps = month_after(min(months), len(months) - 1) < max(months)
        return months_statement(tuple(together.values()), self._asking.shape, has_gaps=has_gaps), values

    def _months(self, name: str) -> list[date]:
        """The months at whose ends a stock is looked at: those of its days; the one before a single day within one."""
        days = self._days(name)
        if self._asking.shape.grain is None and not _is_month_end(days[0]):
            return [month_after(days[0].replace(day=1), -1)]
        return [day.replace(day=1) for day in days if _is_month_end(day)]

    def pieces(self, measure: Measure) -> list[Piece] | None:
        """What the measure's amounts are the sums of, months, days and rows; None where they are more than that."""
        held = self._held(measure)
        if held is not None and held.days != "flow":  # the ends of many months are best asked level by level
            [day, *more] = self._days(held.days)
            return None if more else _standing(held, self._asking.firsts[0], day)
        if not isinstance(measure, Flow) or (held is None and not measure.is_plain):
            return None
        periods = zip(self._asking.firsts, self._asking.spans, strict=True)
        return [piece for first, span in periods for piece in _pieces(measure, held, first, span)]

    def _held(self, measure: Measure) -> Held | None:
        asking = self._asking
        in_year = asking.start == date(asking.end.year, 1, 1) and self._until == asking.end + _DAY
        held = measure.held_for(asking.shape, in_year=in_year)
        if held is None or (held.today and not self._is_today):
            return None
        if held.days == "flow":
            return held if self._first < self._until else None
        if held.from_first and min(self._months(held.days), default=date.min) < asking.build.first_month:
            return None
        if asking.shape.grain is None and isinstance(measure, Span):
            return held
        return held if any(map(_is_month_end, self._days(held.days))) else None

    def _days(self, name: str) -> list[date]:
        """The days of a stock, one for each period."""
        spans = self._asking.spans
        if self._asking.shape.grain is None:
            return [self._asking.start - _DAY if name == "opening" else self._asking.end]
        return [span.start - _DAY if name == "opening" else span.end for span in spans]

    def _added(self, together: Mapping[Measure, Held]) -> Amounts:
        """What months hold and what they leave."""
        found = self._read(*self.of_months(together), tuple(together))
        for measures, statement, values in self.left(together):
            for measure, amounts in self._read(statement, values, measures).items():
                into = found[measure]
                for key, amount in amounts.items():
                    into[key] = into[key] + amount if key in into else amount
        return found

    def _of_month_ends(self, together: Mapping[Measure, Held], name: str) -> Amounts:
        found = self._read(*self.of_months(together), tuple(together))
        shape = replace(self._asking.shape, grain=None)
        for first, day in zip(self._asking.firsts, self._days(name), strict=True):
            if not _is_month_end(day):
                for measure, amounts in self._of_rows(together, shape, **{name: day}).items():
                    found[measure] |= {(first, *key[1:]): amount for key, amount in amounts.items() if amount}
        return found

    def _read(self, statement: Statement, values: Mapping[str, Any], measures: Measures) -> Amounts:
        """The amounts that a statement gives of the measures, the last of its columns."""
        rows, width = self._asking.fetch(statement, **values), len(measures)
        has_period = self._asking.shape.grain is not None
        return {
            measure: {
                self._asking.key(row[:-width], has_period=has_period): row[place]
                for row in rows
                if row[place] is not None
            }
            for place, measure in zip(range(-width, 0), measures, strict=True)
        }

    def _of_rows(self, together: Iterable[Measure], shape: Shape, **values: date) -> Amounts:
        """From the rows, of other days than the question's; those that go over the same rows at once."""
        found: Amounts = {}
        for measures in _by_rows(together, shape):
            found |= zip(measures, self._asking.summed(measures, shape, **values), strict=True)
        return found


def _by_rows(together: Iterable[Measure], shape: Shape) -> Iterator[Measures]:
    """Those that go over the same rows: they are summed in one pass."""
    found: dict[object, list[Measure]] = {}
    for measure in together:
        found.setdefault(measure.rows(shape), []).append(measure)
    return map(tuple, found.values())


def _pieces(flow: Flow, held: Held | None, first: date | None, span: calendar.Span) -> Iterator[Piece]:
    """Of one period: its whole months where they are held, and the days before and after them."""
    months_from, months_until = first_by(span.start), (span.end + _DAY).replace(day=1)
    if held is None or months_from >= months_until:
        yield Piece(flow, first, span.start, span.end)
        return
    yield Piece(held.column, first, months_from, months_until - _DAY)
    by_day = by_days(held)
    for start, end in ((span.start, months_from - _DAY), (months_until, span.end)):
        if start <= end:
            yield Piece(flow if by_day is None else by_day, first, start, end)


def _standing(held: Held, first: date | None, day: date) -> list[Piece] | None:
    """Of a stock on a day: as it stood at the month's end, and what came and went since; None where no day tells."""
    if _is_month_end(day):
        return [Piece(held.column, first, day.replace(day=1), day)]
    by_day = by_days(held)
    if by_day is None:
        return None
    since = day.replace(day=1)
    return [Piece(held.column, first, month_after(since, -1), since - _DAY), Piece(by_day, first, since, day)]


def _is_month_end(day: date) -> bool:
    return (day + _DAY).day == 1
