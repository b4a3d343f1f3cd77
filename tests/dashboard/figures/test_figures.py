"""Every figure is a plain dict that Plotly accepts, with the same rows as the words beside it."""

from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.figures.bars import Bar, Series, grouped, layers, lying_layers, ranked_bars
from dashboard.figures.cohorts import Cohort, cohort_curves
from dashboard.figures.curves import against_pace, rates
from dashboard.figures.funnels import Dot, Limits, funnel_plot
from dashboard.figures.moves import moves_and_balance
from dashboard.figures.ranks import Course, Span, bump, likely_ranks
from dashboard.figures.spark import spark
from dashboard.figures.steps import Part, Rise, beside_zero, steps, waterfall
from dashboard.figures.theme import plotly_config
from dashboard.text import Words

AXIS = Words("zh").axis([30_000, 120_000], "yuan")
NAMES = ["1月", "2月"]
DUE = Series("到期", [30_000.0, None], ["￥30,000", "无数据"])
PAID = Series("收回", [10_000.0, 20_000.0], ["￥10,000", "￥20,000"])
BARS = [
    Bar("磁山区", 120_000.0, "￥12.0万", earlier=90_000.0, earlier_said="￥90,000", drill=("region", "990102000000")),
    Bar("临湖区", None, "无数据", drill=("region", "990103000000"), chosen=False),
]
FIGURES: dict[str, dict[str, Any]] = {
    "ranked bars": ranked_bars(BARS, AXIS, "本期", "上年同期"),
    "ranked bars alone": ranked_bars(BARS, AXIS, "本期"),
    "no bars": ranked_bars([], AXIS, "本期"),
    "layers": layers(NAMES, [DUE, PAID], AXIS, [("period", "2026-01"), None]),
    "lying layers": lying_layers(NAMES, [DUE, PAID], AXIS),
    "grouped": grouped(NAMES, [DUE, PAID], AXIS),
    "against pace": against_pace(NAMES, DUE, PAID, Series("序时", [1.0, 2.0], ["1", "2"]), AXIS),
    "against nothing": against_pace(NAMES, DUE, None, None, AXIS),
    "rates": rates(NAMES, [DUE, PAID], Words("en").axis([3.0], "%")),
    "cohorts": cohort_curves(
        [Cohort("2025Q3", [0.0, None, 2.0], ["0%", "无数据", "2%"], ("cohort", "2025Q3"), few=True)], AXIS, "月"
    ),
    "no cohorts": cohort_curves([], AXIS, "月"),
    "moves and balance": moves_and_balance(NAMES, [DUE, PAID], DUE, AXIS, [("period", "2026-01"), None]),
    "no moves": moves_and_balance(NAMES, [], DUE, AXIS, [None, None]),
    "waterfall": waterfall(
        [Rise("岗位", 14.0, "14.00 / 15.00", 15.0, "甲"), Rise("满意率", 0.0, "0", 5.0, "乙")],
        ("得分", "14.00"),
        "失分",
    ),
    "steps": steps(
        Part("上期", 60.0, "60.00"),
        [Part("自身", -4.0, "−4.00"), Part("他人", 1.0, "+1.00")],
        Part("本期", 57.0, "57.00"),
    ),
    "beside zero": beside_zero([("前一名", [Part("岗位", -2.0, "−2.00")]), ("第十名", [Part("岗位", 3.0, "3.00")])]),
    "bump": bump(
        ["2026Q1", "2026Q2"],
        ["一季度", "二季度"],
        [Course("松林社区", [2, None], ("region", "1")), Course("柳荫社区", [1, 3], ("region", "2"), chosen=True)],
        "名次",
    ),
    "funnel": funnel_plot(
        [Dot("松林社区", 20, 90.0, "90%", ("region", "1"), outside=True, chosen=True)],
        [1.0, 20.0],
        [Limits("95%", [10.0, 60.0], [90.0, 80.0])],
        ("合计", 70.0),
        axis=AXIS,
        size="规模",
    ),
    "likely ranks": likely_ranks(
        [Span("松林社区", 2, 1, 6, "第 2 名", ("region", "990102001001"))], "名次", "可能名次"
    ),
}


@pytest.mark.parametrize("name", FIGURES)
def test_plotly_accepts_the_figure(name: str) -> None:
    assert go.Figure(FIGURES[name]).to_dict()["layout"]


@pytest.mark.parametrize("name", FIGURES)
def test_the_figure_needs_only_bars_and_lines(name: str) -> None:
    assert {trace["type"] for trace in FIGURES[name]["data"]} <= {"bar", "scatter"}


def test_values_are_divided_as_the_axis_says_and_a_missing_one_is_no_zero() -> None:
    bars = FIGURES["ranked bars"]["data"][0]
    assert bars["x"] == [12.0, None]
    assert bars["text"] == ["￥12.0万", "无数据"]


def test_a_bar_carries_what_a_click_on_it_chooses() -> None:
    assert FIGURES["ranked bars"]["data"][0]["customdata"][0] == ["region", "990102000000"]
    assert FIGURES["layers"]["data"][0]["customdata"] == [["period", "2026-01"], None]


def test_the_parts_of_a_score_stand_one_after_another() -> None:
    first, second, lost, total = FIGURES["waterfall"]["data"][:4]
    assert (first["base"], second["base"], total["x"]) == ([0.0], [14.0], [14.0])
    assert (lost["base"], lost["x"]) == ([14.0, 14.0], [1.0, 5.0])


def test_the_steps_of_a_change_lead_from_one_score_to_the_other() -> None:
    own, others = FIGURES["steps"]["data"][:2]
    assert (own["base"], own["x"], others["base"], others["x"]) == ([60.0], [-4.0], [56.0], [1.0])


def test_a_unit_is_named_where_its_course_ends_and_has_a_gap_where_it_had_no_rank() -> None:
    gone, chosen, named = FIGURES["bump"]["data"]
    assert (gone["y"], chosen["y"], named["text"]) == ([2, None], [1, 3], ["  3 柳荫社区"])
    low, high = FIGURES["bump"]["layout"]["yaxis"]["range"]
    assert (low > 3, high < 1) == (True, True)


def test_what_lies_outside_a_funnel_has_a_shape_of_its_own() -> None:
    assert FIGURES["funnel"]["data"][-1]["marker"]["symbol"] == ["diamond"]


def test_two_places_of_one_name_are_two_bars() -> None:
    drawn = ranked_bars([Bar("滨湖社区", 1.0, "1"), Bar("滨湖社区", 2.0, "2")], AXIS, "本期")
    assert len(set(drawn["data"][0]["y"])) == 2


def test_the_value_stands_clear_of_bar_and_tick() -> None:
    drawn = FIGURES["ranked bars"]["data"]
    assert drawn[2]["x"][0] > max(drawn[0]["x"][0], drawn[1]["x"][0])


def test_a_balance_that_nothing_moved_has_the_whole_height_and_its_unit_beside_the_legend() -> None:
    layout = FIGURES["no moves"]["layout"]
    assert "yaxis2" not in layout
    assert "annotations" not in layout
    assert AXIS.title in layout["legend"]["title"]["text"]


def test_nothing_leaves_the_host() -> None:
    config = plotly_config("zh-CN", "贷款账龄")
    assert (config["showSendToCloud"], config["plotlyServerURL"], config["locale"]) == (False, "", "zh-CN")


def test_a_spark_needs_two_points_and_breaks_where_one_is_missing() -> None:
    assert spark([1.0]) is None
    assert spark([None, 2.0]) is None
    line = spark([1.0, None, 2.0, 3.0])
    assert line is not None
    assert line.count("M") == 2
    assert line.startswith("data:image/svg+xml,")
