"""What a delivery promises: tables, columns, references and cross-column checks.

The twenty-two tables are declared in `etl.tables`; checks, stored types, header aliases, the data
dictionary and the demonstration files are all derived from these declarations.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final


class Kind(Enum):
    """How a delivered text becomes a stored value."""

    TEXT = "text"
    CODE = "code"  # an identifier: text, but a spreadsheet may have made it a number (`17.0` is `17`)
    REGION = "region"  # 12 digits; 6 and 9 digits are padded with zeros
    ID_NUMBER = "id_number"  # never stored: becomes person_key, with sex and birth date read from it
    IDENTIFIER = "identifier"  # name, phone: neither stored nor compared
    CHOICE = "choice"
    CHOICES = "choices"  # a set of choices, stored sorted and joined by `;`
    INDICATOR = "indicator"  # a metric's name or Chinese label; the catalogue is given to the loader
    PERIOD = "period"  # `2026-03`, `2026Q1` or `2026`, as the column's `periods` allow
    MONTH = "month"  # stored as its first day
    DATE = "date"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"  # yuan
    BOOLEAN = "boolean"

    @property
    def sql_type(self) -> str:
        """The DuckDB type of the stored column."""
        return SQL_TYPES.get(self, "VARCHAR")


SQL_TYPES: Final = {
    Kind.MONTH: "DATE",
    Kind.DATE: "DATE",
    Kind.WHOLE: "BIGINT",
    Kind.NUMBER: "DECIMAL(18,6)",
    Kind.MONEY: "DECIMAL(18,2)",
    Kind.BOOLEAN: "BOOLEAN",
}


@dataclass(frozen=True)
class Choice:
    """One canonical value of an enumeration with its labels; the Chinese label is accepted in files."""

    value: str
    zh: str
    en: str


@dataclass(frozen=True)
class Column:
    """One column: canonical name, Chinese header, English label, and what its values must be.

    `minimum`: smallest value allowed (`above`: must be greater than it). `event` dates lie no later
    than the data date. `level`: region levels that the code may have. `periods`: subset of `MQY`.
    """

    name: str
    zh: str
    en: str
    kind: Kind
    required: bool = False
    key: bool = False
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    above: int | None = None
    default: str | int | None = None
    levels: tuple[str, ...] = ()
    periods: str = ""
    unit: str = ""

    @property
    def event(self) -> bool:
        """Whether a value after the data date is a `future_date` fault."""
        return self.kind is Kind.DATE and self.name.endswith("_on") and self.name not in NOT_EVENTS

    @property
    def stored(self) -> bool:
        """Whether the column's own values enter the warehouse."""
        return self.kind not in (Kind.ID_NUMBER, Kind.IDENTIFIER)


NOT_EVENTS: Final = frozenset({"due_on", "updated_on", "signed_on"})


@dataclass(frozen=True)
class Reference:
    """`column` names the key `target_column` of `table`; a required one must be given."""

    column: str
    table: str
    target_column: str
    required: bool


@dataclass(frozen=True)
class Ordered:
    """`earlier` ≤ `later` where both are given; else `date_order` on `later`."""

    earlier: str
    later: str


@dataclass(frozen=True)
class Needs:
    """Where `when` is given (and among `values`, if any), `column` must be given: else `missing_required` on it.

    `unless` turns the condition round: it holds where `when` is given and not among `values`.
    """

    column: str
    when: str
    values: tuple[str, ...] = ()
    unless: bool = False


@dataclass(frozen=True)
class AtMost:
    """`column` ≤ `limit` (another column); else `out_of_range` on `column`."""

    column: str
    limit: str


@dataclass(frozen=True)
class OnlyAs:
    """Where `when` is given, a given `column` must be `value`; else `out_of_range` on `column`."""

    column: str
    value: str
    when: str


Check = Ordered | Needs | AtMost | OnlyAs


@dataclass(frozen=True)
class Table:
    """One source table of the contract; `row` says what one row is, in both languages."""

    name: str
    zh: str
    en: str
    row_zh: str
    row_en: str
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()
    checks: tuple[Check, ...] = field(default=())

    @property
    def row(self) -> Choice:
        """What one row is."""
        return Choice(self.name, self.row_zh, self.row_en)

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the key columns, in order."""
        return tuple(column.name for column in self.columns if column.key)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that a file must have."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name!r}")


def region_column(table: Table) -> str | None:
    """The column that says where a row belongs: its community's, district's or own code; None where none does."""
    return next((column.name for column in table.columns if column.kind is Kind.REGION), None)


# Every table has it, though no table lists it: withdraws the row with that key.
VOIDED: Final = Column("voided", "撤销", "withdrawn", Kind.BOOLEAN)

MISSING_WORDS: Final = ("", "-", "—", "/", "无", "NULL", "N/A")
TOTALS_WORDS: Final = ("合计", "小计", "总计")
TRUE_WORDS: Final = ("1", "true", "是", "Y")
FALSE_WORDS: Final = ("0", "false", "否", "N")
UNITS: Final = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}

# The order is the order of precedence when a row has several faults.
REASON_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "missing_required": ("缺少必填内容", "required value missing"),
    "bad_date": ("日期无法识别", "not a date"),
    "bad_number": ("数字无法识别", "not a number"),
    "bad_boolean": ("是否无法识别", "neither yes nor no"),
    "not_in_list": ("不在可选值内", "not in the list"),
    "out_of_range": ("超出范围", "out of range"),
    "bad_id_number": ("身份证号有误", "invalid ID number"),
    "bad_region_code": ("区划代码有误", "invalid region code"),
    "unknown_region": ("区划不存在", "unknown region"),
    "unknown_reference": ("所指记录不存在", "unknown reference"),
    "date_order": ("日期先后颠倒", "dates out of order"),
    "future_date": ("晚于数据截止日", "after the data date"),
    "conflicting_duplicate": ("同一编号内容不同", "same key, different content"),
}
REASONS: Final = tuple(REASON_NAMES)
RETRIED: Final = ("unknown_region", "unknown_reference")

# What files of a delivery are called at their end → how they are read.
FORMS: Final = {".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".parquet": "parquet"}
