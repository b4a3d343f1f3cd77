"""Delivered cells in canonical words, read the plain way from the contract's declarations; Fault where one is bad."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from etl.contract import MISSING_WORDS, Column, Kind

from .labels import LABELS

TRUE, FALSE = ("1", "true", "是", "Y"), ("0", "false", "否", "N")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class FaultError(ValueError):
    """A cell that no canonical value can be made of."""


def plain(cell: Any) -> str:
    """A cell as trimmed text: spreadsheet dates in ISO form, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unicodedata.normalize("NFKC", str(cell)).strip()


def canonical(column: Column, cell: Any, factor: int = 1) -> str:
    """The cell's canonical value in words; "" where missing."""
    text = plain(cell)
    labels = {choice.zh: choice.value for choice in column.choices} | {
        choice.value: choice.value for choice in column.choices
    }
    if text in labels:
        return labels[text]
    if text in MISSING_WORDS:
        return ""
    if column.kind is Kind.CHOICES:
        parts = [part.strip() for part in re.split("[;、]", text) if part.strip()]
        return ";".join(sorted({labels[part] if part in labels else fail(part) for part in parts}))
    if column.kind is Kind.CHOICE:
        return fail(text)
    if column.kind in NUMERIC:
        return number(column, text, factor)
    return WAYS[column.kind](text) if column.kind in WAYS else text


def fail(text: str) -> str:
    raise FaultError(text)


def day(text: str) -> str:
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text) or re.fullmatch(
        r"(\d{4})(\d\d)(\d\d)", text
    )
    if not found:
        return fail(text)
    year, month, number_ = map(int, found.groups())
    if not 1 <= month <= 12 or not 1 <= number_ <= monthrange(year, month)[1]:
        return fail(text)
    return f"{year:04d}-{month:02d}-{number_:02d}"


def month(text: str) -> str:
    found = re.fullmatch(r"(\d{4})[-/年](\d{1,2})月?", text) or re.fullmatch(r"(\d{4})(\d\d)", text)
    if not found:
        return day(text)[:7]
    return f"{found[1]}-{int(found[2]):02d}" if 1 <= int(found[2]) <= 12 else fail(text)


def period(text: str) -> str:
    if re.fullmatch(r"\d{4}(Q[1-4])?", text):
        return text
    return month(text)


def region(text: str) -> str:
    return text.ljust(12, "0") if re.fullmatch(r"\d{6}|\d{9}|\d{12}", text) else fail(text)


def flag(text: str) -> str:
    return "true" if text in TRUE else "false" if text in FALSE else fail(text)


def id_number(text: str) -> str:
    """18 digits with the right check digit and a birth date that exists."""
    full = f"{text[:6]}19{text[6:]}" if re.fullmatch(r"\d{15}", text) else text.upper()
    if not re.fullmatch(r"\d{17}[\dX]|\d{17}", full):
        return fail(text)
    day(f"{full[6:10]}-{full[10:12]}-{full[12:14]}")
    check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(full[:17], WEIGHTS, strict=True)) % 11]
    return full[:17] + check if full[17:] in ("", check) else fail(text)


def number(column: Column, text: str, factor: int) -> str:
    try:
        given = Decimal(text.replace(",", "")) * factor
    except InvalidOperation:
        return fail(text)
    if column.kind is Kind.MONEY:
        rounded = given.quantize(Decimal("0.01"), ROUND_HALF_UP)
        given = rounded if abs(rounded - given) <= Decimal("0.0001") else Decimal(fail(text))
    if column.kind is Kind.WHOLE and given != given.to_integral_value():
        return fail(text)
    if (column.minimum is not None and given < column.minimum) or (column.above is not None and given <= column.above):
        return fail(text)
    return str(int(given)) if column.kind is Kind.WHOLE else str(given)


def indicator(text: str) -> str:
    return LABELS.get(text, text)


NUMERIC = (Kind.WHOLE, Kind.NUMBER, Kind.MONEY)
WAYS = {
    Kind.DATE: day, Kind.MONTH: month, Kind.PERIOD: period, Kind.REGION: region, Kind.BOOLEAN: flag,
    Kind.ID_NUMBER: id_number, Kind.INDICATOR: indicator,
}  # fmt: skip
