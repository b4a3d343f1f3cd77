"""The page Loans, panel by panel, over a small book worked by hand and a few applications."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.drawings.areas import layers
from dashboard.drawings.loan_checks import checks
from dashboard.drawings.loan_files import files
from dashboard.drawings.loan_fund import fund, standing
from dashboard.drawings.loan_fund_months import fund_by_month, leverage
from dashboard.drawings.loan_gone_bad import gone_bad
from dashboard.drawings.loan_money import compensation, jobs
from dashboard.drawings.loan_overdue import overdue, overdue_rows
from dashboard.drawings.loan_pipeline import pipeline
from dashboard.drawings.loan_risk import at_risk
from dashboard.drawings.loan_rolls import direction, rolls
from dashboard.drawings.loan_vintages import vintages
from dashboard.drawings.loan_waiting import waiting
from dashboard.panel import Withheld
from dashboard.period import named_period
from dashboard.semantics.scope import Scope
from dashboard.warehouse import Build
from tests.dashboard.drawings.views import seen, words_of
from tests.lent import lent_book
from tests.spec.loan_rows import book, day, figure, loan
from tests.worlds import CITY, HILL, NORTH, PINE, QUAY, SOUTH

PATH = "/loans"
SUMMER = named_period("2026Q3")


def application(loan_no: str, applied: str, decided: str | None, decision: str | None, **more: Any) -> dict[str, Any]:
    stages = {name: day(on) for name, on in more.items() if name.endswith("_on")}
    return {
        **loan(loan_no, None, 1_000, **{name: value for name, value in more.items() if name not in stages}),
        "applied_on": day(applied), "decided_on": day(decided) if decided else None, "decision": decision, **stages,
    }  # fmt: skip


@pytest.fixture(scope="module")
def lent(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Loans late by 168, 41 and 1 days, one that the fund paid for, one too large, one of a firm that hires few."""
    return lent_book(tmp_path_factory.mktemp("lent"))


def test_the_list_names_each_loan_with_what_should_have_come_in(lent: Build) -> None:
    rows = overdue_rows(seen(lent, PATH))
    assert [(row["loan_no"], row["overdue"], row["outstanding"], row["days"], row["cohort"]) for row in rows] == [
        ("A", 5_000, 8_000, 168, "2025Q3"),  # 1,000 of the second instalment was paid
        ("B", 3_000, 6_000, 41, "2026Q1"),
        ("C", 5_000, 5_000, 1, "2026Q1"),
    ]
    assert sum(row["outstanding"] for row in rows) == figure(lent, "loan_overdue")
    assert overdue(seen(lent, PATH)).reading == (
        "Loans overdue on 30 Sep 2026: 3. Of principal ¥13,000 has not come in, ¥19,000 is still owed; the oldest is"
        " 168 days late."
    )


def test_the_list_is_of_the_day_in_view_and_keeps_to_the_filters(lent: Build) -> None:
    def listed(**choices: Any) -> str:
        return "".join(row["loan_no"] for row in overdue_rows(seen(lent, PATH, **choices)))

    assert listed(as_of=day("05-15")) == "DA", "before the fund paid for D"
    assert listed(where=(("ageing", "1-30"), ("ageing", "31-60"))) == "BC"
    assert listed(where=(("bank", "农信社"),)) == listed(region=SOUTH) == "B"
    assert listed(where=(("cohort", "2026Q1"),), region=HILL) == "C"
    assert listed(where=(("interest_subsidised", "true"),)) == "A"
    assert overdue(seen(lent, PATH, where=(("ageing", "360+"),))).reading == "No loan is overdue here on 30 Sep 2026."


def test_loan_numbers_are_for_those_who_may_see_rows_and_of_their_regions(lent: Build) -> None:
    own = seen(lent.within(Scope((NORTH,), rows=True)), PATH, region=CITY)
    assert [row["loan_no"] for row in overdue_rows(own)] == ["A", "C"]
    assert {row["loan_no"] for row in checks(own).table.rows} == {"E", "F"}
    leader = seen(lent.within(Scope(None, rows=False)), PATH)
    for panel in (overdue, checks):
        with pytest.raises(Withheld) as withheld:
            panel(leader)
        assert withheld.value.reason == "not_allowed"


def test_which_street_went_bad_this_quarter_and_when_it_was_lent(lent: Build) -> None:
    year, summer = gone_bad(seen(lent, PATH)), gone_bad(seen(lent, PATH, period=SUMMER))
    cells = {(row["drill"], row["cohort"]): (row["gone_bad"], row["loans"]) for row in year.table.rows}
    # D was 60 days late at the end of May, when it was not yet paid for; C is late by a day only.
    assert cells == {(NORTH, "2025Q3"): (12_000, 1), (NORTH, "2026Q1"): (4_000, 1), (SOUTH, "2026Q1"): (6_000, 1)}
    assert summer.reading == (
        "Loans more than 30 days late for the first time: 1, of ¥6,000. Most are in 990102000000 (¥6,000), and of"
        " those most were lent in 2026Q1 (¥6,000)."
    )
    assert not gone_bad(seen(lent, PATH, period=named_period("2026-08"))).table.rows


def test_a_loan_is_listed_with_the_rule_that_it_breaks(lent: Build) -> None:
    rows = checks(seen(lent, PATH)).table.rows
    assert [(row["loan_no"], row["check"], row["shown"]) for row in rows] == [
        ("F", "firm hires too few", "2 of 10 staff: 20.0%, at least 30%"),
        ("E", "loan above the cap", "¥400,000, at most ¥300,000"),
    ]
    assert not checks(seen(lent, PATH, where=(("bank", "农信社"),))).table.rows


def test_the_funds_account_leads_from_one_balance_to_the_next(lent: Build) -> None:
    drawn = fund(seen(lent, PATH))
    assert [(row["item"], row["amount"]) for row in drawn.table.rows] == [
        ("balance before", 90_000), ("contribution, city", 10_000), ("interest", 600), ("recovery", 500),
        ("compensation", -4_100), ("balance at the end", 97_000),
    ]  # fmt: skip
    assert drawn.reading == (
        "The fund holds ¥97,000 and is lent 4.34 times over; at most 5.00× are allowed. There is room for ¥64,000 more."
    )
    months = {row["month"]: row for row in fund_by_month(seen(lent, PATH)).table.rows}
    assert months["2026-06"]["compensation"] == -4_100
    assert months["2026-06"]["fund_balance"] == 95_900
    assert leverage(seen(lent, PATH)).table.rows[-1]["carried"] == 485_000


def test_where_there_is_no_fund_it_is_said_why(lent: Build) -> None:
    for region, said in ((NORTH, "name no district"), (PINE, "no street has its own")):
        for panel in (fund, fund_by_month, leverage):
            with pytest.raises(Withheld) as withheld:
                panel(seen(lent, PATH, region=region))
            assert said in withheld.value.detail
    before = seen(lent, PATH, period=named_period("2024"), as_of=day("2024-12-31"))
    assert fund(before).reading == "The fund holds ¥0: it can guarantee nothing."


@pytest.mark.parametrize(
    ("times", "room", "state"),
    [(3.9, 110, "on_track"), (4.0, 100, "watch"), (5.1, -10, "behind"), (None, -10, "behind")],
)
def test_the_fund_is_watched_from_four_fifths_of_its_cap_on(times: float | None, room: int, state: str) -> None:
    assert standing({"fund_leverage": times, "fund_leverage_cap": 5, "fund_room": room}) == state


def test_compensation_does_not_make_the_book_look_healthy(lent: Build) -> None:
    # 14,000 of 421,000 more than 30 days late; 3,500 were paid for and have not come back.
    assert "With loans compensated and not recovered it is 4.12%: 0.8 pts more." in at_risk(seen(lent, PATH)).reading
    drawn = compensation(seen(lent, PATH))
    assert drawn.reading.startswith("In twelve months ¥4,100 was compensated and ¥500 recovered.")
    assert sum(row["recovered"] for row in drawn.table.rows) == 500


def test_balances_roll_on_or_back_and_every_row_is_whole(lent: Build) -> None:
    rows = {row["from_bucket"]: row for row in rolls(seen(lent, PATH)).table.rows}
    for row in rows.values():
        assert sum(value for name, value in row.items() if name.startswith("to_")) == pytest.approx(100)
    # At the end of May D was 60 days late: a month later the fund had paid for it; A was 76 days late after 46.
    assert rows["31-60 days late"]["to_compensated"] == pytest.approx(100 * 4 / 12)
    assert rows["31-60 days late"]["to_61-90"] == pytest.approx(100 * 8 / 12)
    assert [direction("31-60", to) for to in ("paid", "1-30", "31-60", "61-90", "compensated")] == [
        "better", "better", "same", "worse", "worse",
    ]  # fmt: skip


def test_a_cohort_of_few_loans_is_dotted_and_said_to_be_small(lent: Build) -> None:
    drawn = vintages(seen(lent, PATH))
    assert drawn.reading.endswith("Dotted: quarters of fewer than 20 loans.")
    assert drawn.figure is not None
    curves = {trace["name"]: trace for trace in drawn.figure["data"] if trace.get("name")}
    assert curves["2025Q3"]["line"]["dash"] == "dot"
    assert curves["2025Q3"]["y"][8:10] == [0, 100], "A was first late enough at the end of May, the ninth month"
    chosen = vintages(seen(lent, PATH, where=(("cohort", "2025Q3"),)))
    assert "of what was lent in 2025Q3" in chosen.reading
    assert {row["cohort"] for row in chosen.table.rows} == {"2025Q3", "2026Q1"}, "the others are shown behind it"


def test_jobs_are_set_against_the_loans_that_made_them(lent: Build) -> None:
    drawn = jobs(seen(lent, PATH))
    assert [(row["loan_jobs_created"], row["loans_disbursed"], row["each"]) for row in drawn.table.rows] == [
        (0, 5, 0), (1, 1, 1),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Applications at every stage on 30 April 2026, and some that have left them."""
    return book(
        tmp_path_factory.mktemp("asked"),
        [
            application(
                "A", "03-01", "03-11", "approved", community_on="03-03", street_on="03-05", district_on="03-08"
            ),
            application("B", "03-01", "03-02", "refused", community_on="03-01"),
            application("C", "03-05", "03-20", "withdrawn", community_on="03-06"),
            application("D", "04-01", None, None),
            application("E", "04-02", None, None, community_on="04-10", community_code=QUAY),
            application("F", "04-03", None, None, community_on="04-05", street_on="04-28"),
            application("G", "04-04", None, None, street_on="04-06", district_on="04-20"),
            application("H", "04-05", "04-29", "approved", disbursed_on="04-30", community_on="04-07"),
        ],
        data_date="2026-04-30",
    )


def test_the_funnel_counts_who_has_passed_and_who_is_where_since_when(asked: Build) -> None:
    rows = pipeline(seen(asked, PATH)).table.rows
    assert [(row["passed"], row["waiting"], row["longest"]) for row in rows] == [
        (8, None, None),
        (7, 1, 29),  # D lies with its community
        (5, 1, 20),  # E; B and H are decided, so they have left every stage; C was withdrawn before
        (4, 1, 2),  # F
        (3, 1, 10),  # G; A and H approved, B refused
        (1, 1, 50),  # A waits for its money since 11 March
    ]
    assert rows[-1]["days_there"] == 1
    decided = words_of(pipeline(seen(asked, PATH)).body)
    assert "2 approved, 1 not, 1 withdrawn before" in decided


def test_files_are_seen_where_they_lay_on_the_day(asked: Build) -> None:
    def held(**choices: Any) -> dict[str, int]:
        rows = waiting(seen(asked, PATH, **choices)).table.rows
        return {name: sum(row[name] for row in rows) for name in rows[0] if name.startswith("at_")}

    now = {"at_community": 1, "at_street": 1, "at_district": 1, "at_decision": 1, "at_bank": 1}
    assert held() == now
    assert held(as_of=day("03-04")) == {**dict.fromkeys(now, 0), "at_street": 1}
    assert held(region=SOUTH) == {**dict.fromkeys(now, 0), "at_street": 1}
    assert waiting(seen(asked, PATH)).reading == "Files under way: 5; most in 990101000000 (4)."


def test_the_breakdown_chosen_holds_wherever_regions_stand_otherwise(lent: Build, asked: Build) -> None:
    bad = gone_bad(seen(lent, PATH, by="bank"))
    assert {(row["label"], row["gone_bad"]) for row in bad.table.rows} == {
        ("城商行", 12_000), ("城商行", 4_000), ("农信社", 6_000),
    }  # fmt: skip
    assert words_of(bad.body).startswith("lent in all 2026Q1 2025Q3")
    assert bad.table.drill == ("drill", "bank")
    late = layers(seen(lent, PATH, by="interest_subsidised"), "loan_overdue", "ageing")
    sums = {
        row["interest_subsidised"]: row["loan_overdue"]
        for row in late.table.rows
        if row["ageing"] == "91-180 days late"
    }
    assert sums["with interest subsidy"] == 8_000
    [row] = waiting(seen(asked, PATH, by="product")).table.rows
    assert (row["label"], row["files"], row["longest"]) == ("personal", 5, 50)


def test_every_file_under_way_is_listed_where_it_lies(asked: Build) -> None:
    drawn = files(seen(asked, PATH))
    assert [(row["loan_no"], row["holder"], row["days"]) for row in drawn.table.rows] == [
        ("A", "bank", 50), ("D", "community", 29), ("E", "street", 20), ("G", "decision", 10), ("F", "district", 2),
    ]  # fmt: skip
    assert drawn.reading == "Files under way: 5; the oldest lies at the bank for 50 days."
    with pytest.raises(Withheld) as withheld:
        files(seen(asked.within(Scope(None, rows=False)), PATH))
    assert withheld.value.reason == "not_allowed"


def test_a_period_after_the_data_is_said_to_hold_nothing(lent: Build) -> None:
    for panel in (gone_bad, overdue, checks, waiting, files, fund, pipeline):
        with pytest.raises(Withheld) as withheld:
            panel(seen(lent, PATH, period=named_period("2027")))
        assert withheld.value.reason == "no_rows"


def test_a_build_of_before_has_no_list_yet(lent: Build, tmp_path: Path) -> None:
    older = tmp_path / "000001.duckdb"
    shutil.copy(lent.path, older)
    with duckdb.connect(str(older)) as connection:
        connection.execute("DROP TABLE mart.loan_overdue")
    build = Build(older)
    with pytest.raises(Withheld) as withheld:
        overdue_rows(seen(build, PATH))
    assert withheld.value.reason == "unavailable"
    build.close()
