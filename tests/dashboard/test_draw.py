"""The error boundary: what a panel may answer instead of a drawing."""

import pytest
from sqlalchemy import column, select, table

from dashboard.components.notice import EXPLANATIONS, TITLES, notice
from dashboard.draw import draw
from dashboard.panel import Drawing, Panel, Reason, Withheld
from dashboard.semantics.question import QuestionError
from dashboard.text import Words
from dashboard.view import View


def panel(fault: Exception) -> Panel:
    def build(_view: View) -> Drawing:
        raise fault

    return Panel("broken", "Table", "Table", (), build)


def test_without_a_build_it_says_that_nothing_is_loaded() -> None:
    answer = draw(panel(ValueError()), None)
    assert isinstance(answer, Withheld)
    assert answer.reason == "unavailable"


def test_our_fault_is_logged_under_the_number_that_the_reader_sees(
    city: View, caplog: pytest.LogCaptureFixture
) -> None:
    answer = draw(panel(ZeroDivisionError("here")), city)
    assert isinstance(answer, Withheld)
    assert answer.reason == "failed"
    assert answer.detail in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_what_a_build_of_before_does_not_have_comes_with_the_next_load(city: View) -> None:
    def build(view: View) -> Drawing:
        view.build.fetch(select(column("of_now")).select_from(table("build", schema="mart")))
        raise AssertionError

    answer = draw(Panel("newer", "Table", "Table", (), build), city)
    assert isinstance(answer, Withheld)
    assert (answer.reason, answer.detail) == ("unavailable", "下次装载后才有这些指标。")


def test_a_senseless_question_is_answered_in_the_readers_language(city: View) -> None:
    answer = draw(panel(QuestionError("没有这个维度", "there is no such dimension")), city)
    assert isinstance(answer, Withheld)
    assert answer.detail == "没有这个维度"


@pytest.mark.parametrize("reason", TITLES)
@pytest.mark.parametrize("words", [Words("zh"), Words("en")])
def test_every_reason_has_words_of_its_own(reason: Reason, words: Words) -> None:
    said = str(notice(Withheld(reason, "a1b2c3"), words))
    assert words.say(TITLES[reason]) in said
    assert words.say(EXPLANATIONS[reason]) in said
    assert "a1b2c3" in said
    assert len(set(TITLES.values())) == len(TITLES)
