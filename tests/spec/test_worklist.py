"""Which visits are due: of people in hardship, in months 1 to 12 after the placement, while it lasts."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from etl.marts.worklist import visit_due
from tests.spec.rows import person, placed, world

MIDMONTH = date(2026, 9, 16)


def due(folder: Path, **tables: Any) -> list[tuple[Any, ...]]:
    """Registration, month number, last visit and whether it was visited, as at 16 September 2026."""
    of = visit_due.c
    statement = select(of.registration_no, of.month_number, of.last_visited_on, of.is_visited)
    return sorted(world(folder, MIDMONTH, **tables).fetch(statement), key=lambda row: row[0])


def hard(no: str) -> Any:
    return person(no, hardship="disabled")


def visit(no: str, registration: str, on: str) -> Any:
    return {"visit_no": no, "registration_no": registration, "visited_on": date.fromisoformat(f"2026-{on}")}


def test_a_visit_is_due_in_each_of_the_twelve_months_after_that_of_the_placement(tmp_path: Path) -> None:
    people = [hard("R0"), hard("R1"), hard("R12"), hard("R13")]
    jobs = [
        placed("P0", "R0", "2026-09-02"),
        placed("P1", "R1", "2026-08-31"),
        placed("P12", "R12", "2025-09-30"),
        placed("P13", "R13", "2025-08-31"),
    ]
    assert due(tmp_path, persons=people, placements=jobs) == [("R1", 1, None, False), ("R12", 12, None, False)]


def test_a_visit_in_the_month_is_paid_one_before_is_the_last_and_one_after_the_data_date_unseen(tmp_path: Path) -> None:
    people = [hard("A"), hard("B"), hard("C")]
    jobs = [placed(f"P{no}", no, "2026-05-10") for no in ("A", "B", "C")]
    visits = [visit("V1", "A", "09-01"), visit("V2", "B", "08-31"), visit("V3", "C", "09-17")]
    assert due(tmp_path, persons=people, placements=jobs, visits=visits) == [
        ("A", 4, date(2026, 9, 1), True),
        ("B", 4, date(2026, 8, 31), False),
        ("C", 4, None, False),
    ]


@pytest.mark.parametrize(("ended", "number"), [(date(2026, 8, 31), 0), (date(2026, 9, 1), 1)])
def test_nothing_is_due_once_the_placement_had_ended_before_the_month(tmp_path: Path, ended: date, number: int) -> None:
    jobs = [placed("P", "A", "2026-05-10", ended_on=ended)]
    assert len(due(tmp_path, persons=[hard("A")], placements=jobs)) == number


def test_people_who_were_not_in_hardship_are_not_visited(tmp_path: Path) -> None:
    assert due(tmp_path, persons=[person("A")], placements=[placed("P", "A", "2026-05-10")]) == []
