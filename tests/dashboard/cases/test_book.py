"""Cases from finding to outcome: opened once, kept for good, handled by whom they belong to; on both databases."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.access.account import Account
from dashboard.access.roles import PERMITS, ROLES
from dashboard.cases.book import CaseBook
from dashboard.cases.case import OUTCOMES, WAYS, CaseError, Outcome, State, Tally, tally
from dashboard.semantics.scope import Scope
from dashboard.state import audit
from dashboard.state.database import State as StateDatabase
from dashboard.warehouse import Build
from tests.dashboard.cases.findings_world import NORTH, SOUTH, build_of

TWICE = ("subsidy_overlap", "B1", NORTH, 900.0, 300.0)
JOBLESS = ("subsidy_without_job", "B1", NORTH, 900.0, 600.0)
LATE = ("subsidy_after_exit", "B2", SOUTH, 500.0, 500.0)
ANALYST = Account(1, "li", "", ("analyst",))
NORTHERNER = Account(2, "wang", "", ("district",), (NORTH,))


def numbers(book: CaseBook, folder: Path, load: int, *rows: tuple[str, str, str, float, float]) -> Sequence[int]:
    return [case.number for case in book.seen(build_of(folder, load, *rows))]


def test_a_case_outlives_its_finding_and_is_the_same_when_it_returns(
    either_state: StateDatabase, tmp_path: Path
) -> None:
    book = CaseBook(either_state)
    assert numbers(book, tmp_path, 1, TWICE) == [1]
    second = build_of(tmp_path, 2, LATE)
    assert {case.number: case.gone_load for case in book.seen(second)} == {1: 2, 2: None}
    book.record(1, "recovered", second, ANALYST, amount=Decimal("300.00"))
    third = build_of(tmp_path, 3, ("subsidy_overlap", "B1", NORTH, 900.0, 450.0), LATE)
    case, steps = book.case(1, third)
    assert (case.state, case.gone_load) == ("recovered", None)
    assert (case.recovered, case.in_doubt) == (Decimal(300), Decimal(450))
    assert [step.action for step in steps] == ["opened", "gone", "recovered", "returned"]
    assert numbers(book, tmp_path, 4, TWICE, LATE) == [2, 1]
    assert [step.action for step in book.case(1, build_of(tmp_path, 5, TWICE))[1]][-1] == "changed"
    # A build of before (after a restore) opens and closes nothing.
    assert book.case(2, second)[0].gone_load == 5
    with either_state.read() as connection:
        said = [entry.action for entry in audit.entries(connection)]
    assert said.count("case.recovered") == 1
    assert said.count("case.followed") == 5


def taken(book: CaseBook, build: Build, number: int, outcome: Outcome, by: Account = ANALYST) -> State | str:
    """The state after a step, or `refused`."""
    try:
        return book.record(number, outcome, build, by, note="说明", amount=Decimal(1)).state
    except CaseError:
        return "refused"


def test_what_may_follow_what(state: StateDatabase, tmp_path: Path) -> None:
    befores: tuple[Outcome, ...] = ("explained", "recovered", "dismissed", "reopened", "noted")
    pairs = [(before, outcome) for before in befores for outcome in OUTCOMES]
    rows = [("subsidy_overlap", f"B{at:02d}", NORTH, 900.0, 300.0) for at in range(len(pairs))]
    book, build = CaseBook(state), build_of(tmp_path, 1, *rows)
    book.follow(build)
    for number, (before, outcome) in enumerate(pairs, 1):
        if before == "reopened":
            taken(book, build, number, "dismissed")
        now = taken(book, build, number, before)
        states, leads_to = WAYS[outcome]
        expected = (leads_to or now) if now in states else "refused"
        assert taken(book, build, number, outcome) == expected, (before, outcome)


NO_OUTCOMES: tuple[tuple[Outcome, str, Decimal | None], ...] = (
    ("explained", " ", None),
    ("dismissed", "", None),
    ("recovered", "", None),
    ("recovered", "", Decimal(0)),
    ("recovered", "", Decimal("0.005")),
    ("recovered", "", Decimal("900.01")),
    ("explained", "本人 11010519491231002X 已退", None),
)


def test_what_is_no_outcome(state: StateDatabase, tmp_path: Path) -> None:
    book, build = CaseBook(state), build_of(tmp_path, 1, TWICE)
    book.follow(build)
    for outcome, note, amount in NO_OUTCOMES:
        with pytest.raises(CaseError):
            book.record(1, outcome, build, ANALYST, note=note, amount=amount)
    case, steps = book.case(1, build)
    assert (case.state, len(steps)) == ("open", 1)


def test_money_comes_back_in_parts_but_never_more_than_was_paid(either_state: StateDatabase, tmp_path: Path) -> None:
    book, build = CaseBook(either_state), build_of(tmp_path, 1, TWICE)
    book.follow(build)
    book.record(1, "recovered", build, ANALYST, amount=Decimal("100.50"))
    assert book.record(1, "recovered", build, ANALYST, amount=Decimal("799.50")).recovered == 900
    with pytest.raises(CaseError):
        book.record(1, "recovered", build, ANALYST, amount=Decimal("0.01"))


def test_nobody_sees_or_handles_a_case_outside_their_regions(either_state: StateDatabase, tmp_path: Path) -> None:
    book, build = CaseBook(either_state), build_of(tmp_path, 1, TWICE, LATE)
    own = build.within(NORTHERNER.scope)
    foreign = next(case.number for case in book.seen(build) if case.region_code == SOUTH)
    assert {case.region_code for case in book.seen(own)} == {NORTH}
    for attempt in (
        lambda: book.case(foreign, own),
        lambda: book.record(foreign, "explained", own, NORTHERNER, note="说明"),
    ):
        with pytest.raises(CaseError):
            attempt()
    assert book.case(foreign, build)[0].state == "open"
    assert book.seen(build.within(Scope(regions=()))) == []


def test_who_does_not_follow_cases_up_records_nothing(state: StateDatabase, tmp_path: Path) -> None:
    book, build = CaseBook(state), build_of(tmp_path, 1, TWICE)
    book.follow(build)
    for role in ROLES:
        expected = "open" if "cases" in PERMITS[role] else "refused"
        assert taken(book, build, 1, "noted", Account(3, "chen", "", (role,))) == expected, role


def test_two_who_read_the_same_case_do_not_overwrite_each_other(state: StateDatabase, tmp_path: Path) -> None:
    book, build = CaseBook(state), build_of(tmp_path, 1, TWICE)
    seen = book.case(1, build)[1][-1].step_id
    book.record(1, "noted", build, ANALYST, note="已电话核实", after=seen)
    with pytest.raises(CaseError):
        book.record(1, "dismissed", build, ANALYST, note="不属实", after=seen)


def test_of_several_findings_on_one_payment_the_largest_counts(state: StateDatabase, tmp_path: Path) -> None:
    found = CaseBook(state).seen(build_of(tmp_path, 1, TWICE, JOBLESS, LATE))
    sums = tally(found)
    assert sums == Tally(3, Decimal(1100), Decimal(0))
