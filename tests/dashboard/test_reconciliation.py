"""One question, one total: pages, downloads, `reemploy query` in every format and the semantics say the same figure.

Every panel of every page is walked. A panel's numbers are recognised by the shape of its table; a new panel whose
numbers no shape explains fails here, and must be given one.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from dashboard.app import create_app
from dashboard.components.picker import value_label
from dashboard.draw import draw
from dashboard.pages import PAGES
from dashboard.panel import Drawing, Page, Panel, Row, Withheld
from dashboard.period import Period, same_last_year, year_earlier
from dashboard.publish.render_csv import BOM, defused
from dashboard.semantics.answer import answer
from dashboard.semantics.calendar import GRAINS
from dashboard.semantics.catalogue import DIMENSIONS, METRICS
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.measure import Flow
from dashboard.semantics.question import Question
from dashboard.view import View
from etl.cli import main
from etl.tables.targets import TARGETS

PANELS = [(page, panel) for page in PAGES for panel in page.panels]
NAMES = [f"{page.name}/{panel.name}" for page, panel in PANELS]
PLAIN = tuple(name for name, metric in METRICS.items() if not metric.required)
# Columns that are figures under another name, and those that are no figure: parts of a ratio that is checked, a goal.
CALLED: Final = {"budget": "subsidy_budget", "share": "collection_rate"}
PARTS: Final = {"due", "collected", "paid", "pace", "low", "high", "value", "weight"}
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
        if metric not in METRICS or (name in CALLED and metric not in panel.metrics):
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
            sums = [sum(float(row[name]) for row in drawing.table.rows) for name in (above, below)]
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
    """Rows of ranked units, as `reemploy rank` prints them."""
    if not {"rank", "score", "code"} <= names_of(drawing):
        return
    held = {unit["region_code"]: unit for unit in ranking(view)}
    for row in drawing.table.rows:
        unit = held[row["code"]]
        for name in ("rank", "score", "low", "high"):
            yield name, row[name], unit[name]
        for name, criterion in unit["criteria"].items():
            yield name, row[name], criterion["score"]


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


def weights(_view: View, _panel: Panel, drawing: Drawing) -> Iterator[Said]:
    """The top of the standard's tree is the whole."""
    if {"label", "share", "scale"} <= names_of(drawing):
        yield "share", sum(row["share"] for row in drawing.table.rows if row["depth"] == 0), 100


SHAPES: Final = (named_columns, named_rows, curves, ratios_of_sums, target_rows, ranks, score_parts, weights)


def ranking(view: View) -> list[dict[str, Any]]:
    units: list[dict[str, Any]] = command(
        "rank", "--period", view.period.name, "--home", str(view.build.path.parent.parent)
    )
    return units


def path(view: View, code: str) -> list[str]:
    return [region.code for region in view.tree.path(view.tree.find(code))]


def names_of(drawing: Drawing) -> set[str]:
    return {column.name for column in drawing.table.columns}


def is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def seen(city: View, page: Page, level: str) -> View:
    """The page as it opens, for the whole city or its first district, street or community."""
    region = city.tree.root
    for _ in range(LEVELS.index(level)):
        region = city.tree.children(region)[0]
    return replace(city, selection=city.selection.but(region=region.code), path=page.path, quarterly=page.quarterly)


@pytest.mark.parametrize("level", LEVELS[:2])
@pytest.mark.parametrize(("page", "panel"), PANELS, ids=NAMES)
def test_a_panel_says_what_the_command_says(city: View, page: Page, panel: Panel, level: str) -> None:
    view = seen(city, page, level)
    drawing = draw(panel, view)
    if isinstance(drawing, Withheld):
        assert drawing.reason == "no_rows"
        return
    said = [each for shape in SHAPES for each in shape(view, panel, drawing)]
    assert [each for each in said if not same(*each[1:])] == []
    rows = drawing.table.rows
    numeric = {name for name in names_of(drawing) if any(is_number(row.get(name)) for row in rows)}
    assert numeric - {column for column, _, _ in said} <= PARTS


def same(one: object, other: object) -> bool:
    if one is None or other is None:
        return one is other
    return float(str(one)) == pytest.approx(float(str(other)), rel=1e-12, abs=1e-9)


@pytest.mark.parametrize(("page", "panel"), PANELS, ids=NAMES)
def test_a_download_holds_the_numbers_of_its_panel(city: View, city_home: Path, page: Page, panel: Panel) -> None:
    drawing = draw(panel, seen(city, page, "city"))
    assert isinstance(drawing, Drawing)
    response = create_app(city_home).server.test_client().get(f"/export/{page.name}/{panel.name}.csv")
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix(BOM))))[1:]
    columns = [column.name for column in drawing.table.columns]
    for cells, row in zip_longest(rows, drawing.table.rows):
        for cell, value in zip(cells, (row.get(name) for name in columns), strict=True):
            assert same(cell, value) if is_number(value) else cell == defused(str(value or "")), (row, cell)


def test_the_command_prints_one_total_in_every_format(city: View, city_home: Path) -> None:
    home = ("--home", str(city_home))
    [figures] = answer(city.build, Question(PLAIN)).rows
    known = [name for name in PLAIN if figures[name] is not None]
    assert len(known) > len(PLAIN) / 2
    [as_json] = command("query", *PLAIN, *home)
    [as_csv] = csv.DictReader(io.StringIO(printed("query", *PLAIN, *home, "--format", "csv")))
    result = CliRunner().invoke(main, ["query", *PLAIN, *home, "--format", "parquet"], catch_exceptions=False)
    [as_parquet] = pq.read_table(io.BytesIO(result.stdout_bytes)).to_pylist()
    as_table: dict[str, str] = {}
    for first in range(0, len(known), 8):  # a terminal's line holds some twenty
        header, line = printed("query", *known[first : first + 8], *home, "--format", "table").splitlines()
        as_table |= zip(header.split(), line.split(), strict=True)
    for name in PLAIN:
        expected = figures[name]
        assert same(as_json[name], expected), name
        assert same(as_parquet[name], expected), name
        assert same(as_csv[name] or None, expected), name
        assert same(as_table.get(name), expected), name


def adds_up_over(grain: str) -> tuple[str, ...]:
    """Metrics whose parts by `grain` make the whole: persons counted once, ratios and balances do not."""
    kinds = ("flow",) if grain in GRAINS else ("flow", "stock")
    return tuple(
        name
        for name in PLAIN
        if METRICS[name].kind in kinds
        and METRICS[name].custom is None
        and not (name == "subsidy_budget" and grain == "district")  # the city's own budget lies in no district
        and (grain in GRAINS or LEVELS.index(METRICS[name].exists_from) >= LEVELS.index(grain))
        # What must lie wholly in the period lies in fewer months than years.
        and not (
            grain in GRAINS and any(isinstance(each, Flow) and each.until is not None for each in METRICS[name].of)
        )
    )


@pytest.mark.parametrize("grain", [*LEVELS[1:], "month", "quarter"])
def test_the_parts_of_what_adds_up_make_the_whole(city: View, grain: str) -> None:
    metrics = adds_up_over(grain)
    assert len(metrics) > 10
    [whole] = answer(city.build, Question(metrics)).rows
    parts: Sequence[Mapping[str, Any]] = answer(city.build, Question(metrics, by=(grain,))).rows
    sums = {name: sum((Decimal(str(row[name] or 0)) for row in parts), Decimal(0)) for name in metrics}
    assert {name: (sums[name], whole[name]) for name in metrics if not same(sums[name], whole[name])} == {}
