"""What may stand in a page of the other language: words of the data, and names that are the same in both."""

from pathlib import Path
from typing import Final

import duckdb

from dashboard.warehouse import THREADS
from etl.tables import TABLES

# Formats, names of measures, the other language's own name, commands.
LATIN: Final = {
    "CSV",
    "XLSX",
    "PDF",
    "DOCX",
    "HTML",
    "JSON",
    "PAR",
    "GDP",
    "GeoJSON",
    "SHA",
    "API",
    "reemploy",
    "user",
    "add",
}


def words_of_data(home: Path) -> str:
    """Every word of the marts and of the contract's choices: places, banks, documents, as they were delivered."""
    build = home / "builds" / (home / "CURRENT").read_text(encoding="utf-8").strip()
    with duckdb.connect(
        str(build), read_only=True, config={"threads": THREADS}
    ) as marts:  # as a warehouse of this process
        columns = marts.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'mart'"
            " AND (data_type = 'VARCHAR' OR data_type LIKE 'ENUM%')"
        ).fetchall()
        words = [
            word
            for table, column in columns
            for [word] in marts.execute(f'SELECT DISTINCT "{column}"::VARCHAR FROM mart."{table}"').fetchall()
        ]
    chosen = [choice.zh for table in TABLES for column in table.columns for choice in column.choices]
    return "|".join(filter(None, [*words, *chosen]))
