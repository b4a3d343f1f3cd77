"""The palette: told apart by the colour-blind, seen on both surfaces, and held in one place for pages and charts."""

import re
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest

from dashboard.figures import theme
from dashboard.figures.theme import ACCENT, AGES, BAD, EARLIER, GOOD, SERIES, SHADES, TEMPLATE, WATCH

ROOT = Path(__file__).resolve().parent.parent.parent.parent
TOKENS = (ROOT / "assets" / "10-tokens.css").read_text(encoding="utf-8")
# Paper has its own sizes and its own colours.
SHEETS = [sheet for sheet in (ROOT / "assets").glob("*.css") if sheet.name not in ("10-tokens.css", "print.css")]
COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b")
APART = 15.0  # difference in CIE Lab below which two colours may be taken for one another
Linear = tuple[float, float, float]
# What of linear red, green, blue is left to each: Machado, Oliveira, Fernandes (2009), table 1, severity 1.0.
EYES: Final[dict[str, tuple[Linear, Linear, Linear]]] = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def tokens(scheme: str) -> dict[str, str]:
    """The tokens of colour in light or dark."""
    light, dark = TOKENS.split(':root[data-mantine-color-scheme="dark"] {')
    held = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light))
    return held | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", dark)) if scheme == "dark" else held


def linear(colour: str) -> Linear:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of luminances, 1 to 21."""
    lights = [0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in map(linear, (one, other))]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def lab(colour: str, eyes: str) -> Linear:
    """CIE Lab of a colour as such eyes see it."""
    seen = [
        min(max(sum(share * part for share, part in zip(row, linear(colour), strict=True)), 0), 1) for row in EYES[eyes]
    ]
    red, green, blue = seen
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one: str, other: str, eyes: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one, eyes), lab(other, eyes), strict=True)) ** 0.5


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_states_are_told_apart_by_any_eyes(eyes: str, scheme: str) -> None:
    held = tokens(scheme)
    for names in (("good", "watch", "bad"), ("mark-good", "mark-watch", "mark-bad")):
        for one, other in combinations(names, 2):
            assert apart(held[one], held[other], eyes) >= APART, f"{one} and {other}"


@pytest.mark.parametrize("eyes", EYES)
def test_the_first_four_series_are_told_apart_by_any_eyes(eyes: str) -> None:
    for one, other in combinations(SERIES[:4], 2):
        assert apart(one, other, eyes) >= APART, f"{one} and {other}"


def test_red_and_green_of_one_lightness_would_not_pass() -> None:
    assert apart("#3f8f5f", "#c8503f", "no red") < APART


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_read_on_every_ground(scheme: str) -> None:
    held = tokens(scheme)
    pairs = [(text, ground) for text in ("ink", "muted", "accent") for ground in ("paper", "surface", "hover")]
    pairs += [("faint", "surface")]
    pairs += [(state, ground) for state in ("good", "watch", "bad") for ground in ("surface", f"{state}-soft")]
    pairs += [("ink", f"{state}-soft") for state in ("good", "watch", "bad", "accent")]
    pairs += [("accent", "accent-soft")]
    assert [pair for pair in pairs if contrast(held[pair[0]], held[pair[1]]) < 4.5] == []


@pytest.mark.parametrize("colour", [*SERIES, *AGES, EARLIER, GOOD, WATCH, BAD])
@pytest.mark.parametrize("surface", ["light", "dark"])
def test_every_mark_is_seen_on_light_and_on_dark(colour: str, surface: str) -> None:
    assert contrast(colour, tokens(surface)["surface"]) >= 3


def test_charts_and_pages_hold_the_same_marks() -> None:
    held = tokens("light")
    said = [held[f"mark{name}"] for name in ("", "-earlier", "-good", "-watch", "-bad")]
    assert said == [ACCENT, EARLIER, GOOD, WATCH, BAD]
    assert held["accent"] in SHADES
    assert TEMPLATE["layout"]["colorway"] == list(SERIES)


def test_no_style_sheet_but_the_tokens_holds_a_colour() -> None:
    assert SHEETS
    drawn = {sheet.name: re.sub(r'url\("[^"]*"\)', "", sheet.read_text(encoding="utf-8")) for sheet in SHEETS}
    assert {name: COLOUR.findall(text) for name, text in drawn.items() if COLOUR.search(text)} == {}


def test_no_module_of_the_pages_but_the_theme_holds_a_colour() -> None:
    rooms = [ROOT / "dashboard" / name for name in ("figures", "components", "drawings", "pages")]
    modules = [module for room in rooms for module in room.glob("*.py") if module != Path(theme.__file__)]
    held = {module.name: COLOUR.findall(module.read_text(encoding="utf-8")) for module in modules}
    assert {name: found for name, found in held.items() if found} == {}


def test_sizes_of_type_are_tokens_everywhere() -> None:
    loose = {
        sheet.name: re.findall(r"font-size: (?!var\(--type-|inherit|0\.\d+em)[^;]+", sheet.read_text(encoding="utf-8"))
        for sheet in SHEETS
    }
    assert {name: found for name, found in loose.items() if found} == {}
