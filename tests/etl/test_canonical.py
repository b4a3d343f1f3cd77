"""What a cell may say, kind by kind: every form that the contract promises, and what is none."""

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given as generate
from hypothesis import settings
from hypothesis import strategies as st

from etl.canonical import given, trimmed, value
from etl.contract import MISSING_WORDS, Choice, Column, Kind
from etl.tables import BY_NAME


def read(kind: Kind, text: str | None, **more: Any) -> Any:
    """The canonical value of a cell; None where it is missing or cannot be read."""
    factor, serials = more.pop("factor", 1), more.pop("serials", False)
    return read_column(Column("c", "列", "column", kind, **more), text, factor=factor, serials=serials)


def read_column(column: Column, text: str | None, *, factor: int = 1, serials: bool = False) -> Any:
    with duckdb.connect() as connection:
        connection.execute("SET VARIABLE indicators = MAP(['placed'], ['placed'])")
        select = (
            f"SELECT {value(column, 'x', factor=factor, serials=serials)} FROM (SELECT {given(column, 't')} AS x FROM"
        )
        row = connection.execute(
            f"{select} (SELECT {trimmed('c')} AS t FROM (SELECT ?::VARCHAR AS c)))", [text]
        ).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(
    "text",
    ["2005-03-01", "2005/3/1", "2005.3.1", "20050301", "2005年3月1日", "2005-3-1", "2005/03/01", " 2005-03-01\t"],
)
def test_a_date_is_read_in_every_promised_form(text: str) -> None:
    assert read(Kind.DATE, text) == date(2005, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2005-02-30",
        "2005-13-01",
        "05-03-01",
        "2005-3/1",
        "38412",
        "epoch",
        "infinity",
        "2005 3 1",
        "0000-01-01",
        "2005-03",
        "2005-03-01x",
        "-005-03-01",
        "12005-03-01",
        "2005年3月",
        "200503",
    ],
)
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert read(Kind.DATE, text) is None


def test_a_spreadsheets_day_number_is_a_date_only_in_a_spreadsheet() -> None:
    assert read(Kind.DATE, "38412", serials=True) == date(2005, 3, 1)
    assert read(Kind.MONTH, "38412", serials=True) == date(2005, 3, 1)
    assert read(Kind.DATE, "38412") is None


@pytest.mark.parametrize(
    "text", ["2026-03", "2026/3", "202603", "2026年3月", "2026-03-17", "2026年3月17日", "20260317"]
)
def test_a_month_may_be_written_as_any_of_its_days(text: str) -> None:
    assert read(Kind.MONTH, text) == date(2026, 3, 1)


@pytest.mark.parametrize("text", ["2026-13", "2026", "2026.3", "March", "2026-02-30"])
def test_what_names_no_month_is_none(text: str) -> None:
    assert read(Kind.MONTH, text) is None


@pytest.mark.parametrize(
    ("periods", "text", "period"),
    [
        ("MQ", "2026-03", "2026-03"),
        ("MQ", "2026Q1", "2026Q1"),
        ("MQ", "2026", None),
        ("QY", "2026", "2026"),
        ("QY", "2026-03", None),
        ("Q", "2026Q5", None),
        ("Q", "2026Q4", "2026Q4"),
        ("MQ", "202603", "2026-03"),
        ("Q", "2026", None),
    ],
)
def test_a_period_is_what_its_column_allows(periods: str, text: str, period: str | None) -> None:
    assert read(Kind.PERIOD, text, periods=periods) == period


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("3.0", 3),
        ("1,234", 1234),
        ("-2", -2),
        ("3.5", None),
        ("1_000", None),
        ("12a", None),
        ("1,23", None),
        ("1e3", 1000),
        ("99999999999999999999", None),
        ("", None),
        ("—", None),
        ("0003", 3),
    ],
)
def test_a_whole_number_has_no_fraction(text: str, number: int | None) -> None:
    assert read(Kind.WHOLE, text) == number


@pytest.mark.parametrize(
    ("text", "factor", "yuan"),
    [
        ("100", 1, "100.00"),
        ("1,234,567.89", 1, "1234567.89"),
        ("100.00005", 1, "100.00"),
        ("100.0001", 1, "100.00"),
        ("99.99995", 1, "100.00"),
        ("100.005", 1, None),
        ("100.0049", 1, None),
        ("12.345678", 10_000, "123456.78"),
        ("1.23456789", 10_000, None),
        ("5", 100_000_000, "500000000.00"),
        ("0.1", 1_000, "100.00"),
        ("abc", 1, None),
        ("9999999999999999999", 1, None),
        ("-5", 1, "-5.00"),
        ("5元", 1, None),
    ],
)
def test_money_is_whole_cents_after_its_unit(text: str, factor: int, yuan: str | None) -> None:
    assert read(Kind.MONEY, text, factor=factor) == (None if yuan is None else Decimal(yuan))


@settings(max_examples=50, deadline=None)
@generate(st.decimals(min_value=-10_000, max_value=10_000, places=6))
def test_money_follows_the_cent_rule_for_any_amount(amount: Decimal) -> None:
    cents = amount.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
    assert read(Kind.MONEY, f"{amount:f}") == (cents if abs(amount - cents) <= Decimal("0.0001") else None)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("1", True),
        ("0", False),
        ("true", True),
        ("FALSE", False),
        ("是", True),
        ("否", False),
        ("Y", True),
        ("n", False),
        ("对", None),
        ("2", None),
        ("无", None),
    ],
)
def test_a_boolean_is_one_of_eight_words(text: str, truth: bool | None) -> None:
    assert read(Kind.BOOLEAN, text) is truth


@pytest.mark.parametrize("text", ["", "-", "—", "/", "无", "NULL", "N/A", "  ", None])
def test_the_words_for_missing_are_missing(text: str | None) -> None:
    assert read(Kind.TEXT, text) is None


def test_a_label_wins_over_the_words_for_missing() -> None:
    guarantee = BY_NAME["loans"].column("counter_guarantee")
    assert read_column(guarantee, "无") == "none"
    assert read_column(guarantee, "-") is None
    assert read_column(guarantee, "存单") == "deposit"


def test_an_enumeration_is_matched_exactly() -> None:
    sex = (Choice("male", "男", "male"), Choice("female", "女", "female"))
    assert [read(Kind.CHOICE, text, choices=sex) for text in ("男", "female", "Male", "男性")] == [
        "male",
        "female",
        None,
        None,
    ]


def test_a_set_of_choices_is_sorted_and_without_repeats() -> None:
    hardship = BY_NAME["persons"].column("hardship")
    assert read_column(hardship, "单亲、低保; disabled;单亲") == "disabled;minimum_living;single_parent"
    assert read_column(hardship, "单亲;富裕") is None
    assert read_column(hardship, "无") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("990101", "990101000000"),
        ("990101001", "990101001000"),
        ("990101001001", "990101001001"),
        ("990101001001.0", "990101001001"),
        ("99010100100", None),
        ("99010100100a", None),
        ("9901", None),
    ],
)
def test_short_region_codes_are_padded(text: str, code: str | None) -> None:
    assert read(Kind.REGION, text) == code


def test_an_indicator_is_what_the_catalogue_knows() -> None:
    assert (read(Kind.INDICATOR, "placed"), read(Kind.INDICATOR, "happiness")) == ("placed", None)


@settings(deadline=None)
@generate(st.lists(st.sampled_from(MISSING_WORDS) | st.text("-—/无NULA", max_size=6) | st.none(), min_size=1))
def test_nothing_but_the_words_for_missing_is_missing(cells: list[str | None]) -> None:
    select = f"SELECT {given(Column('c', '列', 'column', Kind.TEXT), 'c')} FROM (SELECT unnest(?::VARCHAR[]) AS c)"
    with duckdb.connect() as connection:
        found = [cell for (cell,) in connection.execute(select, [cells]).fetchall()]
    assert found == [None if cell in MISSING_WORDS else cell for cell in cells]
