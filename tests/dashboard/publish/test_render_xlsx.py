"""The workbook as a spreadsheet opens it."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from dashboard.publish.document import Column, Document, Section, Table
from dashboard.publish.render_xlsx import render_xlsx
from dashboard.semantics.words import Text
from dashboard.text import Words
from tests.dashboard.publish.bulletins import bulletin, named


def opened(document: Document) -> Workbook:
    return load_workbook(io.BytesIO(render_xlsx(document, Words("zh"))))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(bulletin(40))


def test_there_is_a_cover_and_one_sheet_a_table(book: Workbook) -> None:
    assert book.sheetnames == ["封面", "社区排名", "各区县补贴支出"]
    cover = {str(row[0].value): str(row[1].value) for row in book["封面"].iter_rows(max_col=2)}
    assert cover["期间"] == "2026年第三季度（7月1日至9月30日）"
    assert cover["数据来源"] == "第7次装载，数据截至2026年9月30日"
    assert cover["失业率"].endswith("unemployment_rate")
    assert "＊ 1至4人" in cover["社区排名"]


def test_figures_are_numbers_with_their_decimals_and_shared_ranks_say_so(book: Workbook) -> None:
    sheet = book["社区排名"]
    first, second, fourth, fifth = sheet[2], sheet[3], sheet[5], sheet[6]
    assert (first[3].value, first[3].number_format) == (90, "#,##0.00")
    assert (second[0].value, second[0].number_format) == (2, '"并列"0""')
    assert fourth[4].value == "＊"
    assert fifth[5].value == "无数据"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G41"


def test_sheets_may_be_called_alike_or_at_length() -> None:
    tables = tuple(
        Table(f"t{at}", Text(title, title), (Column("a", Text("a", "a")),), (("x",),))
        for at, title in enumerate(("排名/一", "排名/一", "长" * 40, "长" * 40, "History"))
    )
    names = opened(replace(bulletin(), sections=(Section(Text("a", "a"), tables),))).sheetnames[1:]
    assert names[:2] == ["排名／一", "排名／一 (2)"]
    assert len(set(names)) == 5
    assert all(len(name) <= 31 for name in names)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from("=+-@\t\r＝＋－＠"), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8))
def test_no_text_becomes_a_formula_a_number_or_a_link(sign: str, rest: str) -> None:
    cell = opened(named(sign + rest)).worksheets[1]["A2"]
    assert cell.data_type in ("s", "inlineStr")
    assert cell.hyperlink is None


def test_a_number_in_text_stays_text() -> None:
    for text in ("0012", "990102000000", "https://bulletins.example", "1E5"):
        assert opened(named(text)).worksheets[1]["A2"].value == text


def test_a_published_figure_keeps_the_decimals_that_it_has() -> None:
    table = Table("t", Text("t", "t"), (Column("a", Text("a", "a"), "score"),), ((Decimal("1.500"),), (Decimal(7),)))
    sheet = opened(replace(bulletin(), sections=(Section(Text("a", "a"), (table,)),))).worksheets[1]
    assert [sheet[at].number_format for at in ("A2", "A3")] == ["#,##0.000", "#,##0"]


def test_nothing_tells_who_made_it_or_when(book: Workbook) -> None:
    about = book.properties
    assert about.creator == about.lastModifiedBy == "磁湖市劳动和社会保障局"
    assert about.created == about.modified
    assert about.created.isoformat() == "2026-10-20T00:00:00"
