"""The charts of a bulletin: what stands where, and what is not drawn."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

from dashboard.publish.canvas import label_width, shortened, text_width
from dashboard.publish.charts import ROWS, drawn
from dashboard.publish.document import Bar, Bars, Bump, Course, Interval, Intervals
from dashboard.semantics.words import Text
from dashboard.text import Words

ZH = Words("zh")
NAMES = Text("岗位", "posts"), Text("网络", "network")
SCORES = Bars(Text("得分", "scores"), NAMES, (Bar("甲<乙", (30.0, 20.0), 50.0), Bar("丙", (10.0, 15.0), 25.0)))
SVG = "{http://www.w3.org/2000/svg}"


def parts(drawing: str, tag: str) -> list[dict[str, str]]:
    return [dict(element.attrib) for element in ET.fromstring(drawing).iter(SVG + tag)]


def texts(drawing: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(drawing).iter(SVG + "text")]


def test_bars_are_as_long_as_their_parts() -> None:
    [drawing] = drawn(SCORES, ZH)
    widths = [float(bar["width"]) for bar in parts(drawing, "rect") if bar["height"] == "14"]
    assert [round(width / widths[0], 3) for width in widths] == [1, 0.667, 0.333, 0.5]
    assert texts(drawing) == ["岗位", "网络", "甲<乙", "50.00", "丙", "25.00"]


def test_a_long_chart_goes_on_in_another_drawing_on_the_same_scale() -> None:
    bars = tuple(Bar(f"第{at}社区", (100.0 - at, 0.0), 100.0 - at) for at in range(ROWS + 5))
    first, second = drawn(replace(SCORES, bars=bars), ZH)
    assert len(texts(second)) == 2 + 2 * 5
    longest = float(parts(first, "rect")[2]["width"])
    assert float(parts(second, "rect")[2]["width"]) == round(longest * (100 - ROWS) / 100, 2)


def test_an_interval_reaches_from_the_best_to_the_worst_likely_rank() -> None:
    [drawing] = drawn(Intervals(Text("名次", "ranks"), (Interval("甲", 3, 1, 9), Interval("乙", 1, 1, 1)), line=5), ZH)
    lines = [mark["d"] for mark in parts(drawing, "path") if "stroke-width" in mark]
    (low, high), (same, also) = [[float(x) for x in re.findall(r"[ML]([\d.]+) ", way)] for way in lines]
    dots = [float(dot["cx"]) for dot in parts(drawing, "circle")]
    assert low < dots[0] < high
    assert abs((dots[0] - low) / (high - low) - 2 / 8) < 0.001
    assert same == also == dots[1]
    assert len([mark for mark in parts(drawing, "path") if "stroke-dasharray" in mark]) == 1


def test_ranks_over_time_end_at_names_that_do_not_stand_on_each_other() -> None:
    courses = (Course("甲", (2, 1)), Course("乙", (1, 1)), Course("丙", (None, 3)), Course("丁", (3, 40)))
    chart = Bump(Text("名次", "ranks"), (Text("一季度", "Q1"), Text("二季度", "Q2")), courses, deepest=5)
    [drawing] = drawn(chart, ZH)
    assert texts(drawing)[-2:] == ["甲和乙", "丙"]
    assert len(parts(drawing, "circle")) == 6  # 丁 leaves the chart after its first quarter
    lines = [mark for mark in parts(drawing, "path") if "stroke-width" in mark]
    assert len(lines) == 3  # 丙 has one rank alone, and no line


def test_nothing_to_draw_gives_no_drawing() -> None:
    assert drawn(replace(SCORES, bars=()), ZH) == []
    assert drawn(Intervals(Text("a", "a"), ()), ZH) == []
    assert drawn(Bump(Text("a", "a"), (), ()), ZH) == []


def test_a_label_that_is_too_long_ends_in_dots() -> None:
    long = "一个名字特别特别长的社区居民委员会服务站"
    assert shortened(long, 100).endswith("…")
    assert text_width(shortened(long, 100)) <= 100
    assert label_width([long]) == 200
    assert shortened("短", 100) == "短"
