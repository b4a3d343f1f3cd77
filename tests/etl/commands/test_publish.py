"""`reemploy publish` and `reemploy verify`: from draft to correction on the command line, over a demonstration city."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner, Result

from dashboard.access.account import OPERATOR
from dashboard.access.accounts import Accounts
from dashboard.publish.canonical import canonical
from dashboard.publish.disclosure import Sum
from dashboard.publish.figures import FIGURES
from dashboard.publish.shelf import Shelf
from dashboard.state import audit
from dashboard.state.database import State
from etl.cli import main
from etl.commands.publish_demo import quarters_to_publish
from etl.commands.publishing import HomeSources
from tests.dashboard.publish.solver import solved
from tests.demo_city import demo_home

QUARTER = "2026Q2"
FIRST, SECOND = f"{QUARTER}-community-1", f"{QUARTER}-community-2"
HIDDEN = "＊"
TABLES = ("figures.csv", "figures.en.csv")
COUNTS = [figure.metric for figure in FIGURES]


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--home", str(home)])


def done(home: Path, *arguments: str) -> str:
    result = run(home, *arguments)
    assert result.exit_code == 0, result.output
    return result.output


def passed_on(home: Path, edition: str) -> None:
    """Submitted, approved by the other account, published."""
    done(home, "publish", "submit", edition, "--account", "lin")
    done(home, "publish", "approve", edition, "--account", "zhou")
    done(home, "publish", "release", edition, "--account", "lin")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="module")
def city(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration city with an editor, a reviewer, and one edition out."""
    home = tmp_path_factory.mktemp("publish") / "home"
    shutil.copytree(demo_home(root), home, ignore=shutil.ignore_patterns("state*"))
    state = State.of(home)
    Accounts(state).add("lin", "Spring-2026-lake", ("editor",), by=OPERATOR)
    Accounts(state).add("zhou", "Autumn-2026-hill", ("reviewer",), by=OPERATOR)
    state.close()
    draft = ("publish", "draft", "--period", QUARTER, "--load", "3", "--issued-on", "2026-07-15", "--account", "lin")
    assert f"{FIRST}\tdraft" in done(home, *draft)
    passed_on(home, FIRST)
    return home


@pytest.fixture
def home(city: Path, tmp_path: Path) -> Path:
    """A copy of that, for a test that changes it."""
    copy = tmp_path / "home"
    shutil.copytree(city, copy)
    return copy


def test_all_quarters_are_identical_elsewhere_after_later_loads_one_in_another_time_zone(
    root: Path, home: Path
) -> None:
    done(home, "publish", "demo")
    newest = max((root / "demo-city").iterdir())
    for _ in range(2):  # the builds of earlier loads are let go
        done(home, "load", str(newest))
    environment = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LANG": "C"}
    reemploy = str(Path(sys.executable).with_name("reemploy"))
    answer = subprocess.run(
        [reemploy, "verify", FIRST, "--home", str(home)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=home,
        check=False,
    )
    assert (answer.returncode, "identical" in answer.stdout) == (0, True), answer.stdout + answer.stderr
    others = [edition.name for edition in Shelf(home).published() if edition.name != FIRST]
    assert len(others) == 3
    for edition in others:
        assert "identical" in done(home, "verify", edition)
    assert unsolved([Shelf(home).edition(edition).folder for edition in (FIRST, *others)]) == {}


def test_a_policy_that_has_changed_since_changes_no_edition(home: Path) -> None:
    pack = home / "cities" / "cihu"
    pack.mkdir(parents=True)
    policy = Shelf(home).edition(FIRST).recipe.policy
    (pack / "policy.toml").write_text(policy.replace("female = 40", "female = 45"), encoding="utf-8")
    assert "identical" in done(home, "verify", FIRST)


def test_a_build_that_the_models_of_another_release_made_is_made_anew(home: Path) -> None:
    with duckdb.connect(str(home / "builds" / "000003.duckdb")) as connection:
        connection.execute("UPDATE core.stamp SET models = 'of another release'")
        connection.execute("ALTER TABLE mart.placement RENAME COLUMN placed_on TO day")
    assert "identical" in done(home, "verify", FIRST)


def test_an_objection_and_a_correction_are_public_and_the_old_edition_stays(home: Path) -> None:
    edition = Shelf(home).edition(FIRST)
    unit = edition.content["units"][0]["code"]
    said = ("publish", "object", FIRST, "--unit", unit, "--received-on", "2026-07-16", "--account", "lin", "--text")
    assert "leave it out" in run(home, *said, "请致电 13912345678").output
    assert "are open from" in run(home, *said[:6], "2027-01-01", *said[7:], "?").output
    done(home, *said, "培训合格人数少计，请核对。")
    ruled = ("publish", "rule", "1", "--account", "zhou", "--ruling", "upheld", "--answer", "属实，予以更正。")
    done(home, *ruled)
    assert "has been ruled on" in run(home, *ruled).output
    note = ("--note-zh", "补报数据后重新计算。", "--note-en", "Computed anew with late reports.")
    done(home, "publish", "correct", FIRST, *note, "--issued-on", "2026-10-20", "--account", "lin")
    passed_on(home, SECOND)
    corrected = Shelf(home).edition(SECOND)
    assert corrected.recipe.corrects == FIRST
    assert corrected.content["changes"]
    assert "identical" in done(home, "verify", FIRST)
    assert "identical" in done(home, "verify", SECOND)
    refused = run(home, "publish", "correct", FIRST, *note, "--account", "lin")
    assert f"has been corrected by {SECOND}" in refused.output
    assert unsolved([Shelf(home).edition(name).folder for name in (FIRST, SECOND)]) == {}
    state = State.of(home)
    with state.read() as connection:
        steps = [entry.action for entry in audit.entries(connection, action="edition")]
    state.close()
    assert steps[::-1] == [
        *("edition.drafted", "edition.submitted", "edition.approved", "edition.published"),
        *("edition.objected", "edition.ruled"),
        *("edition.drafted", "edition.submitted", "edition.approved", "edition.published"),
    ]


def unsolved(folders: list[Path]) -> dict[object, int]:
    """All hidden counts that follow from every file of these editions together.

    A count that two editions show alike is one to the attacker; a hidden one may be another in each.
    """
    shown: dict[object, int] = {}
    hidden: set[object] = set()
    sums: list[Sum] = []
    for number, folder in enumerate(folders):
        rows = told(folder)
        for at in range(3, 8):
            cells: dict[str, object] = {}
            for row in rows:
                if row[at] == HIDDEN:
                    hidden.add(cells.setdefault(row[0], (number, at, row[0])))
                elif row[at].isdigit():
                    cells[row[0]] = (number, at, row[0])
                    shown[cells[row[0]]] = int(row[at])
            sums += [Sum(cells[code], tuple(cells[part] for part in parts)) for code, parts in below(cells)]
    return solved(shown, sums, hidden)


def told(folder: Path) -> list[list[str]]:
    """The counts of an edition, region by region; a cell is hidden only if no form of the edition shows it."""
    forms = [list(csv.reader((folder / name).read_text(encoding="utf-8-sig").splitlines())) for name in TABLES]
    for name in ("bulletin.html", "bulletin.en.html"):
        page = (folder / name).read_text(encoding="utf-8")
        table = page.partition('<table id="figures">')[2].partition("</table>")[0]
        forms.append([re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr")[1:]])
    for name in ("bulletin.xlsx", "bulletin.en.xlsx"):
        sheet = openpyxl.load_workbook(folder / name).worksheets[-2]
        forms.append([[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)])
    areas = json.loads((folder / "edition.json").read_text(encoding="utf-8"))["areas"]
    forms.append([[one["code"], "", "", *(str(one["counts"].get(name, "")) for name in COUNTS)] for one in areas])
    rows: dict[str, list[str]] = {}
    for form in forms:
        read = [row for row in form if row and row[0].isdigit()]
        assert len(read) == len(areas)
        for row in read:
            plain = [cell.replace(",", "") for cell in row[:8]]
            known = rows.setdefault(row[0], plain)
            rows[row[0]] = [cell if cell.isdigit() else was for cell, was in zip(plain, known, strict=True)]
    return list(rows.values())


def below(codes: dict[str, object]) -> list[tuple[str, list[str]]]:
    """Each region that is listed with all the regions just below it."""
    found = []
    for stem, length in ((4, 6), (6, 9), (9, 12)):
        for code in codes:
            if code[stem:].strip("0") or (stem > 4 and not code[:stem][-2:].strip("0")):
                continue
            parts = [
                part for part in codes if part[:stem] == code[:stem] and part != code and not part[length:].strip("0")
            ]
            if parts:
                found.append((code, parts))
    return found


def test_what_is_published_gives_no_hidden_count_away(city: Path) -> None:
    folder = Shelf(city).edition(FIRST).folder
    assert (folder / "figures.csv").read_text(encoding="utf-8-sig").count(HIDDEN) > 10
    assert unsolved([folder]) == {}


def test_a_file_changed_forged_missing_or_added_is_told(home: Path) -> None:
    edition = Shelf(home).edition(FIRST)
    folder, said = edition.folder, edition.manifest
    forged = edition.read("ranking.csv").replace("社区".encode(), "社團".encode(), 1)
    (folder / "ranking.csv").write_bytes(forged)  # with a manifest that hides it
    said["files"]["ranking.csv"] = {"sha256": sha256(forged).hexdigest(), "bytes": len(forged)}
    (folder / "manifest.json").write_bytes(canonical(said))
    (folder / "standard.csv").write_bytes(b"?")
    (folder / "figures.csv").unlink()
    (folder / "more.txt").write_text("?", encoding="utf-8")
    answer = run(home, "verify", FIRST)
    assert answer.exit_code == 1
    assert "ranking.csv differs from what the load gives, from byte" in answer.output
    assert "standard.csv is not what the manifest says" in answer.output
    assert "figures.csv is missing" in answer.output
    assert "more.txt is not in the manifest" in answer.output


def test_a_check_that_stands_against_a_draft_blocks_it(home: Path) -> None:
    """The period is not over, too many reports are missing, rows wait in quarantine."""
    pack = home / "cities" / "cihu"
    pack.mkdir(parents=True)
    strict = Shelf(home).edition(FIRST).recipe.policy
    for setting in ("held_rows_max = 0.5", "missing_reports_max = 5.0"):
        assert setting in strict
        strict = strict.replace(setting, setting.partition("=")[0] + "= 0.0")
    (pack / "policy.toml").write_text(strict, encoding="utf-8")
    draft = ("publish", "draft", "--period", "2026Q4", "--issued-on", "2027-01-15", "--account", "lin")
    assert "2026Q4-community-1\tdraft" in done(home, *draft)
    checked = run(home, "publish", "check", "2026Q4-community-1", "--format", "json")
    assert checked.exit_code == 1
    failed = {one["check"] for one in json.loads(checked.output) if one["weight"] == "blocks" and not one["passed"]}
    assert {"period", "quarantine"} <= failed
    answer = run(home, "publish", "submit", "2026Q4-community-1", "--account", "lin")
    assert answer.exit_code == 2
    assert "cannot be submitted" in answer.output


def test_a_period_that_is_out_is_corrected_not_drafted_anew(home: Path) -> None:
    answer = run(home, "publish", "draft", "--period", QUARTER, "--account", "lin")
    assert answer.exit_code == 2
    assert f"{FIRST} is out: it can only be corrected" in answer.output


def test_the_demonstration_publishes_each_quarter_once_from_the_load_that_ended_it(city: Path) -> None:
    found = [(load, period.name) for load, period in quarters_to_publish(Shelf(city), HomeSources(city))]
    assert found == [(1, "2025Q4"), (2, "2026Q1"), (4, "2026Q3")]
