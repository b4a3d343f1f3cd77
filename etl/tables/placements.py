"""Placements and what leads to them and follows: fairs, trainings, visits."""

from typing import Final

from etl.contract import Choice, Column, Kind, Ordered, Reference, Table

_OF_PERSON: Final = Reference("registration_no", "persons", "registration_no", required=True)
_IN_COMMUNITY: Final = Reference("community_code", "regions", "region_code", required=True)

FAIRS: Final = Table(
    "fairs", "招聘活动", "Job fairs", "一行一场招聘活动", "one row per fair",
    columns=(
        Column("fair_no", "活动号", "fair no.", Kind.CODE, required=True, key=True),
        Column("community_code", "社区代码", "community code", Kind.REGION, required=True, levels=("community",)),
        Column("kind", "类别", "kind of fair", Kind.CHOICE, required=True, choices=(
            Choice("fair", "招聘会", "job fair"), Choice("activity_week", "就业活动周", "activity week"),
            Choice("assistance_month", "援助月", "assistance month"), Choice("online", "网上招聘会", "online fair"),
        )),
        Column("held_on", "举办日期", "held on", Kind.DATE, required=True),
        Column("posts_offered", "提供岗位数", "posts offered", Kind.WHOLE, minimum=0, unit="posts"),
        Column("attended", "到场人数", "persons attending", Kind.WHOLE, minimum=0, unit="persons"),
        Column("placed", "达成人数", "persons placed", Kind.WHOLE, minimum=0, unit="persons"),
    ),
    references=(_IN_COMMUNITY,),
)  # fmt: skip

PLACEMENTS: Final = Table(
    "placements", "就业安置", "Placements", "一行一次安置", "one row per placement",
    columns=(
        Column("placement_no", "安置号", "placement no.", Kind.CODE, required=True, key=True),
        Column("registration_no", "登记号", "registration no.", Kind.CODE, required=True),
        Column("community_code", "社区代码", "community code", Kind.REGION, required=True, levels=("community",)),
        Column("post_no", "岗位号", "post no.", Kind.CODE),
        Column("channel", "安置渠道", "channel", Kind.CHOICE, required=True, choices=(
            Choice("public_welfare", "公益性岗位", "public-welfare post"), Choice("community_entity", "社区实体", "community entity"),
            Choice("base", "再就业基地", "re-employment base"), Choice("market", "市场招聘", "market"),
            Choice("job_fair", "招聘会", "job fair"), Choice("green_channel", "绿色通道", "green channel"),
            Choice("self_employed", "自主创业", "self-employed"), Choice("flexible", "灵活就业", "flexible work"),
            Choice("labour_export", "劳务输出", "labour export"),
        )),
        Column("placed_on", "安置日期", "placed on", Kind.DATE, required=True),
        Column("contract_months", "合同月数", "contract months", Kind.WHOLE, minimum=0, unit="months"),
        Column("monthly_wage", "月工资", "monthly wage", Kind.MONEY, minimum=0, unit="yuan"),
        Column("ended_on", "离岗日期", "ended on", Kind.DATE),
        Column("end_reason", "离岗原因", "reason of ending", Kind.TEXT),
        Column("sponsor", "推荐单位", "sponsor", Kind.TEXT),
        Column("fair_no", "活动号", "fair no.", Kind.CODE),
    ),
    references=(
        _OF_PERSON, _IN_COMMUNITY,
        Reference("post_no", "posts", "post_no", required=False),
        Reference("fair_no", "fairs", "fair_no", required=False),
    ),
    checks=(Ordered("placed_on", "ended_on"),),
)  # fmt: skip

TRAININGS: Final = Table(
    "trainings", "技能培训", "Trainings", "一行一人一次培训", "one row per person and training",
    columns=(
        Column("training_no", "培训号", "training no.", Kind.CODE, required=True, key=True),
        Column("registration_no", "登记号", "registration no.", Kind.CODE, required=True),
        Column("community_code", "社区代码", "community code", Kind.REGION, required=True, levels=("community",)),
        Column("course", "培训项目", "course", Kind.TEXT),
        Column("started_on", "开班日期", "started on", Kind.DATE, required=True),
        Column("finished_on", "结业日期", "finished on", Kind.DATE),
        Column("passed", "合格", "passed", Kind.BOOLEAN),
    ),
    references=(_OF_PERSON, _IN_COMMUNITY),
    checks=(Ordered("started_on", "finished_on"),),
)  # fmt: skip

VISITS: Final = Table(
    "visits", "回访", "Follow-up visits", "一行一次回访", "one row per visit",
    columns=(
        Column("visit_no", "回访号", "visit no.", Kind.CODE, required=True, key=True),
        Column("registration_no", "登记号", "registration no.", Kind.CODE, required=True),
        Column("visited_on", "回访日期", "visited on", Kind.DATE, required=True),
        Column("mode", "方式", "mode", Kind.CHOICE, choices=(Choice("door", "上门", "in person"), Choice("phone", "电话", "by phone"))),
    ),
    references=(_OF_PERSON,),
)  # fmt: skip
