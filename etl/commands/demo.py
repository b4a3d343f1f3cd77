"""`reemploy demo`: the deliveries of the demonstration city."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from etl.demo.city import write_city
from etl.demo.deliveries import folders
from etl.demo.plan import USUAL_PERSONS

CITIES = ("cihu",)


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--city", type=click.Choice(CITIES), default=CITIES[0], show_default=True, help="Which invented city.")
@click.option("--persons", type=click.IntRange(min=200), default=USUAL_PERSONS, show_default=True)
@click.option("--years", type=click.IntRange(1, 10), default=3, show_default=True, help="Years up to 2026-09-30.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
def demo(directory: Path, city: str, persons: int, years: int, seed: int) -> None:
    """Write synthetic deliveries of a whole invented city to DIR, one folder per quarter."""
    console = Console(file=sys.stderr)
    with Progress(console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(city)
        tally = write_city(
            directory, persons, years, seed, lambda done, every: bar.update(task, completed=done, total=every)
        )
    for folder in folders(directory, tally.plan.calendar):
        click.echo(folder)
