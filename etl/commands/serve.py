"""`reemploy serve`: the dashboard on this machine."""

from pathlib import Path

import click

from dashboard.access.accounts import Accounts
from dashboard.access.wanted import is_loopback
from dashboard.server import Server
from dashboard.watch.journal import LEVELS, write_down
from etl.commands.acting import opened_state
from etl.commands.options import home_option
from etl.commands.publishing import HomeSources


@click.command()
@home_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; others than loopback need accounts (reemploy user add).",
)
@click.option("--port", default=8050, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes, each with four threads."
)
@click.option(
    "--log-level",
    default="info",
    show_default=True,
    type=click.Choice(LEVELS),
    help="Of the log on standard error, a line of JSON each; info: every request.",
)
def serve(home: Path, host: str, port: int, workers: int, log_level: str) -> None:
    """Serve the dashboard over the builds of the home folder; a new load is shown without a restart.

    Without accounts whoever sits at this machine is signed in by themselves; with accounts everybody signs in.
    """
    home.mkdir(parents=True, exist_ok=True)
    with opened_state(home) as state:
        has_accounts = Accounts(state).any()
    if not is_loopback(host) and not has_accounts:
        raise click.UsageError(
            f"--host {host}: there are no accounts yet, so only this machine may look (127.0.0.1, ::1 or localhost). "
            f"First make one:  reemploy user add NAME --role administrator --home {home}\n"
            "尚无账号，只能在本机打开。请先运行上面的命令建立账号。"
        )
    write_down(log_level)
    address = f"http://{host}:{port}/"

    def ready() -> None:
        click.echo(f"Reemploy 再就业看板  {address}")

    Server(home, host, port, workers, ready=ready, sources_of=HomeSources).run()
