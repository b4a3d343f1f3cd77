"""The page of the design system shows the components as they are now."""

from typing import get_args

from dashboard.components.marks import STATES
from dashboard.panel import Reason
from tests.dashboard.components.design_html import written
from tests.dashboard.components.design_page import PAGE, page


def test_the_page_of_the_design_system_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make docs"


def test_it_shows_every_state_and_every_reason_in_both_languages() -> None:
    shown = page()
    assert [state for state in STATES if f"shape-{state}" not in shown] == []
    assert [reason for reason in get_args(Reason) if shown.count(f'notice-{reason.replace("_", "-")}"') != 2] == []


def test_text_is_escaped() -> None:
    assert written("<b>") == "&lt;b&gt;"
