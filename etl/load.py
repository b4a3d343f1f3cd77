"""One delivery into a new build: land, check, duplicates, references, retries, refusal, history, models, publish.

Everything happens in a copy of the newest build; moving `CURRENT` to it is the only moment at which anything changes.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final

import duckdb
from duckdb import DuckDBPyConnection

from etl import journal, messages
from etl.account import Account, Refusal
from etl.build import DRAFTED, run_models
from etl.check import give_indicators
from etl.clock import Clock
from etl.history import create_history
from etl.home import Copying, Limits
from etl.identity import set_key
from etl.judging import HERE, Judging
from etl.maintain import recipe
from etl.passage import Passage, pass_table, refusal_of
from etl.policy import packs_of
from etl.read import Refused, Source, declared_date, find_files
from etl.tables import TABLES

MEMORY: Final = (
    "2GB"  # DuckDB's own part of the 4 GiB that a load of ten million rows may take; beyond it, it spills to disk
)

# Called with a file's name, or one of STAGES, and the share of its work that is done, 0 … 1.
COPYING: Final = "copying"
MODELS: Final = "models"
STAGES: Final = (COPYING, MODELS)
Progress = Callable[[str, float], None]


def load(
    delivery: Path,
    copying: Copying,
    *,
    indicators: Callable[[], Mapping[str, str]],
    allow_partial: bool = False,
    backfill: bool = False,
    progress: Progress = lambda _file, _share: None,
    judging: Judging = HERE,
) -> Account:
    """Load one delivery and serve it; the account says where every row went. `load` is None where it was refused.

    `copying`: under way, of the home to load into.
    `indicators` gives every text that names an indicator of a target → the metric's name. `judging`: where rows are.
    Raises HomeError; AccountError, ModelError and DuckDB's errors leave the earlier build being served.
    """
    home, clock = copying.home, Clock()
    progress(COPYING, 0.0)
    with clock.stage("copying"):
        recipe()  # remembered: to read the models takes its time, too
        folded = {unicodedata.normalize("NFKC", text).strip(): name for text, name in indicators().items()}
        draft = copying.path()
    progress(COPYING, 1.0)
    config = {**DRAFTED, "memory_limit": MEMORY, "temp_directory": str(home.spill())}
    # Rewriting the checks' lists of words takes four fifths of their planning, 0.3 s a file, and gains nothing.
    config["disabled_optimizers"] = "in_clause"
    with duckdb.connect(str(draft), config=config) as connection:
        create_history(connection)
        journal.create_log(connection)
        set_key(connection, home.key())
        give_indicators(connection, folded)
        packs = packs_of(home.path)
        work = _Work(connection, delivery, home.limits(), packs, allow_partial, backfill, progress, clock, judging)
        account = work.run()
        if account.load is None:
            return account
        connection.execute("CHECKPOINT")
    home.publish(draft, account.load)
    with suppress(OSError):  # this load is served already; the next one prunes again
        home.prune()
    return account


@dataclass
class _Work:
    """One load under way."""

    connection: DuckDBPyConnection
    delivery: Path
    limits: Limits
    packs: tuple[Path, ...]
    allow_partial: bool
    backfill: bool
    progress: Progress
    clock: Clock
    judging: Judging
    account: Account = field(default_factory=Account)
    digests: dict[str, str] = field(default_factory=dict)

    def run(self) -> Account:
        before, newest_date = journal.newest(self.connection)
        number = before + 1
        try:
            declared = declared_date(self.delivery)
            sources, self.account.unrecognised = find_files(self.delivery)
        except Refused as fault:
            return self._refuse([refusal_of(fault)])
        self.account.data_date = declared
        if self._too_old(declared, newest_date):
            return self._refuse([messages.older(self.delivery.name, declared, newest_date)])
        found = self._pass_tables(sources, number, declared)
        self.account.data_date = declared or found
        if self._too_old(self.account.data_date, newest_date):
            return self._refuse([messages.older(self.delivery.name, self.account.data_date, newest_date)])
        if self.account.refused and not self.allow_partial:
            return self._refuse([])
        self.account.load = number
        self._finish(number, newest_date)
        return self.account

    def _too_old(self, data_date: date | None, newest: date | None) -> bool:
        return not self.backfill and data_date is not None and newest is not None and data_date < newest

    def _refuse(self, refusals: list[Refusal]) -> Account:
        """Nothing is loaded: the account keeps what speaks of the delivery, and drops what speaks of rows loaded."""
        self.account.refused += refusals
        self.account.tables, self.account.files = {}, []
        return self.account

    def _pass_tables(self, sources: Sequence[Source], number: int, data_date: date | None) -> date | None:
        """Bring in one table after the other, references before what refers to them; the newest event date found."""
        file_ids = count(journal.next_file(self.connection))
        landing_numbers = count(1)
        newest: date | None = None
        for table in TABLES:
            passage = Passage(
                table=table,
                sources=[source for source in sources if source.table == table.name],
                load=number,
                data_date=data_date,
                limits=self.limits,
                file_ids=file_ids,
                landing_numbers=landing_numbers,
                progress=self.progress,
                clock=self.clock,
                judging=self.judging,
            )
            with ThreadPoolExecutor(1) as beside:  # hashing lets go of the interpreter
                digesting = beside.submit(_digests, passage.sources)
                outcome = pass_table(self.connection, passage)
                self.digests |= digesting.result()
            self.account.refused += outcome.refused
            self.account.files += outcome.files
            self.account.unknown_columns |= outcome.unknown_columns
            if outcome.counts is not None:
                self.account.tables[table.name] = outcome.counts
            newest = max((each for each in (newest, outcome.newest_event) if each is not None), default=None)
        return newest

    def _finish(self, number: int, newest_date: date | None) -> None:
        account, connection = self.account, self.connection
        journal.write_load(connection, number, account.data_date, self.delivery.resolve().name, backfill=self.backfill)
        journal.write_files(connection, number, account, self.digests)
        journal.write_accounts(connection, number, account.tables)
        journal.write_left_out(connection, number, account.unrecognised, account.refused)
        known = max((each for each in (newest_date, account.data_date) if each is not None), default=None)
        self.progress(MODELS, 0.0)
        with self.clock.stage("models"):
            run_models(connection, load=number, data_date=known, city_packs=self.packs, touched=self.limits.touched)
        self.progress(MODELS, 1.0)
        journal.write_stages(connection, number, self.clock)


def _digests(sources: Sequence[Source]) -> dict[str, str]:
    """The SHA-256 of each source that is a file, by the name that reports show."""
    digests = {}
    for source in sources:
        if source.path.is_file():
            with source.path.open("rb") as file:
                digests[source.file] = hashlib.file_digest(file, "sha256").hexdigest()
    return digests
