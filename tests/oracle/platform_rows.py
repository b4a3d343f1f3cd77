"""Rows of the platform and of the year's targets: reports, surveys, entities, offices, retirees, assessments."""

from datetime import date, timedelta

from .calendar import add_months, quarter_name
from .chance import text
from .people import People

SIX = ("organisation", "staffing", "funding", "premises", "rules", "work")
INDICATORS = (
    "placed", "placements", "registrations", "posts_developed", "loans_disbursed", "loan_amount_disbursed",
    "subsidy_spend",
    "trainings_completed", "unemployed", "unemployment_rate", "par_30", "loan_overdue", "zero_households_open",
    "compensation_rate", "public_welfare_posts", "ledger_completeness", "retention_90", "budget_execution",
    "satisfaction",
    "placed_4050_rate", "entities_open", "subsidy_beneficiaries", "par_30_full",
)  # fmt: skip


def reports(people: People) -> None:
    chance = people.chance
    for community in people.communities:
        for number in {chance.number(0, 34) for _ in range(3)}:
            month = add_months(chance.first, number)
            due = chance.near(add_months(month, 1), 3)
            submitted = chance.near(due, 2)
            people.add(
                "reports", community_code=community, report="月报", due_on=text(due),
                returned_times=chance.pick(("", "0", "1")),
                period=f"{month:%Y-%m}" if chance.yes(0.7) else quarter_name(month),
                submitted_on=text(submitted) if submitted <= chance.last and chance.yes(0.8) else "",
            )  # fmt: skip


def surveys(people: People) -> None:
    chance = people.chance
    for community in people.communities:
        for number in {chance.number(0, 11) for _ in range(4)}:
            asked = chance.number(0, 20)
            people.add(
                "surveys", community_code=community, quarter=quarter_name(add_months(chance.first, 3 * number)),
                respondents=str(asked), satisfied=str(chance.number(0, asked)),
            )  # fmt: skip
        for number in {chance.number(12, 35) for _ in range(3)}:
            people.add(
                "retirees", community_code=community, month=f"{add_months(chance.first, number):%Y-%m}",
                managed=chance.some(str(chance.number(0, 50)), 0.9),
                verification_due=chance.some(str(chance.number(0, 9)), 0.9),
                verified=chance.some(str(chance.number(0, 9)), 0.9),
            )  # fmt: skip


def offices(people: People, streets: list[str]) -> None:
    chance = people.chance
    for code in streets + people.communities:
        for year in range(chance.last.year - 1, chance.last.year + 1):
            if chance.yes(0.6):
                flags = {part: chance.pick(("true", "true", "true", "true", "true", "false", "")) for part in SIX}
                people.add(
                    "offices", region_code=code, year=str(year), staff=chance.some(str(chance.number(0, 5))),
                    certified_staff=chance.some(str(chance.number(0, 3))), **flags,
                )  # fmt: skip


def entities(people: People, count: int) -> None:
    chance = people.chance
    for number in range(count):
        founded = chance.day()
        people.add(
            "entities", entity_no=f"99N{number}", community_code=people.place(), founded_on=text(founded),
            kind=chance.pick(("entity", "outlet", "base", "project")), closed_on=text(chance.later(founded, 0.4)),
        )  # fmt: skip


def targets(people: People, places: list[str], count: int) -> None:
    """Two years' targets, with revisions and two issuers; a value of 0 only where less is better."""
    chance = people.chance
    seen = set()
    for _ in range(count):
        line = {
            "target_year": str(chance.number(chance.last.year - 1, chance.last.year)),
            "region_code": chance.pick(places),
            "indicator": chance.pick(INDICATORS), "issuer": chance.pick(("city", "province", "")),
        }  # fmt: skip
        issued = (line["target_year"], line["region_code"], line["indicator"], line["issuer"] or "city")
        if issued in seen:
            continue
        seen.add(issued)
        for revision in range(chance.pick((1, 1, 2))):
            value = (
                chance.pick(("0", "5"))
                if line["indicator"] == "zero_households_open"
                else chance.pick(("1", "7.5", "100"))
            )
            people.add("targets", **line, revision=str(revision), value=value)


def assessments(people: People) -> None:
    chance = people.chance
    day = date(chance.last.year, 1, 1) - timedelta(days=1)
    for community in people.communities[:2]:
        people.add(
            "assessments", community_code=community, period=quarter_name(day), item="service_hall", self_points="4.5",
            district_points=chance.some("4"), city_points=chance.some("3.5"),
        )  # fmt: skip
