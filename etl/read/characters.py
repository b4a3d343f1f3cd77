"""Bytes as delivered → what they are written in, and whether NFKC would change any character."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
CHUNK = 1 << 24
_FIRST_BEYOND_ASCII = 0x80
_CONTINUES, _LEADING_BITS = 0x80, 0xC0
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


def is_normal_utf8(data: Bytes) -> bool:
    """The same for valid UTF-8, in pieces: ASCII bytes fall away first, which leaves the others whole."""
    for start in range(0, len(data), CHUNK):
        piece = data[start : start + CHUNK]
        high = piece[piece >= _FIRST_BEYOND_ASCII]
        if high.size and not is_normal(_whole_characters(high, data, start + len(piece))):
            return False
    return True


def _whole_characters(high: Bytes, data: Bytes, end: int) -> str:
    # A character that the piece's edge cuts is completed here, and its rest ignored at the next piece's beginning.
    while end < len(data) and data[end] & _LEADING_BITS == _CONTINUES:
        high, end = np.append(high, data[end]), end + 1
    first = int(np.argmax(high & _LEADING_BITS != _CONTINUES))
    return high[first:].tobytes().decode("utf-8")


def pieces(data: Any) -> Iterator[bytes]:
    """`data` (bytes, or a memory map) in pieces."""
    for start in range(0, len(data), CHUNK):
        yield bytes(data[start : start + CHUNK])
