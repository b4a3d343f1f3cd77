"""What held rows and findings say to whoever looks into them, as tables in the build: the marts carry the words."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.contract import region_column
from etl.finding_messages import FINDINGS
from etl.messages import header_of, row_message
from etl.tables import BY_NAME

BATCH: Final = 20_000
_CODE: Final = re.compile(r"\d{6}|\d{9}|\d{12}")
_HELD: Final = pa.schema(
    [("entry", pa.int64())]
    + [(name, pa.string()) for name in ("reason", "column", "message_zh", "message_en", "region_code")]
)


def write_messages(connection: DuckDBPyConnection, *, kept: bool = False) -> None:
    """Create `core.held_message` (of each row held now) and `core.finding_message` (of each kind of finding).

    `region_code` is what the row itself says of where it belongs, 12 digits; null where it says nothing readable.
    `kept`: what is said of rows held since the load before stands, by the same code: it is not said again.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS core")
    if kept:
        connection.execute(
            "DELETE FROM core.held_message AS said WHERE NOT EXISTS (FROM log.quarantine AS held"
            " WHERE held.until_load IS NULL AND held.entry = said.entry"
            ' AND held.reason = said.reason AND held."column" IS NOT DISTINCT FROM said."column")'
        )
    else:
        columns = ", ".join(f'"{name}" {"BIGINT" if name == "entry" else "VARCHAR"}' for name in _HELD.names)
        connection.execute(f"CREATE OR REPLACE TABLE core.held_message ({columns})")
    cursor = connection.cursor().execute(
        'SELECT entry, "table", reason, "column", "key", "values" FROM log.quarantine AS held'
        " ANTI JOIN core.held_message AS said ON held.entry = said.entry WHERE until_load IS NULL"
    )
    while rows := cursor.fetchmany(BATCH):
        connection.register("held_messages", pa.Table.from_pylist(list(_said(rows)), _HELD))
        connection.execute("INSERT INTO core.held_message FROM held_messages")
        connection.unregister("held_messages")
    connection.execute(
        "CREATE OR REPLACE TABLE core.finding_message (finding VARCHAR, message_zh VARCHAR, message_en VARCHAR)"
    )
    connection.executemany(
        "INSERT INTO core.finding_message VALUES (?, ?, ?)", [[name, *said] for name, said in FINDINGS.items()]
    )


def _said(rows: list[tuple[int, str, str, str | None, str, str]]) -> Iterator[dict[str, object]]:
    for entry, name, reason, column, key, text in rows:
        values, table = json.loads(text), BY_NAME[name]
        zh, en = (row_message(table, reason, column, key=key, values=values, lang=lang) for lang in ("zh", "en"))
        said = {"message_zh": zh, "message_en": en, "region_code": _region(name, values)}
        yield {"entry": entry, "reason": reason, "column": column, **said}


def _region(name: str, values: Mapping[str, str]) -> str | None:
    column = region_column(BY_NAME[name])
    header = header_of(name, tuple(values), column) if column else None
    if header is None:
        return None
    code = unicodedata.normalize("NFKC", values[header]).strip().removesuffix(".0")
    return code.ljust(12, "0") if _CODE.fullmatch(code) else None
