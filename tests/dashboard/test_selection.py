"""The address is the state: what it says, and only that."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.period import Period, named_period, period_before, same_last_year, year_period
from dashboard.selection import COMPARISONS, LANGUAGES, LEVELS, Selection

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
words = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
periods = st.builds(lambda a, b: Period(min(a, b), max(a, b)), days, days)
values = st.text(min_size=1, max_size=12).filter(lambda text: text.isprintable())
selections = st.builds(
    Selection,
    region=st.none() | st.from_regex(r"[0-9]{12}", fullmatch=True),
    period=st.none() | periods,
    as_of=st.none() | days,
    compare=st.sampled_from(COMPARISONS),
    by=st.none() | words,
    indicator=st.none() | words,
    level=st.none() | st.sampled_from(LEVELS),
    section=st.none() | words,
    where=st.lists(st.tuples(words, values), max_size=3, unique=True).map(tuple),
    weights=st.dictionaries(values, st.integers(0, 100), max_size=3).map(lambda found: tuple(found.items())),
    lang=st.sampled_from(LANGUAGES),
)


@given(selections)
def test_an_address_read_back_is_the_same_selection(selection: Selection) -> None:
    assert Selection.parse(selection.search) == selection


@given(st.text(max_size=200))
def test_any_text_at_all_is_read_without_an_error(search: str) -> None:
    assert isinstance(Selection.parse(search), Selection)


def test_what_nobody_chose_is_not_written() -> None:
    assert Selection().search == ""
    assert Selection.parse("?lang=zh&compare=last_year").search == ""


def test_unknown_keys_and_senseless_values_are_ignored() -> None:
    assert (
        Selection.parse("?utm=1&region=99&period=2026Q5&as_of=2026-02-30&lang=fr&by=;drop&level=planet&section=../x")
        == Selection()
    )


def test_a_region_is_written_as_short_as_it_can_be() -> None:
    assert Selection(region="990102000000").search == "?region=990102"
    assert Selection(region="990102003000").search == "?region=990102003"
    assert Selection(region="990102003001").search == "?region=990102003001"


def test_a_click_on_a_region_drills_and_a_click_on_anything_else_filters() -> None:
    start = Selection(lang="en")
    assert start.drilled("region", "990102000000").search == "?region=990102&lang=en"
    filtered = start.drilled("bank", "城市银行").drilled("bank", "商业银行").drilled("product", "personal")
    assert filtered.where == (("bank", "商业银行"), ("product", "personal"))
    assert filtered.without("bank", "商业银行").where == (("product", "personal"),)


def test_a_click_on_a_month_chooses_the_period() -> None:
    assert Selection().drilled("period", "2026-03").period == Period(date(2026, 3, 1), date(2026, 3, 31))


@given(periods)
def test_a_period_read_by_its_name_is_the_same_period(period: Period) -> None:
    assert named_period(period.name) == period


def test_periods_have_short_names() -> None:
    assert year_period(2026).name == "2026"
    assert Period(date(2026, 7, 1), date(2026, 9, 30)).name == "2026Q3"
    assert Period(date(2024, 2, 1), date(2024, 2, 29)).name == "2024-02"
    assert Period(date(2026, 1, 1), date(2026, 9, 15)).name == "2026-01-01..2026-09-15"


def test_last_years_february_ends_on_its_own_last_day() -> None:
    assert same_last_year(Period(date(2024, 2, 1), date(2024, 2, 29))) == Period(date(2023, 2, 1), date(2023, 2, 28))
    assert same_last_year(Period(date(2025, 2, 1), date(2025, 2, 28))) == Period(date(2024, 2, 1), date(2024, 2, 29))


def test_the_period_before_is_of_the_same_kind() -> None:
    before = {
        "2026": "2025",
        "2026Q1": "2025Q4",
        "2026-03": "2026-02",
        "2026-03-11..2026-03-20": "2026-03-01..2026-03-10",
    }
    for name, expected in before.items():
        period = named_period(name)
        assert period is not None
        assert period_before(period).name == expected


def test_a_moved_weight_is_in_the_address_and_gone_when_it_is_back() -> None:
    moved = Selection().weighing("posts", 60).weighing("posts.jobs", 5).weighing("posts", 70)
    assert moved.search == "?weight=posts.jobs%3A5&weight=posts%3A70"
    assert Selection.parse(moved.search) == moved
    assert moved.weighing("posts", None).weighing("posts.jobs", None) == Selection()
    assert Selection.parse("?weight=posts:101&weight=posts:x&weight=:5&weight=posts") == Selection()
