"""ID numbers: GB 11643's check character, the upgrade of old numbers, and the keyed pseudonym."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric

from etl import identity


def accepted(text: str) -> str | None:
    """The 18-character number that a delivered one stands for."""
    with duckdb.connect() as connection:
        seventeen = identity.digits("x")
        select = f"SELECT {identity.number('x', 'd')} FROM (SELECT x, {seventeen} AS d FROM (SELECT ?::VARCHAR AS x))"
        row = connection.execute(select, [text]).fetchone()
    assert row is not None
    return str(row[0]) if row[0] is not None else None


@pytest.mark.parametrize("text", ["11010519491231002X", "11010519491231002x", "110105491231002"])
def test_old_numbers_and_small_letters_stand_for_the_same_person(text: str) -> None:
    assert accepted(text) == "11010519491231002X"


@pytest.mark.parametrize(
    "text",
    ["110105194912310021", "11010519490231002X", "1101051949123100", "11010519491231002Y", "", "110105490231002"],
)
def test_a_wrong_length_day_or_check_digit_is_no_number(text: str) -> None:
    assert accepted(text) is None


@settings(max_examples=100, deadline=None)
@given(st.from_regex(r"\A110105(19|20)[0-9]{2}(0[1-9]|1[0-3])[0-3][0-9]{4}[0-9X]\Z"))
def test_the_check_agrees_with_an_independent_one(text: str) -> None:
    assert (accepted(text) is not None) == ric.is_valid(text)


@given(st.binary(min_size=1, max_size=100), st.text(alphabet="0123456789X", min_size=18, max_size=18))
@settings(max_examples=30, deadline=None)
def test_the_key_in_sql_is_pythons_hmac(key: bytes, number: str) -> None:
    with duckdb.connect() as connection:
        identity.set_key(connection, key)
        row = connection.execute(f"SELECT {identity.keyed('x')} FROM (SELECT ?::VARCHAR AS x)", [number]).fetchone()
    assert row == (identity.person_key(number, key),)


def test_sex_and_birth_date_are_read_from_the_number() -> None:
    with duckdb.connect() as connection:
        select = f"SELECT {identity.sex('x')}, {identity.birth_date('x')}::VARCHAR FROM (SELECT ?::VARCHAR AS x)"
        assert connection.execute(select, ["11010519491231002X"]).fetchone() == ("female", "1949-12-31")
        assert connection.execute(select, ["110105194912310038"]).fetchone() == ("male", "1949-12-31")
        assert connection.execute(select, [None]).fetchone() == (None, None)
