"""The product's answers: through its command line, and through the one way to a figure that lies behind it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from dashboard.semantics.answer import answer
from dashboard.semantics.question import Question
from dashboard.warehouse import Build, Warehouse
from etl.build import known_at
from etl.cli import main

from .ask import Ask


class RefusedError(Exception):
    """The command ended with an error."""


def run(*arguments: str) -> Any:
    """What a command prints as JSON; RefusedError with its words where it fails."""
    result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    if result.exit_code != 0:
        raise RefusedError(f"reemploy {' '.join(arguments)}\n{result.output}")
    return json.loads(result.stdout)


def load(home: Path, deliveries: Iterable[Path]) -> list[dict[str, Any]]:
    """Load the deliveries in their order; their accounts."""
    return [run("load", str(delivery), "--home", str(home), "--json") for delivery in deliveries]


def query(home: Path, ask: Ask, known_at: int | None = None) -> list[dict[str, Any]]:
    """The groups of `ask` as `reemploy query --format json` prints them."""
    arguments = ["query", *ask.metrics, "--home", str(home), "--format", "json"]
    for name in ask.by:
        arguments += ["--by", name]
    for column, value in ask.where:
        arguments += ["--where", f"{column}={value}"]
    options = {"region": ask.region, "from": ask.start, "to": ask.end, "as-of": ask.as_of, "known-at": known_at}
    for option, given in options.items():
        if given is not None:
            arguments += [f"--{option}", str(given)]
    rows: list[dict[str, Any]] = run(*arguments)
    return rows


def opened(home: Path, load: int | None = None) -> Build:
    """The build that is served, or as known at an earlier load: kept open while many questions are asked of it."""
    warehouse = Warehouse(home, known_at)
    return warehouse.build() if load is None else warehouse.known_at(load)


def answered(build: Build, ask: Ask) -> list[dict[str, Any]]:
    """The same groups as `query` prints, without the command around them."""
    question = Question(
        metrics=ask.metrics, by=ask.by, region=ask.region, start=ask.start, end=ask.end, as_of=ask.as_of,
        where=ask.where, ripe=ask.ripe,
    )  # fmt: skip
    return answer(build, question).rows


def targets(home: Path, *options: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = run("targets", "--home", str(home), "--format", "json", *options)
    return rows
