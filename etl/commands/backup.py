"""`reemploy backup` and `reemploy restore`: a home into one file, and back."""

from pathlib import Path
from typing import BinaryIO

import click
from sqlalchemy.exc import DBAPIError

from dashboard.access.account import OPERATOR
from dashboard.state.audit import record
from dashboard.state.settings import StateError
from etl.commands.acting import opened_state
from etl.commands.archiving import ArchiveError, pack
from etl.commands.options import home_option
from etl.commands.unpacking import unpack
from etl.home import HomeError


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--with-key", is_flag=True, help="Put the key in too: then whoever has the file can tell persons again.")
@home_option
def backup(*, file: Path, with_key: bool, home: Path) -> None:
    """Write the home into FILE while the server runs and loads happen; owner-only, each part with its SHA-256.

    In it are the build that is served, pinned builds, the state database, editions, settings and city packs. The key
    is not, unless asked for: keep it apart.
    """
    if not home.is_dir():
        raise click.UsageError(f"{home} is no home: there is nothing to back up")
    with opened_state(home) as state, state.write() as connection:
        record(connection, OPERATOR.name, "home.backed_up", file.name, {"with_key": with_key})
    try:
        said = pack(home, file, with_key=with_key)
    except (ArchiveError, HomeError, StateError, DBAPIError, OSError) as error:
        raise click.ClickException(str(error)) from error
    size = file.stat().st_size / 1e6
    click.echo(f"{file}: {len(said['files'])} 个文件 files, {size:,.1f} MB; build {said['build'] or '—'}")
    if not with_key:
        click.echo("密钥不在其中，请另行保管。The key is not in it: keep it apart.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key", "key_file", type=click.File("rb"), help="The key that was kept apart; - reads it from standard input."
)
@home_option
def restore(*, file: Path, key_file: BinaryIO | None, home: Path) -> None:
    """Make the home that FILE holds, all of it or nothing; a home that is there is never overwritten."""
    key = key_file.read().strip() if key_file is not None else None
    try:
        said = unpack(file, home, key)
    except (ArchiveError, HomeError, StateError, DBAPIError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{home}: {len(said['files'])} 个文件核对无误 files, as the manifest says; build {said['build'] or '—'}")
    if said["build"] and not (home / "key").exists():
        click.echo(
            f"缺少密钥：装载前请放回 {home / 'key'}。The key is missing: put it back before the next load.", err=True
        )
