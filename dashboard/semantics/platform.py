"""What streets and communities do and report: reports, fairs, entities, retirees, offices, surveys."""

from typing import Final

from sqlalchemy import ColumnElement, and_, extract

from dashboard.semantics.dimension import Fact, Moment, columns
from dashboard.semantics.measure import Flow, Stock
from dashboard.semantics.metric import PERCENT, Metric
from dashboard.semantics.span import Span
from dashboard.semantics.words import Text
from etl.marts.placement import entity, fair
from etl.marts.platform import office, report, retiree, survey

FAIR: Final = Fact(fair, columns(fair, "kind"))
ENTITY: Final = Fact(entity, columns(entity, "kind"))
REPORT, SURVEY, RETIREE, OFFICE = Fact(report), Fact(survey), Fact(retiree), Fact(office)
_e, _r, _s, _m, _o = entity.c, report.c, survey.c, retiree.c, office.c


def _of_year(moment: Moment) -> ColumnElement[bool]:
    return _o.year == extract("year", moment.on)


METRICS: Final = (
    Metric(
        "reporting_on_time", Text("报表按时率", "Reports on time"),
        Text("期内应报的报表：按时上报的 ÷ 全部", "Reports due in the period: those submitted by their due date ÷ all"),
        unit="%", kind="ratio", direction="+", sources=("reports",),
        of=(Flow(REPORT, _r.due_on, where=lambda _: _r.submitted_on <= _r.due_on),),
        per=(Flow(REPORT, _r.due_on),), scale=PERCENT,
    ),
    Metric(
        "reports_accepted_first_time", Text("报表一次通过率", "Reports accepted first time"),
        Text("期内应报、已上报的报表：未被退回的 ÷ 全部",
             "Reports due in the period and submitted by the data date: those never returned ÷ all"),
        unit="%", kind="ratio", direction="+", sources=("reports",),
        of=(Flow(REPORT, _r.due_on,
                 where=lambda moment: and_(_r.submitted_on <= moment.as_of, _r.returned_times == 0)),),
        per=(Flow(REPORT, _r.due_on, where=lambda moment: _r.submitted_on <= moment.as_of),), scale=PERCENT,
    ),
    Metric(
        "fairs_held", Text("招聘活动场次", "Fairs held"),
        Text("期内举办的招聘活动场次", "Fairs with held_on in the period"),
        unit="fairs", kind="flow", direction="+", sources=("fairs",),
        of=(Flow(FAIR, fair.c.held_on),),
    ),
    Metric(
        "fair_placed", Text("活动达成人数", "Placed at fairs"),
        Text("期内招聘活动的达成人数之和", "Persons placed at the fairs of the period"),
        unit="persons", kind="flow", direction="+", sources=("fairs",),
        of=(Flow(FAIR, fair.c.held_on, lambda _: fair.c.placed),),
    ),
    Metric(
        "entities_open", Text("就业实体数", "Employment entities"),
        Text("当日已成立且未关闭的就业实体", "Entities founded by the day and not closed by it"),
        unit="entities", kind="stock", direction="+", sources=("entities",),
        of=(Span(ENTITY, _e.founded_on, _e.closed_on),),
    ),
    Metric(
        "retirees_managed", Text("在管退休人员", "Retirees in care"),
        Text("各社区不晚于当月的最近一个月的在管人数之和",
             "Retirees in care of each community's newest month up to the day's month"),
        unit="persons", kind="stock", direction="", sources=("retirees",),
        of=(Span(RETIREE, _m.month_start, _m.next_month, lambda _: _m.managed),),
    ),
    Metric(
        "retirees_verified", Text("资格认定率", "Retirees verified"),
        Text("期内各整月：已认定人数 ÷ 应认定人数",
             "Whole months of the period: retirees verified ÷ retirees to be verified"),
        unit="%", kind="ratio", direction="+", sources=("retirees",),
        of=(Flow(RETIREE, _m.month_start, lambda _: _m.verified, until=_m.month_end),),
        per=(Flow(RETIREE, _m.month_start, lambda _: _m.verification_due, until=_m.month_end),), scale=PERCENT,
    ),
    Metric(
        "offices_complete", Text("六到位率", "Offices with all six in place"),
        Text("当年的平台机构：机构、人员、经费、场地、制度、工作六项全部到位的 ÷ 全部",
             "Offices of the day's year: those with all six in place ÷ all"),
        unit="%", kind="ratio", direction="+", sources=("offices",),
        of=(Stock(OFFICE, lambda moment: and_(_of_year(moment), _o.is_complete)),),
        per=(Stock(OFFICE, _of_year),), scale=PERCENT,
    ),
    Metric(
        "staff_certified", Text("持证上岗率", "Staff certified"),
        Text("当年的平台机构：持证人数 ÷ 在岗人数", "Offices of the day's year: certified staff ÷ staff"),
        unit="%", kind="ratio", direction="+", sources=("offices",),
        of=(Stock(OFFICE, _of_year, lambda _: _o.certified_staff),), per=(Stock(OFFICE, _of_year, lambda _: _o.staff),),
        scale=PERCENT,
    ),
    Metric(
        "satisfaction", Text("满意率", "Satisfaction"),
        Text("期内各整季度：满意人数 ÷ 调查人数", "Whole quarters of the period: satisfied ÷ respondents"),
        unit="%", kind="ratio", direction="+", sources=("surveys",),
        of=(Flow(SURVEY, _s.quarter_start, lambda _: _s.satisfied, until=_s.quarter_end),),
        per=(Flow(SURVEY, _s.quarter_start, lambda _: _s.respondents, until=_s.quarter_end),), scale=PERCENT,
    ),
)  # fmt: skip
