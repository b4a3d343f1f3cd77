"""The first day of a period, as statements say it, against the calendar's."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Date, bindparam, func, select

from dashboard.semantics.calendar import GRAINS, spans
from dashboard.semantics.summing import period_of
from dashboard.view import View


@pytest.mark.parametrize("grain", GRAINS)
def test_each_day_of_four_years_lies_in_the_period_that_the_calendar_says(city: View, grain: str) -> None:
    start, end = date(2023, 1, 1), date(2026, 12, 31)
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    each = select(func.unnest(bindparam("days")).cast(Date).label("day")).subquery("days")
    found = city.build.fetch(select(each.c.day, period_of(grain, each.c.day)), days=days)
    said = {day: span.first for span in spans(start, end, grain) for day in days if span.start <= day <= span.end}
    assert dict(found) == said
