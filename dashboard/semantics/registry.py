"""The register of the unemployed: who is in it, how complete it is, who is in hardship and followed up."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, cast, func, literal

from dashboard.semantics.dimension import Amount, ByAge, ByMembership, Fact, Moment, columns
from dashboard.semantics.measure import Flow, one
from dashboard.semantics.metric import PERCENT, Metric
from dashboard.semantics.span import Span
from dashboard.semantics.words import Text
from etl.marts.region import labour_force, region
from etl.marts.registry import follow_up, hardship_group, registration, zero_household

_r = registration.c
_g = hardship_group.c
REGISTRATION: Final = Fact(
    registration,
    {
        **columns(registration, "sex"),
        "age_band": ByAge(_r.born),
        **columns(registration, "category"),
        "hardship_group": ByMembership(_r.registration_id, _g.registration_id, _g.hardship_group, hardship_group),
    },
)
ZERO_HOUSEHOLD: Final = Fact(zero_household)
LABOUR_FORCE: Final = Fact(labour_force)
_f = follow_up.c
FOLLOW_UP: Final = Fact(
    follow_up,
    {
        **columns(follow_up, "sex"),
        "age_band": ByAge(_f.born, on=_f.placed_on),
        **columns(follow_up, "category"),
        "hardship_group": ByMembership(
            _f.registration_id, _g.registration_id, _g.hardship_group, hardship_group, on=_f.placed_on
        ),
        **columns(follow_up, "channel", "sponsor"),
    },
)


LEDGER_FIELDS: Final = 5
_FROM_4050: Final = func.greatest(_r.registered_on, _r.turned_4050_on)
UNEMPLOYED: Final = Span(REGISTRATION, _r.registered_on, _r.closed_on)
UNEMPLOYED_4050: Final = Span(REGISTRATION, _FROM_4050, _r.closed_on)
UNEMPLOYED_4050_BEFORE: Final = Span(REGISTRATION, _FROM_4050, _r.closed_on, opening=True)
REGISTERED_4050: Final = Flow(REGISTRATION, _r.registered_on, where=lambda _: _r.turned_4050_on <= _r.registered_on)
_OF_KNOWN_LABOUR_FORCE: Final = Span(
    REGISTRATION,
    _r.registered_on,
    _r.closed_on,
    where=lambda _: region.c.labour_force.is_not(None),
    joins_region=True,
)
_LABOUR_FORCE: Final = Span(
    LABOUR_FORCE, labour_force.c.valid_from, labour_force.c.valid_to, lambda _: labour_force.c.labour_force
)


def _closed_as_placed(value: Amount) -> Span:
    """What was closed as placed in the calendar year of the day, by the day: from its closing to the year's end."""
    return Span(REGISTRATION, _r.closed_on, _r.placed_year_ends_on, value)


def _has_placement(moment: Moment) -> ColumnElement[Any]:
    return func.coalesce(cast(_r.first_placed_on <= moment.as_of, Integer), 0)


_FILLED: Final = Span(REGISTRATION, _r.registered_on, _r.closed_on, lambda _: _r.fields_filled)
_TO_BE_FILLED: Final = Span(REGISTRATION, _r.registered_on, _r.closed_on, lambda _: literal(LEDGER_FIELDS))
_z = zero_household.c

METRICS: Final = (
    Metric(
        "registrations", Text("新增登记", "New registrations"),
        Text("期内新登记的人次（按登记日期）", "Registrations with registered_on in the period"),
        unit="persons", kind="flow", direction="", sources=("persons",),
        of=(Flow(REGISTRATION, _r.registered_on),),
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
        of=(Flow(REGISTRATION, _r.certificate_on),),
    ),
    Metric(
        "ledger_completeness", Text("台账完整率", "Ledger completeness"),
        Text("（在册登记的五项已填数 + 当年因就业注销且已有安置的登记数）÷（5 × 在册登记 + 当年因就业注销的登记），"
             "即“六清”",
             "(Fields filled of the five over open registrations + registrations closed as placed in the year "
             "that have a placement) ÷ (5 × the open + those closed as placed in the year)"),
        unit="%", kind="ratio", direction="+", sources=("persons", "placements"),
        of=(_FILLED, _closed_as_placed(_has_placement)), per=(_TO_BE_FILLED, _closed_as_placed(one)),
        scale=PERCENT,
    ),
    Metric(
        "zero_households_open", Text("零就业家庭存量", "Zero-employment households"),
        Text("当日已认定且未消除（或晚于当日消除）的零就业家庭",
             "Households identified by the day and not cleared, or cleared after it"),
        unit="households", kind="stock", direction="-", sources=("zero_households",),
        of=(Span(ZERO_HOUSEHOLD, _z.identified_on, _z.cleared_on),),
    ),
    Metric(
        "zero_households_cleared_20d", Text("20日消除率", "Cleared within 20 days"),
        Text("期内认定且认定满20日的家庭：20日内消除的 ÷ 全部",
             "Households identified in the period at least 20 days before the data date: those "
             "cleared within 20 days ÷ all"),
        unit="%", kind="ratio", direction="+", sources=("zero_households",),
        of=(Flow(ZERO_HOUSEHOLD, _z.identified_on, where=lambda _: _z.is_cleared_in_term, ripe_on=_z.term_ends_on),),
        per=(Flow(ZERO_HOUSEHOLD, _z.identified_on, ripe_on=_z.term_ends_on),), scale=PERCENT,
    ),
    Metric(
        "follow_up_rate", Text("回访率", "Follow-up rate"),
        Text("困难人员安置后第1至12个月中应回访的月份：当月至少回访一次的 ÷ 全部应回访月份",
             "Months 1 to 12 after the placement of a person in hardship, while it lasts: those with a visit ÷ all"),
        unit="%", kind="ratio", direction="+", sources=("placements", "visits", "persons", "zero_households"),
        of=(Flow(FOLLOW_UP, _f.month_end, where=lambda _: _f.is_visited),),
        per=(Flow(FOLLOW_UP, _f.month_end),), scale=PERCENT,
    ),
)  # fmt: skip
