"""What is ranked: a table of units × indicators, wherever it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from dashboard.ranking.scale import Floats
from dashboard.ranking.standard import Leaf, Manual, Standard


@dataclass(frozen=True)
class Table:
    """Values by column, one a unit; NaN is missing.

    `columns`: by (kind, name), kind being `metric` or `item`, for a metric and a manual item may share a name.
    `labour_force`: None where the table knows none, and then it decides nothing. `vetoes`: unit → remark.
    `givers`: item → who gave each unit's points (`city`, `district`, `own` or empty).
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    columns: Mapping[tuple[str, str], Floats]
    labour_force: Floats | None = None
    vetoes: Mapping[str, str] = field(default_factory=dict)
    givers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def column_of(leaf: Leaf) -> tuple[str, str]:
    """The key of the column that a leaf is read from."""
    return ("item" if isinstance(leaf.measure, Manual) else "metric", leaf.measure.column)


def measured(table: Table, standard: Standard) -> Floats:
    """Units × leaves: the values before transform and scale, per 1,000 labour force where the standard says so."""
    return np.stack([_values(table, leaf) for leaf in standard.leaves], axis=1)


def _values(table: Table, leaf: Leaf) -> Floats:
    values = table.columns[column_of(leaf)]
    if isinstance(leaf.measure, Manual) or not leaf.measure.per_1000_labour_force:
        return values
    if table.labour_force is None:
        return np.full(values.shape, np.nan)
    labour = np.where(table.labour_force > 0, table.labour_force, np.nan)
    return values / labour * 1000


def labour_force(table: Table, row: int) -> float | None:
    """The labour force of one unit; None where it is not known."""
    if table.labour_force is None or np.isnan(table.labour_force[row]):
        return None
    return float(table.labour_force[row])
