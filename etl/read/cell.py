"""Typed cells of spreadsheets and databases → the plain text that a clerk would have typed."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any, Final

from etl.contract import Kind

# A timestamp with a zone says an instant; the bureau's days are those of China.
CHINA: Final = timezone(timedelta(hours=8))


def plain_text(value: Any) -> str | None:
    """`value` as text: whole numbers without a point, none in scientific notation, dates in ISO form, NaN as None."""
    if value is None or isinstance(value, str):
        return value
    return _WRITERS.get(type(value), _of_family)(value)


def day_text(value: Any) -> str | None:
    """The same for a column of dates or months: of a moment, only its day."""
    if isinstance(value, datetime):
        return (value.astimezone(CHINA) if value.tzinfo else value).date().isoformat()
    return plain_text(value)


def writer_of(kind: Kind | None) -> Callable[[Any], str | None]:
    """How cells of a column of `kind` become text."""
    return day_text if kind in (Kind.DATE, Kind.MONTH) else plain_text


def _of_family(value: Any) -> str | None:
    for family, write in _WRITERS.items():
        if isinstance(value, family):
            return write(value)
    return str(value)


def _boolean(value: bool) -> str:  # noqa: FBT001 - the value itself, not a switch
    return "true" if value else "false"


def _number(value: float) -> str | None:
    if value != value:  # noqa: PLR0124 - NaN is how frames write a missing number
        return None
    if value in (float("inf"), float("-inf")):
        return str(value)
    return str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")


def _decimal(value: Decimal) -> str | None:
    if value.is_nan():
        return None
    return format(value, "f") if value.is_finite() else str(value)


def _moment(value: datetime) -> str:
    local = value.astimezone(CHINA).replace(tzinfo=None) if value.tzinfo else value
    return local.date().isoformat() if local.time() == time() else local.isoformat(" ")


def _bytes(value: bytes | bytearray | memoryview) -> str:
    return bytes(value).decode("utf-8", "backslashreplace")


# In this order: a boolean is a whole number to Python, a datetime a date.
_WRITERS: Final[dict[type, Callable[[Any], str | None]]] = {
    str: str,
    bool: _boolean,
    int: str,
    float: _number,
    Decimal: _decimal,
    datetime: _moment,
    date: date.isoformat,
    bytes: _bytes,
    bytearray: _bytes,
    memoryview: _bytes,
}
