"""The register of the unemployed: who is in it, how complete it is, who is in hardship and followed up."""

from typing import Final

from sqlalchemy import ColumnElement, String, Table, and_, case, cast, func, not_

from dashboard.semantics.dimension import Amount, Breakdown, BySet, Condition, Fact, Keyed, Moment, columns
from dashboard.semantics.measure import Flow, Stock
from dashboard.semantics.metric import PERCENT, Metric
from dashboard.semantics.span import Span
from dashboard.semantics.summing import Held, everything, one
from dashboard.semantics.words import Text
from etl.marts.months import people_month
from etl.marts.region import labour_force
from etl.marts.registry import (
    certificate,
    follow_up,
    hardship_group,
    registration,
    registration_number,
    registration_stretch,
    zero_household,
)

_r, _c, _s, _f, _z = registration.c, certificate.c, registration_stretch.c, follow_up.c, zero_household.c
_m: Final = people_month.c


def of_persons(table: Table) -> dict[str, Breakdown]:
    """The breakdowns by what a person is on the day that a row is about."""
    in_groups = BySet(table.c.hardships, hardship_group.c.hardships, hardship_group.c.hardship_group)
    return {**columns(table, "sex", "age_band", "category"), "hardship_group": in_groups}


def _of_registrations(table: Table) -> Keyed:
    number = registration_number.c
    beside = (registration_number, number.registration_id == table.c.registration_id)
    return Keyed(("persons",), (number.registration_no,), beside=beside)


REGISTRATION: Final = Fact(registration, of_persons(registration), _of_registrations(registration))
CERTIFICATE: Final = Fact(certificate, of_persons(certificate), _of_registrations(certificate))
STRETCH: Final = Fact(registration_stretch, of_persons(registration_stretch), _of_registrations(registration_stretch))
ZERO_HOUSEHOLD: Final = Fact(
    zero_household, rows=Keyed(("zero_households",), (_z.household_no, cast(_z.identified_on, String)))
)
LABOUR_FORCE: Final = Fact(labour_force, rows=Keyed(("regions",), (labour_force.c.region_code,)))
FOLLOW_UP: Final = Fact(
    follow_up,
    {**of_persons(follow_up), **columns(follow_up, "channel", "sponsor")},
    Keyed(("placements",), (_f.placement_no,)),
)


def _standing(
    held: str, value: Amount, where: Condition = everything, *, opening: bool = False, today: bool = False
) -> Span:
    """A sum over the registrations as they stand on the day: open, or closed as placed in the day's year."""
    at_end = Held(_m[held], today, "opening" if opening else "at")
    return Span(STRETCH, _s.valid_from, _s.valid_until, value, where, opening=opening, held=at_end)


def _is_open(_: Moment) -> ColumnElement[bool]:
    return _s.is_open


def _is_open_and_4050(_: Moment) -> ColumnElement[bool]:
    return and_(_s.is_open, _s.is_4050)


LEDGER_FIELDS: Final = 5
UNEMPLOYED: Final = _standing("unemployed", one, _is_open)
UNEMPLOYED_4050: Final = _standing("unemployed_4050", one, _is_open_and_4050)
UNEMPLOYED_4050_BEFORE: Final = _standing("unemployed_4050", one, _is_open_and_4050, opening=True)
REGISTERED_4050: Final = Flow(
    REGISTRATION, _r.registered_on, where=lambda _: _r.is_4050, held=Held(_m.registrations_4050)
)
_OF_KNOWN_LABOUR_FORCE: Final = _standing("unemployed_known", one, lambda _: and_(_s.is_open, _s.has_labour_force))
_LABOUR_FORCE: Final = Span(
    LABOUR_FORCE, labour_force.c.valid_from, labour_force.c.valid_to, lambda _: labour_force.c.labour_force
)


# Of an open registration its fields; one that was closed as placed has one, whether there is a placement.
_FILLED: Final = _standing("fields_filled", lambda _: _s.fields_filled, _is_open)
_TO_BE_FILLED: Final = _standing("fields_asked", lambda _: case((_s.is_open, LEDGER_FIELDS), else_=1))
_CLOSED_AS_PLACED: Final = _standing("closed_as_placed", one, lambda _: not_(_s.is_open))
_PLACEMENT_KNOWN: Final = _standing(
    "placement_known",
    one,
    lambda moment: and_(not_(_s.is_open), func.coalesce(_s.first_placed_on <= moment.as_of, False)),
    today=True,
)


def _clear(name: str, label: Text, field: Text) -> Metric:
    """One of the six that are to be clear: of the open registrations those whose field is filled."""
    is_filled: ColumnElement[bool] = _s[f"has_{name}"]
    return Metric(
        f"ledger_{name}", label,
        Text(f"在册登记中“{field.zh}”已填写的 ÷ 全部在册登记（六清之一）",
             f"Open registrations whose {field.en} is filled ÷ all open registrations (one of the six to be clear)"),
        unit="%", kind="ratio", direction="+", sources=("persons",),
        of=(_standing(f"{name}_filled", one, lambda _: and_(_s.is_open, is_filled)),), per=(UNEMPLOYED,), scale=PERCENT,
    )  # fmt: skip


def _is_updated(moment: Moment) -> ColumnElement[bool]:
    """Open on the day, and touched since the first day of its quarter."""
    stands = and_(_s.is_open, _s.valid_from <= moment.on, _s.valid_until > moment.on)
    return and_(stands, _s.updated_on >= func.date_trunc("quarter", moment.on), _s.updated_on <= moment.as_of)


METRICS: Final = (
    Metric(
        "registrations", Text("新增登记", "New registrations"),
        Text("期内新登记的人次（按登记日期）", "Registrations with registered_on in the period"),
        unit="persons", kind="flow", direction="", sources=("persons",),
        of=(Flow(REGISTRATION, _r.registered_on, held=Held(_m.registrations)),),
    ),
    Metric(
        "unemployed", Text("登记失业人数", "Registered unemployed"),
        Text("当日在册：登记日期不晚于当日，且未注销或注销晚于当日",
             "Registered on or before the day, and not closed or closed after it"),
        unit="persons", kind="stock", direction="-", sources=("persons",),
        of=(UNEMPLOYED,),
    ),
    Metric(
        "unemployed_4050", Text("4050失业人数", "Registered unemployed, 4050"),
        Text("当日在册且当日已属4050（女满40、男满50周岁）",
             "Registered unemployed who are 4050 on the day (women 40, men 50 or more)"),
        unit="persons", kind="stock", direction="-", sources=("persons",),
        of=(UNEMPLOYED_4050,),
    ),
    Metric(
        "unemployment_rate", Text("登记失业率", "Registered unemployment rate"),
        Text("劳动力人数已知的社区的登记失业人数 ÷ 当日有效社区的劳动力人数之和",
             "Registered unemployed of the communities whose labour force is known ÷ labour force of "
             "the communities valid on the day"),
        unit="%", kind="ratio", direction="-", sources=("persons", "regions"),
        of=(_OF_KNOWN_LABOUR_FORCE,), per=(_LABOUR_FORCE,), scale=PERCENT,
    ),
    Metric(
        "labour_force", Text("劳动力人数", "Labour force"),
        Text("当日有效社区的劳动力人数之和", "Labour force of the communities valid on the day"),
        unit="persons", kind="stock", direction="", sources=("regions",),
        of=(_LABOUR_FORCE,),
    ),
    Metric(
        "certificates_issued", Text("发证数", "Certificates issued"),
        Text("期内发放的再就业优惠证（按发证日期）", "Registrations with certificate_on in the period"),
        unit="persons", kind="flow", direction="+", sources=("persons",),
        of=(Flow(CERTIFICATE, _c.issued_on, held=Held(_m.certificates)),),
    ),
    Metric(
        "ledger_completeness", Text("台账完整率", "Ledger completeness"),
        Text("（在册登记的五项已填数 + 当年因就业注销且已有安置的登记数）÷（5 × 在册登记 + 当年因就业注销的登记），"
             "即“六清”",
             "(Fields filled of the five over open registrations + registrations closed as placed in the year "
             "that have a placement) ÷ (5 × the open + those closed as placed in the year)"),
        unit="%", kind="ratio", direction="+", sources=("persons", "placements"),
        of=(_FILLED, _PLACEMENT_KNOWN), per=(_TO_BE_FILLED,), scale=PERCENT,
    ),
    _clear("cause", Text("原因清", "Cause clear"), Text("下岗失业原因", "cause of unemployment")),
    _clear("family", Text("家庭清", "Family clear"), Text("家庭状况", "family")),
    _clear("skill", Text("技能清", "Skill clear"), Text("技能特长", "skill")),
    _clear("job_wish", Text("意愿清", "Job wish clear"), Text("就业愿望", "job wish")),
    _clear("insurance", Text("社保清", "Insurance clear"), Text("社保关系", "social insurance")),
    Metric(
        "ledger_placement", Text("去向清", "Placement clear"),
        Text("当年因就业注销的登记中已有安置记录的 ÷ 当年因就业注销的登记（六清之一）",
             "Registrations closed as placed in the year that have a placement ÷ all closed as placed in the year "
             "(one of the six to be clear)"),
        unit="%", kind="ratio", direction="+", sources=("persons", "placements"),
        of=(_PLACEMENT_KNOWN,), per=(_CLOSED_AS_PLACED,), scale=PERCENT,
    ),
    Metric(
        "ledger_updated", Text("台账更新率", "Ledger updated"),
        Text("在册登记中，自当日所在季度首日起更新过的 ÷ 全部在册登记",
             "Open registrations updated since the first day of the day's quarter ÷ all open registrations"),
        unit="%", kind="ratio", direction="+", sources=("persons",),
        of=(Stock(STRETCH, _is_updated, held=Held(_m.updated, today=True, days="at")),), per=(UNEMPLOYED,),
        scale=PERCENT,
    ),
    Metric(
        "zero_households_identified", Text("新认定零就业家庭", "Households identified"),
        Text("期内认定的零就业家庭（按认定日期）", "Zero-employment households with identified_on in the period"),
        unit="households", kind="flow", direction="-", sources=("zero_households",),
        of=(Flow(ZERO_HOUSEHOLD, _z.identified_on, held=Held(_m.households_found)),),
    ),
    Metric(
        "zero_households_cleared", Text("消除零就业家庭", "Households cleared"),
        Text("期内消除的零就业家庭（按消除日期）", "Zero-employment households with cleared_on in the period"),
        unit="households", kind="flow", direction="+", sources=("zero_households",),
        of=(Flow(ZERO_HOUSEHOLD, _z.cleared_on, held=Held(_m.households_cleared)),),
    ),
    Metric(
        "zero_households_due_soon", Text("7日内到期零就业家庭", "Households due within 7 days"),
        Text("当日未消除、消除期限（认定后第20日）在当日起7日内的零就业家庭",
             "Households open on the day whose last day to be cleared (day 20) is one of the 7 days from it on"),
        unit="households", kind="stock", direction="-", sources=("zero_households",),
        of=(Span(ZERO_HOUSEHOLD, _z.due_soon_on, _z.due_soon_until, held=Held(_m.households_due_soon, days="at")),),
    ),
    Metric(
        "zero_households_overdue", Text("超期零就业家庭", "Households past their term"),
        Text("当日未消除、已超过消除期限（认定后第20日）的零就业家庭",
             "Households open on the day whose last day to be cleared (day 20) has passed"),
        unit="households", kind="stock", direction="-", sources=("zero_households",),
        of=(Span(ZERO_HOUSEHOLD, _z.overdue_on, _z.cleared_on, held=Held(_m.households_overdue, days="at")),),
    ),
    Metric(
        "zero_households_open", Text("零就业家庭存量", "Zero-employment households"),
        Text("当日已认定且未消除（或晚于当日消除）的零就业家庭",
             "Households identified by the day and not cleared, or cleared after it"),
        unit="households", kind="stock", direction="-", sources=("zero_households",),
        of=(Span(ZERO_HOUSEHOLD, _z.identified_on, _z.cleared_on, held=Held(_m.households_open, days="at")),),
    ),
    Metric(
        "zero_households_cleared_20d", Text("20日消除率", "Cleared within 20 days"),
        Text("期内认定且认定满20日的家庭：20日内消除的 ÷ 全部",
             "Households identified in the period at least 20 days before the data date: those "
             "cleared within 20 days ÷ all"),
        unit="%", kind="ratio", direction="+", sources=("zero_households",),
        of=(Flow(ZERO_HOUSEHOLD, _z.identified_on, where=lambda _: _z.is_cleared_in_term, ripe_on=_z.term_ends_on,
                 held=Held(_m.households_in_term, today=True)),),
        per=(Flow(ZERO_HOUSEHOLD, _z.identified_on, ripe_on=_z.term_ends_on,
                  held=Held(_m.households_ripe, today=True)),), scale=PERCENT,
    ),
    Metric(
        "follow_up_rate", Text("回访率", "Follow-up rate"),
        Text("困难人员安置后第1至12个月中应回访的月份：当月至少回访一次的 ÷ 全部应回访月份",
             "Months 1 to 12 after the placement of a person in hardship, while it lasts: those with a visit ÷ all"),
        unit="%", kind="ratio", direction="+", sources=("placements", "visits", "persons", "zero_households"),
        of=(Flow(FOLLOW_UP, _f.month_end, where=lambda _: _f.is_visited, held=Held(_m.visits_made)),),
        per=(Flow(FOLLOW_UP, _f.month_end, held=Held(_m.visits_due)),), scale=PERCENT,
    ),
)  # fmt: skip
