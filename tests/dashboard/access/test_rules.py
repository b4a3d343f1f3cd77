"""A rule for every address and every callback: what is added without one fails here, before anybody asks for it.

Who may ask is tried for every role; what each answers to a reader of one street, for every panel and file.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from flask.testing import FlaskClient

from dashboard.access.roles import PERMITS, ROLES, Permit, Role
from dashboard.access.wanted import is_public, token_for_forms
from dashboard.app import Board, create_app
from dashboard.pages import PAGES
from dashboard.panel import Page
from dashboard.view import View
from etl.commands.publishing import HomeSources
from tests.accounts_home import SOUTH, STREET, accounts_home, enter
from tests.dashboard.access.test_scopes import OF_NO_REGION

FOREIGN = "990103"
CHIEF = "south-chief"  # who may do all that an administrator may, in one district
ANY: Final[tuple[Permit, ...]] = ()  # whoever has a session
# Who may ask: None everybody, else those with one of the permits. Values stand for the parts of an address.
RULES: Final[dict[str, tuple[Permit, ...] | None]] = {
    "GET /sign-in": None,
    "POST /sign-in": None,
    "GET /healthz": None,
    "GET /readyz": None,
    "GET /metrics": None,  # told to this machine, auditors and administrators: test_watching
    "GET /_favicon.ico": None,
    "GET /assets/<path:filename>": None,
    "GET /_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": None,
    "POST /api/v1/session": None,
    "DELETE /api/v1/session": None,
    "GET /api/v1/openapi.json": ANY,
    "GET /api/v1/metrics": ANY,
    "GET /api/v1/query": ("export",),
    "GET /bulletins": None,
    "GET /bulletins/about": None,
    "GET /bulletins/<name>": None,
    "GET /bulletins/<name>/<file>": None,
    "GET /": ANY,
    "GET /<path:path>": ANY,
    "GET /static/<path:filename>": ANY,
    "GET /_dash-layout": ANY,
    "GET /_dash-dependencies": ANY,
    "GET /_reload-hash": ANY,
    "POST /_dash-update-component": ANY,
    "GET /panels/<page_name>/<panel_name>": ANY,
    "GET /password": ANY,
    "POST /password": ANY,
    "POST /sign-out": ANY,
    "GET /export/<page_name>/<panel_name>.<any(csv, xlsx):kind>": ("export",),
    "GET /export/held/<table>.xlsx": ("export",),
    "GET /export/held/<table>.<int:number>.csv": ("export",),
    "GET /administration": ("accounts", "audit"),
    "GET /administration/accounts": ("accounts", "audit"),
    "POST /administration/accounts": ("accounts",),
    "GET /administration/accounts/<name>": ("accounts", "audit"),
    "POST /administration/accounts/<name>/<act>": ("accounts",),
    "GET /administration/log": ("audit",),
    "GET /administration/log.csv": ("audit",),
    "GET /desk": ("edit", "review"),
    "POST /desk": ("edit", "review"),
    "GET /desk/<name>": ("edit", "review"),
    "POST /desk/<name>/<act>": ("edit", "review"),
    "GET /desk/<name>/archive": ("edit", "review"),
    "GET /desk/<name>/preview": ("edit", "review"),
    "GET /desk/<name>/files/<file>": ("edit", "review"),
    "GET /cases": ("rows",),
    "GET /cases/<int:number>": ("rows",),
    "POST /cases/<int:number>/<outcome>": ("rows",),
    "GET /export/cases.csv": ("rows",),
    "GET /data/load": ("load",),
    "POST /data/load": ("load",),
    "GET /data/load/<name>": ("load",),
    "POST /data/load/<name>/stop": ("load",),
}
# Each draws within the scope of whoever asks (`seen`), or says no more than what it was given.
CALLBACKS: Final = {"asked", "frame", "panel-body", "region-search", "choice", "url", "title"}
PARTS: Final = {
    "page_name": "loans",
    "panel_name": "outstanding",
    "kind": "csv",
    "name": "nobody",
    "act": "unlock",
    "outcome": "none",
}


@pytest.fixture(scope="module")
def full(city_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Board:
    """The whole application, the desk too, with an account of each role."""
    home = accounts_home(city_home, tmp_path_factory.mktemp("full") / "home")
    (home / "settings.toml").write_text("[server]\npace = 0\n", encoding="utf-8")  # all is asked for at once
    return create_app(home, HomeSources(home))


@pytest.fixture(scope="module")
def readers(full: Board) -> dict[str, FlaskClient]:
    """A browser for each role, signed in."""
    found = {name: full.server.test_client() for name in (*ROLES, CHIEF)}
    for role, client in found.items():
        assert enter(client, role) == 303
    return found


def rules_of(board: Board) -> Iterator[str]:
    for rule in board.server.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}"


def test_every_address_has_its_rule(full: Board) -> None:
    assert sorted(set(rules_of(full)) ^ set(RULES)) == [], "say here who may ask for it"


def test_every_callback_is_known(full: Board) -> None:
    ids = re.findall(r'(?:"kind":"|^|\.\.)([a-z-]+)(?=[".])', "\n".join(full.callback_map), re.MULTILINE)
    assert set(ids) <= CALLBACKS | {"header", "bar", "main"}, "say here whose scope it draws in"


def address_of(rule: str) -> str:
    """An address of the rule: parts that nobody has, where the answer does not hang on them."""
    filled = re.sub(r"<(?:any\([^)]*\)|path|string|int)?:?(\w+)>", lambda part: PARTS.get(part[1], "1"), rule)
    return filled.partition(" ")[2]


@pytest.mark.parametrize("role", ROLES)
def test_what_needs_a_permit_is_refused_to_all_others(readers: dict[str, FlaskClient], role: Role) -> None:
    for rule, permits in RULES.items():
        method, address = rule.partition(" ")[0], address_of(rule)
        if not permits or set(permits) & PERMITS[role]:
            continue
        cookie = readers[role].get_cookie("reemploy_session")
        assert cookie is not None
        form = {"token": token_for_forms(cookie.value)} if method == "POST" else None
        answer = readers[role].open(address, method=method, data=form)
        refused = (400, 403) if method == "POST" else (403,)  # the desk asks who may when it acts, and calls it a fault
        assert answer.status_code in refused, f"{role} asks {rule}"


def test_a_stranger_gets_nothing_but_what_is_public(full: Board) -> None:
    stranger = full.server.test_client()
    for rule, permits in RULES.items():
        method, address = rule.partition(" ")[0], address_of(rule)
        assert is_public(address) is (permits is None), rule
        if permits is not None:
            answer = stranger.open(address, method=method)
            sent_away = answer.headers.get("Location", "").startswith("/sign-in") if address != "/sign-out" else True
            assert answer.status_code == 401 or (answer.status_code == 303 and sent_away), rule


def test_no_form_changes_anything_without_its_token(readers: dict[str, FlaskClient]) -> None:
    for rule, permits in RULES.items():
        method, address = rule.partition(" ")[0], address_of(rule)
        if method == "POST" and permits and not address.startswith("/_dash"):
            answer = readers["administrator"].post(address, data={"name": "sneaked"})
            assert answer.status_code in (400, 403, 404), f"{rule} {answer.status_code}"


def named(city: View, home: str, text: str) -> list[str]:
    """Codes of regions outside `home`, and names that no region in it or above it has, in a text."""
    own = city.tree.find(home)
    mine = {step.name for step in city.tree.path(own)}
    mine |= {region.name for region in city.tree.by_code.values() if own in city.tree.path(region)}
    others = [region for region in city.tree.by_code.values() if region.name not in mine and region.level != "city"]
    for name in sorted(mine, key=len, reverse=True):
        text = text.replace(name, "")
    return [f"{each.code} {each.name}" for each in others if each.code in text or each.name in text]


@pytest.mark.parametrize(("reader", "home"), [("street", STREET), (CHIEF, SOUTH)])
@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_panels_and_files_hold_nothing_of_others(
    readers: dict[str, FlaskClient], city: View, page: Page, reader: str, home: str
) -> None:
    client = readers[reader]
    above = (STREET[:6],) if reader == "street" else ()
    for panel in page.panels:
        at = f"{page.name}/{panel.name}"
        own = client.get(f"/export/{at}.csv")
        assert own.status_code in (200, 404), at
        if own.status_code == 200:
            assert named(city, home, own.get_data(as_text=True)) == [], at
        if at in OF_NO_REGION:
            continue
        for search in (f"region={code}" for code in (FOREIGN, "990100", *above)):
            for kind in ("csv", "xlsx"):
                assert client.get(f"/export/{at}.{kind}?{search}").status_code in (403, 404), f"{at} {search}"
            drawn = client.get(f"/panels/{at}?{search}").get_data(as_text=True)
            assert named(city, home, drawn.encode().decode("unicode_escape", "ignore")) == [], f"{at} {search}"
