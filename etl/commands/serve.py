"""`reemploy serve`: the dashboard on this machine."""

from pathlib import Path

import click

from dashboard.server import Server, is_loopback
from etl.commands.options import home_option


@click.command()
@home_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; only loopback until there are accounts.",
)
@click.option("--port", default=8050, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes, each with four threads."
)
def serve(home: Path, host: str, port: int, workers: int) -> None:
    """Serve the dashboard over the builds of the home folder; a new load is shown without a restart."""
    if not is_loopback(host):
        raise click.UsageError(
            f"--host {host}: there are no accounts yet, so only this machine may look (127.0.0.1, ::1 or localhost). "
            "尚无账号，只能在本机打开。"
        )
    home.mkdir(parents=True, exist_ok=True)
    address = f"http://{host}:{port}/"
    Server(home, host, port, workers, lambda: click.echo(f"Reemploy 再就业看板  {address}")).run()
