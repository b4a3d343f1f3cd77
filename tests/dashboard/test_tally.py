"""What the warehouse counts by the regions side by side is what the rows add up to, one by one, in any view."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from dashboard.drawings.coverage import freshness
from dashboard.drawings.errors import ACCOUNTS
from dashboard.drawings.punctuality import LISTED, calendar, missing
from dashboard.panel import Withheld
from dashboard.quality import inside, rows_of
from dashboard.semantics.scope import Scope
from dashboard.tally import by_part, tallied
from dashboard.view import View
from etl.marts.platform import report
from etl.marts.quality import coverage, unit_account

DEPTHS = ("city", "district", "street", "community")
SCOPES = ("all", "district", "a street and a district")
VIEWS = [(level, scope) for scope in SCOPES for level in DEPTHS]


def seen(city: View, level: str, scope: str) -> View:
    """The first region of a level that a reader sees, of the whole city, of a district, or of parts of two."""
    first, second = city.tree.children(city.tree.root)[:2]
    codes = {"district": (first.code,), "a street and a district": (second.code, city.tree.children(first)[0].code)}
    view = replace(city, path="/data", quarterly=True)
    if scope in codes:
        view = replace(view, build=city.build.within(Scope(codes[scope])), tree=city.tree.within(codes[scope]))
    region = view.tree.root
    while DEPTHS.index(region.level) < DEPTHS.index(level):
        region = view.tree.children(region)[0]
    return replace(view, selection=view.selection.but(region=region.code))


def part_of(view: View, row: dict[str, Any]) -> str:
    """Where a row belongs, found by walking up from its region."""
    if row["region_id"] is None:
        return view.words.say("unit not told")
    names = {part.code: part.name for part in view.parts}
    if view.region.level == "community":
        return view.region.name
    regions = view.build.regions
    path = [regions.by_id[step].code for step in regions.by_id[row["region_id"]].path if step is not None]
    return next((names[code] for code in path if code in names), view.region.name)


@pytest.mark.parametrize(("level", "scope"), VIEWS)
def test_accounts_are_the_sums_of_their_rows(city: View, level: str, scope: str) -> None:
    view = seen(city, level, scope)
    expected: Counter[tuple[str, int, str]] = Counter()
    for row in inside(view, rows_of(view, select(unit_account))):
        expected[part_of(view, row), row["load"], row["table_name"]] += row["read"]
    found: Counter[tuple[str, int, str]] = Counter()
    for part, rows in by_part(view, tallied(view, ACCOUNTS)):
        for row in rows:
            found[part.name, row["load"], row["table_name"]] += row["read"]
    assert found == expected
    assert found


@pytest.mark.parametrize(("level", "scope"), VIEWS)
def test_reports_missing_are_those_of_the_rows(city: View, level: str, scope: str) -> None:
    view = seen(city, level, scope)
    rows = [row for row in inside(view, rows_of(view, select(report))) if row["due_on"] <= view.as_of]
    gone = sum(row["submitted_on"] is None or row["submitted_on"] > view.as_of for row in rows)
    drawing = missing(view)
    shown = drawing.table.rows
    assert sum(row["received_on"] is None for row in shown) == gone
    assert len(shown) <= LISTED
    assert all(view.period.start <= row["due_on"] <= view.period.end for row in shown if row["received_on"])
    last = max(row["due_on"] for row in rows)
    newest = [row for row in calendar(view).table.rows if row["due_on"] == last]
    assert sum(row["due"] for row in newest) == sum(row["due_on"] == last for row in rows)


def test_a_long_list_is_cut_on_the_page_and_whole_in_the_file(city: View, monkeypatch: pytest.MonkeyPatch) -> None:
    view = seen(city, "city", "all")
    whole = missing(view)
    monkeypatch.setattr("dashboard.drawings.punctuality.LISTED", 5)
    cut = missing(view)
    assert list(cut.table.rows) == list(whole.table.rows)[:5]
    assert list(cut.filed().rows) == list(whole.table.rows)
    assert cut.reading.startswith(whole.reading)
    assert cut.reading != whole.reading


@pytest.mark.parametrize("scope", SCOPES)
def test_tables_that_name_no_unit_are_the_whole_citys_alone(city: View, scope: str) -> None:
    view = seen(city, "city", scope)
    try:
        found = {row["table_name"]: row["row_count"] for row in freshness(view).table.rows}
    except Withheld:
        found = {}
    expected: Counter[str] = Counter()
    for row in inside(view, rows_of(view, select(coverage))):
        expected[row["table_name"]] += row["row_count"]
    assert found == expected
