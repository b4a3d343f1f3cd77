"""One table's rows in any number: a city, the persons who are registered there, and their placements.

References name persons and communities that are there; of a thousand rows three bear a fault of their own, one names
nobody and one stands twice. The text is as a bureau exports it: Chinese headers and labels.
"""

import shutil
from pathlib import Path
from typing import Final

import duckdb
import xlsxwriter

# Ten placements each of ten million: with fewer persons, a hundredth of the rows touches most of them.
PERSONS: Final = 1_000_000
DATA_DATE: Final = "2026-09-30"
_SQL: Final = Path(__file__).with_name("deliveries")


def base(folder: Path) -> Path:
    """The city with its communities, and the persons that all placements name."""
    for name in ("regions", "persons"):
        _write(folder, name, 0)
    return folder


def placements(folder: Path, rows: int) -> Path:
    """`rows` placements, by their numbers."""
    return _write(folder, "placements", rows)


def delta(folder: Path, rows: int) -> Path:
    """Of those `rows`, one in two hundred with another wage, and as many new ones: 1 % in all."""
    return _write(
        folder, "placements", rows, _statement("delta").replace("placements", f"({_statement('placements')})")
    )


def in_gb18030(folder: Path, source: Path) -> Path:
    """The delivery `source` in the other encoding."""
    folder = _emptied(folder)
    for path in source.glob("*.csv"):
        with path.open(encoding="utf-8") as text, (folder / path.name).open("w", encoding="gb18030") as other:
            shutil.copyfileobj(text, other)
    return folder


def as_workbook(folder: Path, source: Path) -> Path:
    """The placements of the delivery `source` as a workbook."""
    folder = _emptied(folder)
    rows = duckdb.read_csv(str(source / "placements.csv"), all_varchar=True)
    with xlsxwriter.Workbook(folder / "placements.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate([tuple(rows.columns), *rows.fetchall()]):
            sheet.write_row(line, 0, ["" if cell is None else cell for cell in cells])
    return folder


def _statement(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text("utf-8")


def _write(folder: Path, name: str, rows: int, statement: str | None = None) -> Path:
    if statement is None:
        statement = _statement(name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "delivery.toml").write_text(f"data_date = {DATA_DATE}\n", "utf-8")
    with duckdb.connect() as connection:
        connection.execute("SET VARIABLE rows = ?", [rows])
        connection.execute("SET VARIABLE persons = ?", [PERSONS])
        connection.execute(f"COPY ({statement}) TO '{folder / name}.csv' (HEADER)")
    return folder


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "delivery.toml").write_text(f"data_date = {DATA_DATE}\n", "utf-8")
    return folder
