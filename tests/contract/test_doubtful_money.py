"""How much of a payment is in doubt, and which monthly subsidies run and until when: one delivery, counted by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from etl.home import Home
from tests.contract.bureau import Bureau, Row, id_number, person, row


def registered(no: int, birth: str = "19800101") -> Row:
    return person(f"R{no}", id_number=id_number(birth, 2 * no), registered_on="2021-01-01")


def placed(no: int, day: str, **cells: Any) -> Row:
    return row("placements", placement_no=f"A{no}", registration_no=f"R{no}", placed_on=day, **cells)


def paid(no: str, registration: int, start: str, end: str, amount: int, **cells: Any) -> Row:
    months = {"period_start": start, "period_end": end, "paid_on": "2026-09-15", "kind": "post"}
    return row("subsidies", payment_no=no, registration_no=f"R{registration}", amount=amount, **(months | cells))


def asked(bureau: Bureau, select: str) -> list[tuple[Any, ...]]:
    build = Home(bureau.home).current()
    assert build is not None
    with duckdb.connect(str(build), read_only=True) as connection:
        return connection.execute(select).fetchall()


def test_money_in_doubt_and_entitlements_that_run(city: Bureau) -> None:
    city.load(
        persons=[registered(no) for no in (1, 2, 3, 5, 6, 7, 8)] + [registered(4, "19711115")],
        placements=[
            placed(2, "2026-09-10"),
            placed(8, "2026-01-05", ended_on="2026-08-31"),
            *(placed(no, "2022-01-01") for no in (1, 3, 4, 5, 6, 7)),
        ],
        subsidies=[
            # Of two payments for May the later one is in doubt, with one of its two months.
            paid("Z1", 1, "2026-03", "2026-05", 300, paid_on="2026-06-01"),
            paid("Z2", 1, "2026-05", "2026-06", 200, paid_on="2026-07-01"),
            # July and August without a job; September has a day of one.
            paid("Z3", 2, "2026-07", "2026-09", 300, kind="insurance"),
            # 36 months are allowed: what comes after them is in doubt, wholly.
            paid("Z4", 3, "2023-01", "2025-12", 3600, paid_on="2026-01-05"),
            paid("Z5", 3, "2026-01", "2026-02", 200),
            # Running: until 55 on 15 November 2026; one month of 36 left; paid ahead until December.
            paid("Z6", 4, "2026-07", "2026-09", 900),
            paid("Z7", 5, "2023-11", "2026-09", 3500),
            paid("Z8", 6, "2026-07", "2026-12", 600),
            # Not running: last paid for May; no job any more.
            paid("Z9", 7, "2026-05", "2026-05", 100),
            paid("Y1", 8, "2026-07", "2026-08", 200),
        ],
    )
    doubts = asked(city, "SELECT finding, key, amount, in_doubt FROM mart.finding ORDER BY finding, key")
    assert [each for each in doubts if each[0].startswith("subsidy_")] == [
        ("subsidy_over_duration", "Z4", 3600, 0),
        ("subsidy_over_duration", "Z5", 200, 200),
        ("subsidy_overlap", "Z1", 300, 0),
        ("subsidy_overlap", "Z2", 200, 100),
        ("subsidy_without_job", "Z3", 300, 200),
    ]
    behind = asked(city, "SELECT payment_no FROM mart.doubt_payment ORDER BY payment_no")
    assert [key for (key,) in behind] == ["Z1", "Z2", "Z3", "Z4", "Z5"]
    assert len(asked(city, "SELECT * FROM mart.doubt_registration")) == 3
    running = asked(
        city,
        "SELECT registration_no, kind, monthly_amount, last_month, reason FROM mart.entitlement"
        " ORDER BY registration_no",
    )
    assert running == [
        ("R2", "insurance", Decimal(100), date(2029, 6, 1), "duration"),
        ("R4", "post", Decimal(300), date(2026, 11, 1), "age"),
        ("R5", "post", Decimal(100), date(2026, 10, 1), "duration"),
        ("R6", "post", Decimal(100), date(2026, 12, 1), "granted"),
    ]
