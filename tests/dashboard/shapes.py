"""Shapes of panels' tables: which of a panel's numbers is which figure, and what the command says of it."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from click.testing import CliRunner

from dashboard.behind import FIRST
from dashboard.components.picker import value_label
from dashboard.panel import Drawing, Panel, Row
from dashboard.period import Period, newest_quarter, same_last_year, year_earlier
from dashboard.semantics.calendar import GRAINS
from dashboard.semantics.catalogue import DIMENSIONS, METRICS
from dashboard.semantics.dimension import LEVELS
from dashboard.view import View
from etl.cli import main
from etl.tables.targets import TARGETS

# Columns that are figures under another name; those that are no figure (parts of a ratio that is checked, a goal, a
# day); those that are worked out from checked figures, each tested beside its module.
CALLED: Final = {"budget": "subsidy_budget", "share": "collection_rate"}
PARTS: Final = {
    "due", "collected", "paid", "pace", "low", "high", "value", "weight", "day_number", "load", "line", "brings",
}  # fmt: skip
DERIVED: Final = {
    "forecast", "probability", "needed", "missing", "lately", "months", "times", "passed", "gap", "without", "change",
    "before", "p_best", "points", "ranks", "other_0", "other_1", "labour_force", "count", "of", "rate", "available",
    "influence", "siblings", "official", "official_score", "compared", "p", "quarter", "median", "three_quarters",
    "left", "share",
}  # fmt: skip
Said = tuple[str, object, object]  # the column, what the panel says, what the command says


@lru_cache(maxsize=512)
def command(*arguments: str) -> Any:
    """What a command prints as JSON."""
    return json.loads(printed(*arguments, "--format", "json"))


def printed(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def query(
    view: View, metric: str, period: Period, as_of: date, *, by: Sequence[str] = (), region: str | None = None
) -> dict[Any, Any]:
    """The figures of one question as the command prints them, by the labels that a reader sees."""
    region = region or view.region.code
    options = {"--region": region, "--from": str(period.start), "--to": str(period.end), "--as-of": str(as_of)}
    given = [text for pair in options.items() for text in pair] + [text for name in by for text in ("--by", name)]
    rows = command("query", metric, *given, "--home", str(view.build.path.parent.parent))
    return {key_of(view, row, by): row[metric] for row in rows}


def key_of(view: View, row: Row, by: Sequence[str]) -> tuple[Any, ...]:
    names = {name: row["region_code"] if name in LEVELS else row[name] for name in by}
    return tuple(
        each if name in LEVELS or name in GRAINS else value_label(view, name, each) for name, each in names.items()
    )


def groups(view: View, row: Row) -> tuple[str, ...]:
    """What a row of a panel's table is broken down by."""
    by = [view.tree.find(str(row["region_code"])).level] if "region_code" in row else []
    return (*by, *(name for name in row if name in GRAINS or (name in DIMENSIONS and name not in LEVELS)))


def named_columns(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Columns that bear a metric's name, one row a group; `…_earlier` is the period compared."""
    for column in drawing.table.columns:
        name = column.name.removesuffix("_earlier")
        metric = CALLED.get(name, name)
        if metric not in METRICS or "rank" in names_of(drawing) or (name in CALLED and metric not in panel.metrics):
            continue
        for row in drawing.table.rows:
            by = groups(view, row)
            region = view.area if any(name in LEVELS for name in by) else view.region
            period = view.twelve_months() if "month" in by else view.period
            as_of = view.as_of
            if column.name != name:
                period = same_last_year(view.period)
                as_of = max(year_earlier(view.as_of), period.end)
            said = query(view, metric, period, as_of, by=by, region=region.code)
            yield column.name, row[column.name], said.get(key_of(view, row, by))


def named_rows(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Rows that bear a metric's label, with the figure now and in the period compared."""
    if not {"metric", "now"} <= names_of(drawing):
        return
    metrics = {view.words.of(METRICS[name].label): name for name in METRICS}
    before = same_last_year(view.period)
    earlier = max(year_earlier(view.as_of), before.end)
    for row in drawing.table.rows:
        metric = metrics[row["metric"]]
        yield "now", row["now"], query(view, metric, view.period, view.as_of)[()]
        yield "earlier", row["earlier"], query(view, metric, before, earlier)[()]


def curves(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """A year's curve ends at the figure of the year so far; last year's at that of the whole year."""
    if not {"month", "now", "earlier"} <= names_of(drawing):
        return
    metric = panel.metrics[0] if panel.metrics else "placed"  # where the reader chose none
    assert METRICS[metric].kind == "flow"
    for column, first, last in (("now", view.as_of.year, view.as_of), ("earlier", view.as_of.year - 1, None)):
        period = Period(date(first, 1, 1), last or date(first, 12, 31))
        known = [row[column] for row in drawing.table.rows if row[column] is not None]
        total = query(view, metric, period, period.end)[()]
        yield column, known[-1] if known else None, total


def ratios_of_sums(view: View, panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """The two sums of a ratio add up to the ratio of the whole."""
    pairs = {"collection_rate": ("collected", "due"), "budget_execution": ("paid", "budget")}
    for metric, (above, below) in pairs.items():
        if metric in panel.metrics and {above, below} <= names_of(drawing):
            period = view.twelve_months() if "month" in names_of(drawing) else view.period
            sums = [sum(float(row[name] or 0) for row in drawing.table.rows) for name in (above, below)]
            said = query(view, metric, period, view.as_of)[()]
            yield above, 100 * sums[0] / sums[1], said


def target_rows(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Rows of targets, as `reemploy targets` prints them."""
    same = {"actual": "actual", "completion": "completion", "time_elapsed": "time_elapsed", "lead": "lead"}
    columns = {"value": "value", **same, "needed": "needed_per_week"}
    if not set(columns) <= names_of(drawing):
        return
    found = command("targets", "--as-of", str(view.as_of), "--home", str(view.build.path.parent.parent))
    issuers = {choice.value: view.words.of(choice) for choice in TARGETS.column("issuer").choices}
    label = {name: view.words.of(metric.label) for name, metric in METRICS.items()}
    held = {(each["region_code"], label[each["indicator"]], issuers[each["issuer"]]): each for each in found}
    for row in drawing.table.rows:
        target = held[row["region_code"], row["indicator"], row["issuer"]]
        yield from ((column, row[column], target[name]) for column, name in columns.items())
        level = view.tree.find(str(row["region_code"])).level
        year = Period(date(view.as_of.year, 1, 1), view.as_of)
        asked = query(view, target["indicator"], year, view.as_of, by=(level,), region=view.tree.root.code)
        yield "actual", row["actual"], asked[row["region_code"],]


def ranks(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Rows of ranked units, as `reemploy rank` prints them; the workbench begins with the official ranks."""
    names = names_of(drawing)
    if not {"rank", "name"} <= names:
        return
    held = {unit["region_code"]: unit for unit in ranking(view)}
    named = {unit["region_name"]: unit for unit in held.values()}
    for row in drawing.table.rows:
        unit = held[row["code"]] if "code" in row else named[row["name"]]
        for name in {"rank", "score", "official", "official_score"} & names:
            yield name, row[name], unit[name.removeprefix("official_").replace("official", "rank")]
        for name, criterion in unit["criteria"].items():
            if name in names:
                yield name, row[name], criterion["score"]


def courses(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Ranks by quarter: the newest is that of the command."""
    newest = newest_quarter(view.as_of).name
    if {"code", newest} <= names_of(drawing):
        held = {unit["region_code"]: unit for unit in ranking(view)}
        yield from ((newest, row[newest], held[row["code"]]["rank"]) for row in drawing.table.rows)


def sheets(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Rows of a region's profile, by the metric's label."""
    if {"metric", "value", "trend"} <= names_of(drawing):
        metrics = {view.words.of(METRICS[name].label): name for name in METRICS}
        for row in drawing.table.rows:
            yield "value", row["value"], query(view, metrics[row["metric"]], view.period, view.as_of)[()]


def score_parts(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """The points of one unit add up to its score: of the best in the city."""
    if not {"leaf", "score", "contribution"} <= names_of(drawing):
        return
    best = next(each for each in ranking(view) if each["rank"] and view.area.code in path(view, each["region_code"]))
    total = sum(float(row["contribution"]) for row in drawing.table.rows)
    # A published score is rounded to the standard's two decimals.
    yield "contribution", round(total, 1), round(best["score"], 1)
    weights = sum(float(row["weight"]) for row in drawing.table.rows)
    yield "weight", weights, 100
    measured = [row for row in drawing.table.rows if row["weight"]]
    yield from (("score", row["score"], row["contribution"] * 100 / row["weight"]) for row in measured)


def criteria(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """The criteria of one region's own rank, as `reemploy rank` prints them at its level."""
    if not {"label", "score", "weight", "contribution"} <= names_of(drawing):
        return
    [unit] = [unit for unit in ranking(view, view.region.level) if unit["region_code"] == view.region.code]
    for row, criterion in zip(drawing.table.rows, unit["criteria"].values(), strict=True):
        yield from ((name, row[name], criterion[name]) for name in ("score", "weight", "contribution"))


def weights(_view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """The top of the standard's tree is the whole."""
    if {"label", "share", "scale"} <= names_of(drawing):
        yield "share", sum(row["share"] for row in drawing.table.rows if row["depth"] == 0), 100


def steps(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """Steps towards a job: the share of a step is the rate that measures it."""
    if {"step", "count", "share"} <= names_of(drawing):
        for row in drawing.table.rows:
            if row["rate"]:
                yield "share", row["share"], query(view, row["rate"], view.period, view.as_of)[()]


def in_place(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """The six that offices are to have in place, a column each."""
    items = DIMENSIONS["office_item"].values
    if not set(items) <= names_of(drawing):
        return
    by = (view.level, "office_item")
    said = query(view, "offices_in_place", view.period, view.as_of, by=by, region=view.area.code)
    for row in drawing.table.rows:
        for item in items:
            yield item, row[item], said[row["region_code"], value_label(view, "office_item", item)]


def rows_behind(view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """The rows behind the figure that the page opens with make it up: one by one, by part, by file."""
    names = names_of(drawing) if view.path == "/rows" else set()
    if {"key", "amount"} <= names:
        columns, rows = ("amount",), drawing.filed().rows
    elif "rows" in names and names & {"tables", "file"}:
        columns, rows = ("rows", *names & {"amount"}), drawing.table.rows
    else:
        return
    said = query(view, FIRST, view.period, view.as_of)[()]
    for column in columns:
        yield column, sum(row[column] for row in rows), said


SHAPES: Final = (
    named_columns, named_rows, curves, ratios_of_sums, target_rows, ranks, courses, sheets, score_parts, criteria,
    weights, steps, in_place, rows_behind,
)  # fmt: skip


def ranking(view: View, level: str = "community") -> list[dict[str, Any]]:
    home = ("--home", str(view.build.path.parent.parent))
    units: list[dict[str, Any]] = command("rank", "--period", newest_quarter(view.as_of).name, "--level", level, *home)
    return units


def path(view: View, code: str) -> list[str]:
    return [region.code for region in view.tree.path(view.tree.find(code))]


def names_of(drawing: Drawing) -> set[str]:
    return {column.name for column in drawing.table.columns}
