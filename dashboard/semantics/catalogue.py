"""All metrics and dimensions by name."""

from typing import Final

from dashboard.semantics import dimensions, loans, offices, placement, platform, registry, subsidies
from dashboard.semantics.calendar import GRAINS
from dashboard.semantics.dimension import LEVELS, Dimension
from dashboard.semantics.metric import Metric
from dashboard.semantics.question import unknown
from dashboard.semantics.words import Text

_ROOMS: Final = (registry, placement, platform, offices, loans, subsidies)
METRICS: Final[dict[str, Metric]] = {metric.name: metric for room in _ROOMS for metric in room.METRICS}
DIMENSIONS: Final[dict[str, Dimension]] = {dimension.name: dimension for dimension in dimensions.DIMENSIONS}


def indicators() -> dict[str, str]:
    """Every text that names a metric in a delivery (its name, its Chinese label), with the metric's name."""
    return {text: name for name, metric in METRICS.items() for text in (name, metric.label.zh)}


_NAMED: Final = indicators()


def find_metric(name: str) -> Metric:
    """The metric of that name or Chinese label; QuestionError that names the nearest where there is none."""
    if name not in _NAMED:
        raise unknown(Text("指标", "metric"), name, list(_NAMED))
    return METRICS[_NAMED[name]]


def find_dimension(name: str) -> None:
    """QuestionError that names the nearest where there is no dimension of that name."""
    known = (*LEVELS, *GRAINS, *DIMENSIONS)
    if name not in known:
        raise unknown(Text("维度", "dimension"), name, known)
