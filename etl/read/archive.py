"""Workbooks are archives: what one holds is counted before anything reads it, for a small file may fill all memory."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

LARGEST: Final = 2 << 30  # bytes: a sheet of a million rows and twenty columns takes about 0.8 GB
_PIECE: Final = 1 << 20
_LOCAL_HEADER: Final = 30  # bytes before a part's name, in front of its data
_LENGTHS: Final = slice(26, 30)  # there: the lengths of the name and of what follows it
_TYPE: Final = b"<!DOCTYPE"  # no workbook needs one; with it a text may name others without end


class BulkyError(ValueError):
    """The archive would take more than LARGEST bytes when unpacked, or a part declares a document type."""


def check_bulk(path: Path, largest: int = LARGEST) -> None:
    """BulkyError where the parts of the archive are too much; their directory is not taken at its word."""
    with ZipFile(path) as archive, path.open("rb") as file:
        left = largest
        for part in archive.infolist():
            before = b""
            for piece in _unpacked(file, part):
                left -= len(piece)
                if left < 0 or _TYPE in before + piece:
                    raise BulkyError
                before = piece[-len(_TYPE) :]


def _unpacked(file: BinaryIO, part: ZipInfo) -> Iterator[bytes]:
    """What a part holds, piece by piece, to the real end of its data."""
    if part.compress_type == ZIP_STORED:
        yield from _packed(file, part)
        return
    if part.compress_type != ZIP_DEFLATED:
        raise NotImplementedError
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in _packed(file, part):
        rest = packed
        while rest and not inflating.eof:
            yield inflating.decompress(rest, _PIECE)
            rest = inflating.unconsumed_tail


def _packed(file: BinaryIO, part: ZipInfo) -> Iterator[bytes]:
    file.seek(part.header_offset)
    lengths = file.read(_LOCAL_HEADER)[_LENGTHS]
    file.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
    left = part.compress_size
    while left and (piece := file.read(min(left, _PIECE))):
        left -= len(piece)
        yield piece
