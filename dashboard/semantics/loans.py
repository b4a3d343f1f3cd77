"""Metrics: loans."""

from typing import Final

from dashboard.semantics.metric import Metric

METRICS: Final[tuple[Metric, ...]] = ()
