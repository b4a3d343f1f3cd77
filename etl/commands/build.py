"""`reemploy build`: the marts anew from a home's history, on one machine or on a Spark cluster."""

from pathlib import Path
from typing import Any

import click
import duckdb

from etl.commands.cluster import cluster_options, engine, wanted
from etl.commands.options import home_option
from etl.engines import EngineError
from etl.engines import duckdb as on_duckdb
from etl.home import Home, HomeError
from etl.model import ModelError
from etl.policy import PolicyError

_FAILURES = (HomeError, EngineError, ModelError, PolicyError, duckdb.Error, OSError)


@click.command()
@click.option("--to", required=True, type=click.Path(file_okay=False, path_type=Path), help="Home that serves it.")
@click.option("--copy-marts", is_flag=True, help="Spark: copy the marts into the build: larger, and answers faster.")
@cluster_options
@home_option
def build(*, to: Path, copy_marts: bool, home: Path, **options: Any) -> None:
    """Run the models over the history in --home and serve the result in another home.

    On Spark the marts are Parquet files in --store, which the build in --to reads.
    """
    cluster = wanted(**options)
    try:
        if cluster is None:
            built = on_duckdb.build(Home(home), Home(to))
        else:
            built = engine("spark").build(
                Home(home),
                Home(to),
                cluster.store,
                master=cluster.master,
                settings=cluster.settings,
                copied=copy_marts,
                progress=lambda stage: click.echo(stage, err=True),
            )
    except _FAILURES as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(built)
