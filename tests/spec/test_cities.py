"""Several cities in one home: together they are the sum of each, and each is judged by its own policy and fund."""

from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.semantics.asking import Asking
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.question import Question, QuestionError
from dashboard.semantics.rows import rows_behind
from dashboard.semantics.targets import targets
from dashboard.warehouse import Build
from etl.marts.region import ALL_CITIES, finding
from etl.marts.region import build as build_mart
from etl.policy import SHIPPED
from tests.spec.loan_rows import entry, figure, figures, loan, paid
from tests.spec.rows import D, day, person, placed, subsidy
from tests.worlds import CITY, PINE, TREE, Delivery, Row, region, world

OTHER, EAST, MOOR, FERN = "990200000000", "990201000000", "990201001000", "990201001001"
REGIONS = (
    *TREE,
    region(OTHER, "city", None),
    region(EAST, "district", OTHER),
    region(MOOR, "street", EAST),
    region(FERN, "community", MOOR, labour_force=600),
)
POLICY = f"""city_code = "{OTHER}"
[ages]
group_4050 = {{ male = 30, female = 30 }}
working_age_end = [ {{ valid_from = 1978-06-02, male = 60, female = 36 }} ]
[zero_households]
days = 5
[loans]
products = [
  {{ valid_from = 2002-12-24, product = "personal", cap = 1000, term_months = 6, interest_subsidy_share = 1.0 }},
]
fund_multiple = [ {{ valid_from = 2002-12-24, value = 2.0 }} ]
[subsidies]
max_months = {{ post = 1 }}
[targets]
watch_points = 90.0
pace = {{ placed = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.2, 0.3, 1.0] }}
"""

# Without one cap there is no room under it: that of the fund is each city's alone where their caps differ.
ADDED = [
    name
    for name, metric in METRICS.items()
    if metric.kind in ("flow", "stock") and not metric.required and name != "fund_room"
]


def target(code: str, value: int) -> Row:
    return {
        "target_year": 2026, "region_code": code, "indicator": "placed", "issuer": "city", "revision": 0, "value": value
    }  # fmt: skip


def of_post(no: str, on: str, registration: str, months: tuple[str, str], where: str) -> Row:
    return subsidy(
        no, on, 100, kind="post", registration_no=registration, community_code=where, period_start=day(months[0]),
        period_end=day(months[1]),
    )  # fmt: skip


ROWS: dict[str, tuple[Row, ...]] = {
    "regions": REGIONS,
    "persons": (person("A"), person("B", community_code=FERN)),
    "placements": (placed("1", "A", "03-01"), placed("2", "B", "03-02", community_code=FERN)),
    "zero_households": tuple(
        {"household_no": no, "community_code": code, "identified_on": day("02-01"), "cleared_on": day("02-11")}
        for no, code in (("H1", PINE), ("H2", FERN))
    ),
    "loans": (
        loan("A", "01-10", 4_000, registration_no="A"),
        loan("B", "01-10", 4_000, registration_no="B", community_code=FERN),
    ),
    "subsidies": (
        of_post("S1", "07-01", "A", ("04-01", "05-01"), PINE),
        of_post("S2", "07-01", "B", ("04-01", "05-01"), FERN),
    ),
    "targets": (target(CITY, 2), target(OTHER, 2)),
}


def opened(folder: Path, *, entries: tuple[Row, ...] = (), more: dict[str, tuple[Row, ...]] | None = None) -> Build:
    """A build of both cities, the other one with a policy of its own."""
    (folder / "packs" / "other").mkdir(parents=True)
    (folder / "packs" / "other" / "policy.toml").write_text(POLICY, encoding="utf-8")
    tables = ROWS | {"fund_entries": entries} | (more or {})
    home = world(folder / "home", Delivery(tables, D), city_packs=(SHIPPED, folder / "packs"))
    return Build(home / "builds" / "000001.duckdb")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Build:
    named = (entry("1", "01-01", 1_000, district="990101000000"), entry("2", "01-01", 3_000, district=EAST))
    return opened(tmp_path_factory.mktemp("cities"), entries=named)


def found(build: Build, name: str) -> list[str]:
    rows = build.fetch(select(finding.c.key).where(finding.c.finding == name).order_by(finding.c.key))
    return [key for (key,) in rows]


def test_a_build_of_several_cities_says_so(both: Build) -> None:
    assert both.fetch(select(build_mart.c.city_code)) == [(ALL_CITIES,)]


@pytest.mark.parametrize("name", ADDED)
def test_what_adds_up_is_of_both_cities_the_sum_of_each(both: Build, name: str) -> None:
    by_city = figures(both, name, "city")
    together = figure(both, name)

    assert set(by_city) == {CITY, OTHER}
    assert float(together or 0) == pytest.approx(sum(float(value or 0) for value in by_city.values()))


def test_the_code_of_all_cities_asks_for_all_of_them(both: Build) -> None:
    assert figure(both, "placements", region=ALL_CITIES) == figure(both, "placements") == 2
    assert figures(both, "placements", "district", region=ALL_CITIES)[EAST] == 1
    assert figure(both, "placements", region=OTHER) == 1


def test_each_city_is_judged_by_its_own_ages(both: Build) -> None:
    assert figures(both, "placed_4050", "city") == {CITY: 0, OTHER: 1}
    assert figures(both, "unemployed_4050", "city") == {CITY: 0, OTHER: 1}
    assert found(both, "subsidy_after_working_age") == ["S2"]


def test_each_city_has_its_own_days_for_households(both: Build) -> None:
    assert figures(both, "zero_households_cleared_20d", "city") == {CITY: 100, OTHER: 0}
    assert figure(both, "zero_households_cleared_20d") == 50


def test_each_city_has_its_own_caps_and_terms_of_loans(both: Build) -> None:
    assert found(both, "loan_over_cap") == ["B"]
    assert found(both, "loan_over_term") == ["B"]


def test_the_months_of_a_subsidy_are_those_that_the_paying_city_allows(both: Build) -> None:
    assert found(both, "subsidy_over_duration") == ["S2"]


def test_months_paid_elsewhere_count_towards_what_a_city_allows(tmp_path: Path) -> None:
    moved = (
        of_post("S1", "07-01", "A", ("04-01", "04-01"), PINE),
        of_post("S2", "07-01", "A", ("05-01", "05-01"), FERN),
    )
    build = opened(tmp_path, more={"subsidies": moved})

    assert found(build, "subsidy_over_duration") == ["S2"]


def test_each_target_keeps_the_pace_of_its_own_city(both: Build) -> None:
    own, other = targets(both)

    assert (own.region_code, other.region_code) == (CITY, OTHER)
    assert own.time_elapsed == pytest.approx(100 * 273 / 365)
    assert other.time_elapsed == pytest.approx(10.0)
    assert (own.actual, other.actual) == (1, 1)
    assert (own.state, other.state) == ("behind", "on_track")


def test_a_citys_forecast_is_that_of_its_own_districts(both: Build) -> None:
    forecasts = {one.region_code: one.forecast for one in targets(both)}

    assert forecasts[CITY] == forecasts[OTHER]
    assert 1 <= (forecasts[CITY] or 0) < 2


def test_each_city_has_its_own_fund_and_multiple(both: Build) -> None:
    assert figures(both, "fund_balance", "city") == {CITY: 1_000, OTHER: 3_000}
    assert figures(both, "fund_leverage_cap", "city") == {CITY: 5, OTHER: 2}
    assert figures(both, "fund_room", "city") == {CITY: 1_000, OTHER: 2_000}
    assert found(both, "loan_over_fund_capacity") == []


def test_several_cities_have_no_cap_together_where_theirs_differ(both: Build) -> None:
    assert figure(both, "fund_balance") == 4_000
    assert figure(both, "fund_leverage") == 2
    assert figure(both, "fund_leverage_cap") is None
    assert figure(both, "fund_room") is None


def test_loans_are_held_against_the_fund_of_their_own_city(tmp_path: Path) -> None:
    entries = (entry("1", "01-01", 9_000, district="990101000000"), entry("2", "01-01", 1_000, district=EAST))
    build = opened(tmp_path, entries=entries)

    assert found(build, "loan_over_fund_capacity") == ["B"]


def test_an_entry_without_a_district_is_of_the_city_with_whose_digits_its_number_begins(tmp_path: Path) -> None:
    entries = (
        entry("1", "01-01", 1_000, district="990101000000"),
        entry("2", "01-01", 3_000, district=EAST),
        entry("990200-3", "06-01", 500),
    )
    build = opened(tmp_path, entries=entries)

    assert figures(build, "fund_balance", "city") == {CITY: 1_000, OTHER: 3_500}
    assert figures(build, "fund_balance", "district", on="05-31")[EAST] == 3_000
    assert figures(build, "fund_balance", "district") == {"990101000000": 1_000, "990102000000": 0, EAST: None}


def test_an_entry_of_no_city_leaves_no_part_with_a_balance_of_its_own(tmp_path: Path) -> None:
    entries = (entry("1", "01-01", 1_000, district=EAST), entry("2", "06-01", 500), entry("990100-3", "07-01", 100))
    late = tuple(row | {"disbursed_on": day("07-02"), "decided_on": day("07-02")} for row in ROWS["loans"])
    build = opened(tmp_path, entries=entries, more={"loans": late})

    assert figures(build, "fund_balance", "city", on="05-31") == {CITY: 0, OTHER: 1_000}
    assert figures(build, "fund_balance", "city") == {CITY: None, OTHER: None}
    assert set(figures(build, "fund_balance", "district").values()) == {None}
    assert figure(build, "fund_balance") == 1_600
    assert found(build, "loan_over_fund_capacity") == []


def test_an_entry_of_no_city_makes_no_earlier_loan_one_over_a_fund_that_is_not_known(tmp_path: Path) -> None:
    entries = (entry("1", "01-01", 9_000, district=EAST), entry("2", "06-01", 500))
    build = opened(tmp_path, entries=entries)

    assert found(build, "loan_over_fund_capacity") == [], "the other city has entries that name no district of its own"


def test_the_rows_behind_a_fund_of_several_cities_are_told(tmp_path: Path) -> None:
    entries = (entry("1", "01-01", 1_000, district=EAST), entry("2", "06-01", 500))
    build = opened(tmp_path, entries=entries)
    behind = rows_behind(build, Question(("fund_balance",)))

    assert behind.made == behind.figure == 1_500
    [part] = behind.parts
    named = {row.key: build.regions.of_row(row.region_id).code for row in behind.rows(part.part) if row.amount}
    assert named == {"1": EAST, "2": ALL_CITIES}
    assert {each.region_code for each in behind.brought(part.part).values()} <= {EAST, CITY, OTHER, ALL_CITIES} | {
        region["region_code"] for region in REGIONS
    }


@pytest.mark.parametrize(("region", "cap"), [(ALL_CITIES, None), (CITY, 5), (OTHER, 2)])
def test_the_rows_behind_a_cap_make_it_or_say_that_there_is_none(both: Build, region: str, cap: int | None) -> None:
    behind = rows_behind(both, Question(("fund_leverage_cap",), region=region))

    assert behind.figure == cap
    assert behind.made == cap
    assert [part.number for part in behind.parts] == [len(behind.rows(behind.parts[0].part))]
    assert rows_behind(both, Question(("fund_room",), region=region)).made == figure(both, "fund_room", region=region)


@pytest.mark.parametrize("code", ["", "0", "00", "0000000"])
def test_no_code_is_no_code_of_all_cities(both: Build, code: str) -> None:
    with pytest.raises(QuestionError, match="6, 9 or 12"):
        both.regions.find(code)


def test_compensation_draws_on_the_fund_of_the_loans_city(tmp_path: Path) -> None:
    entries = (entry("1", "01-01", 1_000, district="990101000000"), entry("2", "01-01", 3_000, district=EAST))
    build = opened(tmp_path, entries=entries, more={"repayments": (paid("P", "B", "05-05", 400, kind="compensation"),)})

    assert figures(build, "fund_balance", "city") == {CITY: 1_000, OTHER: 2_600}


def test_figures_of_several_cities_are_of_no_one_region(both: Build) -> None:
    assert Asking(both, Question(("placed",))).shape.each is None
    assert Asking(both, Question(("placed",), region=OTHER)).shape.areas == (("region", "city"),)
