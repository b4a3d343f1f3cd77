"""Posts developed, and referrals to them."""

from typing import Final

from etl.contract import Choice, Column, Kind, Ordered, Reference, Table

POSTS: Final = Table(
    "posts", "岗位", "Posts", "一行一批岗位", "one row per batch of posts",
    columns=(
        Column("post_no", "岗位号", "post no.", Kind.CODE, required=True, key=True),
        Column("community_code", "社区代码", "community code", Kind.REGION, required=True, levels=("community",)),
        Column("kind", "岗位类别", "kind of post", Kind.CHOICE, required=True, choices=(
            Choice("public_welfare", "公益性岗位", "public-welfare post"),
            Choice("community_service", "社区服务", "community service"), Choice("enterprise", "企业用工", "enterprise"),
            Choice("entity", "社区实体", "community entity"), Choice("labour_export", "劳务输出", "labour export"),
        )),
        Column("headcount", "岗位数", "number of posts", Kind.WHOLE, required=True, minimum=1, unit="posts"),
        Column("developed_on", "开发日期", "developed on", Kind.DATE, required=True),
        Column("closed_on", "关闭日期", "closed on", Kind.DATE),
        Column("employer_code", "单位代码", "employer code", Kind.CODE),
    ),
    references=(Reference("community_code", "regions", "region_code", required=True),),
    checks=(Ordered("developed_on", "closed_on"),),
)  # fmt: skip

REFERRALS: Final = Table(
    "referrals", "职业介绍", "Referrals", "一行一次职业介绍", "one row per referral",
    columns=(
        Column("referral_no", "介绍号", "referral no.", Kind.CODE, required=True, key=True),
        Column("registration_no", "登记号", "registration no.", Kind.CODE, required=True),
        Column("post_no", "岗位号", "post no.", Kind.CODE),
        Column("referred_on", "介绍日期", "referred on", Kind.DATE, required=True),
        Column("outcome", "结果", "outcome", Kind.CHOICE, required=True, choices=(
            Choice("placed", "成功", "placed"), Choice("failed", "未成功", "failed"), Choice("pending", "待反馈", "pending"),
        )),
    ),
    references=(
        Reference("registration_no", "persons", "registration_no", required=True),
        Reference("post_no", "posts", "post_no", required=False),
    ),
)  # fmt: skip
