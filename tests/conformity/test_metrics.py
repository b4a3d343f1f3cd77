"""The house rules over every metric, dimension and model."""

import re
from pathlib import Path

import pytest

from dashboard.semantics.catalogue import DIMENSIONS, METRICS, indicators
from dashboard.semantics.dimension import Dimension
from dashboard.semantics.metric import Metric
from etl.model import MODELS
from etl.tables import BY_NAME

SPEC = Path(__file__).parent.parent / "spec"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
UNITS = {
    "persons", "placements", "households", "posts", "referrals", "trainings", "fairs", "entities", "loans", "yuan",
    "days", "offices", "visits", "complaints", "m²", "%", "×",
}  # fmt: skip
every_metric = pytest.mark.parametrize("metric", METRICS.values(), ids=list(METRICS))
every_model = pytest.mark.parametrize(
    "path", sorted(MODELS.glob("*/*.sql")), ids=lambda path: f"{path.parent.name}.{path.stem}"
)


@every_metric
def test_a_metric_is_labelled_and_defined_in_both_languages(metric: Metric) -> None:
    for text in (metric.label, metric.definition):
        assert CHINESE.search(text.zh)
        assert text.en
        assert not CHINESE.search(text.en)
        assert text.zh == text.zh.strip()
        assert text.en == text.en.strip()


@every_metric
def test_a_metric_says_its_unit_kind_direction_and_sources(metric: Metric) -> None:
    assert metric.unit in UNITS
    assert metric.kind in ("flow", "stock", "ratio", "distinct")
    assert metric.direction in ("+", "-", "")
    assert metric.sources
    assert set(metric.sources) <= set(BY_NAME)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", metric.name)


@every_metric
def test_a_metrics_dimensions_are_declared(metric: Metric) -> None:
    assert set(metric.dimensions) <= set(DIMENSIONS)
    assert set(metric.required) <= set(metric.dimensions)


@every_metric
def test_a_metric_has_a_worked_example(metric: Metric) -> None:
    examples = "\n".join(path.read_text(encoding="utf-8") for path in SPEC.glob("test_*.py"))
    family = metric.name.rstrip("0123456789")
    assert f'"{metric.name}"' in examples or f'f"{family}{{' in examples


def test_labels_are_told_apart() -> None:
    assert len(indicators()) == 2 * len(METRICS)


def test_every_dimension_is_some_metrics() -> None:
    used = {name for metric in METRICS.values() for name in metric.dimensions}
    assert used == set(DIMENSIONS)


@pytest.mark.parametrize("dimension", DIMENSIONS.values(), ids=list(DIMENSIONS))
def test_a_dimension_and_its_values_are_labelled_in_both_languages(dimension: Dimension) -> None:
    for text in (dimension.label, *dimension.values.values()):
        assert text.zh
        assert text.en
        assert not CHINESE.search(text.en)


@every_model
def test_a_model_is_one_select_that_states_its_grain(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r"-- one row(:| per )", text)
    assert len(text.splitlines()) <= 80
    assert ";" not in re.sub(r"'[^']*'|--.*", "", text)
