"""Which questions are put to a world: metrics by every dimension, for regions, periods and days that hurt."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from .ask import Ask
from .calendar import add_months, month_end, month_start
from .chance import years_before
from .metric import METRICS
from .regions import LEVELS
from .rows import Live

PERSON = ("sex", "age_band", "category", "hardship_group")
JOB = (*PERSON, "channel", "sponsor")
LOAN = ("product", "bank", "counter_guarantee", "interest_subsidised", "repayment_method")
AGED = (*LOAN, "ageing")
MONEY = ("kind", "funding_source")
NEEDED = {
    "loan_stage_days": ("stage",),
    "vintage_30": ("cohort", "month_on_book"),
    "vintage_90": ("cohort", "month_on_book"),
}
# The dimensions of each metric, from the last paragraph of metrics.md; those not named here have none.
DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("registrations", "unemployed", "unemployed_4050", "certificates_issued", "ledger_completeness"), PERSON
    ),
    **dict.fromkeys(("placements", "placed", "certificate_holder_placed", "placed_4050", "placed_hardship"), JOB),
    **dict.fromkeys(("retention_180", "retention_90", "follow_up_rate"), JOB),
    "placed_4050_rate": PERSON,
    **dict.fromkeys(("referrals", "referral_success"), ("outcome",)),
    **dict.fromkeys(("posts_developed", "public_welfare_posts", "post_fill_rate"), ("kind",)),
    **dict.fromkeys(("fairs_held", "fair_placed", "entities_open"), ("kind",)),
    **dict.fromkeys(("loans_disbursed", "loan_amount_disbursed", "loan_jobs_created", "collection_rate"), LOAN),
    **dict.fromkeys(("on_time_rate", "compensation", "compensation_rate", "loan_decision_days"), LOAN),
    **dict.fromkeys(("loan_decided_within_1d", "loan_approval_rate", "interest_subsidy_due"), LOAN),
    **dict.fromkeys(
        ("loan_outstanding", "loan_overdue", "par_30", "par_60", "par_90", "par_180", "par_30_full", "recovery_rate"),
        AGED,
    ),
    "loan_stage_days": (*LOAN, "stage"),
    **dict.fromkeys(("vintage_30", "vintage_90"), (*LOAN, "cohort", "month_on_book")),
    "roll_amount": (*LOAN, "from_bucket", "to_bucket"),
    **dict.fromkeys(
        ("subsidy_spend", "subsidy_budget", "budget_execution", "subsidy_unbudgeted"), (*MONEY, "budget_year")
    ),
    **dict.fromkeys(("subsidy_beneficiaries", "subsidy_per_beneficiary"), MONEY),
}
RIPENING = ("training_to_job", "retention_180", "retention_90", "zero_households_cleared_20d")
VINTAGES = ("vintage_30", "vintage_90")
PLAIN = tuple(name for name in METRICS if name not in NEEDED)
NAMES = sorted({name for names in DIMENSIONS.values() for name in names})


def having(dimension: str, among: Iterable[str] = METRICS) -> tuple[str, ...]:
    """The metrics of `among` that have `dimension` and need no other."""
    return tuple(
        name for name in among if dimension in DIMENSIONS.get(name, ()) and set(NEEDED.get(name, ())) <= {dimension}
    )


OF = {
    "registry": "people",
    "placement": "people",
    "loans": "loans",
    "fund": "loans",
    "subsidies": "money",
    "platform": "money",
}


def about(subject: str) -> tuple[str, ...]:
    """The metrics that a world about `subject` has rows for."""
    return tuple(
        name
        for name, each in METRICS.items()
        if subject in ("everything", OF[each.parts.__module__.rpartition(".")[2]])
    )


def questions(live: Live, seed: int, subject: str = "everything", *, few: bool = False) -> Iterator[Ask]:
    """The questions of one world: its metrics by regions and times, and by some of their dimensions."""
    random = Random(seed)
    names = tuple(name for name in about(subject) if name in PLAIN)
    yield varied(live, random, Ask(PLAIN))
    yield varied(live, random, Ask(names, by=("community",)))
    yield varied(live, random, Ask(names, by=("month",)))
    if few:
        return
    yield varied(live, random, Ask(names, by=("street", "quarter")))
    yield varied(live, random, Ask(names, by=("district", random.choice(("month", "year")))))
    dimensions = [name for name in NAMES if having(name, among=names)]
    for dimension in random.sample(dimensions, min(3, len(dimensions))):
        asked = having(dimension, among=names)
        by = tuple(random.sample([dimension, random.choice(("community", "district", "month"))], 2))
        yield varied(live, random, Ask(asked, by=by if "budget_year" not in by else ("budget_year",)))
        yield varied(live, random, filtered(random, Ask(asked), dimension))
    if subject in ("people", "everything"):
        yield varied(live, random, Ask(RIPENING, by=(random.choice(("month", "community")),), ripe=True))
    if subject in ("loans", "everything"):
        yield varied(live, random, Ask(("loan_stage_days",), by=("stage", "district")))
        yield varied(live, random, Ask(VINTAGES, by=("cohort", "month_on_book", random.choice((*LEVELS, "product")))))
        yield varied(live, random, Ask(("roll_amount",), by=("month", "from_bucket", "to_bucket")))


VALUES = {
    "sex": ("male", "female"), "age_band": ("under 16", "16-24", "35-44", "45-54", "55+"),
    "category": ("laid_off", "rural"), "hardship_group": ("4050", "zero_household", "disabled"),
    "channel": ("market", "flexible"), "sponsor": ("工会",), "kind": ("public_welfare", "post", "base", "fair"),
    "outcome": ("placed", "failed"), "product": ("personal", "small_firm"), "bank": ("城商行",),
    "counter_guarantee": ("none", "deposit"), "interest_subsidised": ("true", "false"),
    "repayment_method": ("monthly", "bullet"), "ageing": ("0", "31-60", "360+"), "funding_source": ("central", "city"),
    "budget_year": ("2025", "2026", "2024"), "from_bucket": ("0", "1-30"), "to_bucket": ("paid", "0", "compensated"),
    "stage": ("street",), "cohort": ("2025Q3",), "month_on_book": ("0", "1"),
}  # fmt: skip


def filtered(random: Random, ask: Ask, dimension: str) -> Ask:
    """The question with one or two values of the dimension only, and sometimes by another dimension."""
    values = random.sample(VALUES[dimension], min(len(VALUES[dimension]), random.choice((1, 1, 2))))
    level = random.choice((None, "district", "community"))
    return replace(ask, where=tuple((dimension, value) for value in values), by=(level,) if level else ())


def varied(live: Live, random: Random, ask: Ask) -> Ask:
    """The question for some region, period and as-of day."""
    region = random.choice([None, None, *(row["region_code"] for row in live.rows("regions"))])
    level = next((name for name in ask.by if name in LEVELS), None)
    if region is not None and level is not None:
        given = next(row["level"] for row in live.rows("regions") if row["region_code"] == region)
        region = region if LEVELS.index(given) <= LEVELS.index(level) else None
    if region is not None and random.random() < 0.5:
        region = region[:6] if region.endswith("000000") else region[:9] if region.endswith("000") else region
    start, end = span(live.data_date, random)
    if random.random() < 0.5:
        end = random.choice(random.choice(telling(live))) - timedelta(days=random.choice((0, 0, 1)))
        start = random.choice((None, end, date(end.year, 1, 1), month_start(end))) or date(
            live.data_date.year - 3, 1, 1
        )
    as_of = random.choice((None, None, live.data_date - timedelta(days=random.choice((1, 30, 90, 400)))))
    return replace(ask, region=region, start=start, end=end, as_of=as_of)


TERMS = (0, 1, 20, 21, 30, 31, 60, 61, 90, 91, 180, 181, 360, 361)


def telling(live: Live) -> list[list[date]]:
    """Days on which a figure turns, by kind: birthdays, and each table's own days with the ends of terms after them."""
    if "telling" not in live.memory:
        kinds = [{years_before(row["born"], -years) for row in live.rows("persons") for years in (16, 25, 40, 50, 55)}]
        for table in live.tables:
            terms = TERMS if table in ("instalments", "placements", "zero_households") else (0,)
            own = [
                day for row in live.rows(table) for name, day in row.items() if isinstance(day, date) and name != "born"
            ]
            kinds.append({day + timedelta(days=term) for day in own for term in terms})
        within = [[day for day in days if day <= live.data_date < day + timedelta(days=1100)] for days in kinds]
        live.memory["telling"] = [sorted(days) for days in within if days]
    found: list[list[date]] = live.memory["telling"]
    return found or [[live.data_date]]


def span(last: date, random: Random) -> tuple[date | None, date | None]:
    """No period, a month, a quarter, whole years, any days, or days that reach or lie beyond the data."""
    month = add_months(last, -random.randint(0, 14))
    any_day = last - timedelta(days=random.randint(0, 20))
    return random.choice(
        [
            (None, None),
            (None, None),
            (month, month_end(month)),
            (month, month_end(add_months(month, 2))),
            (date(last.year - 2, 1, 1), date(last.year, 12, 31)),
            (any_day - timedelta(days=random.randint(0, 500)), any_day),
            (date(last.year - 1, 1, 1), date(last.year - 1, 12, 31)),
            (last - timedelta(days=45), last + timedelta(days=20)),
            (last + timedelta(days=1), last + timedelta(days=40)),
        ]
    )
