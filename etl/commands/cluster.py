"""Options of the commands that may work on a Spark cluster, and the engine that they ask for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from etl.engines import EngineError


@dataclass(frozen=True)
class Wanted:
    """The cluster that was asked for: its address, the storage that it shares, and Spark's own settings."""

    master: str
    store: Path
    settings: Mapping[str, str]


def cluster_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--engine duckdb|spark`, and of Spark `--master`, `--store`, `--conf NAME=VALUE`…"""
    for option in (
        click.option("--conf", multiple=True, metavar="NAME=VALUE", help="Spark: such as spark.executor.memory=8g."),
        click.option(
            "--store",
            type=click.Path(file_okay=False, path_type=Path),
            help="Spark: shared storage, at the same path on this machine and on every worker.",
        ),
        click.option("--master", help="Spark: the cluster, such as spark://10.0.0.1:7077."),
        click.option("--engine", type=click.Choice(("duckdb", "spark")), default="duckdb", show_default=True),
    ):
        command = option(command)
    return command


def wanted(engine: str, master: str | None, store: Path | None, conf: tuple[str, ...]) -> Wanted | None:
    """The cluster that these options name; None: this machine. A usage error where something lacks."""
    if engine != "spark":
        if master or store or conf:
            raise click.UsageError("--master, --store and --conf belong to --engine spark")
        return None
    if master is None or store is None:
        raise click.UsageError("--engine spark needs --master and --store")
    settings = dict(each.partition("=")[::2] for each in conf)
    if not all(settings.values()):
        raise click.UsageError("--conf takes NAME=VALUE")
    return Wanted(master, store, settings)


def engine(module: str) -> ModuleType:
    """A module of `etl.engines` that needs Spark: an extra, 430 MB and Java, for who has a cluster. EngineError."""
    try:
        return import_module(f"etl.engines.{module}")
    except ImportError as error:
        raise EngineError("Spark is not installed: install reemploy[spark], and Java 17") from error
