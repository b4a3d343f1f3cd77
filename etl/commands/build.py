"""`reemploy build`: the marts anew from a home's history, on one machine or on a Spark cluster."""

from importlib import import_module
from pathlib import Path

import click
import duckdb

from etl.commands.options import home_option
from etl.engines import duckdb as on_duckdb
from etl.engines.draft import EngineError
from etl.home import Home, HomeError
from etl.model import ModelError
from etl.policy import PolicyError

_FAILURES = (HomeError, EngineError, ModelError, PolicyError, duckdb.Error, OSError)


@click.command()
@click.option("--engine", type=click.Choice(("duckdb", "spark")), default="duckdb", show_default=True)
@click.option("--to", required=True, type=click.Path(file_okay=False, path_type=Path), help="Home that serves it.")
@click.option("--master", help="Spark: the cluster, such as spark://10.0.0.1:7077.")
@click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    help="Spark: shared storage, at the same path on this machine and on every worker.",
)
@click.option("--conf", multiple=True, metavar="NAME=VALUE", help="Spark: a setting, such as spark.executor.memory=8g.")
@home_option
def build(*, engine: str, to: Path, master: str | None, store: Path | None, conf: tuple[str, ...], home: Path) -> None:
    """Run the models over the history in --home and serve the result in another home.

    On Spark the marts are Parquet files in --store, which the build in --to reads.
    """
    try:
        if engine == "duckdb":
            built = on_duckdb.build(Home(home), Home(to))
        else:
            built = _on_spark(Home(home), Home(to), master, store, conf)
    except _FAILURES as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(built)


def _on_spark(source: Home, target: Home, master: str | None, store: Path | None, conf: tuple[str, ...]) -> Path:
    if master is None or store is None:
        raise click.UsageError("--engine spark needs --master and --store")
    settings = dict(each.partition("=")[::2] for each in conf)
    if not all(settings.values()):
        raise click.UsageError("--conf takes NAME=VALUE")
    try:  # an extra: 430 MB and Java, for who has a cluster
        spark = import_module("etl.engines.spark")
    except ImportError as error:
        raise EngineError("Spark is not installed: install reemploy[spark], and Java 17") from error
    built: Path = spark.build(source, target, store, master=master, settings=settings, progress=_say)
    return built


def _say(stage: str) -> None:
    click.echo(stage, err=True)
