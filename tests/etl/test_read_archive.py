"""A workbook is counted before it is read: small files that fill all memory, directories that lie, document types."""

import struct
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from etl.read.archive import BulkyError, check_bulk

LARGEST = 1 << 20


def archive(path: Path, content: bytes, kind: int = ZIP_DEFLATED) -> Path:
    with ZipFile(path, "w", kind) as made:
        made.writestr("xl/workbook.xml", b"<workbook/>")
        made.writestr("xl/worksheets/sheet1.xml", content)
    return path


@pytest.mark.parametrize("kind", [ZIP_DEFLATED, ZIP_STORED])
def test_what_fits_passes_and_one_byte_more_does_not(tmp_path: Path, kind: int) -> None:
    room = LARGEST - len(b"<workbook/>")
    check_bulk(archive(tmp_path / "fits.xlsx", b"x" * room, kind), LARGEST)
    with pytest.raises(BulkyError):
        check_bulk(archive(tmp_path / "large.xlsx", b"x" * (room + 1), kind), LARGEST)


def test_a_directory_is_not_taken_at_its_word(tmp_path: Path) -> None:
    """The sizes in the directory say a hundred bytes; the data are fifty megabytes of one letter."""
    path = archive(tmp_path / "lies.xlsx", b"x" * (50 << 20))
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    assert struct.unpack_from("<L", content, at + 24) == (50 << 20,)
    struct.pack_into("<L", content, at + 24, 100)
    path.write_bytes(content)
    with ZipFile(path) as lying:
        assert lying.infolist()[-1].file_size == 100
    with pytest.raises(BulkyError):
        check_bulk(path, LARGEST)


def test_a_document_type_is_refused_wherever_it_stands(tmp_path: Path) -> None:
    for before in (0, (1 << 20) - 4):  # also where two pieces meet
        content = b" " * before + b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
        with pytest.raises(BulkyError):
            check_bulk(archive(tmp_path / f"{before}.xlsx", content), 4 * LARGEST)
