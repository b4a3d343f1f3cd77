"""How well what a reader typed fits a place's name: its code, characters, pinyin initials or spelling.

A character may be read in several ways (长 chang, zhang); any of them fits: a place's own reading is in no dictionary.
"""

from functools import lru_cache

from pypinyin import Style, pinyin

Readings = tuple[tuple[str, ...], ...]
CODE, BEGINS, INITIALS, SPELLING, HOLDS, INNER = range(6)  # the better fit first


def name_fit(code: str, name: str, typed: str) -> int | None:
    """How `typed` fits, the smaller the better; None where it does not, or where nothing was typed."""
    wanted = typed.strip().lower()
    if not wanted:
        return None
    lowered = name.lower()
    if wanted.isdigit() and code.startswith(wanted):
        return CODE
    if lowered.startswith(wanted):
        return BEGINS
    if wanted in lowered:
        return HOLDS
    return _letters_fit(name, wanted) if wanted.isascii() and wanted.isalnum() else None


def _letters_fit(name: str, wanted: str) -> int | None:
    syllables = readings(name)
    for start in range(len(syllables)):
        if _initials(syllables[start:], wanted):
            return INNER if start else INITIALS
        if _spelled(syllables[start:], wanted):
            return INNER if start else SPELLING
    return None


@lru_cache(maxsize=65536)
def readings(name: str) -> Readings:
    """The readings of each character, without tones; a letter or a digit reads as itself."""
    read: list[tuple[str, ...]] = []
    for character in name.lower():
        [found] = pinyin(character, style=Style.NORMAL, heteronym=True)
        read.append(tuple(dict.fromkeys(found)))
    return tuple(read)


def _initials(syllables: Readings, wanted: str) -> bool:
    """Whether `wanted` is one first letter of each syllable, from the first on."""
    if len(wanted) > len(syllables):
        return False
    return all(
        any(reading.startswith(letter) for reading in syllable)
        for letter, syllable in zip(wanted, syllables, strict=False)
    )


def _spelled(syllables: Readings, wanted: str) -> bool:
    """Whether the syllables written one after another, in any readings, begin with `wanted`."""
    if not wanted:
        return True
    if not syllables:
        return False
    return any(
        reading.startswith(wanted) or (wanted.startswith(reading) and _spelled(syllables[1:], wanted[len(reading) :]))
        for reading in syllables[0]
        if reading
    )
