"""The product offers every metric of the documents by every dimension of the documents, and no others."""

from dashboard.semantics.catalogue import METRICS as OFFERED

from .metric import METRICS
from .plan import DIMENSIONS
from .regions import LEVELS

EVERYWHERE = {*LEVELS, "month", "quarter", "year"}
BESIDE = {"fund_leverage_cap"}  # a setting of the policy that stands beside the leverage: nothing is calculated


def test_every_metric_of_the_documents_is_calculated_twice() -> None:
    assert OFFERED.keys() - METRICS.keys() == BESIDE
    assert METRICS.keys() <= OFFERED.keys()


def test_every_metric_is_offered_by_its_own_dimensions() -> None:
    offered = {
        name: {getattr(each, "name", each) for each in OFFERED[name].dimensions} - EVERYWHERE for name in METRICS
    }
    assert offered == {name: set(DIMENSIONS.get(name, ())) for name in METRICS}
