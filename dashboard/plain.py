"""Values as JSON can hold them: of commands and of the API alike."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

AS_IT_IS: Final = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """`value` as JSON can hold it: dates in ISO form, decimals as numbers."""
    if type(value) in AS_IT_IS:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    return value
