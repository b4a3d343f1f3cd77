"""Tables as CSV: read by spreadsheets, run by none."""

import csv
import io

from dashboard.publish.render_csv import BOM, render_csv
from dashboard.text import Words
from tests.dashboard.publish.bulletins import named, ranking


def test_a_program_reads_raw_numbers_and_a_spreadsheet_reads_chinese() -> None:
    content = render_csv(ranking(6), Words("zh")).decode()
    assert content.startswith(BOM)
    rows = list(csv.reader(io.StringIO(content.removeprefix(BOM))))
    assert rows[0] == ["名次", "社区", "街道", "得分", "再就业人数 (人)", "失业率 (%)", "可能名次"]
    assert rows[1] == ["1", "𬭬家湾社区", "磁山街道", "90.00", "40", "3.2", "1–4"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "2", "4", "5", "6"]


def test_a_hidden_count_is_marked_and_a_missing_figure_is_empty() -> None:
    rows = list(csv.reader(io.StringIO(render_csv(ranking(6), Words("en")).decode().removeprefix(BOM))))
    assert rows[0][4:6] == ["re-employed (persons)", "unemployment rate (%)"]
    assert rows[4][4] == "＊"
    assert rows[5][5] == ""


def test_no_cell_begins_as_a_formula() -> None:
    for sign in ("=", "+", "-", "@", "\t", "\r", "＝"):
        [table] = named(f"{sign}HYPERLINK(1)").tables
        rows = list(csv.reader(io.StringIO(render_csv(table, Words("zh")).decode().removeprefix(BOM), newline="")))
        assert rows[1] == [f"'{sign}HYPERLINK(1)"]
