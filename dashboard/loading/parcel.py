"""What somebody uploads: names that stay inside their folder, kinds that the loader reads, sizes within limits."""

import os
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, Self

from werkzeug.datastructures import FileStorage

from dashboard.semantics.words import Text
from dashboard.state.settings import StateError, section
from etl.contract import FORMS

DECLARATION: Final = "delivery.toml"
LONGEST: Final = 200  # bytes of a name: file systems take 255
MANY: Final = 500  # files of one delivery
_PIECE: Final = 1 << 20
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')
_MEGABYTE: Final = 1 << 20
_DAY_FOLDER: Final = re.compile(r"\d{4}-\d\d-\d\d")


class ParcelError(ValueError):
    """What was uploaded cannot be taken; `text` says why and what to do, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


@dataclass(frozen=True)
class Bounds:
    """`[inbox] file_mb, total_mb` of settings.toml: how large one file and all of a delivery may be."""

    file_mb: int = 300
    total_mb: int = 500

    @classmethod
    def of(cls, home: Path) -> Self:
        """The bounds of a home; StateError where they mean nothing."""
        given = section(home, "inbox")
        try:
            return cls(int(given.get("file_mb", cls.file_mb)), int(given.get("total_mb", cls.total_mb)))
        except (TypeError, ValueError) as fault:
            raise StateError(f"{home / 'settings.toml'}: [inbox]: {fault}") from fault

    @property
    def total_bytes(self) -> int:
        """All that a request may bring, the form's own fields included."""
        return self.total_mb * _MEGABYTE + _MEGABYTE


@dataclass(frozen=True)
class Parcel:
    """What was stored: files with their sizes, and the data date that the upload itself declares."""

    files: tuple[tuple[str, int], ...]
    data_date: date | None


def stored(uploads: Iterable[FileStorage], folder: Path, bounds: Bounds) -> Parcel:
    """Write the uploads into `folder`, owner-only; ParcelError. Sub-folders are left out, as the loader does."""
    files: list[tuple[str, int]] = []
    declared: date | None = None
    taken: set[str] = set()
    for upload in uploads:
        *above, name = (upload.filename or "").replace("\\", "/").split("/")
        if not name or len(above) > 1 or name.startswith("."):
            continue
        if above and _DAY_FOLDER.fullmatch(above[0]) and declared is None:
            declared = _day(above[0])
        if name == DECLARATION:
            declared = _declared(upload)
            continue
        name = _checked(name)
        if name.casefold() in taken:
            raise ParcelError(f"有两个文件都叫“{name}”，请改名后重传", f"two files are called “{name}”: rename one")
        taken.add(name.casefold())
        if len(taken) > MANY:
            raise ParcelError(f"一次最多 {MANY} 个文件", f"a delivery may have {MANY} files at most")
        files.append((name, _write(upload, folder / name, bounds)))
        if sum(size for _, size in files) > bounds.total_mb * _MEGABYTE:
            raise ParcelError(
                f"全部文件合计超过 {bounds.total_mb} MB，请分批装载",
                f"all files together are larger than {bounds.total_mb} MB: load them in parts",
            )
    if not files:
        raise ParcelError("没有选择数据文件", "no data file was chosen")
    return Parcel(tuple(files), declared)


def _checked(name: str) -> str:
    """The file's name as it is stored: of a kind that is read, nothing that leads elsewhere or hides."""
    name = unicodedata.normalize("NFC", name).strip()
    if _FORBIDDEN.search(name) or len(name.encode()) > LONGEST or name in ("", ".", ".."):
        raise ParcelError(
            f"文件名“{name[:40]}”不能使用，请改名后重传", f"the name “{name[:40]}” cannot be used: rename it"
        )
    if Path(name).suffix.lower() not in FORMS:
        kinds = "、".join(kind.removeprefix(".").upper() for kind in FORMS)
        raise ParcelError(
            f"“{name}”不是可装载的文件，只收 {kinds}",
            f"“{name}” is none of the kinds that are loaded: {', '.join(FORMS)}",
        )
    return name


def _write(upload: FileStorage, path: Path, bounds: Bounds) -> int:
    """The file's bytes; nothing that is there is overwritten or followed."""
    size = 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while piece := upload.stream.read(_PIECE):
            size += len(piece)
            if size > bounds.file_mb * _MEGABYTE:
                raise ParcelError(
                    f"“{path.name}”超过 {bounds.file_mb} MB，请拆成几个文件",
                    f"“{path.name}” is larger than {bounds.file_mb} MB: split it into several files",
                )
            file.write(piece)
    return size


def _declared(upload: FileStorage) -> date | None:
    """The data date of an uploaded delivery.toml; it may say nothing else, least of all which database to read."""
    try:
        said = tomllib.loads(upload.stream.read(_PIECE).decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ParcelError(f"{DECLARATION} 无法读取：{fault}", f"{DECLARATION} cannot be read: {fault}") from fault
    if "url" in said or "tables" in said:
        raise ParcelError(
            f"网页装载的 {DECLARATION} 只能写 data_date，不能写数据库；请用命令行装载数据库",
            f"{DECLARATION} may say data_date here and no database: load a database from the command line",
        )
    day = said.get("data_date")
    if isinstance(day, datetime):
        return day.date()
    return day if isinstance(day, date) else _day(str(day)) if day is not None else None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ParcelError(f"“{text}”不是日期，应写作 2026-09-30", f"“{text}” is no date: write 2026-09-30") from None
