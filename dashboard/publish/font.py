"""The one font of the paged files, locked with the libraries: the same edition looks, and is, the same everywhere."""

import struct
from functools import cache
from pathlib import Path
from typing import Final

import noto_cjk_sans_otc

FONT: Final = Path(str(noto_cjk_sans_otc.FONT_PATH))
FAMILY: Final = "Noto Sans CJK SC"
MISSING: Final = "〓"  # the printer's mark for a character that the font does not have (GB/T 2312, row 1)
_FACE: Final = 2  # the collection's faces: Japanese, Korean, simplified Chinese, …
_UNICODE: Final = (3, 10)  # platform and encoding of the table of all planes
_GROUPED: Final = 12  # its format: runs of characters


def drawable(text: str) -> str:
    """`text` with 〓 for what the font lacks: most of GB 18030's third level, but none of the 8,105 in general use."""
    known = _characters()
    return "".join(letter if ord(letter) in known or letter in "\n\u200b" else MISSING for letter in text)


@cache
def _characters() -> frozenset[int]:
    """The characters that the font draws, read from its character map."""
    font = FONT.read_bytes()
    (face,) = struct.unpack_from(">I", font, 12 + 4 * _FACE)
    start = _table(font, face, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    records = [struct.unpack_from(">HHI", font, start + 4 + 8 * at) for at in range(count)]
    at = start + next(offset for *kind, offset in records if tuple(kind) == _UNICODE)
    layout, _, _, _, groups = struct.unpack_from(">HHIII", font, at)
    if layout != _GROUPED:
        raise ValueError(f"the font's character map has format {layout}, expected {_GROUPED}")
    runs = [struct.unpack_from(">III", font, at + 16 + 12 * run) for run in range(groups)]
    return frozenset(letter for first, last, _ in runs for letter in range(first, last + 1))


def _table(font: bytes, face: int, name: bytes) -> int:
    (tables,) = struct.unpack_from(">H", font, face + 4)
    for at in range(face + 12, face + 12 + 16 * tables, 16):
        if font[at : at + 4] == name:
            return int(struct.unpack_from(">I", font, at + 8)[0])
    raise ValueError(f"the font has no table {name!r}")
