"""The platform of streets and communities: entities, offices, retirees in their care."""

from typing import Final

from etl.contract import Choice, Column, Kind, Ordered, Reference, Table

_IN_COMMUNITY: Final = Reference("community_code", "regions", "region_code", required=True)

ENTITIES: Final = Table(
    "entities", "就业实体", "Employment entities", "一行一个实体", "one row per entity",
    columns=(
        Column("entity_no", "实体号", "entity no.", Kind.CODE, required=True, key=True),
        Column("community_code", "社区代码", "community code", Kind.REGION, required=True, levels=("community",)),
        Column("kind", "类别", "kind", Kind.CHOICE, required=True, choices=(
            Choice("entity", "就业实体", "employment entity"), Choice("outlet", "服务网点", "service outlet"),
            Choice("base", "再就业基地", "re-employment base"), Choice("project", "创业项目", "start-up project"),
        )),
        Column("name", "名称", "name", Kind.TEXT),
        Column("founded_on", "成立日期", "founded on", Kind.DATE, required=True),
        Column("closed_on", "关闭日期", "closed on", Kind.DATE),
        Column("jobs_planned", "计划安置", "jobs planned", Kind.WHOLE, minimum=0, unit="persons"),
        Column("jobs", "实际安置", "jobs", Kind.WHOLE, minimum=0, unit="persons"),
    ),
    references=(_IN_COMMUNITY,),
    checks=(Ordered("founded_on", "closed_on"),),
)  # fmt: skip

OFFICES: Final = Table(
    "offices", "平台机构", "Offices", "一行一机构一年度", "one row per office and year",
    columns=(
        Column("region_code", "区划代码", "region code", Kind.REGION, required=True, key=True, levels=("street", "community")),
        Column("year", "年度", "year", Kind.WHOLE, required=True, key=True, minimum=0),
        Column("organisation", "机构到位", "organisation in place", Kind.BOOLEAN),
        Column("staffing", "人员到位", "staff in place", Kind.BOOLEAN),
        Column("funding", "经费到位", "funds in place", Kind.BOOLEAN),
        Column("premises", "场地到位", "premises in place", Kind.BOOLEAN),
        Column("rules", "制度到位", "rules in place", Kind.BOOLEAN),
        Column("work", "工作到位", "work in place", Kind.BOOLEAN),
        Column("staff_quota", "编制数", "staff quota", Kind.WHOLE, minimum=0, unit="persons"),
        Column("staff", "在岗人数", "staff", Kind.WHOLE, minimum=0, unit="persons"),
        Column("certified_staff", "持证人数", "certified staff", Kind.WHOLE, minimum=0, unit="persons"),
        Column("floor_area", "场地面积", "floor area", Kind.NUMBER, minimum=0, unit="m²"),
        Column("funds_budget", "经费预算", "funds budgeted", Kind.MONEY, minimum=0, unit="yuan"),
        Column("funds_spent", "经费支出", "funds spent", Kind.MONEY, minimum=0, unit="yuan"),
        Column("licensed", "职介许可", "licensed for intermediation", Kind.BOOLEAN),
        Column("connected_on", "联网日期", "connected on", Kind.DATE),
    ),
    references=(Reference("region_code", "regions", "region_code", required=True),),
)  # fmt: skip

RETIREES: Final = Table(
    "retirees", "退休人员社会化管理", "Retirees in community care", "一行一社区一月份", "one row per community and month",
    columns=(
        Column("community_code", "社区代码", "community code", Kind.REGION, required=True, key=True, levels=("community",)),
        Column("month", "月份", "month", Kind.MONTH, required=True, key=True),
        Column("managed", "在管人数", "retirees in care", Kind.WHOLE, minimum=0, unit="persons"),
        Column("verification_due", "应认定人数", "to be verified", Kind.WHOLE, minimum=0, unit="persons"),
        Column("verified", "已认定人数", "verified", Kind.WHOLE, minimum=0, unit="persons"),
        Column("deceased", "死亡登记", "deaths registered", Kind.WHOLE, minimum=0, unit="persons"),
        Column("visited", "走访人次", "visits paid", Kind.WHOLE, minimum=0, unit="visits"),
    ),
    references=(_IN_COMMUNITY,),
)  # fmt: skip
