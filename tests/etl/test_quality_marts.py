"""The log of loads as marts: accounts by region, what is held in words, and the same as it was known at a load."""

from typing import Any

import duckdb

from etl.build import known_at
from tests.etl.bureau import PERSONS, PINE, REGIONS, Bureau, person


def ask(path: Any, select: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(select).fetchall()


def test_rows_are_counted_where_they_say_they_belong_and_held_rows_speak_both_languages(bureau: Bureau) -> None:
    """One good row and one wrong row of PINE's, one of an unknown community of its street, one of nowhere."""
    lines = [
        person("R1"),
        person("R2", on="2026-02-30"),
        person("R3", community="990101001999"),
        person("R4", community="9901"),
    ]
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + "".join(lines)})
    build = bureau.home.current()
    region = "JOIN mart.region AS region USING (region_id)"
    accounts = ask(
        build, f"SELECT region_code, read, quarantined FROM mart.unit_account {region} WHERE table_name = 'persons'"
    )
    assert accounts == [(f"{PINE}", 2, 1)]
    held = ask(
        build,
        'SELECT held."key", region_code, message_zh, message_en FROM mart.held_row AS held'
        " LEFT JOIN mart.region AS region USING (region_id) ORDER BY held.line",
    )
    assert [row[:2] for row in held] == [("R2", PINE), ("R3", "990101001000"), ("R4", None)]
    assert "不是有效日期" in held[0][2]
    assert "no valid date" in held[0][3]
    [(rows, newest, load)] = ask(
        build, "SELECT row_count, newest_event::VARCHAR, newest_load FROM mart.coverage WHERE table_name = 'persons'"
    )
    assert (rows, newest, load) == (1, "2026-01-05", 1)


def test_what_was_held_at_an_earlier_load_is_held_in_it_again(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1", on="2026-02-30")})
    bureau.send({"persons.csv": PERSONS + person("R1")})
    bureau.send({"persons.csv": PERSONS + person("R2")})
    held = 'SELECT "key" FROM mart.held_row'
    assert ask(bureau.home.current(), held) == []
    cut = known_at(bureau.home.path, 1)
    assert ask(cut, held) == [("R1",)]
    assert ask(cut, "SELECT load, sum(read) FROM mart.load_file GROUP BY load") == [(1, 6)]
