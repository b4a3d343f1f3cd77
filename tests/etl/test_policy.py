"""A city's settings: the defaults, its pack over them, and what is wrong with a pack."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.policy import SHIPPED, PolicyError, packs_of, policy_of, write_policy

CITY = "990100000000"


def pack(folder: Path, text: str, city: str = CITY, name: str = "city") -> Path:
    (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / name / "policy.toml").write_text(f'city_code = "{city}"\n{text}', encoding="utf-8")
    return folder


def written(packs: list[Path], table: str, city: str = CITY) -> list[tuple[Any, ...]]:
    connection = duckdb.connect()
    connection.execute(
        f"CREATE SCHEMA live; CREATE TABLE live.regions AS SELECT '{city}' AS region_code, 'city' AS level"
    )
    write_policy(connection, packs)
    return connection.execute(f"SELECT * EXCLUDE (city_code) FROM policy.{table} ORDER BY ALL").fetchall()


def test_without_a_pack_the_defaults_hold(tmp_path: Path) -> None:
    assert policy_of(CITY, [tmp_path])["zero_households"] == {"days": 20}
    assert written([tmp_path], "age_4050") == [("female", 40), ("male", 50)]
    assert written([tmp_path], "subsidy_months") == [("insurance", 36), ("post", 36)]


def test_a_list_holds_from_each_day_until_the_next(tmp_path: Path) -> None:
    personal = [row for row in written([tmp_path], "loan_product") if row[2] == "personal"]

    assert [(start, end, cap) for start, end, _, cap, *_ in personal] == [
        (date(2002, 12, 24), date(2008, 1, 1), Decimal(20_000)),
        (date(2008, 1, 1), date(2023, 1, 1), Decimal(50_000)),
        (date(2023, 1, 1), date(9999, 12, 31), Decimal(300_000)),
    ]


def test_the_pack_of_the_citys_code_holds_key_by_key(tmp_path: Path) -> None:
    text = "[zero_households]\ndays = 30\n[ages]\ngroup_4050 = { male = 45, female = 35 }\n"
    pack(tmp_path, "[zero_households]\ndays = 99\n", city="420200000000", name="other")
    pack(tmp_path, text)

    assert written([tmp_path], "zero_household") == [(30,)]
    assert written([tmp_path], "age_4050") == [("female", 35), ("male", 45)]
    assert written([tmp_path], "working_age") == [
        (date(1978, 6, 2), date(9999, 12, 31), "female", 55),
        (date(1978, 6, 2), date(9999, 12, 31), "male", 60),
    ]


def test_the_homes_pack_wins_over_the_shipped_one(tmp_path: Path) -> None:
    shipped = pack(tmp_path / "shipped", "[zero_households]\ndays = 30\n")
    own = pack(tmp_path / "home", "[zero_households]\ndays = 40\n")

    assert policy_of(CITY, [shipped, own])["zero_households"]["days"] == 40


def test_a_home_has_its_own_packs_over_the_shipped_ones(tmp_path: Path) -> None:
    pack(tmp_path / "cities", "[zero_households]\ndays = 40\n")

    assert policy_of(CITY, packs_of(tmp_path))["zero_households"]["days"] == 40


def test_every_shipped_pack_can_be_read() -> None:
    packs = sorted(SHIPPED.glob("*/policy.toml"))
    for path in packs:
        code = path.read_text(encoding="utf-8").split('city_code = "')[1][:12]
        assert written([SHIPPED], "age_4050", code), path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[zero_households\n", "TOML"),
        ('[zero_households]\ndays = "twenty"\n', "zero_households.days.*whole number.*twenty"),
        ("[zero_households]\ndyas = 20\n", "zero_households.dyas.*days"),
        ("[loans]\nproducts = [ { valid_from = 2002-01-01, product = 'personal', cap = 5 } ]\n", "entry 1.term_months"),
        ("[loans]\nproducts = 5\n", "loans.products.*list"),
        ("[loans]\nfund_multiple = [ { valid_from = 'yesterday', value = 5.0 } ]\n", "valid_from.*date"),
        ("[targets.pace]\nplaced = [0.5, 1.0]\n", "targets.pace.placed.*twelve"),
        ("[targets.pace]\nplaced = [0.5, 0.4, 0.6, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 1.0]\n", "rise to 1"),
        ("[ages]\ngroup_4050 = { male = 50 }\n", "ages.group_4050.female"),
    ],
)
def test_a_wrong_pack_says_which_setting_and_what_is_expected(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(PolicyError, match=rf"(?s)policy\.toml.*{words}"):
        policy_of(CITY, [pack(tmp_path, text)])
