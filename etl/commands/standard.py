"""`reemploy standard`: propose the next year's goalposts, and check a standard before it is used."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from dashboard.period import Period, months_period, newest_quarter
from dashboard.ranking.csv_table import TableError, read_csv_table
from dashboard.ranking.diagnosis import Diagnosis, Warned, diagnose, of_weights
from dashboard.ranking.fields import StandardError
from dashboard.ranking.official import ranking
from dashboard.ranking.propose import proposal_text, propose
from dashboard.ranking.ranking import Ranking, rank_table
from dashboard.ranking.reading import LEVELS, read_standard
from dashboard.ranking.standard import Group, Indicator, Leaf, Manual, Standard
from dashboard.ranking.standards import standard_of
from dashboard.ranking.whatif import Weighed, weighed
from dashboard.warehouse import Build, NotLoadedError
from etl.commands.opening import opened, usage_errors
from etl.commands.options import format_option, home_option, language_option
from etl.commands.output import print_rows
from etl.commands.rank import named

COLUMNS = ("node", "label", "weight", "effective", "measures", "available", "influence")
WARNINGS = ("node", "warning", "message")
_QUARTERS = 4


@click.group(short_help="Propose goalposts for a ranking standard, or check one.")
def standard() -> None:
    """Ranking standards: TOML files that say what counts and how much."""


@standard.command("propose")
@click.option(
    "--standard",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Start from [default: the one in force].",
)
@click.option("--year", type=int, help="Whose four quarters are measured [default: the newest complete year].")
@click.option("--level", type=click.Choice(LEVELS), help="What is measured [default: the standard's level].")
@click.option("--known-at", type=int, help="As known at this load.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write a new file [default: print].")
@home_option
def propose_command(
    *, file: Path | None, year: int | None, level: str | None, known_at: int | None, output: Path | None, home: Path
) -> None:
    """Goalposts from last year's quarters: each indicator's 5th and 95th percentile, with where they come from."""
    try:
        with usage_errors():
            build = opened(home, known_at)
            year = year or _complete_year(build)
            quarters = _quarters(build, year, level, standard_of(file) if file else None)
    except StandardError as error:
        raise click.UsageError(str(error)) from error
    text = proposal_text(propose(quarters, date(year + 1, 1, 1)), _head(build, year, quarters))
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8", newline="\n") as written:
            written.write(text)
    except FileExistsError as error:
        raise click.UsageError(f"{output} exists already; a standard is not overwritten") from error
    click.echo(f"{output}: {len(quarters[0].standard.leaves)} leaves; read it, edit it, then: reemploy standard check")


def _complete_year(build: Build) -> int:
    if build.data_date is None:
        raise click.UsageError("no data with a date has been loaded yet")
    day = build.data_date
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def _quarters(build: Build, year: int, level: str | None, standard: Standard | None) -> list[Ranking]:
    periods = [months_period(year, 3 * number - 2, 3 * number) for number in range(1, _QUARTERS + 1)]
    if build.data_date is None or build.data_date < periods[-1].end:
        raise click.UsageError(f"--year {year}: its quarters are not complete, data reach to {build.data_date}")
    first = ranking(build, periods[-1], level, standard)
    # One standard for all four, or the columns would not be the same.
    quarters = [ranking(build, period, level, first.standard) for period in periods]
    if not any(len(each.peers) for each in quarters):
        raise click.UsageError(f"--year {year}: no unit could be ranked in any of its quarters")
    return quarters


def _head(build: Build, year: int, quarters: list[Ranking]) -> list[str]:
    units = sum(len(each.peers) for each in quarters)
    return [
        f"Proposed by reemploy standard propose from the four quarters of {year}: {units} ranked units and quarters,",
        f"load {build.load}, data to {build.data_date}. A proposal: read every low and high before it is published.",
    ]


@standard.command("check")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--period", "period_name", help="Measured in this period [default: the newest full quarter].")
@click.option("--level", type=click.Choice(LEVELS), help="What is ranked [default: the standard's level].")
@click.option(
    "--indicators",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Check it against this CSV, not the warehouse.",
)
@home_option
@format_option("table", "json")
@language_option
def check_command(
    *, file: Path, period_name: str | None, level: str | None, indicators: Path | None, home: Path, form: str, lang: str
) -> None:
    """Whether a standard can be used: its tree with effective weights, who has the figures, and what to look at twice.

    Exit 0: it can be used (warnings do not forbid it); 1: it cannot, and the line is named.
    """
    period = named(period_name) if period_name else None
    try:
        with usage_errors():
            read = read_standard(file) if indicators else standard_of(file)
            found = _of_csv(read, indicators) if indicators else _of_city(read, home, period, level)
    except (StandardError, TableError) as error:
        raise click.ClickException(str(error)) from error
    diagnosis = None if found is None else diagnose(found)
    _print(read, found, diagnosis, form, lang)


def _of_csv(read: Standard, indicators: Path) -> Ranking:
    return rank_table(read_csv_table(indicators, read), read, draws=0)


def _of_city(read: Standard, home: Path, period: Period | None, level: str | None) -> Ranking | None:
    try:
        build = opened(home, None)
    except NotLoadedError:
        return None
    if build.data_date is None:
        return None
    return ranking(build, period or newest_quarter(build.data_date), level, read)


def _print(read: Standard, found: Ranking | None, diagnosis: Diagnosis | None, form: str, lang: str) -> None:
    nodes = list(weighed(read))
    rows = [_row(node, diagnosis, lang) for node in nodes]
    warnings = diagnosis.warnings if diagnosis else tuple(of_weights(nodes))
    said = [_warning_row(warned, lang) for warned in warnings]
    if form == "json":
        print_rows([{"tree": rows, "warnings": said}], ("tree", "warnings"), form)
        return
    click.echo(f"{read.name.in_language(lang)}: {_measured(found, diagnosis, lang)}\n")
    print_rows([row | {"node": _indented(node)} for node, row in zip(nodes, rows, strict=True)], COLUMNS, form)
    click.echo("")
    if said:
        print_rows(said, WARNINGS, form)
    else:
        click.echo("没有需要留意之处。" if lang == "zh" else "Nothing to look at twice.")


def _measured(found: Ranking | None, diagnosis: Diagnosis | None, lang: str) -> str:
    if found is None or diagnosis is None:
        return (
            "可用；尚未装载数据，未核对指标值"
            if lang == "zh"
            else "can be used; nothing is loaded yet to measure it by"
        )
    units, peers, period = diagnosis.units, diagnosis.peers, found.period
    if lang == "zh":
        return (
            f"可用；{period} 共 {units} 个单位，{peers} 个参评" if period else f"可用；{units} 个单位，{peers} 个参评"
        )
    return f"can be used; {peers} of {units} units are ranked" + (f" in {period}" if period else "")


def _indented(found: Weighed) -> str:
    return "  " * found.depth + found.node.name


def _row(found: Weighed, diagnosis: Diagnosis | None, lang: str) -> dict[str, Any]:
    is_leaf = isinstance(found.node, Leaf)
    available = diagnosis.available.get(found.path) if diagnosis else None
    influence = diagnosis.influence.get(found.node.name) if diagnosis and not found.depth else None
    return {
        "node": found.path,
        "label": found.node.label.in_language(lang),
        "weight": round(found.weight, 4),
        "effective": round(found.share, 4),
        "measures": _measures(found),
        "available": f"{available}/{diagnosis.units}" if diagnosis and is_leaf else None,
        "influence": None if influence is None else round(influence, 1),
    }


def _measures(found: Weighed) -> str:
    node = found.node
    if isinstance(node, Group):
        return node.aggregate
    measure = node.measure
    if isinstance(measure, Manual):
        return f"points given, of {measure.full:g}"
    per = " per 1,000" if measure.per_1000_labour_force else ""
    if isinstance(measure, Indicator):
        scale = measure.scale
        said = f"goalposts {scale.low:g} … {scale.high:g}" if scale.method == "goalposts" else scale.method
        log = "log, " if measure.transform == "log" else ""
        return f"{measure.direction} {measure.column}{per}: {log}{said}"
    return f"{measure.direction} {measure.column}{per}: rule, of {measure.full:g}"


def _warning_row(warned: Warned, lang: str) -> dict[str, Any]:
    return {"node": warned.path, "warning": warned.code, "message": warned.text.in_language(lang)}
