"""What a reader types finds a place: code, name, initials, spelling, and any reading of a character."""

import pytest

from dashboard.naming import BEGINS, CODE, HOLDS, INITIALS, INNER, SPELLING, name_fit

CODE_OF = "990102001000"


@pytest.mark.parametrize(
    ("typed", "fit"),
    [
        ("990102", CODE),
        ("磁山", BEGINS),
        ("csj", INITIALS),
        ("CSJD", INITIALS),
        ("cishanj", SPELLING),
        ("街道", HOLDS),
        ("sjd", INNER),
        ("shanjie", INNER),
        ("csx", None),
        ("csjdx", None),
        ("990103", None),
        ("", None),
        ("松林", None),
    ],
)
def test_a_street_is_found_by(typed: str, fit: int | None) -> None:
    assert name_fit(CODE_OF, "磁山街道", typed) == fit


def test_every_reading_of_a_character_finds_it() -> None:
    assert name_fit(CODE_OF, "长桥街道", "cqjd") == INITIALS
    assert name_fit(CODE_OF, "长桥街道", "zqjd") == INITIALS
    assert name_fit(CODE_OF, "长乐街道", "changle") == SPELLING


def test_letters_and_digits_in_a_name_read_as_themselves() -> None:
    assert name_fit(CODE_OF, "第3社区A", "d3sqa") == INITIALS
