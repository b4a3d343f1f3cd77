"""A panel's rows as a file: read by spreadsheets, run by none."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from dashboard.export import BOM, RISKY, csv_text, defused
from dashboard.panel import Column, Table
from dashboard.text import Words


def test_headers_say_the_unit_in_the_readers_language_and_numbers_are_not_rounded() -> None:
    table = Table(
        (Column("name", "区划"), Column("paid", "支出", "yuan")),
        [{"name": "磁山区", "paid": 1234.567}, {"name": "临湖区", "paid": None}],
    )
    text = csv_text(table, Words("zh"))
    assert text == BOM + "区划,支出 (元)\r\n磁山区,1234.567\r\n临湖区,\r\n"


def test_a_negative_number_stays_a_number() -> None:
    assert csv_text(Table((Column("a", "a", "yuan"),), [{"a": -5}]), Words("en")).endswith("\r\n-5\r\n")


@given(st.text(max_size=20))
def test_no_text_begins_as_a_formula(text: str) -> None:
    assert not defused(text).startswith(RISKY)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), min_size=1, max_size=4))
def test_what_is_written_is_read_back(names: list[str]) -> None:
    table = Table(
        (Column("name", "name"), Column("rank", "rank", "rank")), [{"name": name, "rank": 1} for name in names]
    )
    rows = list(csv.DictReader(io.StringIO(csv_text(table, Words("en")).removeprefix(BOM))))
    assert [row["name"].removeprefix("'") for row in rows] == [name.removeprefix("'") for name in names]
