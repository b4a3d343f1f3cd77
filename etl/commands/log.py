"""`reemploy loads`, `quarantine`, `findings`: what the log of the build that is served says."""

import json
from pathlib import Path
from typing import Any

import click
import duckdb

from dashboard.warehouse import THREADS
from etl.account import Counts
from etl.commands.options import format_option, home_option, language_option
from etl.commands.output import print_rows
from etl.finding_messages import finding_message
from etl.home import Home, HomeError
from etl.messages import row_message
from etl.tables import BY_NAME

_LOADS = ("load", "data_date", "delivery", "backfill", "loaded_at")
_COUNTS = Counts.names()
_STAGES = ("load", "stage", "seconds")
_QUARANTINE = ("load", "table", "file", "line", "column", "reason", "message", "key", "values")
_FINDINGS = ("finding", "table", "key", "region_code", "district_code", "street_code", "load", "message")


@click.command()
@home_option
@click.option("--stages", is_flag=True, help="List the seconds that each stage of each load took.")
@format_option("table", "csv", "json")
def loads(home: Path, form: str, *, stages: bool) -> None:
    """List the loads, oldest first, with the account of each."""
    if stages:
        found = _rows(home, f"SELECT {', '.join(_STAGES)} FROM log.stages ORDER BY load, rowid")
        print_rows(found, _STAGES, form)
        return
    counts = ", ".join(f'coalesce(sum(a."{name}"), 0)::BIGINT AS "{name}"' for name in _COUNTS)
    listed = ", ".join(f"l.{name}" for name in _LOADS)
    found = _rows(
        home,
        f"SELECT {listed}, {counts} FROM log.loads AS l LEFT JOIN log.accounts AS a USING (load)"
        " GROUP BY ALL ORDER BY load",
    )
    print_rows(found, (*_LOADS, *_COUNTS), form)


@click.command()
@home_option
@format_option("table", "csv", "json")
@language_option
def quarantine(home: Path, form: str, lang: str) -> None:
    """List the rows that are held at present, with what is wrong and their original values."""
    found = _rows(
        home,
        'SELECT load, "table", file, line, "column", reason, "key", "values" FROM log.quarantine'
        " WHERE until_load IS NULL ORDER BY entry",
    )
    for row in found:
        row["values"] = json.loads(row["values"])
        row["message"] = row_message(
            BY_NAME[row["table"]],
            row["reason"],
            row["column"],
            key=row["key"],
            values=row["values"],
            lang=lang,
        )
    print_rows(found, _QUARANTINE, form)


@click.command()
@home_option
@format_option("table", "csv", "json")
@language_option
def findings(home: Path, form: str, lang: str) -> None:
    """List what deserves a look, by district and street."""
    found = _rows(
        home,
        'SELECT finding, table_name AS "table", "key", region_code, district_code, street_code, load, detail'
        ' FROM mart.finding ORDER BY district_code, street_code, region_code, finding, table_name, "key"',
    )
    for row in found:
        row["message"] = finding_message(row["finding"], row.pop("detail"), lang)
    print_rows(found, _FINDINGS, form)


def _rows(home: Path, select: str) -> list[dict[str, Any]]:
    try:
        build = Home(home).current()
    except HomeError as fault:
        raise click.ClickException(str(fault)) from fault
    if build is None:
        return []
    # With the warehouse's own settings: DuckDB opens a file that this process holds open with no others.
    with duckdb.connect(str(build), read_only=True, config={"threads": THREADS}) as connection:
        cursor = connection.execute(select)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
