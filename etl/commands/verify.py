"""`reemploy verify`: an edition made again from its load, and compared byte for byte."""

from pathlib import Path

import click

from dashboard.publish.canonical import code_version
from dashboard.publish.freeze import Press
from dashboard.publish.press import differences
from dashboard.publish.shelf import Bound, EditionError, Shelf
from etl.commands.opening import usage_errors
from etl.commands.options import home_option
from etl.commands.publishing import HomeSources

SAID = {
    "missing": "is missing",
    "unknown": "is not in the manifest",
    "changed": "is not what the manifest says: it was changed after publication",
    "differs": "differs from what the load gives",
}


@click.command()
@click.argument("edition")
@click.option("--draft", is_flag=True, help="Verify a draft.")
@home_option
def verify(*, edition: str, draft: bool, home: Path) -> None:
    """Make EDITION again from the load it names; say *identical* (exit 0) or what differs (exit 1)."""
    shelf = Shelf(home)
    try:
        bound = shelf.draft(edition) if draft else shelf.edition(edition)
        with usage_errors():
            found = differences(bound, Press(shelf, HomeSources(home).build_of))
    except EditionError as error:
        raise click.UsageError(str(error)) from error
    _say_code(bound)
    if not found:
        click.echo(f"{edition}: identical 一致 ({len(bound.manifest['files'])} files, load {bound.recipe.load})")
        return
    for one in found:
        at = "" if one.at is None else f", from byte {one.at}"
        click.echo(f"{edition}: {one.file} {SAID[one.why]}{at}")
    raise SystemExit(1)


def _say_code(bound: Bound) -> None:
    made, here = dict(bound.recipe.code), code_version()
    if made != here:
        click.echo(
            f"made by {made['release']} {made['source_sha256'][:12]}, verified by {here['release']} "
            f"{here['source_sha256'][:12]}",
            err=True,
        )
