"""Bytes as delivered → what they are written in, and whether NFKC would change any character."""

import codecs
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

CHUNK = 1 << 20  # larger pieces leave the processor's cache: a third of the speed
_FIRST_BEYOND_ASCII = 0x80
_HANGUL_VOWELS_AND_TAILS = range(0x1160, 0x1200)
_BLANKS_BEYOND_ASCII = "\x85\u200b\u2028\u2029\ufeff"  # NFKC leaves them, trimming does not
_UNKNOWN, _STABLE, _UNSTABLE = range(3)


@cache
def _verdicts() -> npt.NDArray[np.uint8]:
    """What is known of every code point: judging all of them takes a second, a delivery's few thousand take none."""
    return np.full(0x110000, _UNKNOWN, dtype=np.uint8)


def _is_unstable(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Of each code point: NFKC changes it, it may join the character before (marks, Hangul), or is a blank."""
    verdicts = _verdicts()
    found: npt.NDArray[np.uint8] = verdicts[codes]
    new = found == _UNKNOWN
    if new.any():
        for code in np.unique(codes[new]).tolist():
            letter = chr(code)
            joins = unicodedata.category(letter)[0] == "M" or code in _HANGUL_VOWELS_AND_TAILS
            changes = joins or letter in _BLANKS_BEYOND_ASCII or not unicodedata.is_normalized("NFKC", letter)
            verdicts[code] = _UNSTABLE if changes else _STABLE
        found = verdicts[codes]
    return np.equal(found, _UNSTABLE)


def is_normal(text: str) -> bool:
    """Whether NFKC leaves `text` as it is, judged by its characters one by one (marks and blanks count as changing)."""
    if text.isascii():
        return True
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return not bool(_is_unstable(codes).any())


def is_normal_file(path: Path) -> bool:
    """The same for a UTF-8 file, in pieces: ASCII bytes fall away first, which leaves the other characters whole."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
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
