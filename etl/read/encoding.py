"""What a text file is written in: UTF-8, or GB18030 (which holds GBK and GB 2312); always the whole file, strictly."""

import codecs
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Final

import pyarrow as pa

from etl.read.characters import CHUNK, pieces
from etl.read.landing import Refused, Source

# Of Chinese text in GB18030, one character in seven happens to be whole in UTF-8.
_WHOLE_AGAINST_BROKEN: Final = 4
_ENOUGH: Final = 1 << 20  # characters beyond ASCII after which a file has shown what it is written in


def as_utf8(source: Source, path: Path, spare: Path) -> Path:
    """A UTF-8 file with the text of `path`: itself, or `spare`, written from GB18030. Refused where neither fits."""
    if _is_utf8(path):
        return path
    before = 0
    for piece in pieces(path):
        if b"\0" in piece:
            line = before + piece[: piece.index(b"\0")].count(b"\n") + 1
            raise _refused(
                source,
                f"第 {line} 行含有空字符（NUL）：文件已损坏，或是 UTF-16 编码（请另存为 UTF-8）",
                f"Line {line} holds a NUL character: the file is damaged, or written in UTF-16 (save it as UTF-8).",
            )
        before += piece.count(b"\n")
    damaged = _decode(path, "utf-8")
    if damaged is None:
        return path
    if _is_mostly_utf8(path):
        raise _refused(
            source,
            f"第 {damaged} 行有损坏的 UTF-8 字符，请重新导出文件",
            f"Line {damaged} holds a damaged UTF-8 character: export the file anew.",
        )
    with spare.open("wb") as written:
        fault = _decode(path, "gb18030", lambda text: written.write(text.encode()))
    if fault is not None:
        raise _refused(
            source,
            f"第 {fault} 行的字符既不是 UTF-8 也不是 GB18030 编码",
            f"Line {fault} is written neither in UTF-8 nor in GB18030: save the file anew.",
        )
    return spare


def _is_utf8(path: Path) -> bool:
    """Whether the whole file is UTF-8 without NUL, and no line a megabyte long; Arrow is quick, but says not where not.

    One buffer is filled again and again: memory of its own for every piece takes three times as long.
    """
    buffer, kept = bytearray(CHUNK), 0
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(memoryview(buffer)[kept:]):
            size = kept + count
            end = buffer.rfind(b"\n", 0, size) + 1  # no character is cut behind a line
            if not end or not _is_text(buffer, end):
                return False
            buffer[: size - end] = buffer[end:size]
            kept = size - end
    return _is_text(buffer, kept)


def _is_text(buffer: bytearray, size: int) -> bool:
    bounds = pa.array([0, size], pa.int32()).buffers()[1]
    try:
        pa.Array.from_buffers(pa.string(), 1, [None, bounds, pa.py_buffer(buffer)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return buffer.find(0, 0, size) < 0


def _decode(path: Path, encoding: str, write: Callable[[str], object] | None = None) -> int | None:
    """The line at which `path` is no valid text of `encoding`, None where it is one; pieces go to `write`."""
    decoder, line = codecs.getincrementaldecoder(encoding)("strict"), 1
    for piece in chain(pieces(path), (b"",)):
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as fault:
            return line + fault.object[: fault.start].count(b"\n")
        line += text.count("\n")
        if write is not None:
            write(text)
    return None


def _is_mostly_utf8(path: Path) -> bool:
    """Whether most characters beyond ASCII are whole in UTF-8: read as GB18030, all of them would become others.

    Replacing a broken character takes 100 ns, so that no more of a file is looked at than its first million.
    """
    decoder, whole, broken = codecs.getincrementaldecoder("utf-8")("replace"), 0, 0
    for piece in chain(pieces(path), (b"",)):
        text = decoder.decode(piece, final=not piece)
        here = text.count("\ufffd")
        beyond = len(text) - len(text.encode("ascii", "ignore"))
        whole, broken = whole + beyond - here, broken + here
        if whole + broken > _ENOUGH:
            break
    return whole > _WHOLE_AGAINST_BROKEN * broken


def _refused(source: Source, message: str, english: str) -> Refused:
    return Refused(source.file, source.table, "unreadable", (message, english))
