"""What reading gives back: sources found, files landed as raw text, and files that cannot be used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

# Called with the shown file name and the rows landed so far.
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Source:
    """One thing to read: a file, or (with `url`) a table, view or SELECT of a database.

    `file` is the name that reports show, `table` the contract table's; `form` is csv, xlsx, parquet or database;
    `path` is the file, or the folder whose `delivery.toml` names the database.
    """

    file: str
    table: str
    form: str
    path: Path
    url: str | None = field(default=None, repr=False)
    query: str | None = None


@dataclass(frozen=True)
class InPlace:
    """A file whose rows are its lines, one each, read where it stands whenever they are asked for.

    `relation`: its rows in the file's order, without their lines; `first`: the line of the first. `select`: the same
    SELECT over any file that is written alike, below as many lines. `path` is the text in UTF-8, as it was at `state`
    (size and time of change), in `folder` where that is not the delivered file itself.
    """

    relation: str
    first: int
    select: Callable[[Path, int], str]
    path: Path
    state: tuple[int, int]
    folder: TemporaryDirectory[str] | None


@dataclass(frozen=True)
class Landing:
    """One file (or one sheet of it) as raw text: a relation of `_line`, `_extra` and one VARCHAR per delivered column.

    A workbook gives one landing per sheet that holds the header, all with the same `file`.

    relation: `landing.fN`. `_line` BIGINT is the physical line (CSV, header = 1), the sheet's row, or row number + 1
      (Parquet, database: the first row is 2); unique within a landing, rows lie in that order. `_extra` BOOLEAN is true
      where a row has non-blank cells beyond the header: its cells may be shifted, so it must be quarantined, and no
      cell of it shown unmasked. The other columns bear canonical names; NULL or text, neither trimmed nor normalised.
      Rows without any non-blank cell are not landed.
    table: the contract table's name. file: the name that reports show.
    columns: canonical names of the delivered contract columns (with `voided`, if delivered), in file order.
    factors: canonical name → what its numbers are multiplied by (only where a unit in the header says other than 1).
    headers: canonical name → header as delivered. unknown: headers as delivered that are ignored.
    normal: no character of the relation is changed by NFKC, so that normalising may be left out.
    trimmed: nor does any cell begin or end with a blank, so that trimming may be left out.
    rows: rows in the relation.
    in_place: where set, nothing is landed yet: the relation reads the file, and `rows` is what the scan saw of it;
      what is made of the relation has to be compared with it (`etl.proof`).
    serials: a bare number of five digits in a date column is a spreadsheet's day number (1 = 1900-01-01, 60 is no day).
    """

    relation: str
    table: str
    file: str
    columns: tuple[str, ...]
    factors: Mapping[str, int]
    headers: Mapping[str, str]
    unknown: tuple[str, ...]
    normal: bool
    rows: int
    serials: bool = False
    trimmed: bool = False
    in_place: InPlace | None = None


class Refused(Exception):  # noqa: N818 - a delivery that is wrong is an answer, not a failure of ours
    """A file that cannot be used: `file`, `table` (None: the delivery as a whole), `reason`, `message` for a clerk.

    `reason` is `unreadable` or `missing_column` from the readers. `said`: what is wrong, in Chinese and in English.
    `columns`: canonical names of the lacking columns.
    """

    def __init__(
        self, file: str, table: str | None, reason: str, said: tuple[str, str], columns: tuple[str, ...] = ()
    ) -> None:
        super().__init__(f"{file}: {said[0]}")
        self.file, self.table, self.reason, self.columns = file, table, reason, columns
        self.message, self.english = said
