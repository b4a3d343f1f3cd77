"""What changed since an earlier load: in the figure whose rows are looked at, and in every headline figure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from dash import dcc, html

from dashboard.access.present import tell
from dashboard.behind import behind, chosen_part, earlier_build, key_label, part_choices, table_label, unit_of
from dashboard.drawings.numbered import listing, since_this_build
from dashboard.language import message
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.period import Period
from dashboard.remembered import remembered
from dashboard.selection import Selection
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.changes import KINDS, Change, Kind, changes
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.listing import tables_of
from dashboard.semantics.question import Question
from dashboard.semantics.rows import Behind, rows_behind
from dashboard.view import View
from dashboard.warehouse import Build

SHOWN: Final = 14
SAID: Final[Mapping[Kind, str]] = {
    "new": message("new"),
    "entered": message("counts now"),
    "changed": message("brings another amount"),
    "withdrawn": message("row withdrawn"),
    "left": message("counts no more"),
}
HEADLINES: Final = (
    "placed", "posts_developed", "placed_4050", "unemployed", "unemployment_rate", "loan_outstanding", "par_30",
    "subsidy_spend", "budget_execution",
)  # fmt: skip


def changed(view: View) -> Drawing:
    """The rows that entered the figure in view, left it or bring another amount since an earlier load."""
    earlier = earlier_build(view, view.selection.since)
    day = min(view.as_of, earlier.data_date or view.as_of)
    now, before = behind(view, day=day), behind(view, earlier.within(view.build.scope), day)
    part = chosen_part(view, now)
    found = _compared(view, before, now, part.name)
    words, unit = view.words, unit_of(now, part)
    columns = (
        Column("kind", words.say("what happened")),
        Column("key", key_label(view, tables_of(part.part.measures)), "code"),
        Column("region_name", words.say("region")),
        Column("before", words.say("brought before"), unit),
        Column("brings", words.say("brings now"), unit),
        Column("load", words.say("load"), "rank"),
        Column("line", words.say("line of the file"), "rank"),
    )
    rows = [_row(view, each) for each in found]
    tell("rows.seen", now.metric.name, {"search": view.selection.search})
    cells: list[list[Any]] = [
        [
            row["kind"],
            html.Code(row["key"]),
            row["region_name"],
            words.exact(row["before"], unit) if row["before"] is not None else "–",
            words.exact(row["brings"], unit) if row["brings"] is not None else "–",
        ]
        for row in rows[:SHOWN]
    ]
    heads = [column.label for column in columns[:5]]
    return Drawing(
        _reading(view, before, now, earlier.load, found),
        Table(columns, rows),
        body=listing(view, heads, cells, len(rows))
        if rows
        else html.P(words.say("No row changed."), className="muted"),
        height=70 + 31 * len(cells),
        metrics=(now.metric.name,),
        choices=part_choices(view, now),
    )


def _compared(view: View, before: Behind, now: Behind, part: str) -> list[Change]:
    try:
        return changes(before, now, part)
    except OverflowError:
        text = view.words.say("These are too many rows to compare one by one: choose a region or a shorter period.")
        raise Withheld("no_rows", text) from None


def _row(view: View, change: Change) -> Row:
    regions = view.tree.by_code
    place = regions.get(change.region_code)
    return {
        "kind": view.words.say(SAID[change.kind]),
        "table": table_label(view, change.table),
        "key": change.key,
        "region_code": change.region_code,
        "region_name": place.name if place else change.region_code,
        "before": change.before,
        "brings": change.now,
        "load": change.load,
        "line": change.line,
    }


def _reading(view: View, before: Behind, now: Behind, load: int, found: Sequence[Change]) -> str:
    words, unit = view.words, now.metric.unit
    said = {
        "load": str(load),
        "day": words.day(now.asking.as_of),
        "before": words.value(before.figure, unit),
        "now": words.value(now.figure, unit),
    }
    if not found:
        return words.say(
            "As at {day} the figure was {before} as known at load {load}, and is {now} as known now; no row changed.",
            **said,
        )
    kinds = Counter(change.kind for change in found)
    parts = [
        words.say("{number} {kind}", number=words.number(kinds[kind]), kind=words.say(SAID[kind]))
        for kind in KINDS
        if kinds[kind]
    ]
    return words.say(
        "As at {day} the figure was {before} as known at load {load}, and is {now} as known now: {changes}.",
        changes=words.listed(parts),
        **said,
    )


def headlines_changed(view: View) -> Drawing:
    """Every headline figure as the load before knew it and as it is known now, and by which rows they differ."""
    if not view.build.scope.rows:
        raise Withheld("not_allowed")
    earlier = earlier_build(view, None).within(view.build.scope)
    if earlier.data_date is None:
        raise Withheld("unavailable")
    words, day = view.words, earlier.data_date
    with since_this_build(view):
        rows = _headlines(view.build, earlier, view.region.code)
    columns = (
        Column("label", words.say("figure")),
        Column("was", words.say("as known before")),
        Column("new", words.say("new rows"), "short"),
        Column("changed", words.say("changed rows"), "short"),
        Column("gone", words.say("rows gone"), "short"),
        Column("corrected", words.say("the same day, as known now")),
        Column("today", words.say("now, to {day}", day=words.day(view.data_date))),
    )
    shown = [_headline(view, row, earlier, day) for row in rows]
    cells: list[list[Any]] = [
        [dcc.Link(row["label"], href=row["href"]), *(row[column.name] for column in columns[1:])] for row in shown
    ]
    moved = [row["label"] for row, raw in zip(shown, rows, strict=True) if raw["new"] or raw["changed"] or raw["gone"]]
    reading = words.say(
        "Load {load} changed what was known of {day} in {number} of {all} headline figures; the rest is later days.",
        load=str(view.build.load),
        day=words.day(day),
        number=words.number(len(moved)),
        all=words.number(len(rows)),
    )
    heads = [column.label for column in columns]
    return Drawing(
        reading,
        Table(columns, shown),
        body=listing(view, heads, cells, len(cells)),
        height=90 + 31 * len(cells),
        knows=tuple(name for name, _ in view.selection.where),
    )


def _headline(view: View, row: Row, earlier: Build, day: date) -> dict[str, Any]:
    words, metric = view.words, METRICS[row["metric"]]
    selection = Selection(
        region=view.selection.region,
        period=Period(date(day.year, 1, 1), day),
        as_of=day,
        indicator=metric.name,
        since=earlier.load,
        lang=view.selection.lang,
    )
    values = {name: words.with_unit(row[name], metric.unit) for name in ("was", "corrected", "today")}
    counts = {name: words.number(row[name]) for name in ("new", "changed", "gone")}
    return {"label": words.of(metric.label), "href": "/rows" + selection.search, **values, **counts}


@remembered(64)
def _headlines(build: Build, earlier: Build, region: str) -> list[dict[str, Any]]:
    """Of each headline figure: before, the same day as known now, today, and how many rows differ."""
    day = earlier.data_date or date.min
    ask = partial(Question, region=region)
    found = []
    level = build.regions.find(region).depth
    for name in HEADLINES:
        if level > LEVELS.index(METRICS[name].exists_from):
            continue
        then = ask((name,), start=date(day.year, 1, 1), end=day, as_of=day)
        was, corrected, today = rows_behind(earlier, then), rows_behind(build, then), rows_behind(build, ask((name,)))
        kinds = _kinds(was, corrected)
        found.append(
            {
                "metric": name,
                "was": was.figure,
                "corrected": corrected.figure,
                "today": today.figure,
                "new": kinds["new"] if kinds is not None else None,
                "changed": kinds["changed"] + kinds["entered"] if kinds is not None else None,
                "gone": kinds["withdrawn"] + kinds["left"] if kinds is not None else None,
            }
        )
    return found


def _kinds(was: Behind, corrected: Behind) -> "Counter[str] | None":
    """How many rows changed in what way; None where they are too many to compare."""
    kinds: Counter[str] = Counter()
    try:
        for part in corrected.metric.parts:
            kinds.update(change.kind for change in changes(was, corrected, part.name))
    except OverflowError:
        return None
    return kinds
