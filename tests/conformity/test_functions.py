"""Every function of the field has its line in docs/functions.md, and every panel named there is on a page."""

import re
from pathlib import Path
from typing import Final

from dashboard.pages import PAGES

LINES: Final = (Path(__file__).parents[2] / "docs" / "functions.md").read_text(encoding="utf-8").splitlines()
NUMBERED: Final = {"A": 15, "B": 20, "C": 14, "D": 23, "E": 19, "F": 12, "G": 12, "H": 7, "I": 10, "J": 7, "K": 13}
CODES: Final = [f"{letter}{number}" for letter, last in NUMBERED.items() for number in range(1, last + 1)] + ["L"]
CARRIED: Final = [line.split("|")[1:-1] for line in LINES if re.match(r"\| [A-L]\d* \|", line)]
EVERYWHERE: Final = ("every page", "every chart", "every panel")


def test_every_function_has_one_line_in_order() -> None:
    assert [cells[0].strip() for cells in CARRIED] == CODES


def test_every_panel_that_is_named_is_on_its_page() -> None:
    panels = {f"{page.name}/{panel.name}" for page in PAGES for panel in page.panels}
    named = {name for cells in CARRIED for name in re.findall(r"`([a-z_]+/[a-z_]+)`", cells[2] + cells[3])}
    assert len(named) > 80
    assert named - panels - {"dashboard/semantics"} == set()


def test_a_function_is_somewhere_or_it_is_said_that_it_is_not_delivered() -> None:
    for code, _, where, said in CARRIED:
        somewhere = "`" in where or any(word in where for word in EVERYWHERE)
        assert somewhere or (where.strip() == "—" and "deliver" in said), code


def test_every_panel_of_the_registry_carries_a_function() -> None:
    named = "\n".join(cells[2] for cells in CARRIED)
    page = next(page for page in PAGES if page.name == "registry")
    left = [panel.name for panel in page.panels if f"`registry/{panel.name}`" not in named]
    assert left == []
