"""What a load says of itself: where every row went, and which files it would not take."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any


@dataclass
class Counts:
    """Rows of a file or table. `released`: rows held before that this load let in, apart from the delivery's own."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    totals_rows: int = 0
    quarantined: int = 0
    released: int = 0

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The counts' names, in order."""
        return tuple(each.name for each in fields(cls))

    def as_dict(self) -> dict[str, int]:
        """Name → count, in order."""
        return {name: getattr(self, name) for name in self.names()}

    def add(self, other: "Counts") -> None:
        """Add another file's counts to these."""
        for name in self.names():
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def accounted(self) -> int:
        """Rows of the delivery whose fate is known; must equal `read`."""
        return self.new + self.changed + self.unchanged + self.duplicates + self.totals_rows + self.quarantined


@dataclass
class FileAccount:
    """One file of a delivery with its number in the log and its counts."""

    file_id: int
    file: str
    table: str
    counts: Counts = field(default_factory=Counts)


@dataclass(frozen=True)
class Refusal:
    """A file (or the delivery: `table` None) that was not taken, why, and what the clerk should do about it.

    `details`: what the message's wording is made from, so that it can be said in another language.
    """

    file: str
    table: str | None
    reason: str
    message: str
    details: Mapping[str, Any] = field(default_factory=dict)


class AccountError(Exception):
    """Rows of a file went unaccounted for: our work is wrong, and nothing may be published."""

    def __init__(self, file: str, counts: Counts) -> None:
        super().__init__(f"{file}: {counts.read} rows read, {counts.accounted} accounted for ({counts.as_dict()})")
        self.file, self.counts = file, counts


@dataclass
class Account:
    """The account of one delivery; `load` is None where nothing was loaded."""

    load: int | None = None
    data_date: date | None = None
    tables: dict[str, Counts] = field(default_factory=dict)
    files: list[FileAccount] = field(default_factory=list)
    unrecognised: list[str] = field(default_factory=list)
    unknown_columns: dict[str, list[str]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The account as `load --json` prints it."""
        return {
            "load": self.load,
            "data_date": self.data_date.isoformat() if self.data_date else None,
            "tables": {name: counts.as_dict() for name, counts in self.tables.items()},
            "files": [{"file": each.file, "table": each.table, **each.counts.as_dict()} for each in self.files],
            "unrecognised": self.unrecognised,
            "unknown_columns": self.unknown_columns,
            "refused": [
                {"file": each.file, "table": each.table, "reason": each.reason, "message": each.message}
                for each in self.refused
            ],
        }
