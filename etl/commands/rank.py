"""`reemploy rank`: a period's ranking, or the ranking of any CSV by any standard."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click

from dashboard.period import Period, named_period
from dashboard.ranking.csv_table import TableError, read_csv_table
from dashboard.ranking.fields import StandardError
from dashboard.ranking.official import ranking as official_ranking
from dashboard.ranking.ranking import RankedUnit, Ranking, rank_table
from dashboard.ranking.reading import LEVELS, read_standard
from dashboard.ranking.standards import standard_of
from etl.commands.opening import opened, usage_errors
from etl.commands.options import format_option, home_option
from etl.commands.output import print_rows

COLUMNS: Final = (
    "region_code", "region_name", "score", "rank", "eligible", "reason", "low", "high", "p_best", "criteria",
)  # fmt: skip


@click.command(short_help="Rank the communities, streets or districts of a period, or any CSV.")
@click.option("--period", "period_name", help="2026Q3, 2026, 2026-09 or 2026-07-01..2026-09-30.")
@click.option("--level", type=click.Choice(LEVELS), help="What is ranked [default: the standard's level].")
@click.option(
    "--standard", "file", type=click.Path(dir_okay=False, path_type=Path), help="Standard [default: the one in force]."
)
@click.option("--known-at", type=int, help="As known at this load.")
@click.option(
    "--indicators",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Rank this CSV instead of the warehouse: the first column is the unit.",
)
@home_option
@format_option("table", "csv", "json")
def rank(
    *,
    period_name: str | None,
    level: str | None,
    file: Path | None,
    known_at: int | None,
    indicators: Path | None,
    home: Path,
    form: str,
) -> None:
    """Rank units by a standard: score, rank, 5-95 % interval of the rank, probability of the best ten, criteria."""
    try:
        with usage_errors():
            if indicators:
                ranking = _of_csv(indicators, file, period_name)
            else:
                ranking = _of_warehouse(home, file, _period(period_name), level, known_at)
    except (StandardError, TableError) as error:
        raise click.UsageError(str(error)) from error
    with _untidied():
        print_rows([row_of(unit) for unit in ranking.units], COLUMNS, form)


@contextmanager
def _untidied() -> Iterator[None]:
    """A large table makes a million objects and no circles: Python would look them all through again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _period(name: str | None) -> Period:
    if name is None:
        raise click.UsageError("--period is needed, such as --period 2026Q3")
    return named(name)


def named(name: str) -> Period:
    """The period that `--period` names; a usage error where it names none."""
    period = named_period(name)
    if period is None:
        raise click.UsageError(f"--period: {name!r} is no period such as 2026Q3, 2026 or 2026-09")
    return period


def _of_csv(path: Path, file: Path | None, period_name: str | None) -> Ranking:
    if file is None:
        raise click.UsageError("--indicators needs --standard: a table from elsewhere has no standard in force")
    standard = read_standard(file)
    period = _period(period_name).name if period_name else ""
    with _untidied():
        return rank_table(read_csv_table(path, standard), standard, period)


def _of_warehouse(home: Path, file: Path | None, period: Period, level: str | None, known_at: int | None) -> Ranking:
    build = opened(home, known_at)
    return official_ranking(build, period, level, standard_of(file) if file else None)


def row_of(unit: RankedUnit) -> dict[str, Any]:
    """One unit as the command prints it."""
    return {
        "region_code": unit.code,
        "region_name": unit.name,
        "score": unit.score,
        "rank": unit.rank,
        "eligible": unit.eligible,
        "reason": "; ".join(str(reason) for reason in unit.reasons) or None,
        "low": unit.low,
        "high": unit.high,
        "p_best": unit.p_best,
        "criteria": {
            criterion.name: {
                "score": criterion.score,
                "weight": criterion.weight,
                "contribution": criterion.contribution,
            }
            for criterion in unit.criteria
        },
    }
