"""Signing in through the bureau's provider: a real one, in a process of its own, that also answers as none should."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.access.account import OPERATOR
from dashboard.access.accounts import Accounts
from dashboard.access.foreign import link_of
from dashboard.access.provider import OidcSettings
from dashboard.access.wanted import token_for_forms
from dashboard.app import create_app
from dashboard.state.audit import entries
from dashboard.state.database import State
from dashboard.state.settings import StateError
from tests.accounts_home import enter
from tests.provider import CLIENT, SECRET, running
from tests.states import PASSWORD, account

SOUTH = "990102000000"
MAPPED = '[oidc.roles]\n"bureau-analysts" = "analyst"\n"bureau-districts" = "district"\n'


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with running() as started:
        yield started


def home_with(issuer: str, folder: Path, more: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    said = f'[oidc]\nissuer = "{issuer}"\nclient_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
    (folder / "settings.toml").write_text(said + more, encoding="utf-8")
    with closing(State.of(folder)) as state:
        account(state, "chief", "administrator")
    return folder


@pytest.fixture
def home(issuer: str, tmp_path: Path) -> Path:
    return home_with(issuer, tmp_path / "home")


def mode(issuer: str, fault: str = "", key: str = "first", **claims: Any) -> None:
    said = {"fault": fault, "key": key, "claims": {"sub": "u-1", **claims}}
    requests.post(f"{issuer}/mode", json=said, timeout=60).raise_for_status()


def way(client: FlaskClient, onward: str = "/") -> str:
    """To the provider and back, up to the address that brings the code."""
    there = client.get(f"/sign-in/provider?next={onward}")
    assert there.status_code == 303, there.text
    back = requests.get(there.headers["Location"], allow_redirects=False, timeout=60)
    return back.headers["Location"].removeprefix("http://localhost")


def enter_through(client: FlaskClient, onward: str = "/") -> TestResponse:
    return client.get(way(client, onward))


def test_somebody_with_a_tie_to_an_account_comes_in_where_they_were_going(home: Path, issuer: str) -> None:
    mode(issuer)
    with closing(State.of(home)) as state:
        account(state, "wang", "district", regions=(SOUTH,))
        Accounts(state).link("wang", link_of(issuer, "u-1"), by=OPERATOR)
    client = create_app(home).server.test_client()
    answer = enter_through(client, "/loans%3Fregion%3D990102")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/loans?region=990102")
    assert client.get("/loans").status_code == 200
    cookie = client.get_cookie("reemploy_session")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")
    assert client.get_cookie("reemploy_way", path="/sign-in") is None
    by_password = create_app(home).server.test_client()
    assert enter(by_password, "wang") == 403, "no password fits who signs in through the provider"
    assert enter(by_password, "chief") == 303, "local accounts still work"


def test_who_is_known_but_has_no_account_is_told_what_to_tell(home: Path, issuer: str) -> None:
    mode(issuer, sub="u-<7>")
    answer = enter_through(create_app(home).server.test_client())
    assert answer.status_code == 403
    assert "u-&lt;7&gt;" in answer.text


@pytest.mark.parametrize(
    "fault", ["iss", "aud", "azp", "exp", "nonce", "missing", "none", "shared", "signature", "cut"]
)
def test_a_token_that_is_not_genuine_lets_nobody_in(home: Path, issuer: str, fault: str) -> None:
    with closing(State.of(home)) as state:
        account(state, "wang", "leader")
        Accounts(state).link("wang", link_of(issuer, "u-1"), by=OPERATOR)
    client = create_app(home).server.test_client()
    mode(issuer, fault)
    answer = enter_through(client)
    assert answer.status_code == 403
    assert client.get_cookie("reemploy_session") is None
    assert client.get("/loans").status_code == 303
    with closing(State.of(home)) as state, state.read() as connection:
        assert entries(connection)[0].action == "session.refused"
    mode(issuer)
    assert enter_through(client).status_code == 303, "the fault was the token's alone"


def test_a_code_is_of_use_to_the_browser_alone_that_asked_for_it(home: Path, issuer: str) -> None:
    mode(issuer)
    with closing(State.of(home)) as state:
        account(state, "wang", "leader")
        Accounts(state).link("wang", link_of(issuer, "u-1"), by=OPERATOR)
    app = create_app(home).server
    mine, other = app.test_client(), app.test_client()
    stolen = way(mine)
    assert other.get(stolen).status_code == 400, "another browser has no such attempt"
    other.get("/sign-in/provider")
    assert other.get(stolen).status_code == 400, "nor has one of its own this state"
    own = parse_qs(urlsplit(way(other)).query)["state"][0]
    other.get("/sign-in/provider")
    code = parse_qs(urlsplit(stolen).query)["code"][0]
    fresh = way(other)
    mixed = f"/sign-in/back?code={code}&state={parse_qs(urlsplit(fresh).query)['state'][0]}"
    assert other.get(mixed).status_code == 403, "a stolen code fails by its verifier (PKCE)"
    assert own != parse_qs(urlsplit(fresh).query)["state"][0]
    assert mine.get("/sign-in/back?error=access_denied&state=" + "0" * 64).status_code == 400


def test_a_key_that_the_provider_changes_is_fetched_anew(home: Path, issuer: str) -> None:
    with closing(State.of(home)) as state:
        account(state, "wang", "leader")
        Accounts(state).link("wang", link_of(issuer, "u-1"), by=OPERATOR)
    app = create_app(home).server
    mode(issuer)
    assert enter_through(app.test_client()).status_code == 303
    mode(issuer, key="second")
    assert enter_through(app.test_client()).status_code == 303


def test_claims_give_rights_where_the_settings_say_so_and_take_them(issuer: str, tmp_path: Path) -> None:
    more = f'regions_claim = "regions"\n{MAPPED}'
    home = home_with(issuer, tmp_path / "mapped", more)
    app = create_app(home).server
    mode(issuer, preferred_username="Li Si", groups=["bureau-districts", "canteen"], regions=["990102"])
    client = app.test_client()
    assert enter_through(client).status_code == 303
    with closing(State.of(home)) as state:
        found = Accounts(state).find("li-si")
        assert (found.roles, found.regions) == (("district",), (SOUTH,))
    assert client.get("/loans").status_code == 200

    mode(issuer, preferred_username="Li Si", groups=["bureau-analysts"], regions=["*"])
    assert enter_through(app.test_client()).status_code == 303
    assert client.get("/loans").status_code == 303, "sessions with the former rights have ended"
    with closing(State.of(home)) as state:
        assert (Accounts(state).find("li-si").roles, Accounts(state).find("li-si").regions) == (("analyst",), ())

    for groups, regions in ((["canteen"], ["*"]), (["bureau-analysts"], []), (["bureau-districts"], ["*"])):
        mode(issuer, preferred_username="Li Si", groups=groups, regions=regions)
        assert enter_through(app.test_client()).status_code == 403
    mode(issuer, sub="u-2", preferred_username="chief", groups=["bureau-analysts"], regions=["*"])
    assert enter_through(app.test_client()).status_code == 403, "a name that is taken is nobody else's"


def test_an_account_that_is_shut_stays_shut(home: Path, issuer: str) -> None:
    mode(issuer)
    with closing(State.of(home)) as state:
        account(state, "wang", "leader")
        Accounts(state).link("wang", link_of(issuer, "u-1"), by=OPERATOR)
        Accounts(state).disable("wang", by=OPERATOR)
    assert enter_through(create_app(home).server.test_client()).status_code == 403


def test_without_passwords_the_provider_is_the_only_way(issuer: str, tmp_path: Path) -> None:
    client = create_app(home_with(issuer, tmp_path / "only", "passwords = false\n")).server.test_client()
    page = client.get("/sign-in?lang=en").text
    assert "Sign in with the bureau&#39;s account" in page
    assert 'type="password"' not in page
    visit = client.get_cookie("reemploy_visit")
    assert visit is not None
    given = {"name": "chief", "password": PASSWORD, "token": token_for_forms(visit.value)}
    assert client.post("/sign-in", data=given).status_code == 403


def test_a_provider_that_is_away_is_told_calmly(tmp_path: Path) -> None:
    client = create_app(home_with("http://127.0.0.1:1", tmp_path / "away")).server.test_client()
    assert client.get("/sign-in/provider").status_code == 503
    assert enter(client, "chief") == 303


@pytest.mark.parametrize(
    "said",
    [
        'issuer = "http://sso.example.gov.cn"\nclient_id = "a"\nclient_secret = "b"',
        'issuer = "https://sso.example.gov.cn"\nclient_secret = "b"',
        'issuer = "https://sso.example.gov.cn"\nclient_id = "a"\nclient_secret = "b"\n[oidc.roles]\nx = "king"',
    ],
)
def test_settings_that_are_not_safe_are_refused(tmp_path: Path, said: str) -> None:
    (tmp_path / "settings.toml").write_text(f"[oidc]\n{said}\n", encoding="utf-8")
    with pytest.raises(StateError):
        OidcSettings.of(tmp_path)
