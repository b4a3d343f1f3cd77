"""Loans by number: which columns of a loan a list can be filtered by, and how."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, bindparam

from dashboard.semantics.catalogue import DIMENSIONS
from dashboard.semantics.dimension import ByColumn
from dashboard.view import View

OF_LOAN: Final = ("product", "bank", "counter_guarantee", "interest_subsidised", "repayment_method")
Chosen = tuple[tuple[str, bool, bool], ...]  # dimension, whether it has values, whether the missing are meant


def chosen(view: View, names: tuple[str, ...]) -> tuple[Chosen, Mapping[str, list[Any]]]:
    """The reader's filters by these dimensions: their shape, and the values to be bound."""
    values: dict[str, set[Any]] = {}
    for name, value in view.selection.where:
        if name in names:
            values.setdefault(name, set()).add(DIMENSIONS[name].read(value))
    shape = tuple((name, bool(some - {None}), None in some) for name, some in sorted(values.items()))
    return shape, {f"where_{name}": sorted(some - {None}) for name, some in values.items()}


def filters(shape: Chosen, tables: Mapping[str, FromClause]) -> list[ColumnElement[bool]]:
    """The conditions of these filters; `tables` says where each dimension is a column."""
    return [
        ByColumn(tables[name].c[name]).among(bindparam(f"where_{name}") if has_values else None, missing=missing)
        for name, has_values, missing in shape
    ]
