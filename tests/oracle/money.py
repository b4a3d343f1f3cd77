"""Loans with their schedules and payments, the fund, subsidies and budgets."""

from datetime import date, timedelta

from .calendar import ONE_DAY, add_months
from .chance import text
from .people import People, rows

BANKS = ("城商行", "农商行")
GUARANTEES = ("civil_servant", "deposit", "none", "")
SOURCES = ("central", "province", "city", "district")
SUBSIDIES = ("post", "insurance", "intermediation", "training", "placement_award", "loan_interest", "fee_waiver")


def loans(people: People, count: int) -> None:
    for number in range(count):
        chance = people.chance
        applied = chance.day()
        decided = chance.later(applied, 0.85)
        decision = (
            chance.pick(("approved", "approved", "approved", "approved", "refused", "withdrawn")) if decided else ""
        )
        disbursed = chance.later(decided, 0.9) if decided and decision == "approved" else None
        amount = chance.pick((1000, 20000, 12345.67, 300000))
        stages = [chance.day(low=applied, high=decided) if chance.yes(0.7) else None for _ in range(3)]
        people.add(
            "loans", loan_no=f"99L{number}", product=chance.pick(("personal", "partnership", "small_firm", "")),
            registration_no=people.registration()["registration_no"], community_code=people.place(),
            bank=chance.pick(BANKS), applied_on=text(applied), community_on=text(stages[0]), street_on=text(stages[1]),
            district_on=text(stages[2]), decided_on=text(decided), decision=decision, disbursed_on=text(disbursed),
            amount=f"{amount:.2f}", term_months="12", annual_rate="5.31",
            interest_subsidised=chance.pick(("true", "false", "")),
            repayment_method=chance.pick(("monthly", "quarterly", "bullet")), counter_guarantee=chance.pick(GUARANTEES),
            jobs_created=chance.some(str(chance.number(0, 5))),
            written_off_on=text(chance.later(disbursed, 0.15)) if disbursed else "",
        )  # fmt: skip
        if disbursed:
            schedule(people, f"99L{number}", disbursed, amount)


def schedule(people: People, loan_no: str, disbursed: date, amount: float) -> None:
    """A few instalments, now and then one without principal, in the wrong order, or due on the last day."""
    chance = people.chance
    count = chance.pick((1, 2, 4, 6))
    share = round(amount / count, 2)
    for number in range(1, count + 1):
        due = add_months(disbursed, number * chance.pick((1, 1, 3))) + timedelta(days=min(disbursed.day, 28) - 1)
        due = chance.pick(
            (due, due, due - ONE_DAY * due.day, chance.last, chance.near(chance.last - timedelta(days=30)))
        )
        principal = round(amount - share * (count - 1), 2) if number == count else share
        people.add(
            "instalments", loan_no=loan_no, instalment_no=str(number), due_on=text(due),
            principal_due=f"{0 if chance.yes(0.05) else principal:.2f}",
            interest_due=f"{chance.number(0, 9999) / 100:.2f}",
        )  # fmt: skip
        if due <= chance.last and chance.yes(0.8):
            pay(people, loan_no, "repayment", chance.near(due, 3), principal * chance.pick((1, 1, 1, 0.5)))
    for kind in ("prepayment", "compensation", "recovery"):
        if chance.yes(0.25):
            pay(people, loan_no, kind, chance.day(low=disbursed), share * chance.pick((1, 0.5, 2)))


def pay(people: People, loan_no: str, kind: str, day: date, principal: float) -> None:
    """One payment, and sometimes its reversal: the same day, later, or noted twice."""
    chance = people.chance
    day = min(day, chance.last)
    number = len(rows(people, "repayments"))
    money = {"principal": f"{round(principal, 2):.2f}", "interest": f"{chance.number(0, 999) / 100:.2f}"}
    no = f"99Y{number}"
    people.add("repayments", payment_no=no, loan_no=loan_no, paid_on=text(day), kind=kind, reverses="", **money)
    for again in range(chance.pick((0, 0, 0, 0, 0, 1, 1, 2))):
        people.add(
            "repayments", payment_no=f"{no}.{again}", loan_no=loan_no, paid_on=text(chance.day(low=day)),
            kind="reversal",
            reverses=no, principal="0", interest="0",
        )  # fmt: skip


def fund(people: People, districts: list[str], count: int) -> None:
    chance = people.chance
    with_district = chance.yes(0.5)
    for number in range(count):
        people.add(
            "fund_entries", entry_no=f"99G{number}", entry_on=text(chance.day()), source=chance.pick(SOURCES),
            district_code=chance.pick(districts) if with_district or chance.yes(0.5) else "",
            kind=chance.pick(("contribution", "contribution", "withdrawal", "interest")),
            amount=f"{chance.pick((100, 5000.5, 80000)):.2f}",
        )  # fmt: skip


def subsidies(people: People, count: int) -> None:
    chance = people.chance
    for number in range(count):
        kind = chance.pick(SUBSIDIES)
        needed = kind in ("post", "insurance", "training")
        paid = chance.day()
        people.add(
            "subsidies", payment_no=f"99S{number}", kind=kind, community_code=people.place(),
            registration_no=people.registration()["registration_no"] if needed or chance.yes(0.5) else "",
            paid_on=text(paid), amount=f"{chance.number(1, 99999) / 100:.2f}", funding_source=chance.pick(SOURCES),
            budget_year=chance.some(str(chance.near(date(paid.year, 1, 1), 1).year), 0.4),
        )  # fmt: skip


def budgets(people: People, places: list[str], count: int) -> None:
    """Lines of the city and its districts with up to two revisions; an amount of 0 is a budget."""
    chance = people.chance
    seen = set()
    for _ in range(count):
        line = {
            "budget_year": str(chance.number(chance.first.year, chance.last.year)),
            "district_code": chance.pick(places),
            "kind": chance.pick(SUBSIDIES), "funding_source": chance.pick(SOURCES),
        }  # fmt: skip
        if tuple(line.values()) in seen:
            continue
        seen.add(tuple(line.values()))
        for revision in range(chance.pick((1, 1, 2, 3))):
            amount = f"{chance.pick((0, 1000, 5555.55)):.2f}"
            people.add("budgets", **line, revision=str(revision or chance.pick(("", "0"))), amount=amount)
