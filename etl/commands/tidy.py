"""`reemploy tidy`: what is past its time goes, as `[retention]` of settings.toml says."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click

from dashboard.access.account import OPERATOR
from dashboard.state.audit import record
from dashboard.state.moment import now
from dashboard.state.retention import Retention, cut_audit_log, past_their_time
from etl.commands.acting import opened_state
from etl.commands.options import home_option


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would go, and leave it.")
@home_option
def tidy(*, dry_run: bool, home: Path) -> None:
    """Remove what is past its time: entries of the audit log, cuts of earlier loads that nobody has asked for lately.

    Without `[retention] audit_months` the log is kept for ever. Builds are tidied by each load, held rows never.
    """
    with opened_state(home) as state:
        retention = Retention.of(home)
        cuts = list(_unused(home, retention.known_days))
        with state.write() as connection:
            until = retention.audit_until
            count = past_their_time(connection, until) if dry_run else cut_audit_log(connection, until, OPERATOR.name)
            if cuts and not dry_run:
                record(connection, OPERATOR.name, "home.tidied", "", {"cuts": len(cuts)})
    for cut in [] if dry_run else cuts:
        cut.unlink(missing_ok=True)
    verb = "将清理 would go" if dry_run else "已清理 removed"
    click.echo(f"{verb}: 审计记录 {count} 条 entries of the log; 历史截面 {len(cuts)} 个 cuts of earlier loads")


def _unused(home: Path, days: int) -> Iterator[Path]:
    """The cuts that were last opened longer ago; they are made anew when somebody asks."""
    oldest = (now() - timedelta(days=days)).timestamp()
    for path in (home / "known").rglob("*.duckdb"):
        told = path.stat()
        if max(told.st_atime, told.st_mtime) < oldest:
            yield path
