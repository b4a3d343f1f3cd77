"""The archive, asked by somebody without an account and without script."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.access.account import Account
from dashboard.publish.archive_pages import ArchivePages
from dashboard.publish.desk import Desk
from dashboard.publish.objections import Objections
from dashboard.publish.recipe import Recipe
from dashboard.publish.shelf import Shelf
from dashboard.semantics.words import Text
from dashboard.state.database import State
from dashboard.state.moment import now
from tests.dashboard.publish.editions import HILL, files, recipe

EDITOR, REVIEWER = Account(1, "lin", "林", ("editor",)), Account(2, "zhou", "周", ("reviewer",))
FIRST, SECOND = "2026Q3-community-1", "2026Q3-community-2"


@pytest.fixture
def desk(state: State, tmp_path: Path) -> Desk:
    return Desk(state, Shelf(tmp_path))


@pytest.fixture
def reader(desk: Desk) -> FlaskClient:
    server = Flask("archive")
    ArchivePages(server, desk)
    return server.test_client()


def approved(desk: Desk, of: Recipe) -> None:
    desk.draft(of, files(of), EDITOR)
    desk.submit(of.edition, [], EDITOR)
    desk.approve(of.edition, REVIEWER)


def out(desk: Desk, of: Recipe) -> None:
    approved(desk, of)
    desk.release(of.edition, EDITOR)


def test_an_empty_archive_says_so(reader: FlaskClient) -> None:
    assert "尚未发布公报。" in reader.get("/bulletins").text
    assert "No edition has been published yet." in reader.get("/bulletins?lang=en").text
    assert reader.get("/bulletins/about").status_code == 200


def test_the_newest_period_stands_first_with_its_best(desk: Desk, reader: FlaskClient) -> None:
    out(desk, recipe(period="2026Q2"))
    out(desk, recipe())
    text = reader.get("/bulletins").text
    assert text.index("磁湖市2026年第三季度") < text.index("2026年第二季度")
    assert "山社区" in text
    assert "<script src" in text.split("</head>")[0]  # light and dark; nothing else is scripted
    assert "<script" not in text.split("</head>")[1]


def test_files_come_to_the_byte_and_nothing_beside_the_manifest(desk: Desk, reader: FlaskClient) -> None:
    out(desk, recipe())
    answer = reader.get(f"/bulletins/{FIRST}/ranking.csv")
    assert answer.data == files(recipe())["ranking.csv"]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{FIRST}-ranking.csv"'
    assert reader.get(f"/bulletins/{FIRST}/manifest.json").json["edition"] == FIRST  # type: ignore[index]  # it is JSON
    for path in (f"{FIRST}/state.sqlite", f"{FIRST}/..%2f..%2fkey", ".drafts/x", "2026Q4-community-1", "../key"):
        assert reader.get(f"/bulletins/{path}").status_code == 404


def test_nothing_of_a_draft_or_an_embargoed_edition_is_seen_before_its_time(desk: Desk, reader: FlaskClient) -> None:
    approved(desk, recipe())
    desk.schedule(FIRST, now() + timedelta(days=1), EDITOR)
    assert reader.get(f"/bulletins/{FIRST}").status_code == 404
    assert FIRST not in reader.get("/bulletins").text
    desk.schedule(FIRST, now() - timedelta(seconds=1), EDITOR)
    assert FIRST in reader.get("/bulletins").text
    assert reader.get(f"/bulletins/{FIRST}").status_code == 200


def test_a_corrected_edition_stays_readable_and_names_the_one_that_holds(desk: Desk, reader: FlaskClient) -> None:
    out(desk, recipe())
    out(desk, recipe(2, corrects=FIRST, earlier=(FIRST,), note=Text("补报后重算", "Computed anew")))
    old, new = reader.get(f"/bulletins/{FIRST}?lang=en").text, reader.get(f"/bulletins/{SECOND}").text
    assert f'href="/bulletins/{SECOND}?lang=en"' in old
    assert "Computed anew" in old
    assert "补报后重算" in new
    assert reader.get("/bulletins").text.index(SECOND) < reader.get("/bulletins").text.index(FIRST)


def test_objections_and_rulings_are_public_without_who_raised_them(desk: Desk, reader: FlaskClient) -> None:
    out(desk, recipe())
    objections = Objections(desk.state)
    made = objections.record(desk.shelf.edition(FIRST), HILL, "得分有误", date(2026, 10, 16), EDITOR)
    assert "尚未裁定" in reader.get(f"/bulletins/{FIRST}").text
    objections.rule(made.objection_id, "dismissed", "经核实无误", REVIEWER)
    text = reader.get(f"/bulletins/{FIRST}").text
    assert "经核实无误" in text
    assert "lin" not in text.split("异议与裁定")[1].split("全部文件")[0]
