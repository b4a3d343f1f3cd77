"""Small tables and standards for the ranking's tests."""

from collections.abc import Mapping, Sequence

import numpy as np

from dashboard.ranking.reading import parse_standard
from dashboard.ranking.standard import Standard
from dashboard.ranking.table import Table

NAN = float("nan")
GOALPOSTS = 'scale = { method = "goalposts", low = 0, high = 100 }'


def table(
    columns: Mapping[str, Sequence[float]],
    labour_force: Sequence[float] | None = None,
    vetoes: Mapping[str, str] | None = None,
) -> Table:
    """Units `u0`, `u1` … with these metric columns."""
    count = len(next(iter(columns.values())))
    units = tuple(f"u{number}" for number in range(count))
    return Table(
        units=units,
        names=tuple(unit.upper() for unit in units),
        columns={("metric", name): np.array(values, dtype=np.float64) for name, values in columns.items()},
        labour_force=None if labour_force is None else np.array(labour_force, dtype=np.float64),
        vetoes=vetoes or {},
    )


def flat(*leaves: str, head: str = "", aggregate: str = "arithmetic") -> Standard:
    """A standard of one level; each leaf is its keys as TOML lines."""
    children = "\n".join(f"[[tree.children]]\n{leaf}" for leaf in leaves)
    return parse_standard(f'name = "test"\n{head}\n[tree]\naggregate = "{aggregate}"\n{children}\n')


def indicator(name: str, weight: float = 1, keys: str = GOALPOSTS) -> str:
    """The keys of one indicator leaf; by default its values are its points."""
    return f'indicator = "{name}"\nweight = {weight}\n{keys}'
