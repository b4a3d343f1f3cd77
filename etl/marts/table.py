"""How a mart table is declared: its grain in words, its columns by type; `optional` ones may be missing."""

from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Double, Integer, MetaData, Numeric, String, Table
from sqlalchemy.types import TypeEngine

METADATA: Final = MetaData(schema="mart")

Type = type[TypeEngine[Any]] | TypeEngine[Any]
Money: Final = Numeric(18, 2)


class Optional:
    """A column that may be missing."""

    def __init__(self, kind: Type) -> None:
        self.kind = kind


def mart(name: str, grain: str, **columns: Type | Optional) -> Table:
    """The mart `name`, of which one row is what `grain` says."""
    made = [
        Column(column, kind.kind if isinstance(kind, Optional) else kind, nullable=isinstance(kind, Optional))
        for column, kind in columns.items()
    ]
    return Table(name, METADATA, *made, comment=grain)


def view(name: str, grain: str, **columns: Type | Optional) -> Table:
    """The same, but not stored: it is worked out when it is asked."""
    declared = mart(name, grain, **columns)
    declared.info["is_view"] = True
    return declared


def duckdb_type(column: Column[Any]) -> str:
    """The column's type as DuckDB names it; KeyError for a type that marts do not use."""
    if isinstance(column.type, Numeric) and not isinstance(column.type, Double):
        return f"DECIMAL({column.type.precision},{column.type.scale})"
    return _NAMES[type(column.type)]


_NAMES: Final[dict[type[TypeEngine[Any]], str]] = {
    Integer: "INTEGER",
    BigInteger: "BIGINT",
    Date: "DATE",
    DateTime: "TIMESTAMP",
    String: "VARCHAR",
    Boolean: "BOOLEAN",
    Double: "DOUBLE",
}
