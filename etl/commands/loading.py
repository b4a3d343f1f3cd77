"""What `reemploy load` does: one delivery in, its account out."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import click
import duckdb
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from etl import messages
from etl.account import Account, AccountError, Counts, Refusal
from etl.commands.cluster import Wanted, engine
from etl.engines import EngineError
from etl.home import Copying, HomeError
from etl.judging import HERE, Judging
from etl.load import COPYING, MODELS
from etl.load import load as load_delivery
from etl.model import ModelError
from etl.policy import PolicyError
from etl.tables import BY_NAME

_FAILURES = (HomeError, EngineError, AccountError, ModelError, PolicyError, duckdb.Error, OSError)


def load(
    delivery: Path,
    copying: Copying,
    *,
    allow_partial: bool,
    backfill: bool,
    as_json: bool,
    steps: bool,
    lang: str,
    cluster: Wanted | None,
) -> None:
    """Load the delivery into the home that is being copied, print the account, and end the process with its status."""
    try:
        with _steps() if steps else _progress() as progress, _judging(cluster) as judging:
            account = load_delivery(
                delivery,
                copying,
                indicators=_indicators,
                allow_partial=allow_partial,
                backfill=backfill,
                progress=progress,
                judging=judging,
            )
    except _FAILURES as fault:
        account = Account(refused=[Refusal(delivery.name, None, "failed", str(fault))])
    account.refused = [messages.in_language(each, lang) for each in account.refused]
    if as_json:
        click.echo(json.dumps(account.as_json(), ensure_ascii=False, indent=1))
    else:
        _print(account, lang)
    sys.exit(0 if account.load is not None else 1)


def _indicators() -> dict[str, str]:
    """What names an indicator; the metrics are imported while the build is copied."""
    named: dict[str, str] = import_module("dashboard.semantics.catalogue").indicators()
    return named


@contextmanager
def _judging(cluster: Wanted | None) -> Iterator[Judging]:
    """What judges rows: this machine, or a cluster for as long as the load takes."""
    if cluster is None:
        yield HERE
    else:
        with engine("staging").staging(cluster.master, cluster.store, cluster.settings) as staging:
            yield staging


@contextmanager
def _steps() -> Iterator[Callable[[str, float], None]]:
    """A line a step, for whoever follows the load from another process."""

    def step(name: str, share: float) -> None:
        click.echo(json.dumps({"step": name, "share": share}, ensure_ascii=False), err=True)

    yield step


@contextmanager
def _progress() -> Iterator[Callable[[str, float], None]]:
    """A bar per file on the error stream, so that the account can be piped."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def step(file: str, share: float) -> None:
            if file not in tasks:
                tasks[file] = bars.add_task(_STAGE_LABELS.get(file, file), total=1.0)
            bars.update(tasks[file], completed=share)

        yield step


_STAGE_LABELS = {COPYING: "复制 copying", MODELS: "计算指标 computing"}
_COUNT_LABELS = {
    "read": ("读入", "read"),
    "new": ("新增", "new"),
    "changed": ("变更", "changed"),
    "unchanged": ("未变", "unchanged"),
    "duplicates": ("重复", "duplicates"),
    "totals_rows": ("合计行", "totals"),
    "quarantined": ("待改", "quarantined"),
    "released": ("放行", "released"),
}


def _print(account: Account, lang: str) -> None:
    at = messages.LANGUAGES.index(lang)
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    console.print(_headline(account, at), markup=False)
    if account.tables:
        grid = Table(box=None, pad_edge=False, header_style="bold")
        grid.add_column(("表", "table")[at])
        for name in Counts.names():
            grid.add_column(_COUNT_LABELS[name][at], justify="right")
        for name, counts in account.tables.items():
            table = BY_NAME[name]
            grid.add_row((table.zh, table.en)[at], *(f"{number:,}" for number in counts.as_dict().values()))
        console.print(grid)
    for line in _remarks(account, at):
        console.print(line, markup=False)


def _headline(account: Account, at: int) -> str:
    if account.load is None:
        return ("未入库：仍使用原有数据。", "Nothing was loaded: the earlier data stays as it is.")[at]
    date = account.data_date.isoformat() if account.data_date else ("未注明", "not stated")[at]
    return (f"第 {account.load} 次入库，数据截止 {date}。", f"Load {account.load}, data date {date}.")[at]


def _remarks(account: Account, at: int) -> Iterator[str]:
    for refusal in account.refused:
        yield ("拒收", "Refused")[at] + f" {refusal.file}: {refusal.message}"
    if account.unrecognised:
        yield ("未识别的文件：", "Files not recognised: ")[at] + "、".join(account.unrecognised)
    for file, columns in account.unknown_columns.items():
        yield ("未识别的列", "Unknown columns")[at] + f" {file}: " + "、".join(columns)
    if any(counts.quarantined for counts in account.tables.values()):
        yield (
            "待改的行可用 reemploy quarantine 查看，改正后重报即可。",
            "See the quarantined rows with `reemploy quarantine`; correct them and send them again.",
        )[at]
