"""What a question's answer lists, in which form, and what it refuses."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.semantics.answer import answer
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.question import Question, QuestionError
from dashboard.semantics.scope import EVERYTHING, Scope
from dashboard.warehouse import Build
from tests.spec.rows import by, day, figure, person, placed, post, subsidy, world
from tests.worlds import CITY, HILL, LAKE, NORTH, PINE, PORT, QUAY, REED, SOUTH, TREE, WILLOW, region


def rows(build: Build, *metrics: str, scope: Scope = EVERYTHING, **asked: Any) -> list[dict[str, object]]:
    return answer(build, Question(metrics, **asked), scope).rows


def codes(build: Build, **asked: Any) -> list[object]:
    return [row["region_code"] for row in rows(build, "placed", **asked)]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Two persons placed, one of no known sex, in two districts."""
    people = [person("R1"), person("R2", sex=None, community_code=QUAY)]
    placements = [placed("P1", "R1", "02-01"), placed("P2", "R2", "03-05", community_code=QUAY)]
    return world(
        tmp_path_factory.mktemp("small"), persons=people, placements=placements, posts=[post("J1", "02-01", 4)]
    )


def test_a_region_gives_its_code_and_name_in_the_order_of_the_tree(small: Build) -> None:
    assert rows(small, "placed", by=("district",)) == [
        {"region_code": NORTH, "region_name": NORTH, "placed": 1},
        {"region_code": SOUTH, "region_name": SOUTH, "placed": 1},
    ]
    assert codes(small, by=("community",)) == [PINE, WILLOW, REED, QUAY]
    assert codes(small, by=("city",)) == [CITY]


def test_periods_are_written_as_people_write_them(small: Build) -> None:
    asked = {"start": day("2025-12-15"), "end": day("02-10")}
    assert [row["month"] for row in rows(small, "placed", by=("month",), **asked)] == ["2025-12", "2026-01", "2026-02"]
    assert [row["quarter"] for row in rows(small, "placed", by=("quarter",), **asked)] == ["2025Q4", "2026Q1"]
    assert [row["year"] for row in rows(small, "placed", by=("year",), **asked)] == ["2025", "2026"]


def test_the_period_is_the_year_up_to_the_data_date_unless_said(small: Build) -> None:
    months = [row["month"] for row in rows(small, "placed", by=("month",))]
    assert (months[0], months[-1]) == ("2026-01", "2026-09")
    assert rows(small, "placed", by=("month",), as_of=day("02-10"))[-1] == {"month": "2026-02", "placed": 1}


def test_a_period_wholly_after_the_day_is_missing_not_0(small: Build) -> None:
    later = {"start": day("10-01"), "end": day("10-31")}
    assert rows(small, "placed", "unemployed", **later) == [{"placed": None, "unemployed": None}]
    assert rows(small, "placed", by=("month",), **later) == []
    assert {row["placed"] for row in rows(small, "placed", by=("district",), **later)} == {None}


def test_the_end_of_a_period_is_cut_at_the_day(small: Build) -> None:
    assert figure(small, "placed", as_of=day("03-04")) == 1
    assert figure(small, "placed", as_of=day("03-05")) == 2


def test_rows_come_in_the_order_of_the_breakdown(small: Build) -> None:
    asked = {"start": day("02-01"), "end": day("03-31")}
    found = rows(small, "placed", by=("month", "district"), **asked)
    assert list(found[0]) == ["month", "region_code", "region_name", "placed"]
    assert [(row["month"], row["region_code"]) for row in found] == [
        ("2026-02", NORTH), ("2026-02", SOUTH), ("2026-03", NORTH), ("2026-03", SOUTH),
    ]  # fmt: skip


def test_a_missing_value_is_a_group_of_its_own_listed_last(small: Build) -> None:
    assert rows(small, "placed", by=("sex",)) == [{"sex": "female", "placed": 1}, {"sex": None, "placed": 1}]
    assert figure(small, "placed", where=(("sex", "null"),)) == 1
    assert figure(small, "placed", where=(("sex", None), ("sex", "female"))) == 2, "one dimension repeated means or"
    assert figure(small, "placed", where=(("sex", "female"), ("category", "graduate"))) == 0, "different ones mean and"


def test_a_filter_takes_the_chinese_label_too(small: Build) -> None:
    assert figure(small, "placed", where=(("sex", "女"),)) == 1


def test_metrics_of_one_question_share_its_groups(small: Build) -> None:
    found = rows(small, "placed", "posts_developed", "placed_4050_rate", by=("district",))
    assert [(row["placed"], row["posts_developed"], row["placed_4050_rate"]) for row in found] == [
        (1, 4, None),
        (1, 0, None),
    ]


def test_regions_can_be_chosen_by_region_and_by_filter(small: Build) -> None:
    assert codes(small, by=("street",), region=NORTH) == [HILL, LAKE]
    assert codes(small, by=("community",), where=(("street", HILL), ("street", PORT))) == [PINE, WILLOW, QUAY]
    assert codes(small, by=("street",), region=NORTH, where=(("district", SOUTH),)) == []
    assert rows(small, "placed", by=("district",), region=PINE) == [
        {"region_code": NORTH, "region_name": NORTH, "placed": 1}
    ], "what lies above is listed with the region's figure"


def test_regions_not_valid_are_listed_only_with_a_figure(tmp_path: Path) -> None:
    gone = {"valid_to": day("02-15")}
    regions = [
        *TREE,
        {**region("990101001008", "community", HILL), **gone},
        {**region("990101001009", "community", HILL), **gone},
        region("990101001010", "community", HILL, valid_from=day("10-15")),
        region("990101001011", "community", HILL, successor_code=PINE, valid_to=day("12-01")),
    ]
    people = [person("R1", community_code="990101001009")]
    placements = [placed("P1", "R1", "02-01", community_code="990101001009")]
    build = world(tmp_path, regions=regions, persons=people, placements=placements)

    assert codes(build, by=("community",), region=HILL) == [PINE, WILLOW, "990101001009"]
    assert codes(build, by=("community",), region=HILL, start=day("03-01")) == [PINE, WILLOW]
    early = codes(build, by=("community",), region=HILL, end=day("02-14"))
    assert early == [PINE, WILLOW, "990101001008", "990101001009"]


def test_a_merged_street_and_district_are_followed_upwards(tmp_path: Path) -> None:
    regions = [place for place in TREE if place["region_code"] not in (LAKE, SOUTH)]
    regions += [
        region(LAKE, "street", NORTH, successor_code=PORT),
        region(SOUTH, "district", CITY, successor_code=NORTH),
    ]
    build = world(tmp_path, regions=regions, persons=[person("R1", community_code=REED)])

    assert by(build, "unemployed", "street") == {PORT: 1}
    assert by(build, "unemployed", "district") == {NORTH: 1}
    assert figure(build, "unemployed", region="990102") == 1


def test_a_circle_of_successors_does_not_hang(tmp_path: Path) -> None:
    regions = [place for place in TREE if place["region_code"] not in (PINE, WILLOW)]
    regions += [
        region(PINE, "community", HILL, successor_code=WILLOW),
        region(WILLOW, "community", HILL, successor_code=PINE),
    ]
    build = world(tmp_path, regions=regions, persons=[person("R1")])

    assert by(build, "unemployed", "community") == {PINE: 1}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"metrics": ("plced",)}, ["plced", "placed"]),
        ({"metrics": ("placed",), "by": ("distrct",)}, ["distrct", "district"]),
        ({"metrics": ("placed",), "by": ("bank",)}, ["placed", "bank", "channel"]),
        ({"metrics": ("placed",), "where": (("bank", "x"),)}, ["placed", "bank"]),
        ({"metrics": ("placed",), "where": (("sex", "femal"),)}, ["sex", "femal", "female"]),
        ({"metrics": ("placed",), "where": (("month", "2026-03"),)}, ["month"]),
        ({"metrics": ("placed",), "where": (("street", NORTH),)}, [NORTH, "district", "street"]),
        ({"metrics": ("placed",), "by": ("district", "street")}, ["district", "street"]),
        ({"metrics": ("placed",), "by": ("month", "year")}, ["month", "year"]),
        ({"metrics": ("placed",), "region": "123"}, ["123"]),
        ({"metrics": ("placed",), "region": "990199"}, ["990199"]),
        ({"metrics": ("placed",), "start": day("03-01"), "end": day("02-01")}, ["2026-02-01", "2026-03-01"]),
        ({"metrics": ("placed",), "as_of": day("10-01")}, ["2026-10-01", "2026-09-30"]),
        ({"metrics": ("loan_stage_days",)}, ["loan_stage_days", "stage"]),
    ],
)
def test_what_is_not_there_is_named_with_what_could_be_asked(
    small: Build, asked: dict[str, Any], words: list[str]
) -> None:
    with pytest.raises(QuestionError) as caught:
        answer(small, Question(**asked))

    assert all(word in str(caught.value) for word in words)
    assert caught.value.text.zh != caught.value.text.en


def test_a_metric_can_be_asked_by_its_chinese_label(small: Build) -> None:
    assert rows(small, "再就业人数") == [{"placed": 2}]


def test_a_scope_shows_its_part_alone(small: Build) -> None:
    north = Scope(regions=("990101",))
    assert rows(small, "placed", scope=north) == [{"placed": 1}]
    assert [row["region_code"] for row in rows(small, "placed", by=("community",), scope=north)] == [PINE, WILLOW, REED]
    assert rows(small, "placed", region=NORTH, scope=north) == [{"placed": 1}]
    assert rows(small, "placed", region=CITY, scope=north) == [{"placed": 1}], "of the city, what is theirs"
    with pytest.raises(QuestionError, match="not yours"):
        rows(small, "placed", region=QUAY, scope=north)


ADDED_UP = [
    name for name, metric in METRICS.items() if metric.kind == "flow" and not metric.required and not metric.custom
]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_months_and_communities_add_up(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    days = st.dates(date(2024, 1, 1), date(2026, 9, 30))
    places = st.sampled_from([PINE, WILLOW, REED, QUAY])
    size = data.draw(st.integers(1, 8))
    people = [person(f"R{n}", "2023-12-01", community_code=data.draw(places)) for n in range(size)]
    placements = [
        placed(
            f"P{n}",
            f"R{data.draw(st.integers(0, size - 1))}",
            data.draw(days).isoformat(),
            community_code=data.draw(places),
        )
        for n in range(8)
    ]
    payments = [
        subsidy(f"S{n}", data.draw(days).isoformat(), f"{n}.37", community_code=data.draw(places)) for n in range(6)
    ]
    build = world(tmp_path_factory.mktemp("sum"), persons=people, placements=placements, subsidies=payments)
    period = {"start": date(2024, 2, 10), "end": date(2026, 8, 20)}

    total = answer(build, Question(tuple(ADDED_UP), **period)).rows[0]
    for breakdown in (("month",), ("community",), ("quarter", "street"), ("year", "district")):
        found = answer(build, Question(tuple(ADDED_UP), by=breakdown, **period)).rows
        assert {name: sum(row[name] for row in found) for name in ADDED_UP} == total  # type: ignore[misc]  # numbers, all
