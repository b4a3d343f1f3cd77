"""Guaranteed small loans: applications, schedules, payments, and the guarantee fund."""

from typing import Final

from etl.contract import Choice, Column, Kind, Needs, OnlyAs, Ordered, Reference, Table

_OF_LOAN: Final = Reference("loan_no", "loans", "loan_no", required=True)

LOANS: Final = Table(
    "loans", "小额担保贷款", "Guaranteed small loans", "一行一笔贷款申请", "one row per application",
    columns=(
        Column("loan_no", "贷款号", "loan no.", Kind.CODE, required=True, key=True),
        Column("product", "贷款种类", "product", Kind.CHOICE, default="personal", choices=(
            Choice("personal", "个人", "personal"), Choice("partnership", "合伙", "partnership"),
            Choice("small_firm", "劳动密集型小企业", "labour-intensive small firm"),
        )),
        Column("registration_no", "登记号", "registration no.", Kind.CODE, required=True),
        Column("community_code", "社区代码", "community code", Kind.REGION, required=True, levels=("community",)),
        Column("bank", "经办银行", "handling bank", Kind.TEXT, required=True),
        Column("firm_staff", "企业职工数", "firm's staff", Kind.WHOLE, minimum=0, unit="persons"),
        Column("firm_hired", "新招下岗失业人员数", "laid-off and unemployed hired", Kind.WHOLE, minimum=0, unit="persons"),
        Column("applied_on", "申请日期", "applied on", Kind.DATE, required=True),
        Column("community_on", "社区审核日期", "reviewed by community on", Kind.DATE),
        Column("street_on", "街道审核日期", "reviewed by street on", Kind.DATE),
        Column("district_on", "区县审核日期", "reviewed by district on", Kind.DATE),
        Column("decided_on", "审批日期", "decided on", Kind.DATE),
        Column("decision", "审批结果", "decision", Kind.CHOICE, choices=(
            Choice("approved", "同意", "approved"), Choice("refused", "不同意", "refused"), Choice("withdrawn", "撤回", "withdrawn"),
        )),
        Column("disbursed_on", "放款日期", "disbursed on", Kind.DATE),
        Column("amount", "贷款金额", "amount", Kind.MONEY, above=0, unit="yuan"),
        Column("term_months", "期限月数", "term", Kind.WHOLE, minimum=0, unit="months"),
        Column("annual_rate", "年利率", "annual rate", Kind.NUMBER, minimum=0, unit="%"),
        Column("interest_subsidised", "是否贴息", "interest subsidised", Kind.BOOLEAN),
        Column("repayment_method", "还款方式", "repayment method", Kind.CHOICE, choices=(
            Choice("monthly", "按月", "monthly"), Choice("quarterly", "按季", "quarterly"), Choice("bullet", "到期一次", "at maturity"),
        )),
        Column("counter_guarantee", "反担保方式", "counter-guarantee", Kind.CHOICE, choices=(
            Choice("civil_servant", "公职人员", "civil servant"), Choice("deposit", "存单", "deposit"),
            Choice("securities", "有价证券", "securities"), Choice("property", "房产", "property"), Choice("none", "无", "none"),
        )),
        Column("jobs_created", "带动就业人数", "jobs created", Kind.WHOLE, minimum=0, unit="persons"),
        Column("written_off_on", "核销日期", "written off on", Kind.DATE),
    ),
    references=(
        Reference("registration_no", "persons", "registration_no", required=True),
        Reference("community_code", "regions", "region_code", required=True),
    ),
    checks=(
        Ordered("applied_on", "decided_on"), Ordered("applied_on", "disbursed_on"), Ordered("decided_on", "disbursed_on"),
        Needs("decision", when="disbursed_on"), Needs("amount", when="disbursed_on"),
        Needs("term_months", when="disbursed_on"), Needs("annual_rate", when="disbursed_on"),
        OnlyAs("decision", "approved", when="disbursed_on"),
    ),
)  # fmt: skip

INSTALMENTS: Final = Table(
    "instalments", "还款计划", "Instalments due", "一行一期应还款", "one row per instalment",
    columns=(
        Column("loan_no", "贷款号", "loan no.", Kind.CODE, required=True, key=True),
        Column("instalment_no", "期次", "instalment no.", Kind.WHOLE, required=True, key=True, minimum=1),
        Column("due_on", "应还日期", "due on", Kind.DATE, required=True),
        Column("principal_due", "应还本金", "principal due", Kind.MONEY, required=True, minimum=0, unit="yuan"),
        Column("interest_due", "应还利息", "interest due", Kind.MONEY, required=True, minimum=0, unit="yuan"),
    ),
    references=(_OF_LOAN,),
)  # fmt: skip

REPAYMENTS: Final = Table(
    "repayments", "还款流水", "Payments on loans", "一行一笔还款流水", "one row per payment",
    columns=(
        Column("payment_no", "流水号", "payment no.", Kind.CODE, required=True, key=True),
        Column("loan_no", "贷款号", "loan no.", Kind.CODE, required=True),
        Column("paid_on", "日期", "paid on", Kind.DATE, required=True),
        Column("principal", "本金", "principal", Kind.MONEY, required=True, minimum=0, unit="yuan"),
        Column("interest", "利息", "interest", Kind.MONEY, required=True, minimum=0, unit="yuan"),
        Column("kind", "类别", "kind", Kind.CHOICE, required=True, choices=(
            Choice("repayment", "还款", "repayment"), Choice("prepayment", "提前还款", "prepayment"),
            Choice("compensation", "代偿", "compensation"), Choice("recovery", "追偿", "recovery"),
            Choice("reversal", "冲正", "reversal"),
        )),
        Column("reverses", "被冲正流水号", "payment reversed", Kind.CODE),
    ),
    references=(
        _OF_LOAN,
        Reference("reverses", "repayments", "payment_no", required=False),
    ),
    checks=(Needs("reverses", when="kind", values=("reversal",)),),
)  # fmt: skip

FUND_ENTRIES: Final = Table(
    "fund_entries", "担保基金", "Guarantee fund entries", "一行一笔基金收支", "one row per entry",
    columns=(
        Column("entry_no", "凭证号", "voucher no.", Kind.CODE, required=True, key=True),
        Column("entry_on", "日期", "entered on", Kind.DATE, required=True),
        Column("source", "来源", "source", Kind.CHOICE, required=True, choices=(
            Choice("central", "中央", "central"), Choice("province", "省级", "province"), Choice("city", "市级", "city"),
            Choice("district", "区县", "district"), Choice("other", "其他", "other"),
        )),
        Column("district_code", "区县代码", "district code", Kind.REGION, levels=("district",)),
        Column("kind", "类别", "kind", Kind.CHOICE, required=True, choices=(
            Choice("contribution", "拨入", "contribution"), Choice("withdrawal", "拨出", "withdrawal"),
            Choice("interest", "利息", "interest"),
        )),
        Column("amount", "金额", "amount", Kind.MONEY, required=True, above=0, unit="yuan"),
    ),
    references=(Reference("district_code", "regions", "region_code", required=False),),
)  # fmt: skip
