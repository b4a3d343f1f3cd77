"""What loading tells a clerk, in Chinese and English: what was promised, what came, and what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from etl.account import Refusal
from etl.contract import REASON_NAMES, AtMost, Check, Column, Kind, Needs, OnlyAs, Ordered, Table
from etl.faults import column_of, columns_of, reason_of
from etl.read.header import read_header
from etl.tables import BY_NAME

LANGUAGES: Final = ("zh", "en")

_ROW: Final[Mapping[str, tuple[str, str]]] = {
    "missing_required": ("“{head}”没有填写{because}，请补填。", "“{head}” is empty{because}: please fill it in."),
    "bad_date": (
        "“{head}”写的是“{cell}”，不是有效日期，请写成 {form}。",
        "“{head}” says “{cell}”, which is no valid date: write {form}.",
    ),
    "bad_number": (
        "“{head}”写的是“{cell}”，不是{form}，请只写数字。",
        "“{head}” says “{cell}”, which is not {form}: write digits only.",
    ),
    "bad_boolean": ("“{head}”写的是“{cell}”，请写“是”或“否”。", "“{head}” says “{cell}”: write 是 (yes) or 否 (no)."),
    "not_in_list": ("“{head}”写的是“{cell}”，请改为：{form}。", "“{head}” says “{cell}”: use one of {form}."),
    "out_of_range": ("“{head}”为“{cell}”，{form}。", "“{head}” is “{cell}”: {form}."),
    "bad_id_number": (
        "“{head}”（{cell}）的位数、出生日期或校验码不对，请与身份证核对。",
        "“{head}” ({cell}) has a wrong length, birth date or check digit: compare it with the card.",
    ),
    "bad_region_code": ("“{head}”写的是“{cell}”，应为 {form}。", "“{head}” says “{cell}”, but it must be {form}."),
    "unknown_region": (
        "“{head}”{cell} 不在行政区划表中；该区划报来后本行自动入库，若代码有误请改正后重报。",
        (
            "“{head}” {cell} is not among the regions; the row is loaded by itself once that region arrives."
            " If the code is wrong, correct it."
        ),
    ),
    "unknown_reference": (
        "“{head}”{cell} 在“{form}”中找不到；该记录报来后本行自动入库，若编号有误请改正后重报。",
        (
            "“{head}” {cell} is not in “{form}”; the row is loaded by itself once that record arrives."
            " If the number is wrong, correct it."
        ),
    ),
    "date_order": (
        "“{head}”{cell} 早于“{form}”，请核对这两个日期。",
        "“{head}” {cell} is before “{form}”: check the two dates.",
    ),
    "future_date": (
        "“{head}”{cell} 晚于本批数据的截止日，请核对日期。",
        "“{head}” {cell} is after the data date of this delivery: check the date.",
    ),
    "conflicting_duplicate": (
        "本批中有几行的{form}相同而内容不同，均未入库；请只保留正确的一行后重报。",
        (
            "Several rows of this delivery have the same {form} but different content; none was loaded."
            " Keep the right one and send it again."
        ),
    ),
}
_WITHDRAWAL: Final = (
    "要撤销的记录（{key}）从未入库，无从撤销；请核对编号。",
    "The row to be withdrawn ({key}) was never loaded: check its number.",
)
_REVERSAL: Final = (
    "“{head}”{cell} 不是同一笔贷款中可冲正的还款；该流水报来后本行自动入库，若流水号有误请改正后重报。",
    "“{head}” {cell} is no payment of the same loan that can be reversed; the row is loaded by itself once it arrives.",
)
_SHIFTED: Final = (
    "本行的单元格比表头多，内容可能错位；请检查多余的分隔符。",
    "The row has more cells than the header, so its content may have moved: look for a superfluous separator.",
)
_LEVELS: Final = {
    "city": ("市", "a city's"),
    "district": ("区县", "a district's"),
    "street": ("街道", "a street's"),
    "community": ("社区", "a community's"),
}


def row_message(
    table: Table, reason: str, column: str | None, *, key: str, values: Mapping[str, str], lang: str
) -> str:
    """What is wrong with a row in quarantine and what to do; `values` are its cells under the delivered headers."""
    at = LANGUAGES.index(lang)
    if column is None:
        return _SHIFTED[at]
    found = next(each for each in columns_of(table) if each.name == column)
    if (
        reason == "unknown_reference"
        and column == table.key[0]
        and not any(r.column == column for r in table.references)
    ):
        return _WITHDRAWAL[at].format(key=key)
    header = header_of(table.name, tuple(values), column)
    head = header or (found.zh, found.en)[at]
    cell = values[header].strip() if header else ""
    if reason == "unknown_reference" and column == "reverses":
        return _REVERSAL[at].format(head=head, cell=cell)
    because = _because(table, column, at) if reason == "missing_required" and not found.required else ""
    return _ROW[reason][at].format(head=head, cell=cell, because=because, form=_form(table, found, reason, at))


def header_of(table: str, headers: tuple[str, ...], column: str) -> str | None:
    """The delivered header of a table's column; None where the file does not have it."""
    return _texts(table, headers).get(column)


@lru_cache(maxsize=512)
def _texts(table: str, headers: tuple[str, ...]) -> Mapping[str, str]:
    return read_header(BY_NAME[table], headers).texts


def _because(table: Table, column: str, at: int) -> str:
    for check in table.checks:
        if isinstance(check, Needs) and check.column == column:
            other = table.column(check.when)
            if not check.values:
                return (f"（填了“{other.zh}”的行必须填写）", f" (needed where “{other.en}” is given)")[at]
            named = [choice for choice in other.choices if choice.value in check.values]
            zh = "、".join(choice.zh for choice in named) or "、".join(check.values)
            en = ", ".join(choice.en for choice in named) or ", ".join(check.values)
            return (f"（“{other.zh}”为{zh}的行必须填写）", f" (needed where “{other.en}” is {en})")[at]
    return ""


def _form(table: Table, column: Column, reason: str, at: int) -> str:
    """What the column should hold: the part of the message that depends on the contract."""
    forms = {
        "bad_date": _date_form,
        "bad_number": _number_form,
        "not_in_list": _list_form,
        "bad_region_code": _level_form,
        "out_of_range": _range_form,
        "unknown_reference": _target_form,
        "date_order": _earlier_form,
        "conflicting_duplicate": _key_form,
    }
    form = forms.get(reason)
    return form(table, column)[at] if form is not None else ""


def _number_form(_table: Table, column: Column) -> tuple[str, str]:
    if column.kind is Kind.WHOLE:
        return "整数", "a whole number"
    if column.kind is Kind.MONEY:
        return "金额（最多两位小数）", "an amount of two decimals at most"
    return "数", "a number"


def _level_form(_table: Table, column: Column) -> tuple[str, str]:
    levels = [_LEVELS[level] for level in column.levels] or [("", "a region's")]
    zh, en = "或".join(zh for zh, _ in levels), " or ".join(en for _, en in levels)
    return f"12 位的{zh}区划代码", f"{en} code of 12 digits"


def _target_form(table: Table, column: Column) -> tuple[str, str]:
    target = next((BY_NAME[each.table] for each in table.references if each.column == column.name), table)
    return target.zh, target.en


def _earlier_form(table: Table, column: Column) -> tuple[str, str]:
    orders = (check for check in table.checks if isinstance(check, Ordered) and check.later == column.name)
    names = [table.column(each.earlier) for each in orders]
    return "”或“".join(each.zh for each in names), "” or “".join(each.en for each in names)


def _key_form(table: Table, _column: Column) -> tuple[str, str]:
    keys = [table.column(name) for name in table.key]
    return "、".join(each.zh for each in keys), ", ".join(each.en for each in keys)


def _date_form(_table: Table, column: Column) -> tuple[str, str]:
    if column.kind is Kind.PERIOD:
        forms = {"M": "2026-03", "Q": "2026Q1", "Y": "2026"}
        listed = [forms[each] for each in column.periods]
        return " 或 ".join(listed), " or ".join(listed)
    form = "2026-03" if column.kind is Kind.MONTH else "2026-03-01"
    return form, form


def _list_form(_table: Table, column: Column) -> tuple[str, str]:
    if column.kind is Kind.INDICATOR:
        return "指标说明中列出的指标", "the indicators that the Methods page lists"
    labels = "、".join(choice.zh for choice in column.choices)
    return labels, labels


def _range_form(table: Table, column: Column) -> tuple[str, str]:
    if column.name == "parent_code":
        return "上级区划应正好高一级", "the parent must be exactly one level above"
    if column.name == "successor_code":
        return "并入的区划应为同级且不能循环", "the successor must be of the same level, in no circle"
    for check in table.checks:
        said = _check_form(table, column, check)
        if said is not None:
            return said
    if column.above is not None:
        return f"应大于 {column.above}", f"it must be greater than {column.above}"
    return f"应不小于 {column.minimum}", f"it must not be less than {column.minimum}"


def _check_form(table: Table, column: Column, check: Check) -> tuple[str, str] | None:
    match check:
        case AtMost(name, limit) if name == column.name:
            other = table.column(limit)
            return f"应在 0 与“{other.zh}”之间", f"it must lie between 0 and “{other.en}”"
        case OnlyAs(name, wanted, when) if name == column.name:
            other, label = table.column(when), next(c for c in column.choices if c.value == wanted)
            return (
                f"填了“{other.zh}”的行应为“{label.zh}”",
                f"with “{other.en}” given it must be “{label.en}” ({label.zh})",
            )
    return None


def older(delivery: str, data_date: date | None, newest: date | None, lang: str = "zh") -> Refusal:
    """The refusal of a delivery whose data date lies before that of an earlier load."""
    text = (
        f"本批数据截止日 {data_date} 早于已入库的 {newest}；确需补报旧数据时请加 --backfill。",
        f"The data date {data_date} is before {newest}, which is loaded already; give --backfill to add old data.",
    )
    details = {"data_date": data_date, "newest": newest}
    return Refusal(delivery, None, "older_data_date", text[LANGUAGES.index(lang)], details)


@dataclass(frozen=True)
class Rejections:
    """How many of a file's `rows` are rejected, the `share` allowed, and how often each fault occurs, most first."""

    rejected: int
    rows: int
    share: float
    faults: Sequence[tuple[int, int]]


def too_many_rejected(table: Table, file: str, found: Rejections, lang: str = "zh") -> Refusal:
    """The refusal of a file of which too many rows are rejected, with its three most frequent faults."""
    at = LANGUAGES.index(lang)
    listed = []
    for fault, number in found.faults[:3]:
        column = column_of(table, fault)
        shown = next(((each.zh, each.en)[at] for each in columns_of(table) if each.name == column), "")
        listed.append(f"{shown} {REASON_NAMES[reason_of(fault)][at]} × {number}".strip())
    zh = (
        f"{found.rows} 行中有 {found.rejected} 行不合格，超过 {found.share:.0%}，全表未入库。"
        f"主要问题：{'；'.join(listed)}。请改正后重报。"
    )
    en = (
        f"{found.rejected} of {found.rows} rows are rejected, more than {found.share:.0%}: the table was left out."
        f" Mostly: {'; '.join(listed)}. Correct the file and send it again."
    )
    return Refusal(file, table.name, "too_many_rejected", (zh, en)[at], {"found": found})


def in_language(refusal: Refusal, lang: str) -> Refusal:
    """The same refusal in `lang`."""
    if lang == "zh":
        return refusal
    details = refusal.details
    table = BY_NAME[refusal.table] if refusal.table else None
    if refusal.reason == "older_data_date":
        return older(refusal.file, details["data_date"], details["newest"], lang)
    if refusal.reason == "too_many_rejected" and table is not None:
        return too_many_rejected(table, refusal.file, details["found"], lang)
    return replace(refusal, message=details.get("english", refusal.message))
