"""Targets of the year, and what units report of themselves: reports, surveys, assessments."""

from typing import Final

from etl.contract import AtMost, Choice, Column, Kind, Needs, Reference, Table

_IN_COMMUNITY: Final = Reference("community_code", "regions", "region_code", required=True)

TARGETS: Final = Table(
    "targets", "目标责任", "Targets", "一行一项目标的一次下达", "one row per target and revision",
    columns=(
        Column("target_year", "年度", "year", Kind.WHOLE, required=True, key=True, minimum=0),
        Column("region_code", "区划代码", "region code", Kind.REGION, required=True, key=True,
               levels=("city", "district", "street", "community")),
        Column("indicator", "指标", "indicator", Kind.INDICATOR, required=True, key=True),
        Column("issuer", "下达单位", "issuer", Kind.CHOICE, key=True, default="city", choices=(
            Choice("province", "省级", "province"), Choice("city", "市级", "city"), Choice("district", "区县", "district"),
        )),
        Column("revision", "调整次数", "revision", Kind.WHOLE, key=True, minimum=0, default=0),
        Column("value", "目标值", "target", Kind.NUMBER, required=True),
        Column("document_no", "文号", "document no.", Kind.TEXT),
        Column("signed_on", "签订日期", "signed on", Kind.DATE),
        Column("owner", "责任人", "person in charge", Kind.TEXT),
    ),
    references=(Reference("region_code", "regions", "region_code", required=True),),
)  # fmt: skip

REPORTS: Final = Table(
    "reports", "报表上报", "Reports filed", "一行一份应报报表", "one row per report due",
    columns=(
        Column("community_code", "社区代码", "community code", Kind.REGION, required=True, key=True, levels=("community",)),
        Column("report", "报表", "report", Kind.TEXT, required=True, key=True),
        Column("period", "期间", "period", Kind.PERIOD, required=True, key=True, periods="MQ"),
        Column("due_on", "应报日期", "due on", Kind.DATE, required=True),
        Column("submitted_on", "上报日期", "submitted on", Kind.DATE),
        Column("returned_times", "退回次数", "times returned", Kind.WHOLE, minimum=0, default=0),
    ),
    references=(_IN_COMMUNITY,),
)  # fmt: skip

SURVEYS: Final = Table(
    "surveys", "满意度调查", "Satisfaction surveys", "一行一社区一季度", "one row per community and quarter",
    columns=(
        Column("community_code", "社区代码", "community code", Kind.REGION, required=True, key=True, levels=("community",)),
        Column("quarter", "季度", "quarter", Kind.PERIOD, required=True, key=True, periods="Q"),
        Column("respondents", "调查人数", "respondents", Kind.WHOLE, required=True, minimum=0, unit="persons"),
        Column("satisfied", "满意人数", "satisfied", Kind.WHOLE, required=True, minimum=0, unit="persons"),
        Column("complaints", "投诉件数", "complaints", Kind.WHOLE, minimum=0, default=0),
    ),
    references=(_IN_COMMUNITY,),
    checks=(AtMost("satisfied", "respondents"),),
)  # fmt: skip

ASSESSMENTS: Final = Table(
    "assessments", "评估打分", "Assessments", "一行一社区一期一项目", "one row per community, period and item",
    columns=(
        Column("community_code", "社区代码", "community code", Kind.REGION, required=True, key=True, levels=("community",)),
        Column("period", "期间", "period", Kind.PERIOD, required=True, key=True, periods="QY"),
        Column("item", "项目", "item", Kind.TEXT, required=True, key=True),
        Column("self_points", "自评分", "own points", Kind.NUMBER),
        Column("district_points", "区县审核分", "district's points", Kind.NUMBER),
        Column("city_points", "市评分", "city's points", Kind.NUMBER),
        Column("remark", "说明", "remark", Kind.TEXT),
    ),
    references=(_IN_COMMUNITY,),
    checks=(Needs("remark", when="item", values=("veto", "一票否决")),),
)  # fmt: skip
