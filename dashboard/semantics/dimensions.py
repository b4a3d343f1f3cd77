"""The dimensions, with the labels of their values; time and place are dimensions of every metric."""

from collections.abc import Iterable
from typing import Final

from dashboard.semantics.dimension import Dimension
from dashboard.semantics.words import Text
from etl.contract import Choice
from etl.tables import BY_NAME


def _labels(choices: Iterable[Choice]) -> dict[str, Text]:
    return {choice.value: Text(choice.zh, choice.en) for choice in choices}


def _of(table: str, column: str, name: str | None = None) -> Dimension:
    """A dimension that is a column of a source table, with the labels of its contract."""
    declared = BY_NAME[table].column(column)
    return Dimension(name or column, Text(declared.zh, declared.en), _labels(declared.choices))


def _kinds(*tables: str) -> dict[str, Text]:
    values: dict[str, Text] = {}
    for table in tables:
        values |= _labels(BY_NAME[table].column("kind").choices)
    return values


_BANDS: Final = {band: Text(zh, en) for band, zh, en in (
    ("under 16", "16岁以下", "under 16"), ("16-24", "16–24岁", "16–24"), ("25-34", "25–34岁", "25–34"),
    ("35-44", "35–44岁", "35–44"), ("45-54", "45–54岁", "45–54"), ("55+", "55岁以上", "55 and over"),
)}  # fmt: skip
_HARDSHIPS: Final = {
    "4050": Text("4050人员", "4050"),
    "zero_household": Text("零就业家庭", "zero-employment household"),
    **_labels(BY_NAME["persons"].column("hardship").choices),
}
_AGEING: Final = ("1-30", "31-60", "61-90", "91-180", "181-360", "360+")
_BUCKETS: Final = {"0": Text("未逾期", "current")} | {
    bucket: Text(f"逾期{bucket}天", f"{bucket} days late") for bucket in _AGEING
}
_STAGES: Final = {
    "community": Text("社区审核", "community"),
    "street": Text("街道审核", "street"),
    "district": Text("区县审核", "district"),
    "decision": Text("审批", "decision"),
}
_OFFICES: Final = {
    "street": Text("街道机构", "office of a street"),
    "community": Text("社区机构", "office of a community"),
}
_SIX: Final = {
    name: Text(declared.zh, declared.en)
    for name in ("organisation", "staffing", "funding", "premises", "rules", "work")
    for declared in [BY_NAME["offices"].column(name)]
}
_EXITS: Final = {
    "paid": Text("已还", "paid"),
    "compensated": Text("已代偿", "compensated"),
    "written_off": Text("已核销", "written off"),
}

DIMENSIONS: Final = (
    _of("persons", "sex"),
    Dimension("age_band", Text("年龄段", "age band"), _BANDS),
    _of("persons", "category"),
    Dimension("hardship_group", Text("困难类别", "hardship group"), _HARDSHIPS),
    _of("placements", "channel"),
    _of("placements", "sponsor"),
    Dimension("kind", Text("类别", "kind"), _kinds("posts", "fairs", "entities", "subsidies")),
    _of("posts", "employer_code"),
    _of("referrals", "outcome"),
    _of("trainings", "course"),
    Dimension("office_level", Text("机构层级", "office level"), _OFFICES),
    Dimension("office_item", Text("六到位", "the six in place"), _SIX),
    _of("loans", "product"),
    _of("loans", "bank"),
    _of("loans", "counter_guarantee"),
    Dimension("interest_subsidised", Text("是否贴息", "interest subsidised"), kind=bool),
    _of("loans", "repayment_method"),
    Dimension("ageing", Text("账龄", "ageing"), _BUCKETS),
    Dimension("stage", Text("环节", "stage"), _STAGES),
    Dimension("cohort", Text("放贷批次", "cohort")),
    Dimension("month_on_book", Text("账龄月数", "month on book"), kind=int),
    Dimension("from_bucket", Text("原账龄", "from bucket"), _BUCKETS),
    Dimension("to_bucket", Text("现账龄", "to bucket"), {**_BUCKETS, **_EXITS}),
    _of("subsidies", "funding_source"),
    Dimension("budget_year", Text("预算年度", "budget year")),
)
