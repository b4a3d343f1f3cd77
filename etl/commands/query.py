"""`reemploy query`, `targets`, `methods`: figures, targets, and what every figure means."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from dashboard.semantics.answer import answer
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.examples import examples
from dashboard.semantics.question import Question, condition
from dashboard.semantics.rows import rows_behind
from dashboard.semantics.targets import targets as targets_of
from dashboard.warehouse import Build
from etl.commands.opening import opened, usage_errors
from etl.commands.options import IsoDate, format_option, home_option
from etl.commands.output import print_rows

TARGET_COLUMNS: Final = (
    "target_year", "region_code", "indicator", "issuer", "revision", "value", "actual", "completion", "time_elapsed",
    "lead", "state", "forecast", "forecast_low", "forecast_high", "probability", "needed_per_week",
)  # fmt: skip
ROW_COLUMNS: Final = ("part", "table", "key", "region_code", "on", "amount", "load", "line")
METHOD_COLUMNS: Final = (
    "metric", "label_zh", "label_en", "definition_zh", "definition_en", "unit", "kind", "direction", "sources",
    "dimensions", "example", "example_zh", "example_en",
)  # fmt: skip


def _as_known(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--region`, `--as-of`, `--known-at` and the home: what every question about figures may say."""
    command = click.option("--known-at", type=int, metavar="LOAD", help="As known at this load [default: the newest].")(
        command
    )
    command = click.option("--as-of", type=IsoDate(), metavar="D", help="As at this day [default: the data date].")(
        command
    )
    command = click.option("--region", metavar="CODE", help="Region code of 6, 9 or 12 digits [default: the city].")(
        command
    )
    return home_option(command)


@click.command(short_help="Ask for figures: metrics by dimensions, for a region and a period.")
@click.argument("metrics", nargs=-1, required=True, metavar="METRIC…")
@click.option(
    "--by", "by", multiple=True, metavar="DIM", help="Break down by city, district, month, sex, …; repeatable."
)
@click.option(
    "--from", "start", type=IsoDate(), metavar="D", help="First day [default: 1 January of the as-of day's year]."
)
@click.option("--to", "end", type=IsoDate(), metavar="D", help="Last day [default: the as-of day].")
@click.option(
    "--where", multiple=True, metavar="DIM=VALUE", help="Filter; one dimension repeated means or; null: missing."
)
@click.option("--rows", is_flag=True, help="List the delivered rows that make the one figure up, instead of it.")
@_as_known
@format_option("table", "csv", "json", "parquet")
def query(
    *,
    metrics: tuple[str, ...],
    by: tuple[str, ...],
    region: str | None,
    start: date | None,
    end: date | None,
    as_of: date | None,
    known_at: int | None,
    where: tuple[str, ...],
    rows: bool,
    home: Path,
    form: str,
) -> None:
    """Print the figures of METRICs, one row per group; `reemploy methods` lists the metrics and their dimensions."""
    with usage_errors():
        build = opened(home, known_at)
        question = Question(
            metrics=tuple(dict.fromkeys(metrics)),
            by=tuple(dict.fromkeys(by)),
            region=region,
            start=start,
            end=end,
            as_of=as_of,
            where=tuple(condition(text) for text in where),
        )
        if rows:
            print_rows(_behind(build, question), ROW_COLUMNS, form)
            return
        found = answer(build, question)
    print_rows(found.rows, [*found.keys, *found.metrics], form)


def _behind(build: Build, question: Question) -> list[dict[str, Any]]:
    """The rows behind the figure, part by part of its formula."""
    behind = rows_behind(build, question)
    return [
        {
            "part": part.name,
            "table": row.table,
            "key": row.key,
            "region_code": build.regions.of_row(row.region_id).code,
            "on": row.happened_on,
            "amount": row.amount,
            "load": row.load,
            "line": row.line,
        }
        for part in behind.parts
        for row in behind.rows(part.part)
    ]


@click.command(short_help="List the year's targets: completion, lead, state, forecast.")
@click.option("--year", type=int, metavar="Y", help="Target year [default: the as-of day's].")
@_as_known
@format_option("table", "csv", "json")
def targets(
    *, year: int | None, region: str | None, as_of: date | None, known_at: int | None, home: Path, form: str
) -> None:
    """Print the targets of a year, of a region and all below it, with how far each is."""
    with usage_errors():
        found = targets_of(opened(home, known_at), region=region, year=year, as_of=as_of)
    print_rows([asdict(target) for target in found], TARGET_COLUMNS, form)


@click.command(short_help="Say what every metric means.")
@format_option("table", "csv", "json")
def methods(form: str) -> None:
    """Print every metric's labels, definition, unit, direction, source tables, dimensions and a worked example."""
    worked = examples()
    rows = [
        {
            "metric": metric.name,
            "label_zh": metric.label.zh,
            "label_en": metric.label.en,
            "definition_zh": metric.definition.zh,
            "definition_en": metric.definition.en,
            "unit": metric.unit,
            "kind": metric.kind,
            "direction": metric.direction,
            "sources": ", ".join(metric.sources),
            "dimensions": ", ".join(metric.dimensions),
            "example": worked[metric.name].figure(metric.scale),
            "example_zh": worked[metric.name].why.zh,
            "example_en": worked[metric.name].why.en,
        }
        for metric in METRICS.values()
    ]
    print_rows(rows, METHOD_COLUMNS, form)
