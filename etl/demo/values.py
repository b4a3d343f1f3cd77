"""Values as an office writes them: a frame's column → texts, spreadsheet cells, or an Arrow column."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.contract import UNITS, Column, Kind
from etl.demo.calendar import NEVER
from etl.demo.habits import Habit
from etl.demo.names import POOLS, spelled

_PREFIXES: Final = {
    "registration_no": "DJ", "household_no": "HH", "certificate_no": "ZJ", "post_no": "GW", "referral_no": "JS",
    "placement_no": "AZ", "fair_no": "HD", "training_no": "PX", "visit_no": "HF", "loan_no": "DK", "reverses": "HK",
    "entry_no": "JJ", "entity_no": "ST", "employer_code": "DW",
}  # fmt: skip
_PAYMENTS: Final = {"repayments": "HK", "subsidies": "BT"}
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_DATE_FORMATS: Final[dict[str, Callable[[date], str]]] = {
    "iso": lambda d: d.isoformat(),
    "slash": lambda d: f"{d.year}/{d.month}/{d.day}",
    "dot": lambda d: f"{d.year}.{d.month}.{d.day}",
    "compact": lambda d: f"{d:%Y%m%d}",
    "chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
}
_EARLIEST: Final = -12_000  # 1937: nobody on the register was born before it
_LATEST: Final = 21_900
# In a telephone number nobody has: mobile numbers begin with 13 to 19.
_PHONE: Final = "1000"


def texts(table: str, column: Column, values: NDArray[Any], habit: Habit) -> list[str]:
    """`values` as the cells of a text file; missing values are empty."""
    if values.dtype == object:
        return ["" if value is None else str(value) for value in values.tolist()]
    writer = _TEXTS.get(column.kind)
    if writer is not None:
        return writer(table, column, values, habit)
    return ["" if value < 0 else str(value) for value in values.tolist()]


def cells(table: str, column: Column, values: NDArray[Any], habit: Habit) -> list[Any]:
    """`values` as the cells of a spreadsheet: numbers and dates as such."""
    if column.kind is Kind.DATE:
        return [None if value == NEVER else value for value in values.tolist()]
    if column.kind is Kind.MONEY:
        divisor = 100 * UNITS.get(habit.unit, 1)
        return [None if value < 0 else value / divisor for value in values.tolist()]
    if column.kind is Kind.WHOLE:
        return [None if value < 0 else value for value in values.tolist()]
    if column.kind is Kind.NUMBER:
        return [None if np.isnan(value) else value for value in values.tolist()]
    return [text or None for text in texts(table, column, values, habit)]


def arrow(table: str, column: Column, values: NDArray[Any], habit: Habit) -> Any:
    """`values` as an Arrow array of the type that a database would export."""
    if column.kind is Kind.DATE:
        return pa.array(values.astype(np.int32), mask=values == NEVER).cast(pa.date32())
    if column.kind is Kind.MONEY:
        return pa.array(values / 100, mask=values < 0)
    if column.kind is Kind.WHOLE:
        return pa.array(values, mask=values < 0)
    return pa.array([text or None for text in texts(table, column, values, habit)], type=pa.string())


def _dates(_table: str, _column: Column, values: NDArray[Any], habit: Habit) -> list[str]:
    words: list[str] = _date_words(habit.dates)[np.clip(values, _EARLIEST, _LATEST) - _EARLIEST].tolist()
    return words


@cache
def _date_words(style: str) -> NDArray[np.object_]:
    write = _DATE_FORMATS[style]
    words = [write(date.fromordinal(719_163 + number)) for number in range(_EARLIEST, _LATEST)]
    return np.array([*words, ""], dtype=object)


def _months(_table: str, _column: Column, values: NDArray[Any], habit: Habit) -> list[str]:
    form = {"iso": "{}-{:02d}", "chinese": "{}年{}月", "compact": "{}{:02d}"}.get(habit.dates, "{}/{}")
    distinct, where = np.unique(values, return_inverse=True)
    words = np.array(["" if m < 0 else form.format(m // 12, m % 12 + 1) for m in distinct.tolist()], dtype=object)
    found: list[str] = words[where].tolist()
    return found


def _choices(_table: str, column: Column, values: NDArray[Any], habit: Habit) -> list[str]:
    words = [choice.zh if habit.chinese else choice.value for choice in column.choices]
    found: list[str] = np.array([*words, ""], dtype=object)[values].tolist()
    return found


def _choice_sets(_table: str, column: Column, values: NDArray[Any], habit: Habit) -> list[str]:
    words = [choice.zh if habit.chinese else choice.value for choice in column.choices]
    joint = "、" if habit.chinese else ";"
    sets = [joint.join(word for bit, word in enumerate(words) if n >> bit & 1) for n in range(1 << len(words))]
    found: list[str] = np.array(sets, dtype=object)[values].tolist()
    return found


def _codes(table: str, column: Column, values: NDArray[Any], _habit: Habit) -> list[str]:
    prefix = _PAYMENTS[table] if column.name == "payment_no" else _PREFIXES[column.name]
    return ["" if value < 0 else f"{prefix}{value:011d}" for value in values.tolist()]


def _money(_table: str, _column: Column, values: NDArray[Any], habit: Habit) -> list[str]:
    unit = UNITS.get(habit.unit, 1)
    mark = "," if habit.thousands else ""
    distinct, where = np.unique(values, return_inverse=True)
    words = np.array([_amount(cents, unit, mark) for cents in distinct.tolist()], dtype=object)
    found: list[str] = words[where].tolist()
    return found


def _amount(cents: int, unit: int, mark: str) -> str:
    if cents < 0:
        return ""
    digits = len(str(unit)) + 1
    text = f"{cents // (100 * unit):{mark}d}.{cents % (100 * unit):0{digits}d}"
    return text if unit == 1 else text.rstrip("0").rstrip(".")


def _numbers(_table: str, _column: Column, values: NDArray[Any], _habit: Habit) -> list[str]:
    return ["" if np.isnan(value) else f"{value:.4f}".rstrip("0").rstrip(".") for value in values.tolist()]


def _booleans(_table: str, _column: Column, values: NDArray[Any], habit: Habit) -> list[str]:
    words = ("否", "是", "") if habit.chinese else ("0", "1", "")
    found: list[str] = np.array(words, dtype=object)[values].tolist()
    return found


def _ids(_table: str, _column: Column, values: NDArray[Any], _habit: Habit) -> list[str]:
    total = np.zeros(len(values), dtype=np.int64)
    for place, weight in enumerate(_WEIGHTS):
        total += values // 10 ** (16 - place) % 10 * weight
    return [f"{value}{_CHECKS[check]}" for value, check in zip(values.tolist(), (total % 11).tolist(), strict=True)]


def _identifiers(_table: str, column: Column, values: NDArray[Any], _habit: Habit) -> list[str]:
    return spelled(values) if column.name == "name" else [f"{_PHONE}{value:07d}" for value in values.tolist()]


def _words(_table: str, column: Column, values: NDArray[Any], _habit: Habit) -> list[str]:
    found: list[str] = np.array([*POOLS[column.name], ""], dtype=object)[values].tolist()
    return found


_TEXTS: Final[dict[Kind, Callable[[str, Column, NDArray[Any], Habit], list[str]]]] = {
    Kind.DATE: _dates,
    Kind.MONTH: _months,
    Kind.CHOICE: _choices,
    Kind.CHOICES: _choice_sets,
    Kind.CODE: _codes,
    Kind.MONEY: _money,
    Kind.NUMBER: _numbers,
    Kind.BOOLEAN: _booleans,
    Kind.ID_NUMBER: _ids,
    Kind.IDENTIFIER: _identifiers,
    Kind.TEXT: _words,
}
