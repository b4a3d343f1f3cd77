"""The privacy gate: no file leaves that holds an ID number, a telephone number or a bank account number.

It reads what a person would read: the text of a PDF, the texts within Office archives, everything else as it is.
A number is told from codes, dates and amounts by its length, its check digit and the day of birth within it.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Final
from unicodedata import category, normalize
from xml.etree import ElementTree as ET

from pypdfium2 import PdfDocument
from stdnum import luhn
from stdnum.cn import ric


@dataclass(frozen=True)
class Leak:
    """A number that must not leave: `kind` is id_number, phone or bank_account; `masked` shows its ends only."""

    file: str
    kind: str
    masked: str


_ONE_AT_A_TIME: Final = Lock()  # PDFium takes one thread at a time

# A digit may be followed by one separator, as people group them; what touches other digits, letters or a decimal point
# is part of something else. Division codes have 6, 9 or 12 digits, amounts a comma or a point.
_APART: Final = r"(?<![0-9A-Za-z.,])"
_END: Final = r"(?![0-9A-Za-z]|[.,][0-9])"
_ID_18: Final = re.compile(rf"{_APART}\d{{6}}[ -]?\d{{8}}[ -]?\d{{3}}[\dXx]{_END}")
_ID_15: Final = re.compile(rf"{_APART}[1-8]\d{{5}}[ -]?\d{{6}}[ -]?\d{{3}}{_END}")
_MOBILE: Final = re.compile(rf"(?<![0-9A-Za-z.,+])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}{_END}")
_LANDLINE: Final = re.compile(rf"{_APART}(?:\(0\d{{2,3}}\)[ -]?|0\d{{2,3}}[ -])[2-9]\d{{6,7}}{_END}")
_ACCOUNT: Final = re.compile(rf"{_APART}(?:\d{{4}}[ -]){{3,4}}\d{{3,4}}{_END}|{_APART}\d{{16,19}}{_END}")


def leaks(files: Mapping[str, bytes]) -> list[Leak]:
    """Every number that must not leave, file by file; each once."""
    return [
        Leak(name, kind, masked)
        for name, content in files.items()
        for kind, masked in dict.fromkeys(_found(_plain("\n".join(texts(name, content)))))
    ]


def texts(name: str, content: bytes) -> Iterator[str]:
    """What a reader of the file can read, in pieces."""
    if content.startswith(b"%PDF"):
        with _ONE_AT_A_TIME, PdfDocument(content) as document:
            yield from document.get_metadata_dict().values()
            yield from [page.get_textpage().get_text_range() for page in document]
    elif content.startswith(b"PK"):
        yield from _archived(content)
    else:
        yield content.decode("utf-8")
    yield name


def _archived(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            yield part
            inner = archive.read(part)
            if part.endswith((".xml", ".rels")):
                yield from _paragraphs(ET.fromstring(inner))  # noqa: S314 - we made the file a moment ago
            elif inner.startswith((b"PK", b"%PDF")):
                yield from texts(part, inner)


def _paragraphs(root: ET.Element) -> Iterator[str]:
    """Texts by paragraph or cell, for a number may be cut into runs of letters; attributes as they are."""
    for element in root.iter():
        if element.tag.rpartition("}")[2] in ("p", "si", "is", "c"):
            yield "".join(element.itertext())
        elif element.text and element.text.strip():
            yield element.text
        yield from (value for value in element.attrib.values() if len(value) >= _SHORTEST)


_SHORTEST: Final = 11  # digits of a mobile number


def _plain(text: str) -> str:
    """Full-width digits as ASCII; without the invisible characters that break lines."""
    return "".join(letter for letter in normalize("NFKC", text) if category(letter) != "Cf").replace("‑", "-")


def _found(text: str) -> Iterator[tuple[str, str]]:
    for kind, pattern, is_one in _KINDS:
        for match in pattern.finditer(text):
            number = re.sub(r"[ ()+-]", "", match[0])
            if is_one(number):
                yield kind, f"{number[:3]}…{number[-2:]}"


def _is_id_18(number: str) -> bool:
    return ric.calc_check_digit(number) == number[17].upper() and _is_birth(number[6:14])


def _is_id_15(number: str) -> bool:
    return _is_birth(f"19{number[6:12]}")


def _is_birth(digits: str) -> bool:
    try:
        return date(1900, 1, 1) <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) <= date(2099, 12, 31)
    except ValueError:
        return False


def _is_account(number: str) -> bool:
    return bool(luhn.is_valid(number)) and number[0] in "3456" and not _is_id_18(number.ljust(18, "0"))


_KINDS: Final[tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...]] = (
    ("id_number", _ID_18, _is_id_18),
    ("id_number", _ID_15, _is_id_15),
    ("phone", _MOBILE, lambda _: True),
    ("phone", _LANDLINE, lambda _: True),
    ("bank_account", _ACCOUNT, _is_account),
)
