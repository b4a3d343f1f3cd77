"""Bullets and chances: where the marks stand, and which word a probability has."""

import pytest

from dashboard.components.bullet import REACH, Bullet, bullet
from dashboard.components.chance import chance_said, chance_word
from dashboard.text import Words


def lefts(drawn: Bullet) -> dict[str, str]:
    """Where each mark stands, by its class."""
    return {mark.className: mark.style.get("left") or mark.style["width"] for mark in bullet(drawn).children}


def test_marks_stand_in_proportion_to_the_target() -> None:
    found = lefts(Bullet(100, 50, "watch", "", due=75, earlier=25, low=90, high=110, forecast=100))
    assert found["bullet-target"] == f"{100 / REACH:.2f}%"
    assert found["bullet-due"] == f"{75 / REACH:.2f}%"
    assert found["bullet-earlier"] == f"{25 / REACH:.2f}%"
    assert found["bullet-done done-watch"] == f"{50 / REACH:.2f}%"


def test_what_is_beyond_the_line_stands_at_its_end_and_what_is_missing_nowhere() -> None:
    found = lefts(Bullet(100, 900, "met", ""))
    assert found == {"bullet-done done-met": "100.00%", "bullet-target": f"{100 / REACH:.2f}%"}
    assert "bullet-none" in bullet(Bullet(0, 5, "met", "")).className


@pytest.mark.parametrize(
    ("probability", "word"),
    [(0.99, "likely"), (0.85, "likely"), (0.849, "probable"), (0.6, "probable"), (0.5, "even chances"),
     (0.4, "even chances"), (0.39, "doubtful"), (0.15, "doubtful"), (0.01, "unlikely"), (None, "cannot be told")],
)  # fmt: skip
def test_a_probability_has_the_word_of_its_band(probability: float | None, word: str) -> None:
    assert chance_word(probability, Words("en")) == word


def test_word_and_number_stand_together() -> None:
    assert chance_said(0.86, Words("zh")) == "很可能完成（86%）"
