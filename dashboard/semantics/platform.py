"""What streets and communities do and report: reports, fairs, entities, retirees, surveys."""

from typing import Final

from sqlalchemy import and_, func

from dashboard.semantics.dimension import Amount, Fact, Keyed, columns
from dashboard.semantics.measure import Flow
from dashboard.semantics.metric import PERCENT, Metric
from dashboard.semantics.span import Span
from dashboard.semantics.summing import Held, one
from dashboard.semantics.words import Text
from etl.marts.months import people_month
from etl.marts.placement import entity, fair
from etl.marts.platform import report, retiree, survey

_e, _r, _s, _m = entity.c, report.c, survey.c, retiree.c
FAIR: Final = Fact(fair, columns(fair, "kind"), Keyed(("fairs",), (fair.c.fair_no,)))
ENTITY: Final = Fact(entity, columns(entity, "kind"), Keyed(("entities",), (_e.entity_no,)))
REPORT: Final = Fact(report, rows=Keyed(("reports",), (_r.community_code, _r.report, _r.period)))
SURVEY: Final = Fact(survey, rows=Keyed(("surveys",), (_s.community_code, _s.quarter)))
RETIREE: Final = Fact(retiree, rows=Keyed(("retirees",), (_m.community_code, func.strftime(_m.month_start, "%Y-%m"))))


def _standing(held: str, value: Amount = one) -> Span:
    """A sum over the entities that are open on the day; some are older than anything else that is known."""
    at_end = Held(people_month.c[held], days="at", from_first=True)
    return Span(ENTITY, _e.founded_on, _e.closed_on, value, held=at_end)


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
        "fair_posts", Text("活动提供岗位数", "Posts offered at fairs"),
        Text("期内招聘活动提供的岗位数之和", "Posts offered at the fairs of the period"),
        unit="posts", kind="flow", direction="+", sources=("fairs",),
        of=(Flow(FAIR, fair.c.held_on, lambda _: fair.c.posts_offered),),
    ),
    Metric(
        "fair_attended", Text("活动到场人数", "Attendance at fairs"),
        Text("期内招聘活动的到场人数之和", "Persons who came to the fairs of the period, each time they came"),
        unit="persons", kind="flow", direction="+", sources=("fairs",),
        of=(Flow(FAIR, fair.c.held_on, lambda _: fair.c.attended),),
    ),
    Metric(
        "entities_open", Text("就业实体数", "Employment entities"),
        Text("当日已成立且未关闭的就业实体", "Entities founded by the day and not closed by it"),
        unit="entities", kind="stock", direction="+", sources=("entities",),
        of=(_standing("entities_open"),),
    ),
    Metric(
        "entity_jobs_planned", Text("实体计划安置人数", "Jobs planned in entities"),
        Text("当日在营就业实体的计划安置人数之和", "Jobs planned by the entities that are open on the day"),
        unit="persons", kind="stock", direction="+", sources=("entities",),
        of=(_standing("entity_jobs_planned", lambda _: _e.jobs_planned),),
    ),
    Metric(
        "entity_jobs", Text("实体实际安置人数", "Jobs in entities"),
        Text("当日在营就业实体的实际安置人数之和", "Jobs filled in the entities that are open on the day"),
        unit="persons", kind="stock", direction="+", sources=("entities",),
        of=(_standing("entity_jobs", lambda _: _e.jobs),),
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
        "retirees_visited", Text("退休人员走访人次", "Visits to retirees"),
        Text("期内各整月的走访人次之和", "Whole months of the period: visits paid to retirees"),
        unit="visits", kind="flow", direction="+", sources=("retirees",),
        of=(Flow(RETIREE, _m.month_start, lambda _: _m.visited, until=_m.month_end),),
    ),
    Metric(
        "retirees_deceased", Text("退休人员死亡登记", "Retirees' deaths registered"),
        Text("期内各整月登记的死亡人数之和", "Whole months of the period: deaths of retirees registered"),
        unit="persons", kind="flow", direction="", sources=("retirees",),
        of=(Flow(RETIREE, _m.month_start, lambda _: _m.deceased, until=_m.month_end),),
    ),
    Metric(
        "satisfaction", Text("满意率", "Satisfaction"),
        Text("期内各整季度：满意人数 ÷ 调查人数", "Whole quarters of the period: satisfied ÷ respondents"),
        unit="%", kind="ratio", direction="+", sources=("surveys",),
        of=(Flow(SURVEY, _s.quarter_start, lambda _: _s.satisfied, until=_s.quarter_end),),
        per=(Flow(SURVEY, _s.quarter_start, lambda _: _s.respondents, until=_s.quarter_end),), scale=PERCENT,
    ),
    Metric(
        "complaints", Text("投诉件数", "Complaints"),
        Text("期内各整季度满意度调查登记的投诉件数之和",
             "Whole quarters of the period: complaints registered in the surveys"),
        unit="complaints", kind="flow", direction="-", sources=("surveys",),
        of=(Flow(SURVEY, _s.quarter_start, lambda _: _s.complaints, until=_s.quarter_end),),
    ),
)  # fmt: skip
