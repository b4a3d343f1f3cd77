"""Shapes of the tables on the page of data quality: what `loads`, `quarantine`, `findings` and `query` say of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from dashboard.drawings.loads import COUNTS
from dashboard.panel import Drawing, Panel
from dashboard.period import Period
from dashboard.quality import filter_value
from dashboard.view import View
from etl.tables import BY_NAME
from tests.dashboard.shapes import Said, command, names_of, path, query

# What no command says: places in a file, days, and what loads brought of a part of the city. Tested with the drawings.
TOLD: Final = {
    *("line", "days", "returned_times", "newest_load", "row_count", "late", "returned", "oldest", "read"),
    *("quarantined", "held", "rate", "rows"),
}


def _home(view: View) -> tuple[str, str]:
    return ("--home", str(view.build.path.parent.parent))


def loads(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Loads with their accounts, as `reemploy loads` prints them; of a part of the city no command speaks."""
    if {"load", "delivery", "new"} <= names_of(drawing):
        said = {row["load"]: row for row in command("loads", *_home(view))}
        for row in drawing.table.rows:
            yield from ((name, row[name], said[row["load"]][name]) for name in COUNTS)


def accounts(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """The files of the newest load add up to what `reemploy loads` says of it; rows released belong to no file."""
    if {"table_said", "file", "new"} <= names_of(drawing):
        newest = command("loads", *_home(view))[-1]
        for name in COUNTS:
            total = sum(row[name] for row in drawing.table.rows)
            yield name, total, 0 if name == "released" else newest[name]


def held(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Rows held, by table, by unit and one by one, are those that `reemploy quarantine` lists."""
    names = names_of(drawing)
    found = command("quarantine", *_home(view))
    if {"key", "message", "line"} <= names:
        listed = {(row["key"], row["message"], row["line"]): row for row in found}
        for row in drawing.table.rows:
            yield "load", row["load"], listed[row["key"], row["message"], row["line"]]["load"]
    if view.region.level != "city":
        return
    if {"table_said", "held", "reasons"} <= names:
        by_table = Counter(view.words.of(BY_NAME[row["table"]]) for row in found)
        yield from (("held", row["held"], by_table[row["table_said"]]) for row in drawing.table.rows)
    elif {"label", "held", "read"} <= names and "table_said" not in names:
        yield "held", sum(row["held"] for row in drawing.table.rows), len(found)


def findings(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Kinds of findings are counted as `reemploy findings` lists them, in the region in view."""
    if {"label", "rows", "units"} <= names_of(drawing):
        own = (row for row in command("findings", *_home(view)) if view.region.code in path(view, row["region_code"]))
        counted = Counter(filter_value(view.words, "finding", row["finding"]) for row in own)
        yield from (("rows", row["rows"], counted[row["label"]]) for row in drawing.table.rows)


def rounds(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Reports by round: those on time, of those due, are the metric of the newest day; and nothing due is left out."""
    if not {"due_on", "on_time", "missing"} <= names_of(drawing):
        return
    sums: dict[tuple[str, date], list[int]] = defaultdict(lambda: [0, 0])
    for row in drawing.table.rows:
        yield "due", row["due"], row["on_time"] + row["late"] + row["missing"]
        sums[row["code"], row["due_on"]][0] += row["on_time"]
        sums[row["code"], row["due_on"]][1] += row["due"]
    day = max(due_on for _, due_on in sums)
    said = query(view, "reporting_on_time", Period(day, day), view.as_of, by=(view.level,), region=view.area.code)
    for (code, due_on), (on_time, due) in sums.items():
        if due_on == day:
            yield "on_time", 100 * on_time / due, said[(code,)]


LOG_SHAPES: Final = (loads, accounts, held, findings, rounds)
