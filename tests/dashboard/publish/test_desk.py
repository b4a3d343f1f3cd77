"""The way of an edition, step by step: who may take which, and what cannot be gone back on."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard.access.account import Account
from dashboard.access.roles import Role
from dashboard.publish.canonical import canonical
from dashboard.publish.checks import Check
from dashboard.publish.desk import Desk, PublicationError
from dashboard.publish.objections import Objections
from dashboard.publish.recipe import Recipe
from dashboard.publish.shelf import CONTENT, MANIFEST, Shelf, manifest
from dashboard.semantics.words import Text
from dashboard.state import audit
from dashboard.state.database import State

UNIT = "990102001001"


def account(name: str, *roles: Role) -> Account:
    return Account(1, name, name, roles)


LIN, ZHOU = account("lin", "editor"), account("zhou", "editor", "reviewer")
HE = account("he", "reviewer")
NOBODY = account("nobody", "analyst")


def recipe(name: str = "2026Q3-community-1", **changes: Any) -> Recipe:
    given = {
        "edition": name,
        "period": name.partition("-")[0],
        "level": "community",
        "load": 1,
        "issued_on": date(2026, 10, 15),
        "issuer": Text("局", "Bureau"),
        "address": "http://127.0.0.1:8050",
        "standard": "",
        "policy": "",
        "hide_counts_below": 5,
        "best": 10,
        "objections_until": date(2026, 10, 22),
        "missing_reports_max": "5",
        "held_rows_max": "0.1",
        "code": {"release": "0", "source_sha256": "0"},
    }
    return Recipe(**given | changes)


def files(of: Recipe) -> dict[str, bytes]:
    content = {
        "recipe": of.frozen(),
        "data_date": "2026-09-30",
        "units": [{"code": UNIT}],
        "left_out": [],
    }
    made = {CONTENT: canonical(content), "ranking.csv": b"1,2\n"}
    return made | {MANIFEST: manifest(content, made)}


@pytest.fixture
def desk(state: State, tmp_path: Path) -> Desk:
    made = Desk(state, Shelf(tmp_path))
    made.draft(recipe(), files(recipe()), LIN)
    return made


EDITION = "2026Q3-community-1"
PASSED = Check("period", "blocks", passed=True, label=Text("期间", "period"), found=Text("好", "fine"))
FAILED = Check("period", "blocks", passed=False, label=Text("期间", "period"), found=Text("未结束", "not over"))
ADVICE = Check("unclear", "advises", passed=False, label=Text("界线", "line"), found=Text("不清", "unclear"))


def published(desk: Desk, name: str = EDITION) -> None:
    desk.submit(name, [PASSED], LIN)
    desk.approve(name, HE)
    desk.release(name, LIN)


def test_the_whole_way_is_in_the_audit_log(desk: Desk) -> None:
    published(desk)
    with desk.state.read() as connection:
        entries = audit.entries(connection, action="edition")[::-1]
    assert [(entry.account, entry.action) for entry in entries] == [
        ("lin", "edition.drafted"),
        ("lin", "edition.submitted"),
        ("he", "edition.approved"),
        ("lin", "edition.published"),
    ]
    assert desk.shelf.edition(EDITION).read("ranking.csv") == b"1,2\n"


def test_a_check_that_blocks_keeps_a_draft_from_review_and_one_that_advises_does_not(desk: Desk) -> None:
    with pytest.raises(PublicationError, match="period \\(not over\\)"):
        desk.submit(EDITION, [PASSED, FAILED], LIN)
    assert desk.submit(EDITION, [PASSED, ADVICE], LIN).status == "submitted"


def test_whoever_had_a_hand_in_it_does_not_review_it(desk: Desk) -> None:
    desk.submit(EDITION, [PASSED], ZHOU)
    for step in (lambda: desk.approve(EDITION, ZHOU), lambda: desk.reject(EDITION, "no", ZHOU)):
        with pytest.raises(PublicationError, match="another account must review it"):
            step()
    assert desk.approve(EDITION, HE).reviewer == "he"


def test_roles_decide_who_drafts_and_who_reviews(desk: Desk) -> None:
    with pytest.raises(PublicationError, match="may not edit"):
        desk.submit(EDITION, [PASSED], NOBODY)
    desk.submit(EDITION, [PASSED], LIN)
    with pytest.raises(PublicationError, match="may not review"):
        desk.approve(EDITION, account("other", "editor"))
    desk.approve(EDITION, HE)
    with pytest.raises(PublicationError, match="may not edit"):
        desk.release(EDITION, HE)


def test_nothing_is_published_without_review(desk: Desk) -> None:
    for status in ("draft", "submitted"):
        with pytest.raises(PublicationError, match=f"is {status}"):
            desk.release(EDITION, LIN)
        if status == "draft":
            desk.submit(EDITION, [PASSED], LIN)


def test_what_is_sent_back_is_drafted_and_reviewed_again(desk: Desk) -> None:
    desk.submit(EDITION, [PASSED], LIN)
    with pytest.raises(PublicationError, match="needs a reason"):
        desk.reject(EDITION, " ", HE)
    assert desk.reject(EDITION, "单位名称有误", HE).remark == "单位名称有误"
    with pytest.raises(PublicationError, match="is draft"):
        desk.approve(EDITION, HE)
    published(desk)


def test_a_new_draft_needs_a_new_review(desk: Desk) -> None:
    desk.submit(EDITION, [PASSED], LIN)
    desk.approve(EDITION, HE)
    assert desk.draft(recipe(load=2), files(recipe(load=2)), LIN).status == "draft"


def test_what_is_published_is_neither_drafted_again_nor_withdrawn(desk: Desk) -> None:
    published(desk)
    with pytest.raises(PublicationError, match="is published"):
        desk.draft(recipe(), files(recipe()), LIN)
    with pytest.raises(PublicationError, match="is published"):
        desk.withdraw(EDITION, LIN)


def test_a_file_changed_after_review_is_not_published(desk: Desk) -> None:
    desk.submit(EDITION, [PASSED], LIN)
    (desk.shelf.draft(EDITION).folder / "ranking.csv").write_bytes(b"2,1\n")
    with pytest.raises(PublicationError, match="not those that were submitted"):
        desk.approve(EDITION, HE)


def test_a_scheduled_edition_comes_out_when_its_time_has_come(desk: Desk) -> None:
    desk.submit(EDITION, [PASSED], LIN)
    desk.approve(EDITION, HE)
    moment = datetime(2026, 10, 15, 1, tzinfo=UTC)
    desk.schedule(EDITION, moment, LIN)
    assert desk.release_due(moment - timedelta(seconds=1)) == []
    assert not desk.shelf.holds(EDITION)
    [out] = desk.release_due(moment)
    assert (out.status, out.released_by) == ("published", "lin")
    assert desk.release_due(moment) == []


def test_an_edition_published_meanwhile_asks_for_a_new_draft(desk: Desk) -> None:
    """What stays hidden in one was decided without knowing the other."""
    other = "2026Q3-street-1"
    made = recipe(other, level="street")
    desk.draft(made, files(made), LIN)
    published(desk)
    with pytest.raises(PublicationError, match="was published after"):
        published(desk, other)


def test_a_publication_that_was_cut_off_is_finished(desk: Desk) -> None:
    desk.submit(EDITION, [PASSED], LIN)
    desk.approve(EDITION, HE)
    desk.shelf.release(EDITION)  # the files were moved, then the machine stopped
    assert desk.release(EDITION, LIN).status == "published"


def test_objections_are_taken_in_time_about_units_that_are_there_and_ruled_on_once(desk: Desk) -> None:
    published(desk)
    edition, objections = desk.shelf.edition(EDITION), Objections(desk.state)
    for unit, day, said in (
        ("990102009999", date(2026, 10, 16), "no unit"),
        (UNIT, date(2026, 10, 23), "are open from"),
    ):
        with pytest.raises(PublicationError, match=said):
            objections.record(edition, unit, "少计", day, LIN)
    with pytest.raises(PublicationError, match="leave it out"):
        objections.record(edition, UNIT, "身份证 11010519491231002X", date(2026, 10, 16), LIN)
    made = objections.record(edition, UNIT, "少计", date(2026, 10, 16), LIN)
    with pytest.raises(PublicationError, match="may not deal"):
        objections.rule(made.objection_id, "upheld", "属实", NOBODY)
    assert objections.rule(made.objection_id, "upheld", "属实", HE).ruling == "upheld"
    with pytest.raises(PublicationError, match="has been ruled on"):
        objections.rule(made.objection_id, "dismissed", "否", HE)


def test_canonical_json_refuses_doubles() -> None:
    with pytest.raises(TypeError, match=r"0\.1 is a float"):
        canonical({"share": [0.1]})
