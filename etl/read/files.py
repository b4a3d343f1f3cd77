"""Which files of a delivery feed which table, and the data date that the delivery declares."""

import re
import tomllib
import unicodedata
from datetime import date, datetime
from pathlib import Path
from typing import Any

from etl.contract import FORMS
from etl.read.landing import Refused, Source
from etl.tables import TABLES

DECLARATION = "delivery.toml"
_NAMES = {name.casefold(): table.name for table in TABLES for name in (table.name, table.zh)}


def find_files(delivery: Path) -> tuple[list[Source], list[str]]:
    """The sources of `delivery` in order of their names, and the names of files that are not recognised.

    Those belong to no table or are of no known kind. Sub-folders are ignored. Raises Refused where `delivery.toml`
    cannot be used.
    """
    sources, unrecognised = _from_database(delivery)
    for path in sorted(delivery.iterdir(), key=lambda path: path.name):
        if path.is_dir() or path.name == DECLARATION:
            continue
        table, form = table_of(path.name), FORMS.get(path.suffix.lower())
        if table is None or form is None or not path.is_file():
            unrecognised.append(path.name)
        else:
            sources.append(Source(path.name, table, form, path=path))
    return sources, unrecognised


def table_of(file_name: str) -> str | None:
    """The table whose name, English or Chinese, `file_name` starts with: the longest, followed by no letter."""
    text = unicodedata.normalize("NFKC", file_name).casefold()
    fitting = [name for name in _NAMES if text.startswith(name) and not text[len(name) : len(name) + 1].isalpha()]
    return _NAMES[max(fitting, key=len)] if fitting else None


def declared_date(delivery: Path) -> date | None:
    """The data date that `delivery.toml` or the folder's name declares; None where neither does."""
    declared = _declaration(delivery).get("data_date")
    if declared is not None:
        return _as_date(declared)
    try:
        name = delivery.resolve().name
        return date.fromisoformat(name) if re.fullmatch(r"\d{4}-\d\d-\d\d", name) else None
    except ValueError:
        return None


def _as_date(declared: Any) -> date:
    if isinstance(declared, datetime):
        return declared.date()
    if isinstance(declared, date):
        return declared
    try:
        return date.fromisoformat(str(declared).strip())
    except ValueError:
        raise _wrong(
            f"data_date 不是日期：{declared!r}，应写作 data_date = 2026-09-30",
            f"data_date is no date: {declared!r}; write data_date = 2026-09-30",
        ) from None


def _declaration(delivery: Path) -> dict[str, Any]:
    path = delivery / DECLARATION
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        raise _wrong(f"无法读取：{fault}", f"It cannot be read: {fault}") from fault


def _from_database(delivery: Path) -> tuple[list[Source], list[str]]:
    declaration = _declaration(delivery)
    url, queries = declaration.get("url"), declaration.get("tables", {})
    if url is None:
        return [], []
    if (
        not isinstance(url, str)
        or not isinstance(queries, dict)
        or not all(isinstance(q, str) for q in queries.values())
    ):
        raise _wrong(
            'url 应为文本，[tables] 应为 persons = "v_persons" 或 "SELECT …"',
            'url must be a text, and [tables] of the form persons = "v_persons" or "SELECT …"',
        )
    known = {key: _NAMES.get(unicodedata.normalize("NFKC", key).strip().casefold()) for key in queries}
    sources = [
        Source(_shown(query, table), table, "database", path=delivery, url=url, query=query)
        for key, query in queries.items()
        if (table := known[key]) is not None
    ]
    return sources, [f"[tables] {key}" for key, table in known.items() if table is None]


def is_select(query: str) -> bool:
    """Whether `query` is a statement and not the name of a table or view."""
    return re.match(r"\s*(select|with)\b", query, re.IGNORECASE) is not None


def _shown(query: str, table: str) -> str:
    return table if is_select(query) else query.strip()


def _wrong(message: str, english: str) -> Refused:
    return Refused(DECLARATION, None, "unreadable", (message, english))
