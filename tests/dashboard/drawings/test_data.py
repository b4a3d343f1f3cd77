"""The page of data quality: the ranking's own figures, shares by hand, and what a reader of a part sees of it."""

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import select

from dashboard.draw import draw
from dashboard.pages.data import NETWORK, PAGE
from dashboard.panel import Drawing, Withheld
from dashboard.quality import Part, inside, rows_of
from dashboard.ranking.indicators import warehouse_table
from dashboard.ranking.official import standard_of_city
from dashboard.ranking.standard import Group, Leaf
from dashboard.semantics.scope import Scope
from dashboard.tally import by_part
from dashboard.view import View
from etl.marts.quality import unit_account


def drawn(view: View, panel: str) -> Drawing:
    found = PAGE.panel(panel)
    assert found is not None
    drawing = draw(found, view)
    assert isinstance(drawing, Drawing), drawing
    return drawing


@pytest.fixture
def data(city: View) -> View:
    return replace(city, path="/data", quarterly=True)


@pytest.mark.parametrize("level", ["district", "street", "community"])
def test_completeness_and_timeliness_are_the_rankings_criterion(data: View, level: str) -> None:
    """The same metrics, the same quarter, the same units: equal to the last digit."""
    region = data.tree.root
    for _ in range(("district", "street", "community").index(level)):
        region = data.tree.children(region)[0]
    view = replace(data, selection=data.selection.but(region=region.code))
    standard = standard_of_city(data.build, view.period)
    [network] = [node for node in standard.tree.children if node.name == "network"]
    assert isinstance(network, Group)
    assert tuple(leaf.measure.column for leaf in network.children if isinstance(leaf, Leaf)) == NETWORK
    ranked = warehouse_table(data.build.whole, standard, view.period, level)
    places = {code: place for place, code in enumerate(ranked.units)}
    rows = drawn(view, "network").table.rows
    assert {row["region_code"] for row in rows} <= set(places)
    for name in NETWORK:
        shown = [np.nan if row[name] is None else float(row[name]) for row in rows]
        own = [ranked.columns["metric", name][places[row["region_code"]]] for row in rows]
        assert np.array_equal(shown, own, equal_nan=True)


def test_every_load_reads_what_it_accounts_for(data: View) -> None:
    for row in drawn(data, "loads").table.rows:
        fates = ("new", "changed", "unchanged", "duplicates", "totals_rows", "quarantined")
        assert row["read"] == sum(row[name] for name in fates)


def test_parts_of_the_city_add_up_to_the_rows_that_name_a_unit(data: View) -> None:
    """Rows read and held of the districts and of the city itself are all that any region is named in."""
    rows = [row for row in drawn(data, "error_units").table.rows if row["table_said"] == "全部数据表"]
    loads = drawn(data, "error_loads").table.rows
    for count in ("read", "held"):
        assert sum(row[count] for row in rows) == sum(row[count] for row in loads)
    district = data.tree.children(data.tree.root)[0]
    of_district = replace(data, selection=data.selection.but(region=district.code))
    [own] = [row for row in rows if row["label"] == district.name]
    parts = [row for row in drawn(of_district, "error_units").table.rows if row["table_said"] == "全部数据表"]
    assert sum(row["read"] for row in parts) == own["read"]


def test_rows_held_lie_in_the_unit_that_they_name(data: View) -> None:
    """An unknown community counts with its street; what names nothing readable, with no unit."""
    rows = drawn(data, "held_rows").table.rows
    unknown = {row["key"] for row in rows if row["region_name"] == "未写明单位"}
    [street] = {row["region_name"] for row in rows if "990102001777" in row["message"]}
    assert street == data.tree.find("990102001000").name
    assert {row["key"] for row in rows if "“99010”" in row["message"]} <= unknown
    assert unknown
    district = replace(data, selection=data.selection.but(region="990102000000"))
    assert not {row["key"] for row in drawn(district, "held_rows").table.rows} & unknown


def test_whoever_may_see_no_rows_sees_counts_alone(data: View) -> None:
    leader = replace(data, build=data.build.within(Scope(None, rows=False)))
    for name in ("held_rows", "finding_rows"):
        panel = PAGE.panel(name)
        assert panel is not None
        refused = draw(panel, leader)
        assert isinstance(refused, Withheld)
        assert refused.reason == "not_allowed"
    shown, full = drawn(leader, "held_tables"), drawn(data, "held_tables")
    assert shown.table.rows == full.table.rows
    assert "/export/held/" not in str(shown.body)
    assert "/export/held/" in str(full.body)


def test_what_bears_no_region_belongs_to_the_whole_city_alone(data: View) -> None:
    rows = rows_of(data, select(unit_account))[:1]
    rows = [rows[0] | {"region_id": None}]
    assert inside(data, rows) == rows
    assert by_part(data, [{"part": None, "is_placed": False}])[-1][0] == Part("未写明单位")
    own = data.build.within(Scope(("990102000000",), rows=True))
    assert inside(replace(data, build=own), rows) == []
