"""The API answers what the command prints, to each account its own regions, and nothing else to anybody."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.app import Board, create_app
from dashboard.semantics.catalogue import METRICS
from tests.accounts_home import SOUTH, STREET, accounts_home
from tests.dashboard.conftest import Clients
from tests.dashboard.shapes import command
from tests.states import PASSWORD

QUERY = "/api/v1/query"
# An address, and the same question as the command is asked.
ASKED = {
    "metric=placed": ("placed",),
    "metric=placed&metric=par_30&by=district&by=quarter": ("placed", "par_30", "--by", "district", "--by", "quarter"),
    "metric=subsidy_spend&by=kind&from=2026-01-01&to=2026-06-30&where=district=990102": (
        *("subsidy_spend", "--by", "kind", "--from", "2026-01-01", "--to", "2026-06-30"),
        *("--where", "district=990102"),
    ),
    "metric=unemployed&by=age_band&region=990102&as_of=2026-03-31": (
        *("unemployed", "--by", "age_band", "--region", "990102", "--as-of", "2026-03-31"),
    ),
}


@pytest.mark.parametrize("search", ASKED)
def test_it_answers_what_the_command_prints(signed_in_as: Clients, city_home: Path, search: str) -> None:
    answer = signed_in_as("analyst").get(f"{QUERY}?{search}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.get_json() == command("query", *ASKED[search], "--home", str(city_home))


@pytest.fixture
def program(guarded: Board) -> tuple[FlaskClient, Mapping[str, str]]:
    """A program that has begun a session for a street, and keeps no cookies."""
    client = guarded.server.test_client(use_cookies=False)
    begun = client.post("/api/v1/session", json={"name": "street", "password": PASSWORD})
    assert begun.status_code == 201
    assert begun.get_json()["idle_seconds"] > 0
    return client, {"Authorization": f"Bearer {begun.get_json()['token']}"}


def test_a_program_signs_in_asks_and_signs_out(program: tuple[FlaskClient, Mapping[str, str]]) -> None:
    client, bearer = program
    assert client.get(f"{QUERY}?metric=placed").status_code == 401
    assert client.get(f"{QUERY}?metric=placed&region={STREET}", headers=bearer).status_code == 200
    assert client.delete("/api/v1/session", headers=bearer).status_code == 204
    assert client.get(f"{QUERY}?metric=placed&region={STREET}", headers=bearer).status_code == 401
    assert client.delete("/api/v1/session", headers=bearer).status_code == 401


@pytest.mark.parametrize("body", [None, [], {"name": "street"}, {"name": "street", "password": 1}])
def test_what_is_no_name_and_password_is_told(guarded: Board, body: Any) -> None:
    assert guarded.server.test_client().post("/api/v1/session", json=body).status_code == 400


def test_a_wrong_password_opens_nothing_and_is_told_in_the_readers_language(guarded: Board) -> None:
    given = {"name": "leader", "password": "not this one 1"}
    answer = guarded.server.test_client().post("/api/v1/session?lang=en", json=given)
    assert answer.status_code == 403
    assert answer.get_json()["error"].startswith("That name and password do not fit")


def test_another_site_begins_no_session(guarded: Board) -> None:
    given = {"name": "leader", "password": PASSWORD}
    answer = guarded.server.test_client().post(
        "/api/v1/session", json=given, headers={"Origin": "https://elsewhere.invalid"}
    )
    assert answer.status_code == 403
    assert answer.content_type == "application/json"


def test_each_account_gets_its_own_regions_alone(signed_in_as: Clients) -> None:
    street = signed_in_as("street")
    own = street.get(f"{QUERY}?metric=placed&by=community").get_json()
    assert own
    assert {row["region_code"][:9] for row in own} == {STREET[:9]}
    for search in ("region=990103", "region=990100", f"region={SOUTH}"):
        assert street.get(f"{QUERY}?metric=placed&{search}").status_code == 403, search
    elsewhere = street.get(f"{QUERY}?metric=placed&by=community&where=district=990103")
    assert elsewhere.status_code == 403


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ("", "metric="),
        ("metric=plased", "placed"),
        ("metric=placed&by=moon", "moon"),
        ("metric=placed&region=12", "12"),
        ("metric=placed&from=2026-02-30", "2026-02-30"),
        ("metric=placed&where=sex", "DIM=VALUE"),
        ("metric=placed&colour=red", "colour"),
        ("metric=placed&region=990102&region=990103", "region"),
        ("metric=placed&known_at=one", "known_at"),
    ],
)
def test_what_cannot_be_asked_is_told(signed_in_as: Clients, search: str, told: str) -> None:
    answer = signed_in_as("analyst").get(f"{QUERY}?{search}&lang=en")
    assert answer.status_code == 400
    assert told in answer.get_json()["error"]


def test_a_load_that_is_not_kept_is_told(signed_in_as: Clients) -> None:
    answer = signed_in_as("analyst").get(f"{QUERY}?metric=placed&known_at=999&lang=en")
    assert (answer.status_code, answer.get_json()["error"]) == (404, "The build of that load is not kept.")


def test_an_answer_is_asked_for_again_only_when_the_build_or_the_rights_differ(
    signed_in_as: Clients, city_home: Path, tmp_path: Path
) -> None:
    address = f"{QUERY}?metric=placed&region={STREET}"
    first = signed_in_as("analyst").get(address)
    tag = {"If-None-Match": first.headers["ETag"]}
    again = signed_in_as("analyst").get(address, headers=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert signed_in_as("street").get(address, headers=tag).status_code == 200
    home = accounts_home(city_home, tmp_path / "home")
    newest = home / "builds" / (home / "CURRENT").read_text(encoding="utf-8").strip()
    shutil.copy(newest, home / "builds" / "000099.duckdb")
    (home / "CURRENT").write_text("000099.duckdb\n", encoding="utf-8")
    client = create_app(home).server.test_client(use_cookies=False)
    token = client.post("/api/v1/session", json={"name": "analyst", "password": PASSWORD}).get_json()["token"]
    other = client.get(address, headers={**tag, "Authorization": f"Bearer {token}"})
    assert (other.status_code, other.get_json()) == (200, first.get_json())


def test_a_figure_taken_by_a_program_is_in_the_log(signed_in_as: Clients) -> None:
    signed_in_as("analyst").get(f"{QUERY}?metric=placed&by=street")
    log = signed_in_as("auditor").get("/administration/log.csv").get_data(as_text=True)
    assert any(QUERY in line and "by=street" in line and "analyst" in line for line in log.splitlines())


def test_the_description_names_what_can_be_asked(signed_in_as: Clients) -> None:
    client = signed_in_as("leader")
    said = client.get("/api/v1/openapi.json").get_json()
    ways = {each["name"]: each for each in said["paths"][QUERY]["get"]["parameters"]}
    assert ways["metric"]["schema"]["items"]["enum"] == list(METRICS)
    assert set(ways) == {"metric", "by", "where", "region", "from", "to", "as_of", "known_at"}
    told = client.get("/api/v1/metrics").get_json()
    assert [each["metric"] for each in told] == list(METRICS)
    [first] = [each for each in told if each["metric"] == "placed"]
    for dimension in first["dimensions"]:
        assert client.get(f"{QUERY}?metric=placed&by={dimension}").status_code == 200, dimension
