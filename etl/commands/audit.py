"""`reemploy audit`: the log of who did what, exported and checked."""

from dataclasses import asdict, fields
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

import click

from dashboard.access.account import OPERATOR
from dashboard.state.audit import Entry, entries, record, verified
from etl.commands.acting import opened_state
from etl.commands.options import IsoDate, format_option, home_option
from etl.commands.output import print_rows

COLUMNS: Final = tuple(field.name for field in fields(Entry))


@click.group()
def audit() -> None:
    """The audit log: every sign-in, export, publication and change of rights. It only grows."""


@audit.command()
@click.option("--account", default="", metavar="NAME", help="Of this account alone.")
@click.option("--action", default="", help="Of this action alone, or of all that begin with it: account, session …")
@click.option("--since", type=IsoDate(), metavar="D", help="From this day on (UTC).")
@home_option
@format_option("csv", "json", "table")
def export(*, account: str, action: str, since: date | None, home: Path, form: str) -> None:
    """Print the entries, oldest first, each with the hashes that bind it to the one before."""
    moment = None if since is None else datetime.combine(since, time(), UTC)
    with opened_state(home) as state:
        with state.write() as connection:
            record(connection, OPERATOR.name, "audit.exported", account, {"action": action, "since": str(since or "")})
        with state.read() as connection:
            found = entries(connection, account, action, moment)
    rows = [asdict(entry) | {"at": entry.at.isoformat(timespec="microseconds")} for entry in reversed(found)]
    print_rows(rows, COLUMNS, form)


@audit.command()
@click.option("--contains", default="", metavar="HASH", help="A hash noted or exported earlier: it must be in the log.")
@home_option
def verify(*, contains: str, home: Path) -> None:
    """Recompute the chain of hashes; exit 1 where an entry was changed, removed or slipped in."""
    with opened_state(home) as state, state.read() as connection:
        chain = verified(connection)
        known = not contains or any(entry.hash == contains for entry in entries(connection))
    if chain.broken_at is not None:
        raise click.ClickException(
            f"审计日志自第 {chain.broken_at} 条起与记录不符：entry {chain.broken_at} is not as written"
        )
    if not known:
        raise click.ClickException(f"审计日志中没有 {contains}：entries at its end were removed, or it is another log")
    click.echo(f"{chain.entries} 条记录完整 entries, unbroken; last hash {chain.last_hash}")
