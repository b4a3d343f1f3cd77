"""One question, one total: pages, downloads, `reemploy query` in every format and the semantics say the same figure.

Every panel of every page is walked. A panel's numbers are recognised by the shape of its table; a new panel whose
numbers no shape explains fails here, and must be given one.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from dashboard.app import create_app
from dashboard.draw import draw
from dashboard.pages import PAGES
from dashboard.panel import Drawing, Page, Panel, Withheld
from dashboard.publish.render_csv import BOM, defused
from dashboard.semantics.answer import answer
from dashboard.semantics.calendar import GRAINS
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.dimension import LEVELS
from dashboard.semantics.measure import Flow
from dashboard.semantics.question import Question
from dashboard.view import View
from etl.cli import main
from tests.dashboard import loan_shapes, log_shapes, subsidy_shapes
from tests.dashboard.shapes import DERIVED, PARTS, SHAPES, command, names_of, printed

EVERY_SHAPE = (*SHAPES, *loan_shapes.LOAN_SHAPES, *log_shapes.LOG_SHAPES, *subsidy_shapes.SUBSIDY_SHAPES)
COUNTED = loan_shapes.COUNTED | log_shapes.TOLD | subsidy_shapes.COUNTED  # each tested beside its module
PANELS = [(page, panel) for page in PAGES for panel in page.panels]
NAMES = [f"{page.name}/{panel.name}" for page, panel in PANELS]
PLAIN = tuple(name for name, metric in METRICS.items() if not metric.required)


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
    said = [each for shape in EVERY_SHAPE for each in shape(view, panel, drawing)]
    assert [each for each in said if not same(*each[1:])] == []
    rows = drawing.table.rows
    numeric = {name for name in names_of(drawing) if any(is_number(row.get(name)) for row in rows)}
    numeric -= {
        # Earlier quarters' ranks: asked as the newest. Days by unit: tested with the drawing.
        name
        for name in numeric
        if re.fullmatch(r"\d{4}Q\d|of_\d{12}", name)
    }
    assert numeric - {column for column, _, _ in said} <= PARTS | DERIVED | COUNTED


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
        and not (METRICS[name].sources == ("offices",) and grain == "community")  # nor a street's office in a community
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
