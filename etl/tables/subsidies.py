"""Subsidies paid, and the budgets that they are paid from."""

from typing import Final

from etl.contract import Choice, Column, Kind, Needs, Ordered, Reference, Table

SUBSIDY_KINDS: Final = (
    Choice("post", "岗位补贴", "post subsidy"),
    Choice("insurance", "社保补贴", "insurance subsidy"),
    Choice("intermediation", "职介补贴", "intermediation subsidy"),
    Choice("training", "培训补贴", "training subsidy"),
    Choice("placement_award", "安置奖补", "placement award"),
    Choice("loan_interest", "贷款贴息", "loan interest subsidy"),
    Choice("fee_waiver", "税费减免", "tax and fee waiver"),
)
FUNDING_SOURCES: Final = (
    Choice("central", "中央", "central"),
    Choice("province", "省级", "province"),
    Choice("city", "市级", "city"),
    Choice("district", "区县", "district"),
)

SUBSIDIES: Final = Table(
    "subsidies", "补贴支出", "Subsidies paid", "一行一笔补贴支付", "one row per payment",
    columns=(
        Column("payment_no", "支付号", "payment no.", Kind.CODE, required=True, key=True),
        Column("kind", "补贴类别", "kind of subsidy", Kind.CHOICE, required=True, choices=SUBSIDY_KINDS),
        Column("registration_no", "登记号", "registration no.", Kind.CODE),
        Column("employer_code", "单位代码", "employer code", Kind.CODE),
        Column("community_code", "社区代码", "community code", Kind.REGION, required=True, levels=("community",)),
        Column("period_start", "补贴起始月", "first month", Kind.MONTH),
        Column("period_end", "补贴截止月", "last month", Kind.MONTH),
        Column("approved_on", "审批日期", "approved on", Kind.DATE),
        Column("paid_on", "支付日期", "paid on", Kind.DATE, required=True),
        Column("amount", "金额", "amount", Kind.MONEY, required=True, above=0, unit="yuan"),
        Column("funding_source", "资金来源", "funding source", Kind.CHOICE, required=True, choices=FUNDING_SOURCES),
        Column("budget_year", "预算年度", "budget year", Kind.WHOLE, minimum=0),
    ),
    references=(
        # Required for post, insurance and training subsidies (see the check); for the others, optional.
        Reference("registration_no", "persons", "registration_no", required=False),
        Reference("community_code", "regions", "region_code", required=True),
    ),
    checks=(
        Needs("registration_no", when="kind", values=("post", "insurance", "training")),
        Ordered("period_start", "period_end"),
    ),
)  # fmt: skip

BUDGETS: Final = Table(
    "budgets", "补贴预算", "Subsidy budgets", "一行一项预算的一次下达", "one row per budget line and revision",
    columns=(
        Column("budget_year", "预算年度", "budget year", Kind.WHOLE, required=True, key=True, minimum=0),
        Column("district_code", "区县代码", "district code", Kind.REGION, required=True, key=True, levels=("district", "city")),
        Column("kind", "补贴类别", "kind of subsidy", Kind.CHOICE, required=True, key=True, choices=SUBSIDY_KINDS),
        Column("funding_source", "资金来源", "funding source", Kind.CHOICE, required=True, key=True, choices=FUNDING_SOURCES),
        Column("revision", "调整次数", "revision", Kind.WHOLE, key=True, minimum=0, default=0),
        Column("amount", "金额", "amount", Kind.MONEY, required=True, minimum=0, unit="yuan"),
    ),
    references=(Reference("district_code", "regions", "region_code", required=True),),
)  # fmt: skip
