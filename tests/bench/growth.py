"""Whether a question about the last year takes longer where more years lie before it.

The marts of a loaded city are aged: what was over before its last twelve months is repeated, shifted back year by year,
in the order that the models give them. The pages' questions are asked of the city and of the aged one by turns.
"""

import shutil
import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import duckdb

from dashboard.semantics.answer import answer
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.question import Question
from dashboard.warehouse import Warehouse
from tests.bench.asking import Watched
from tests.bench.report import Part, Target
from tests.bench.sizes import FOLDER, homes

LONGER: Final = 1.2  # beyond what a shared machine's noise does
TIMES: Final = 5  # how often the years before the last one are repeated
ROUNDS: Final = 7
# The marts that grow with the years: what says that a row was over before the last year, and the model's order.
OVER: Final = {
    "registration": ("registered_on < $1", "registered_on"),
    "certificate": ("issued_on < $1", "issued_on"),
    "registration_stretch": ("valid_until < $1", "is_open, valid_until, valid_from"),
    "follow_up": ("month_end < $1", "month_end"),
    "placement": ("placed_on < $1", "placed_on"),
    "referral": ("referred_on < $1", "referred_on"),
    "subsidy": ("paid_on < $1", "paid_on"),
    "subsidy_day": ("executes_until <= $1", "paid_on"),
    "loan": ("disbursed_on < $1", "disbursed_on"),
    "loan_state": (
        "valid_until < $1 OR (valid_until = DATE '9999-12-31' AND outstanding = 0)",
        "valid_until, outstanding > 0, compensated > 0, valid_from",
    ),
    "loan_overdue": ("valid_until < $1", "valid_until, valid_from"),
    "loan_instalment": ("due_on < $1", "due_on"),
    "loan_settlement": ("due_on < $1", "due_on"),
    "loan_payment": ("paid_on < $1", "paid_on"),
    "loan_roll": ("month_end < $1", "month_end"),
}


@dataclass(frozen=True)
class Grown:
    """Query times in ms of every metric by month of the last year, summed, without and with the repeated years."""

    rows: int
    aged_rows: int
    questions: int
    ms: float
    aged_ms: float

    @property
    def ratio(self) -> float:
        """Near 1 where the years before cost nothing."""
        return self.aged_ms / self.ms


def part() -> Part:
    """At the middle size."""
    found = grown(homes()[1].path, FOLDER)
    said = (
        f"{found.questions} metrics by month of the last year, on {found.rows:,} rows of marts and, with the years"
        f" before repeated {TIMES} times, on {found.aged_rows:,}: {found.ms:,.0f} and {found.aged_ms:,.0f} ms of"
        " query time."
    )
    target = Target(
        f"questions about the last year take no longer with {TIMES} times the years before (within 1.2 ×)",
        f"{found.ratio:.2f} ×",
        found.ratio <= LONGER,
    )
    return Part("Growth with the years", [said], [target], found)


def grown(home: Path, folder: Path) -> Grown:
    """Age the newest build of `home` in `folder`, and ask both."""
    young = Warehouse(home).build()
    assert young.data_date is not None
    first = (young.data_date - timedelta(days=365)).replace(day=1)
    path, young_path = folder / "aged.duckdb", young.path
    young.close()
    rows = aged(young_path, path, first)
    builds = {"young": Watched(young_path), "old": Watched(path)}
    taken = dict.fromkeys(builds, 0.0)
    # What sums up to a day from the first one on has all years in it by its meaning.
    asked = [metric.name for metric in METRICS.values() if not metric.required]
    for name in asked:
        question = Question((name,), by=("month",), start=first)
        for which, ms in _by_turns(builds, question).items():
            taken[which] += ms
    for build in builds.values():
        build.close()
    return Grown(*rows, len(asked), taken["young"], taken["old"])


def aged(source: Path, target: Path, first: date) -> tuple[int, int]:
    """A copy of a build with its past repeated; the rows of the marts that grow, before and after."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
    before = after = 0
    with duckdb.connect(str(target)) as connection:
        for mart, (over, order) in OVER.items():
            days = connection.execute(
                "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'mart' AND table_name = ? "
                "AND data_type = 'DATE'",
                [mart],
            ).fetchall()
            shifted = ", ".join(
                f"CASE WHEN {day} > DATE '9000-01-01' OR {day} < DATE '1000-01-01' THEN {day} "
                f"ELSE {day} - cast(730 * times AS INTEGER) END AS {day}"
                for (day,) in days
            )
            [(count,)] = connection.execute(f"SELECT count(*) FROM mart.{mart}").fetchall()
            connection.execute(
                f"CREATE OR REPLACE TABLE mart.{mart} AS SELECT * FROM (FROM mart.{mart} UNION ALL "
                f"SELECT * EXCLUDE (times) REPLACE ({shifted}) FROM mart.{mart}, range(1, {TIMES + 1}) AS r (times) "
                f"WHERE {over.replace('$1', repr(str(first)))}) ORDER BY {order}"
            )
            [(more,)] = connection.execute(f"SELECT count(*) FROM mart.{mart}").fetchall()
            before, after = before + count, after + more
    return before, after


def _by_turns(builds: Mapping[str, Watched], question: Question) -> dict[str, float]:
    rounds: dict[str, list[float]] = {name: [] for name in builds}
    for _ in range(ROUNDS):
        for name, build in builds.items():
            rounds[name].append(build.timed(lambda build=build: answer(build, question)))  # type: ignore[misc]  # mypy gives a default no type
    return {name: statistics.median(found) for name, found in rounds.items()}
