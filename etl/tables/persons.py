"""The register of the unemployed, and households in which nobody works."""

from typing import Final

from etl.contract import Choice, Column, Kind, Needs, Ordered, Reference, Table

PERSONS: Final = Table(
    "persons", "下岗失业人员登记", "Register of the unemployed", "一行一次失业登记", "one row per spell of unemployment",
    columns=(
        Column("registration_no", "登记号", "registration no.", Kind.CODE, required=True, key=True),
        Column("id_number", "身份证号", "ID number", Kind.ID_NUMBER, required=True),
        Column("name", "姓名", "name", Kind.IDENTIFIER),
        Column("phone", "电话", "phone", Kind.IDENTIFIER),
        Column("sex", "性别", "sex", Kind.CHOICE, choices=(Choice("male", "男", "male"), Choice("female", "女", "female"))),
        Column("birth_date", "出生日期", "birth date", Kind.DATE),
        Column("community_code", "社区代码", "community code", Kind.REGION, required=True, levels=("community",)),
        Column("household_no", "户号", "household no.", Kind.CODE),
        Column("category", "人员类别", "category", Kind.CHOICE, required=True, choices=(
            Choice("laid_off", "下岗职工", "laid-off worker"), Choice("unemployed", "失业人员", "unemployed person"),
            Choice("graduate", "未就业毕业生", "graduate without work"), Choice("veteran", "退役军人", "veteran"),
            Choice("landless", "失地农民", "farmer without land"), Choice("rural", "农村富余劳动力", "rural surplus labour"),
        )),
        Column("registered_on", "登记日期", "registered on", Kind.DATE, required=True),
        Column("cause", "下岗失业原因", "cause of unemployment", Kind.TEXT),
        Column("family", "家庭状况", "family", Kind.TEXT),
        Column("skill", "技能特长", "skill", Kind.TEXT),
        Column("job_wish", "就业愿望", "job wish", Kind.TEXT),
        Column("insurance", "社保关系", "social insurance", Kind.TEXT),
        Column("hardship", "困难类别", "hardship", Kind.CHOICES, choices=(
            Choice("minimum_living", "低保", "minimum living allowance"), Choice("single_parent", "单亲", "single parent"),
            Choice("disabled", "残疾", "disabled"), Choice("both_laid_off", "双下岗", "both spouses laid off"),
            Choice("long_term", "长期失业", "long-term unemployed"), Choice("military_spouse", "军属", "military spouse"),
        )),
        Column("certificate_no", "再就业优惠证号", "re-employment certificate no.", Kind.CODE),
        Column("certificate_on", "发证日期", "certificate issued on", Kind.DATE),
        Column("closed_on", "注销日期", "closed on", Kind.DATE),
        Column("close_reason", "注销原因", "reason of closing", Kind.CHOICE, choices=(
            Choice("placed", "就业", "placed"), Choice("retired", "退休", "retired"), Choice("moved", "迁出", "moved away"),
            Choice("deceased", "死亡", "deceased"), Choice("other", "其他", "other"),
        )),
        Column("updated_on", "更新日期", "updated on", Kind.DATE),
    ),
    references=(Reference("community_code", "regions", "region_code", required=True),),
    checks=(
        Ordered("registered_on", "closed_on"),
        Needs("closed_on", when="close_reason"),
        Needs("close_reason", when="closed_on"),
    ),
)  # fmt: skip

ZERO_HOUSEHOLDS: Final = Table(
    "zero_households", "零就业家庭", "Zero-employment households", "一行一次零就业家庭认定", "one row per household and identification",
    columns=(
        Column("household_no", "户号", "household no.", Kind.CODE, required=True, key=True),
        Column("identified_on", "认定日期", "identified on", Kind.DATE, required=True, key=True),
        Column("community_code", "社区代码", "community code", Kind.REGION, required=True, levels=("community",)),
        Column("cleared_on", "消除日期", "cleared on", Kind.DATE),
    ),
    references=(Reference("community_code", "regions", "region_code", required=True),),
    checks=(Ordered("identified_on", "cleared_on"),),
)  # fmt: skip
