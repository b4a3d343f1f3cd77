"""Public indices come out as published, from a standard and a CSV alone (tests/data/*/README.md names the sources)."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from dashboard.ranking.csv_table import read_csv_table
from dashboard.ranking.ranking import rank_table
from dashboard.ranking.reading import parse_standard, read_standard
from dashboard.ranking.standard import Standard

DATA = Path(__file__).parents[2] / "data"
TAI, ASEM = DATA / "tai", DATA / "asem"
SCENARIOS: dict[str, dict[str, Any]] = {one["id"]: one for one in json.loads((ASEM / "scenarios.json").read_text())}


def expected(path: Path, column: str) -> dict[str, int]:
    with path.open(newline="") as file:
        reader = csv.reader(file)
        at = next(reader).index(column)
        return {row[0]: int(row[at]) for row in reader}


def ranks(indicators: Path, standard: Standard) -> dict[str, int | None]:
    return {unit.code: unit.rank for unit in rank_table(read_csv_table(indicators, standard), standard, draws=20).units}


def scenario(name: str) -> Standard:
    """The standard of one what-if: ours with its weights, scale and mean, to six decimals."""
    what_if = SCENARIOS[name]
    text = (ASEM / "standard.toml").read_text().replace("decimals = 2", "decimals = 6")
    for node, weight in what_if["weights"].items():
        text = re.sub(rf'(name = "{node}"\nlabel = .*\naggregate = .*\nweight = )1\n', rf"\g<1>{weight}\n", text)
    if what_if["normalisation"] == "zscore_10_2":
        # COINr does not cap z-scores; our geometric means need it, and no scenario with one goes beyond ±5.
        text = text.replace(
            '"minmax"', '"zscore"' if what_if["aggregation"] == "a_gmean" else '"zscore", capped = false'
        )
    if what_if["aggregation"] == "a_gmean":
        text = text.replace('aggregate = "arithmetic"', 'aggregate = "geometric"')
    return parse_standard(text)


def test_the_technology_achievement_index_ranks_23_of_23_countries_as_published() -> None:
    published = expected(TAI / "published_ranks.csv", "EW")
    assert len(published) == 23
    assert ranks(TAI / "indicators.csv", read_standard(TAI / "standard.toml")) == published


def test_it_ranks_the_same_from_values_before_the_logarithm(tmp_path: Path) -> None:
    with (TAI / "indicators.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for name in ("telephones_log", "electricity_log"):
            row[name] = repr(10 ** float(row[name]))
    with (tmp_path / "plain.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    text = (TAI / "standard.toml").read_text()
    for low, high in (("0", "2.954725"), ("1.342423", "3.84317")):
        plain = f'low = {10 ** float(low)!r}, high = {10 ** float(high)!r} }}\ntransform = "log"'
        text = text.replace(f"low = {low}, high = {high} }}", plain)
    assert text.count("transform") == 2
    assert ranks(tmp_path / "plain.csv", parse_standard(text)) == expected(TAI / "published_ranks.csv", "EW")


def test_the_asem_index_ranks_51_of_51_countries_as_computed_by_coinr() -> None:
    nominal = expected(ASEM / "expected_ranks.csv", "nominal")
    assert len(nominal) == 51
    assert ranks(ASEM / "treated.csv", read_standard(ASEM / "standard.toml")) == nominal


@pytest.mark.parametrize("name", SCENARIOS)
def test_its_what_ifs_rank_51_of_51_countries(name: str) -> None:
    most = SCENARIOS[name]["winmax"]
    file = "treated.csv" if most > 3 else f"treated_winmax_{most}.csv"
    assert ranks(ASEM / file, scenario(name)) == expected(ASEM / "expected_ranks.csv", name)
