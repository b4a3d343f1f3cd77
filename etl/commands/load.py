"""`reemploy load`: one delivery in, its account out."""

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from etl.commands.cluster import cluster_options, wanted
from etl.commands.options import home_option, language_option
from etl.home import Copying, Home


@click.command()
@click.argument("delivery", type=click.Path(exists=True, file_okay=False, path_type=Path))
@home_option
@click.option("--allow-partial", is_flag=True, help="Load the other tables where a file is refused.")
@click.option("--backfill", is_flag=True, help="Accept a data date before the newest one.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@click.option("--steps", is_flag=True, help="Tell each step as a line of JSON on the error stream.")
@cluster_options
@language_option
def load(
    delivery: Path,
    home: Path,
    *,
    engine: str,
    master: str | None,
    store: Path | None,
    conf: tuple[str, ...],
    **options: Any,
) -> None:
    """Load the folder DELIVERY and serve it. Exit status: 0 loaded, 1 refused, 2 wrong use.

    With --engine spark large tables are judged on the cluster: rows, duplicates, references, what changes in history.
    Rows that bear ID numbers are checked here first.
    """
    cluster = wanted(engine, master, store, conf)
    with Copying(Home(home)) as copying:  # while the libraries are imported
        import_module("etl.commands.loading").load(delivery, copying, cluster=cluster, **options)
