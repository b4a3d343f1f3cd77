"""The page Overview: what is most serious, how fresh it is, what the cards say."""

from datetime import date
from pathlib import Path

from dashboard.drawings.attention import attention
from dashboard.drawings.freshness import freshness
from dashboard.drawings.headlines import Headline, headlines
from dashboard.quality import FINDINGS
from tests.dashboard.drawings.views import seen, words_of
from tests.spec.rows import budget, person, placed, subsidy, target, world
from tests.worlds import CITY, NORTH, PINE, SOUTH

MODELS = Path(__file__).resolve().parents[3] / "etl" / "models" / "finding"


def report(no: str, due: date, submitted: date | None) -> dict[str, object]:
    return {"community_code": PINE, "report": no, "period": f"{due:%Y-%m}", "due_on": due, "submitted_on": submitted,
            "returned_times": 0}  # fmt: skip


def test_the_most_serious_comes_first_and_leads_to_its_page(tmp_path: Path) -> None:
    people = [person(f"R{n}") for n in range(30)]
    done = [placed(f"P{n}", f"R{n}", "02-01") for n in range(30)]
    goals = [target(CITY, "placed", 80), target(NORTH, "placed", 70), target(SOUTH, "placed", 60)]
    reports = [report("a", date(2026, 9, 5), date(2026, 9, 9)), report("b", date(2026, 9, 5), date(2026, 9, 1))]
    build = world(tmp_path, persons=people, placements=done, targets=goals, reports=reports)
    drawn = attention(seen(build, path="/"))
    told = [row["text"] for row in drawn.table.rows]
    assert told[0].startswith(SOUTH), "nothing done is furthest behind"
    assert [text.split(":")[0] for text in told[:3]] == [SOUTH, CITY, NORTH]
    assert told[3] == f"{NORTH}: 50.0% of the reports due in Sep 2026 came on time."
    assert drawn.reading == "4 things need attention; the most serious come first."
    assert f"/targets?region={SOUTH[:6]}" in str(drawn.body)


def test_where_all_is_well_it_says_so_calmly(tmp_path: Path) -> None:
    drawn = attention(seen(world(tmp_path, persons=[person("R1")]), path="/"))
    assert drawn.reading == "Nothing needs attention here today."
    assert "keeps its pace" in words_of(drawn.body)


def test_a_household_past_its_term_is_told_of(tmp_path: Path) -> None:
    households = [
        {"household_no": "H1", "community_code": PINE, "identified_on": date(2026, 8, 1)},
        {"household_no": "H2", "community_code": PINE, "identified_on": date(2026, 9, 25)},
    ]
    build = world(tmp_path, persons=[person("R1")], zero_households=households)
    told = [row["text"] for row in attention(seen(build, path="/")).table.rows]
    assert told == [f"{NORTH}: 1 zero-employment households have waited beyond their term."]


def test_every_finding_has_its_words() -> None:
    assert {model.stem for model in MODELS.glob("*.sql")} <= set(FINDINGS)


def test_freshness_tells_the_last_round_of_reports_and_the_next(tmp_path: Path) -> None:
    reports = [report("a", date(2026, 9, 5), date(2026, 9, 9)), report("b", date(2026, 9, 5), date(2026, 9, 1))]
    drawn = freshness(seen(world(tmp_path, persons=[person("R1")], reports=reports), path="/"))
    facts = {row["what"]: (row["said"], row["more"]) for row in drawn.table.rows}
    assert facts["last reports due"] == ("5 Sep 2026", "50.0% on time")
    assert facts["next reports due"] == ("5 Oct 2026", "by the usual rhythm")
    assert "the next reports are due on 5 Oct 2026" in drawn.reading


def test_a_report_already_due_later_is_the_next(tmp_path: Path) -> None:
    reports = [report("a", date(2026, 9, 5), date(2026, 9, 1)), report("b", date(2026, 10, 8), None)]
    drawn = freshness(seen(world(tmp_path, persons=[person("R1")], reports=reports), path="/"))
    assert "due on 8 Oct 2026" in drawn.reading


def test_a_card_says_target_last_year_and_state(tmp_path: Path) -> None:
    people = [person(f"R{n}", "2025-01-01") for n in range(3)]
    done = [placed("P0", "R0", "2025-02-01"), placed("P1", "R1", "02-01"), placed("P2", "R2", "02-01")]
    build = world(
        tmp_path, persons=people, placements=done, targets=[target(CITY, "placed", 2)],
        budgets=[budget(CITY, 100)], subsidies=[subsidy("S1", "02-01", 38)],
    )  # fmt: skip
    heads = (Headline("placed"), Headline("budget_execution", beside="subsidy_spend", is_paced=True))
    said = words_of(headlines(seen(build, path="/"), heads, with_targets=True).body)
    for part in ("met", "target 2", "same period last year 1", "+100.0%", "38.0%", "behind", "Subsidies paid ¥38"):
        assert part in said, (part, said)
