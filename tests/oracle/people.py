"""Persons and what happens to them: registrations, households, referrals, placements, trainings, visits."""

from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import add_months
from .chance import Chance, id_number, text, years_before
from .city import Rows

CATEGORIES = ("laid_off", "unemployed", "graduate", "veteran", "landless", "rural")
HARDSHIPS = ("minimum_living", "single_parent", "disabled", "both_laid_off", "long_term", "military_spouse")
CHANNELS = ("public_welfare", "community_entity", "market", "job_fair", "self_employed", "flexible")
POSTS = ("public_welfare", "community_service", "enterprise", "entity", "labour_export")
FAIRS = ("fair", "activity_week", "assistance_month", "online")


@dataclass
class People:
    """The tables of a world as they grow: each function adds its rows and sees those before."""

    chance: Chance
    communities: list[str]
    tables: dict[str, Rows]

    def place(self) -> str:
        return self.chance.pick(self.communities)

    def registration(self) -> dict[str, str]:
        return self.chance.pick(self.tables["persons"])

    def add(self, table: str, **row: str) -> None:
        row["voided"] = "true" if self.chance.yes(0.03) else ""
        self.tables.setdefault(table, []).append(row)


def persons(people: People, count: int) -> None:
    """`count` persons with one to three registrations each; one of them may bear the 15-digit number."""
    chance = people.chance
    for number in range(count):
        years = chance.pick((16, 25, 35, 40, 45, 50, 55, 60, chance.number(15, 64)))
        born = chance.near(years_before(chance.day(), years))
        born = date(born.year - born.year % 4, 2, 29) if chance.yes(0.1) else born
        for spell in range(chance.pick((1, 1, 1, 2, 3))):
            registered = chance.day()
            closed = chance.later(registered)
            reason = chance.pick(("placed", "placed", "retired", "moved", "other")) if closed else ""
            people.add(
                "persons", registration_no=f"99R{number}.{spell}", name="某人",
                id_number=id_number(born, number + 100, short=chance.yes(0.3)), community_code=people.place(),
                household_no=chance.some(f"99H{chance.number(1, 6)}", 0.5), category=chance.pick(CATEGORIES),
                registered_on=text(registered), cause=chance.some("停产"), family=chance.some("三口"),
                skill=chance.some("电工"), job_wish=chance.some("全日"), insurance=chance.some("在缴"),
                hardship=";".join(kind for kind in HARDSHIPS if chance.yes(0.07)),
                certificate_on=text(chance.day()) if chance.yes(0.4) else "", closed_on=text(closed),
                close_reason=reason,
            )  # fmt: skip


def households(people: People, count: int) -> None:
    chance = people.chance
    for number in range(count):
        identified = chance.day()
        cleared = chance.later(identified, 0.6)
        if chance.yes(0.3):
            limit = chance.near(identified + timedelta(days=20))
            cleared = limit if limit <= chance.last else None
        no = f"99H{chance.number(1, 6) if number else 1}"
        if not any(
            r["household_no"] == no and r["identified_on"] == text(identified) for r in rows(people, "zero_households")
        ):
            people.add(
                "zero_households", household_no=no, identified_on=text(identified), community_code=people.place(),
                cleared_on=text(cleared),
            )  # fmt: skip


def rows(people: People, table: str) -> Rows:
    return people.tables.get(table, [])


def posts(people: People, count: int) -> None:
    chance = people.chance
    for number in range(count):
        developed = chance.day()
        people.add(
            "posts", post_no=f"99O{number}", community_code=people.place(), kind=chance.pick(POSTS),
            headcount=str(chance.number(1, 4)), developed_on=text(developed),
            closed_on=text(chance.later(developed, 0.3)),
        )  # fmt: skip
    for number in range(count // 2):
        people.add(
            "fairs", fair_no=f"99F{number}", community_code=people.place(), kind=chance.pick(FAIRS),
            held_on=text(chance.day()), placed=chance.some(str(chance.number(0, 9))),
        )  # fmt: skip


def referrals(people: People, count: int) -> None:
    chance = people.chance
    for number in range(count):
        people.add(
            "referrals", referral_no=f"99E{number}", registration_no=people.registration()["registration_no"],
            post_no=chance.some(f"99O{chance.number(0, len(rows(people, 'posts')) - 1)}", 0.6),
            referred_on=text(chance.day()), outcome=chance.pick(("placed", "failed", "pending")),
        )  # fmt: skip


def placements(people: People, count: int) -> None:
    """Some on the same day for one person, some on the day that clears the household, some a birthday away."""
    chance = people.chance
    for number in range(count):
        person = people.registration()
        placed = date.fromisoformat(person["closed_on"]) if person["closed_on"] and chance.yes(0.5) else chance.day()
        ended = chance.later(placed, 0.5)
        if chance.yes(0.3):
            ended = chance.near(placed + timedelta(days=chance.pick((90, 180))))
        if chance.yes(0.2):
            ended = chance.near(add_months(placed, chance.number(1, 12)))
        if ended is not None and not placed <= ended <= chance.last:
            ended = None
        people.add(
            "placements", placement_no=f"99P{number}", registration_no=person["registration_no"],
            community_code=person["community_code"] if chance.yes(0.6) else people.place(),
            post_no=chance.some(f"99O{chance.number(0, len(rows(people, 'posts')) - 1)}", 0.6),
            channel=chance.pick(CHANNELS), placed_on=text(placed), ended_on=text(ended),
            sponsor=chance.some(chance.pick(("工会", "妇联")), 0.4), fair_no=chance.some("99F0", 0.1),
        )  # fmt: skip
        for _ in range(chance.pick((0, 0, 1, 3))):
            visit(people, person["registration_no"], chance.day(low=placed))


def visit(people: People, registration_no: str, day: date) -> None:
    number = len(rows(people, "visits"))
    people.add("visits", visit_no=f"99V{number}", registration_no=registration_no, visited_on=text(day), mode="door")


def trainings(people: People, count: int) -> None:
    chance = people.chance
    for number in range(count):
        person = people.registration()
        started = chance.day()
        finished = chance.later(started, 0.8)
        jobs = [r["placed_on"] for r in rows(people, "placements") if r["registration_no"] == person["registration_no"]]
        if jobs and chance.yes(0.6):
            day = chance.near(date.fromisoformat(jobs[0]) - timedelta(days=chance.pick((0, 30, 180))))
            started = finished = day if day <= chance.last else started
        people.add(
            "trainings", training_no=f"99T{number}", registration_no=person["registration_no"],
            community_code=people.place(), started_on=text(started), finished_on=text(finished),
            passed=chance.pick(("true", "true", "false", "")),
        )  # fmt: skip
