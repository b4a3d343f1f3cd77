"""A panel's rows as a file: read by spreadsheets, run by none."""

import csv
import io
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from dashboard.export import as_csv, as_workbook
from dashboard.panel import Column, Drawing, Panel, Table, Withheld
from dashboard.publish.render_csv import BOM, RISKY, defused
from dashboard.text import Words
from dashboard.view import View


def test_headers_say_the_unit_in_the_readers_language_and_numbers_are_not_rounded() -> None:
    table = Table(
        (Column("name", "区划"), Column("paid", "支出", "yuan")),
        [{"name": "磁山区", "paid": 1234.567}, {"name": "临湖区", "paid": None}],
    )
    text = as_csv(table, Words("zh")).decode()
    assert text == BOM + "区划,支出 (元)\r\n磁山区,1234.567\r\n临湖区,\r\n"


def test_a_negative_number_stays_a_number() -> None:
    assert as_csv(Table((Column("a", "a", "yuan"),), [{"a": -5}]), Words("en")).endswith(b"\r\n-5\r\n")


@given(st.text(max_size=20))
def test_no_text_begins_as_a_formula(text: str) -> None:
    assert not defused(text).startswith(RISKY)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), min_size=1, max_size=4))
def test_what_is_written_is_read_back(names: list[str]) -> None:
    table = Table(
        (Column("name", "name"), Column("rank", "rank", "rank")), [{"name": name, "rank": 1} for name in names]
    )
    rows = list(csv.DictReader(io.StringIO(as_csv(table, Words("en")).decode().removeprefix(BOM))))
    assert [row["name"].removeprefix("'") for row in rows] == [name.removeprefix("'") for name in names]


def unasked(_: View) -> Drawing:
    raise Withheld("no_rows")


PANEL = Panel("paid", "Loans outstanding", "Loans outstanding", ("loan_outstanding",), unasked)
PAID = Table(
    (
        Column("name", "区划"),
        Column("paid", "支出", "yuan"),
        Column("code", "代码", "place"),
        Column("on", "日期"),
    ),
    [
        {"name": "=1+1", "paid": Decimal("1234.50"), "code": "990102000000", "on": date(2026, 9, 30)},
        {"name": "临湖区", "paid": None, "code": "990103000000", "on": None},
    ],
)


def test_a_workbook_has_a_cover_that_answers_for_its_figures(city: View) -> None:
    book = load_workbook(io.BytesIO(as_workbook(PANEL, city, Drawing("全市最多。", PAID))))
    cover = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows(min_row=2, max_col=2)}
    assert cover["区划"] == city.region.name
    assert cover["期间"] == city.words.period(city.period)
    assert cover["筛选"] == "无"
    assert cover["数据截至"] == city.words.day(city.data_date)
    assert cover["装载批次"] == str(city.build.load)
    assert cover["解读"] == "全市最多。"
    assert "loan_outstanding" in str(cover["贷款余额"])


def test_a_workbook_holds_numbers_as_numbers_and_every_text_as_text(city: View) -> None:
    book = load_workbook(io.BytesIO(as_workbook(PANEL, city, Drawing("", PAID))))
    head, first, second = book.worksheets[1].iter_rows()
    assert [cell.value for cell in head] == ["区划", "支出 (元)", "代码", "日期"]
    assert [(cell.value, cell.data_type) for cell in first[:3]] == [
        ("=1+1", "s"),
        (1234.5, "n"),
        ("990102000000", "s"),
    ]
    assert first[3].is_date
    assert second[1].value == "无数据"
