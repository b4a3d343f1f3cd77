"""The font that the paged files are set in."""

from hashlib import sha256

from dashboard.publish.font import FONT, MISSING, drawable
from tests.dashboard.publish.bulletins import RARE, UNDRAWABLE


def test_the_font_is_the_one_that_every_edition_was_set_in() -> None:
    assert sha256(FONT.read_bytes()).hexdigest() == "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a"


def test_rare_characters_of_names_are_drawn() -> None:
    assert drawable(RARE) == RARE
    assert drawable("磁湖市〔2026〕12号　（一）“％”—") == "磁湖市〔2026〕12号　（一）“％”—"


def test_a_character_that_the_font_lacks_becomes_the_printers_mark() -> None:
    assert drawable(f"{UNDRAWABLE}家湾\n") == f"{MISSING}家湾\n"
