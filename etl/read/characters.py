"""Bytes as delivered → what they are written in, and whether NFKC would change any character."""

import codecs
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

CHUNK = 1 << 24
_FIRST_BEYOND_ASCII = 0x80
_HANGUL_VOWELS_AND_TAILS = range(0x1160, 0x1200)


@cache
def _unstable() -> npt.NDArray[np.bool_]:
    """For every code point: NFKC changes it, or may join it with the character before (marks, Hangul)."""
    table = np.zeros(0x110000, dtype=np.bool_)
    for code in range(_FIRST_BEYOND_ASCII, len(table)):
        letter = chr(code)
        joins = unicodedata.category(letter)[0] == "M" or code in _HANGUL_VOWELS_AND_TAILS
        table[code] = joins or not unicodedata.is_normalized("NFKC", letter)
    return table


def is_normal(text: str) -> bool:
    """Whether NFKC leaves `text` as it is, judged by its characters one by one (marks count as changing)."""
    if text.isascii():
        return True
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return not bool(_unstable()[codes].any())


def is_normal_file(path: Path) -> bool:
    """The same for a UTF-8 file, in pieces: ASCII bytes fall away first, which leaves the other characters whole."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for piece in pieces(path):
        data = np.frombuffer(piece, dtype=np.uint8)
        if not is_normal(decoder.decode(data[data >= _FIRST_BEYOND_ASCII].tobytes())):
            return False
    return True


def pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a bounded number at a time."""
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
