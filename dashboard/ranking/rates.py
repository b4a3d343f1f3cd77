"""What a leaf's rate is made of, unit by unit: the counts that its interval and its funnel need.

Only a share of things counted, or a number of things per 1,000 labour force, has an interval of chance; a sum of
yuan, a median or a manual point has none.
"""

from typing import TYPE_CHECKING, Final

from dashboard.period import Period
from dashboard.ranking.funnel import Counted, Funnel, Kind, funnel
from dashboard.ranking.standard import Leaf, Manual
from dashboard.remembered import remembered
from dashboard.semantics.asking import Asking
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.metric import PERCENT, added
from dashboard.semantics.question import Question
from dashboard.semantics.scope import EVERYTHING

if TYPE_CHECKING:
    from dashboard.warehouse import Build

_LABOUR_FORCE: Final = "labour_force"
_COUNTED: Final = frozenset({"persons", "posts", "placements", "referrals", "trainings", "fairs", "entities",
                             "households", "loans"})  # fmt: skip


def kind_of(leaf: Leaf) -> Kind | None:
    """Whether a leaf is a proportion, a rate of counts, or neither."""
    measure = leaf.measure
    metric = None if isinstance(measure, Manual) else METRICS.get(measure.column)
    if isinstance(measure, Manual) or metric is None or metric.custom is not None or metric.required:
        return None
    if metric.per:
        return "proportion" if metric.scale == PERCENT else None
    return "rate" if measure.per_1000_labour_force and metric.unit in _COUNTED else None


def counted(build: "Build", leaf: Leaf, level: str, period: Period) -> list[Counted]:
    """Numerator and denominator of each unit of `level`, in `period` as a ranking computes it."""
    metric = METRICS[leaf.measure.column]
    bases_of = metric.per or METRICS[_LABOUR_FORCE].of
    names = (metric.name,) if metric.per else (metric.name, _LABOUR_FORCE)
    asking = Asking(build, Question(names, (level,), start=period.start, end=period.end, ripe=True), EVERYTHING)
    above = added(asking.amounts(measure) for measure in metric.of)
    bases = added(asking.amounts(measure) for measure in bases_of)
    found = []
    for place in build.regions.valid(level, asking.end):
        of = bases.get((None, place.region_id))
        if of:
            found.append(Counted(place.code, float(above.get((None, place.region_id), 0)), float(of)))
    return found


# A rate of 1 as a leaf states it: in percent, or per 1,000 labour force.
PER: Final[dict[Kind, int]] = {"proportion": 100, "rate": 1000}


@remembered(128)
def funnel_of(build: "Build", leaf: Leaf, level: str, period: Period) -> Funnel | None:
    """The funnel of a leaf in a period, all units of the level being peers; None where chance has no part in it."""
    kind = kind_of(leaf)
    return None if kind is None else funnel(counted(build, leaf, level, period), kind)
