"""Who may be ranked: large enough, not vetoed, and measured well enough (metrics.md, *Ranking* 1)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.ranking.aggregate import Tree, leaf_weights
from dashboard.ranking.standard import Standard
from dashboard.ranking.table import Table, labour_force

# 0.25 × 0.6 + … adds up to 0.7999999999999999: that is the 80 % which the standard asks for.
_NEARLY = 1e-9


@dataclass(frozen=True)
class Reason:
    """Why a unit is left out. `code`: labour_force, veto or weight_present; `found` (None: unknown) against `limit`."""

    code: str
    found: float | None = None
    limit: float | None = None
    remark: str = ""

    def __str__(self) -> str:
        """One line, as the command line prints it."""
        if self.code == "veto":
            return f"veto: {self.remark}" if self.remark else "veto"
        if self.code == "labour_force":
            return "labour_force unknown" if self.found is None else f"labour_force {self.found:g} < {self.limit:g}"
        if not self.found:
            return "weight_present 0 %"
        return f"weight_present {self.found * 100:.4g} % < {(self.limit or 0) * 100:g} %"


def reasons(table: Table, standard: Standard, tree: Tree, present: NDArray[np.bool_]) -> dict[int, tuple[Reason, ...]]:
    """Row of the table → why it is left out, for all that are. `present`: units × leaves."""
    weights = leaf_weights(tree, np.ones(present.shape[1], dtype=np.bool_))
    measured = present @ weights
    least = standard.weight_present_min
    thin = (measured < least - _NEARLY) | (measured == 0)
    found: dict[int, tuple[Reason, ...]] = {}
    small = _too_small(table, standard)
    vetoed = np.array([unit in table.vetoes for unit in table.units], dtype=np.bool_)
    for row in np.flatnonzero(small | vetoed | thin):
        why = []
        if small[row]:
            why.append(Reason("labour_force", labour_force(table, int(row)), standard.labour_force_min))
        if vetoed[row]:
            why.append(Reason("veto", remark=table.vetoes[table.units[row]]))
        if thin[row]:
            why.append(Reason("weight_present", float(measured[row]), least))
        found[int(row)] = tuple(why)
    return found


def _too_small(table: Table, standard: Standard) -> NDArray[np.bool_]:
    if table.labour_force is None:
        return np.zeros(len(table.units), dtype=np.bool_)
    return ~(table.labour_force >= standard.labour_force_min)
