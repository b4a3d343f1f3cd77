"""Published figures stand beside computed ones: over a city's own days for its own, over those in view for others'."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from dashboard.app import view_of
from dashboard.drawings.published import published
from dashboard.selection import Selection
from dashboard.text import Words
from dashboard.view import View
from dashboard.warehouse import Warehouse
from tests.worlds import Delivery, region, world

LIAOYUAN = "220400000000"


def liaoyuan(folder: Path) -> View:
    """Liaoyuan in August 2003 with the fund that it raised, and a contribution a month later."""
    given = [
        {"entry_no": no, "entry_on": on, "source": "city", "kind": "contribution", "amount": amount}
        for no, on, amount in (("E1", date(2003, 7, 1), 2_460_000), ("E2", date(2003, 9, 20), 540_000))
    ]
    tables = {"regions": [region(LIAOYUAN, "city", None)], "fund_entries": given}
    view = view_of(Warehouse(world(folder, Delivery(tables, date(2003, 9, 30)))), Selection(), None)
    assert view is not None
    return replace(view, words=Words("en"))


def test_a_citys_own_figures_are_computed_over_their_own_days(tmp_path: Path) -> None:
    drawn = published(liaoyuan(tmp_path))
    own = {row["metric"]: row for row in drawn.table.rows if row["city"] == "Liaoyuan"}
    fund, room = own["Guarantee fund balance"], own["Room under the fund's cap"]
    assert (fund["reported"], fund["computed"]) == ("¥2.46m", "¥2.46m")
    assert (room["reported"], room["computed"]) == ("¥12.3m", "¥12.3m")
    assert drawn.reading.endswith("for the same days.")


def test_another_citys_figures_stand_beside_what_is_in_view(tmp_path: Path) -> None:
    view = liaoyuan(tmp_path)
    harbin = [row for row in published(view).table.rows if row["city"] == "Harbin"]
    assert {row["over"] for row in harbin} == {"Jan–Sep 2003"}
    [cap] = [row for row in harbin if row["kind"] == "rule"]
    assert (cap["reported"], cap["computed"]) == ("at most 3.00×", "5.00×")


def test_a_figure_cut_out_of_a_report_is_said_to_be_missing(tmp_path: Path) -> None:
    rows = published(liaoyuan(tmp_path)).table.rows
    assert [row["city"] for row in rows if row["reported"] == "not readable in the report"] == ["Huangshi"]
