"""Files for the fuzz: sound ones in every format, and the same harmed in a few places."""

import random
from collections.abc import Callable
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

HEADER: Final = ("登记号", "身份证号", "社区代码", "人员类别", "登记日期", "就业愿望")
MOST_ROWS: Final = 6
Row = tuple[str, ...]
Sound = Callable[[random.Random, list[Row]], bytes]


def rows(dice: random.Random) -> list[Row]:
    """A few persons of the contract."""
    return [
        (f"R{number}", f"99010119800101001{number}", "990901001001", "失业人员", f"2026-01-0{number + 1}", "家政")
        for number in range(dice.randrange(MOST_ROWS))
    ]


def delimited(dice: random.Random, persons: list[Row]) -> bytes:
    """Text in one of the delimiters, line ends and encodings that are read."""
    end, delimiter = dice.choice(("\n", "\r\n")), dice.choice(",;\t")
    text = end.join(delimiter.join(row) for row in (HEADER, *persons)) + dice.choice(("", end))
    return text.encode(dice.choice(("utf-8", "utf-8-sig", "gb18030")))


def workbook(dice: random.Random, persons: list[Row]) -> bytes:
    """A workbook with one sheet, now and then with an empty one beside it."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((HEADER, *persons)):
            sheet.write_row(number, 0, row)
        if dice.random() < 0.2:
            book.add_worksheet()
    return content.getvalue()


def parquet(dice: random.Random, persons: list[Row]) -> bytes:
    """Columns of text, compressed in one of the ways that are read."""
    columns = {name: pa.array([row[at] for row in persons], pa.string()) for at, name in enumerate(HEADER)}
    content = BytesIO()
    pq.write_table(pa.table(columns), content, compression=dice.choice(("snappy", "zstd", "none")))
    return content.getvalue()


FORMATS: Final[dict[str, Sound]] = {"csv": delimited, "xlsx": workbook, "parquet": parquet}


def harmed(dice: random.Random, content: bytes, harms: int) -> bytes:
    """A few bytes in so many places, replaced, cut out or put in."""
    changed = bytearray(content)
    for _ in range(harms):
        at, cut = dice.randrange(len(changed) + 1), dice.randrange(4)
        changed[at : at + cut] = dice.randbytes(dice.randrange(4))
    return bytes(changed)


def harmed_within(dice: random.Random, content: bytes, harms: int) -> bytes:
    """An archive with one part harmed: it stays sound, so that the readers of its parts are reached."""
    changed = BytesIO()
    with ZipFile(BytesIO(content)) as archive, ZipFile(changed, "w", ZIP_DEFLATED) as written:
        chosen = dice.choice(archive.namelist())
        for name in archive.namelist():
            part = archive.read(name)
            written.writestr(name, harmed(dice, part, harms) if name == chosen else part)
    return changed.getvalue()
