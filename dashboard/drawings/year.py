"""The chosen indicator over the year: run up against the pace, last year, and the forecast to the year's end."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard.drawings.goals import choices, chosen_indicator, forecast_said, interval_said, judged_day, own_targets
from dashboard.drawings.months import Year, with_pace, year_lines
from dashboard.figures.bars import Series
from dashboard.figures.curves import against_pace, choosing
from dashboard.figures.fan import Fan, with_fan
from dashboard.panel import Drawing
from dashboard.period import year_period
from dashboard.reading import against_earlier
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.course import courses, reached_on
from dashboard.semantics.pace import curves_of, elapsed_by
from dashboard.semantics.targets import Target, adds_up
from dashboard.view import View

MONTHS = range(1, 13)


def course(view: View) -> Drawing:
    """The year so far against the pace to the target, last year's year, and the fan of the forecast."""
    indicator = chosen_indicator(view)
    target = next((each for each in own_targets(view) if each.indicator == indicator), None)
    lines = year_lines(_whole_year(view), indicator)
    pace = _pace(view, target) if target else []
    fan = _fan(view, target, lines) if target else None
    words, unit = view.words, METRICS[indicator].unit
    spans = [*lines.values, *lines.before, *pace, *(fan.high if fan else [])]
    axis = words.axis(spans, unit)

    def line(label: str, points: Sequence[float | None]) -> Series:
        return Series(label, points, [words.value(point, unit) for point in points])

    adds = adds_up(METRICS[indicator])
    pace_label = words.say("pace to the target") if adds else words.say("target")
    known = any(value is not None for value in lines.before)
    figure = against_pace(
        lines.names,
        line(words.period(lines.year), lines.values),
        line(words.period(lines.last_year), lines.before) if known else None,
        line(pace_label, pace) if pace else None,
        axis,
    )
    if fan is not None:
        figure = with_fan(figure, lines.names, fan, axis)
    return Drawing(
        _reading(view, indicator, target, lines),
        with_pace(lines.table(words, unit), pace_label, pace),
        figure=choosing(figure, lines.drills),
        height=320,
        metrics=(indicator,),
        choices=choices(view),
    )


def _whole_year(view: View) -> View:
    """The same view of the year to the day judged: a target is of a year, whatever part of it was chosen."""
    return replace(view, selection=view.selection.but(period=year_period(view.period.start.year)))


def _pace(view: View, target: Target) -> list[float | None]:
    """What is due by each month's end; of a level the target all year."""
    if not adds_up(METRICS[target.indicator]):
        return [target.value for _ in MONTHS]
    curve = curves_of(view.build, target.region_code).get(target.indicator)
    year = target.target_year
    return [elapsed_by(date(year, month, monthrange(year, month)[1]), curve) * target.value / 100 for month in MONTHS]


def _fan(view: View, target: Target, lines: Year) -> Fan | None:
    """From today's figure to December's forecast, along last year's rest where it is known, else straight."""
    day = judged_day(view)
    if target.forecast is None or target.actual is None or (day.month, day.day) == (12, 31):
        return None
    ends = [_way(month, day, lines.before) for month in MONTHS]
    last = day.month
    if last == 12:  # noqa: PLR2004 - within December there is no month's end left to draw to
        return None

    def to(end: float | None) -> list[float | None]:
        now = target.actual or 0.0
        return [None if month < last else now + ((end or now) - now) * ends[month - 1] for month in MONTHS]

    words, unit = view.words, METRICS[target.indicator].unit
    expected = to(target.forecast)
    return Fan(
        Series(words.say("expected"), expected, [words.value(_whole(value, unit), unit) for value in expected]),
        to(target.forecast_low),
        to(target.forecast_high),
        words.say("80% interval"),
    )


def _whole(value: float | None, unit: str) -> float | None:
    return value if value is None or unit in ("%", "×", "yuan") else float(round(value))


def _way(month: int, day: date, before: Sequence[float | None]) -> float:
    """The part of the way from today to December that the end of `month` stands for."""
    if month <= day.month:
        return 0.0
    now, then, end = before[day.month - 1], before[month - 1], before[11]
    if now is not None and then is not None and end is not None and end > now:
        return min(max((then - now) / (end - now), 0.0), 1.0)
    return (month - day.month) / (12 - day.month)


def _reading(view: View, indicator: str, target: Target | None, lines: Year) -> str:
    words = view.words
    so_far = against_earlier(view.but_compared("last_year"), indicator, lines.now, lines.same)
    if target is None:
        return so_far
    course = courses(view.build, [target], judged_day(view))[0]
    [reached] = reached_on(view.build, [target], [course])
    if reached is not None:
        return words.say("{so_far} The target was reached on {day}.", so_far=so_far, day=words.day(reached))
    if target.forecast is None or lines.is_over:
        return so_far
    return words.say(
        "{so_far} By the year's end {forecast} are expected (80% interval {interval}), the target is {value}.",
        so_far=so_far,
        forecast=forecast_said(view, target),
        interval=interval_said(view, target),
        value=words.value(target.value, METRICS[indicator].unit),
    )
