"""Cells of XLSX sheets that hold an error (`#N/A`, `#DIV/0!`): calamine gives them as empty, which would lose them."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from zipfile import ZipFile

from etl.read.characters import CHUNK

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_CELL = re.compile(rb"<c\s([^>]*)>(?:(?!</c>).)*?<v>([^<]*)</v>", re.DOTALL)
_LETTERS = re.compile(r"([A-Z]+)(\d+)")


def error_cells(path: Path, sheet: str) -> Mapping[tuple[int, int], str]:
    """(row, position) → the error's text, of one sheet of a workbook; rows count from 1, positions from 0."""
    with ZipFile(path) as archive:
        part = _part(archive, sheet)
        return dict(_errors(archive, part)) if part in archive.namelist() else {}


def _part(archive: ZipFile, sheet: str) -> str:
    """The archive's file that holds `sheet`; an empty name where the workbook is of another make."""
    names = archive.namelist()
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return ""
    sheets = _elements(_SHEET, archive.read("xl/workbook.xml"))
    relation = next((entry.get(b"r:id") for entry in sheets if _text(entry, b"name") == sheet), None)
    relations = _elements(_RELATION, archive.read("xl/_rels/workbook.xml.rels"))
    target = next((_text(entry, b"Target") for entry in relations if entry.get(b"Id") == relation), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _text(entry: Mapping[bytes, bytes], name: bytes) -> str:
    return unescape(entry.get(name, b"").decode())


def _elements(pattern: re.Pattern[bytes], xml: bytes) -> Iterator[dict[bytes, bytes]]:
    return (dict(_ATTRIBUTE.findall(element)) for element in pattern.findall(xml))


def _errors(archive: ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    rest = b""
    with archive.open(part) as file:
        while piece := file.read(CHUNK):
            rest += piece
            whole, rest = rest[: (end := rest.rfind(b"</c>") + 4)], rest[end:]
            if b't="e"' not in whole:
                continue
            for attributes, text in _CELL.findall(whole):
                entry = dict(_ATTRIBUTE.findall(attributes))
                if entry.get(b"t") == b"e" and b"r" in entry:
                    yield _place(entry[b"r"].decode()), unescape(text.decode())


def _place(reference: str) -> tuple[int, int]:
    found = _LETTERS.fullmatch(reference)
    if found is None:
        return 0, 0
    position = 0
    for letter in found[1]:
        position = position * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), position - 1
