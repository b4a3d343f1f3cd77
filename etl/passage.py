"""One source table's part of a load: its files from landing to history, with the rows that wait from earlier loads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb
from duckdb import DuckDBPyConnection

from etl import messages, quarantine
from etl.account import AccountError, Counts, FileAccount, Refusal
from etl.canonical import quoted
from etl.check import Landed, create_candidates, drop_candidates
from etl.clock import Clock
from etl.contract import RETRIED, Table
from etl.duplicates import mark_duplicates
from etl.faults import DUPLICATE, TOTALS, reason_of
from etl.fold import fold, unfold
from etl.home import Limits
from etl.journal import write_units
from etl.judging import Judging, Make, make_here
from etl.merge import Applied, Shape, apply, shape_of
from etl.proof import prove
from etl.read import Landing, Refused, Source, land
from etl.read.land import forget
from etl.references import check_levels, check_references, recognise_withdrawals


@dataclass(frozen=True)
class Passage:
    """What one table's part of a load needs to know."""

    table: Table
    sources: list[Source]
    load: int
    data_date: date | None
    limits: Limits
    file_ids: Iterator[int]
    landing_numbers: Iterator[int]
    progress: Callable[[str, float], None]
    clock: Clock
    judging: Judging


@dataclass
class Outcome:
    """What came of it; `counts` is None where the delivery has no such table and nothing was released."""

    files: list[FileAccount] = field(default_factory=list)
    unknown_columns: dict[str, list[str]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    counts: Counts | None = None
    newest_event: date | None = None


def pass_table(connection: DuckDBPyConnection, passage: Passage) -> Outcome:
    """Bring in one table; where a file is refused, the whole table is left out and only held rows are tried again."""
    outcome = Outcome()
    table = passage.table
    is_waiting = quarantine.holds(connection, table)
    if not passage.sources and not is_waiting:
        return outcome
    create_candidates(connection, table, passage.load)
    landings: list[Landed] = []
    try:
        _land(connection, passage, outcome, landings)
        with passage.clock.stage("checking"):
            held = quarantine.add_held(connection, table) if is_waiting else 0
        if landings or held:
            with passage.judging.making(connection, table) as make:
                _bring_in(connection, passage, outcome, landings, make)
    finally:
        for landed in landings:
            unfold(connection, table, landed.number)
            forget(connection, landed.landing)
        drop_candidates(connection)
    return outcome


def _bring_in(
    connection: DuckDBPyConnection, passage: Passage, outcome: Outcome, landings: list[Landed], make: Make
) -> None:
    """Judge the candidates, all of them there, and write what becomes of them."""
    table = passage.table
    with passage.clock.stage("checking"):
        shape = _judge(connection, table, make)
        if not outcome.refused:
            outcome.refused += _too_many_rejected(connection, passage, outcome.files)
        if outcome.refused:
            outcome.files.clear()
            make = make_here(connection)  # what is left are the few rows held before
            shape = _without_delivery(connection, table, make)
    with passage.clock.stage("history"):
        _settle(connection, passage, outcome, landings, shape, make=make)


def _land(connection: DuckDBPyConnection, passage: Passage, outcome: Outcome, landings: list[Landed]) -> None:
    """Land and check each file; a file that cannot be used is refused, the others are still looked at."""
    for source in passage.sources:
        passage.progress(source.file, 0.0)
        number = next(passage.landing_numbers)
        try:
            with passage.clock.stage("reading"):
                found = land(connection, source, number, in_place=True)
            passage.progress(source.file, 0.4)
            account = FileAccount(next(passage.file_ids), source.file, passage.table.name)
            unknown: dict[str, None] = {}
            for place, landing in enumerate(found):
                landing_number = number if place == 0 else next(passage.landing_numbers)
                checked = _check(
                    connection, passage, source, Landed(landing, landing_number, account.file_id), landings
                )
                account.counts.read += checked.rows
                unknown |= dict.fromkeys(checked.unknown)
        except Refused as fault:
            outcome.refused.append(refusal_of(fault))
            passage.progress(source.file, 1.0)
            continue
        if unknown:
            outcome.unknown_columns[source.file] = list(unknown)
        outcome.files.append(account)
        passage.progress(source.file, 0.7)


def _check(
    connection: DuckDBPyConnection, passage: Passage, source: Source, landed: Landed, landings: list[Landed]
) -> Landing:
    """Check a landing; where a file in place proves to be other than it seemed, its text is landed first. Refused."""
    if _is_checked(connection, passage, landed, landings):
        return landed.landing
    connection.execute("DELETE FROM candidate WHERE _landing = ?", [landed.number])
    forget(connection, landings.pop().landing)
    with passage.clock.stage("reading"):
        [landing] = land(connection, source, landed.number)
    _is_checked(connection, passage, replace(landed, landing=landing), landings)
    return landing


def _is_checked(connection: DuckDBPyConnection, passage: Passage, landed: Landed, landings: list[Landed]) -> bool:
    """Add a landing to `landings` and its rows to the candidates; whether they are proven to be its rows."""
    with passage.clock.stage("checking"):
        landed = replace(landed, relation=fold(connection, passage.table, landed.landing, landed.number))
        landings.append(landed)
        try:
            passage.judging.check(connection, passage.table, landed, passage.data_date)
        except duckdb.InvalidInputException:
            if landed.landing.in_place is None:
                raise
            return False
        return prove(connection, passage.table, landed)


def _judge(connection: DuckDBPyConnection, table: Table, make: Make) -> Shape:
    """Validity that depends on other rows, duplicates, references: in the order in which the first fault counts."""
    recognise_withdrawals(connection, table, make)
    shape = shape_of(connection, table)
    check_levels(connection, table, shape, make)
    mark_duplicates(connection, table, shape, make)
    check_references(connection, table, shape, make)
    return shape


def _without_delivery(connection: DuckDBPyConnection, table: Table, make: Make) -> Shape:
    """Only the rows held before, judged anew."""
    connection.execute("DELETE FROM candidate WHERE _entry IS NULL")
    connection.execute("UPDATE candidate SET _fault = NULL")
    return _judge(connection, table, make)


def _too_many_rejected(connection: DuckDBPyConnection, passage: Passage, files: list[FileAccount]) -> list[Refusal]:
    """The files of which too many rows are rejected for more than a reference that is not there yet."""
    refusals = []
    for file in files:
        faults = connection.execute(
            f"SELECT _fault, count(*) FROM candidate WHERE _file = ? AND _entry IS NULL AND _fault < {DUPLICATE}"
            " GROUP BY _fault ORDER BY count(*) DESC, _fault",
            [file.file_id],
        ).fetchall()
        counted = [(fault, number) for fault, number in faults if fault != TOTALS and reason_of(fault) not in RETRIED]
        rows = file.counts.read - sum(number for fault, number in faults if (fault, number) not in counted)
        bad = sum(number for _, number in counted)
        if bad >= passage.limits.rows and bad > passage.limits.share * rows:
            found = messages.Rejections(bad, rows, passage.limits.share, counted)
            refusals.append(messages.too_many_rejected(passage.table, file.file, found))
    return refusals


def _settle(
    connection: DuckDBPyConnection,
    passage: Passage,
    outcome: Outcome,
    landings: list[Landed],
    shape: Shape,
    *,
    make: Make,
) -> None:
    """Write quarantine and history, and make the accounts add up."""
    table = passage.table
    released = quarantine.resolve(connection, table, passage.load)
    quarantine.restate(connection, table)
    if not outcome.refused:
        quarantine.hold(connection, table, shape, landings, passage.load)
        outcome.newest_event = _newest_event(connection, table)
    if outcome.files:
        write_units(connection, passage.load, table)
    fates = _fates(connection)
    _count(outcome, fates, apply(connection, table, shape, passage.load, make))
    if outcome.files or released:
        outcome.counts = Counts(released=released)
        for file in outcome.files:
            outcome.counts.add(file.counts)
    for file in outcome.files:
        passage.progress(file.file, 1.0)


def _fates(connection: DuckDBPyConnection) -> dict[int, list[int]]:
    """Of each file of the delivery: rows accepted, duplicates, totals rows, rows rejected."""
    rows = connection.execute(
        f"""
        SELECT _file, count(*) FILTER (_fault IS NULL), count(*) FILTER (_fault = {DUPLICATE}),
               count(*) FILTER (_fault = {TOTALS}), count(*) FILTER (_fault > 0 AND _fault < {DUPLICATE})
        FROM candidate WHERE _entry IS NULL GROUP BY _file
        """
    ).fetchall()
    return {file_id: counts for file_id, *counts in rows}


def _count(outcome: Outcome, fates: dict[int, list[int]], applied: Applied) -> None:
    for file in outcome.files:
        accepted, duplicates, totals, quarantined = fates.get(file.file_id, (0, 0, 0, 0))
        counts = file.counts
        counts.new, counts.changed = applied.new.get(file.file_id, 0), applied.changed.get(file.file_id, 0)
        counts.unchanged = accepted - counts.new - counts.changed
        counts.duplicates, counts.totals_rows, counts.quarantined = duplicates, totals, quarantined
        if counts.accounted != counts.read:
            raise AccountError(file.file, counts)


def _newest_event(connection: DuckDBPyConnection, table: Table) -> date | None:
    """The newest event date among the delivery's accepted rows."""
    events = [quoted(column.name) for column in table.columns if column.event]
    if not events:
        return None
    newest = ", ".join(f"max({name})" for name in events)
    row = connection.execute(
        f"SELECT {newest} FROM candidate WHERE _fault IS NULL AND _entry IS NULL AND _mode = 0"
    ).fetchone()
    return max((each for each in row or () if each is not None), default=None)


def refusal_of(fault: Refused) -> Refusal:
    """The account's line about a file that the readers could not use."""
    return Refusal(fault.file, fault.table, fault.reason, fault.message, {"english": fault.english})
