"""Numbers, dates and changes, as readers of both languages expect them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.period import Period, named_period
from dashboard.text import UNITS, Words, decimals_held, file_stem

ZH, EN = Words("zh"), Words("en")


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (1234, "persons", "1,234", "1,234"),
        (123456, "persons", "12.3万", "123,456"),
        (1234.5, "yuan", "￥1,234", "¥1,234"),
        (12_345_678, "yuan", "￥1,235万", "¥12.3m"),
        (1_234_567_890, "yuan", "￥12.3亿", "¥1.23bn"),
        (-500_000, "yuan", "−￥50.0万", "−¥500,000"),
        (61.5, "%", "61.5%", "61.5%"),
        (3.456, "%", "3.46%", "3.46%"),
        (4.5, "×", "4.50×", "4.50×"),
        (0, "posts", "0", "0"),
    ],
)
def test_a_figure_is_said_as_short_as_it_may_be(value: float, unit: str, zh: str, en: str) -> None:
    assert (ZH.value(value, unit), EN.value(value, unit)) == (zh, en)


def test_no_data_is_said_in_words_and_never_as_a_zero() -> None:
    assert (ZH.value(None, "yuan"), EN.value(None, "%"), EN.exact(None, "persons")) == ("无数据", "no data", "no data")


@given(
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e13, max_value=1e13),
    st.sampled_from(["persons", "yuan", "%", "×"]),
)
def test_no_figure_is_ever_minus_zero(value: float, unit: str) -> None:
    for words in (ZH, EN):
        said = words.value(value, unit)
        assert not (said.startswith("−") and not any(digit in said for digit in "123456789"))


def test_a_change_of_percentages_is_in_points_and_of_amounts_in_percent() -> None:
    assert ZH.change(61.5, 58.3, "%") == "+3.2 个百分点"
    assert EN.change(61.5, 58.3, "%") == "+3.2 pts"
    assert EN.change(90, 100, "persons") == "−10.0%"
    assert (ZH.change(100, 100, "yuan"), EN.change(3.01, 3.0, "%")) == ("持平", "unchanged")


def test_a_change_from_nothing_is_not_said() -> None:
    assert EN.change(5, 0, "persons") is None
    assert EN.change(5, None, "persons") is None
    assert EN.change(None, 5, "%") is None


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("2026", "2026年", "2026"),
        ("2026Q3", "2026年第三季度", "Q3 2026"),
        ("2026-03", "2026年3月", "Mar 2026"),
        ("2026-01-01..2026-09-30", "2026年1—9月", "Jan–Sep 2026"),
        ("2026-01-05..2026-02-03", "2026年1月5日至2026年2月3日", "5 Jan 2026 to 3 Feb 2026"),
    ],
)
def test_periods_are_said_as_people_name_them(name: str, zh: str, en: str) -> None:
    period = named_period(name)
    assert isinstance(period, Period)
    assert (ZH.period(period), EN.period(period)) == (zh, en)


def test_days_and_months_are_said_in_each_language() -> None:
    assert (ZH.day(date(2026, 9, 30)), EN.day(date(2026, 9, 30))) == ("2026年9月30日", "30 Sep 2026")
    assert (ZH.month_tick("2026-01"), EN.month_tick("2026-03")) == ("1月<br>2026", "Mar")
    assert (ZH.month_of_year("2025-10"), EN.month_of_year("2025-10")) == ("2025年10月", "Oct 2025")
    assert (ZH.day(None), EN.day(None)) == ("日期不详", "no date")


def test_an_axis_takes_the_scale_that_its_largest_value_needs() -> None:
    assert (ZH.axis([3e9, None], "yuan").title, EN.axis([3e9], "yuan").title) == ("亿元", "million yuan")
    assert (ZH.axis([25_000], "yuan").title, EN.axis([25_000], "yuan").title) == ("万元", "thousand yuan")
    assert (ZH.axis([120], "persons").title, ZH.axis([120], "persons").divisor) == ("人", 1)
    assert ZH.axis([12.0], "%").percent


def test_lists_are_joined_as_each_language_does() -> None:
    assert (ZH.listed(["甲", "乙", "丙"]), EN.listed(["a", "b", "c"])) == ("甲、乙和丙", "a, b and c")
    assert (ZH.listed(["甲"]), EN.listed([])) == ("甲", "")


def test_a_heading_says_the_unit_that_its_figures_are_counted_by() -> None:
    assert Words("zh").headed("再就业", "persons") == "再就业 (人)"
    assert Words("en").headed("paid", "yuan") == "paid (yuan)"
    assert Words("zh").headed("名次", "rank") == "名次"


@pytest.mark.parametrize("unit", UNITS)
def test_one_of_a_thing_is_not_many_in_english(unit: str) -> None:
    ones = {
        "entities": "1 entity",
        "count": "1 count",
        "m²": "1 m²",
        "points": "1 percentage point",
        "offices": "1 office",
    }
    assert EN.with_unit(1, unit) == ones.get(unit, f"1 {unit[:-1]}")
    assert EN.with_unit(2, unit) == f"2 {EN.unit(unit)}"
    assert ZH.with_unit(1, unit) == f"1 {ZH.unit(unit)}"


def test_a_published_figure_has_the_decimals_that_it_was_written_with() -> None:
    assert [decimals_held(Decimal(text)) for text in ("89.60", "7", "1E+2")] == [2, 0, 0]


def test_a_file_is_named_by_what_every_system_takes() -> None:
    assert file_stem("贷款账龄", "磁山区", "2026年第三季度") == "贷款账龄-磁山区-2026年第三季度"
    assert file_stem("a/b: c?", "") == "a b c"
