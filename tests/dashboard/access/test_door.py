"""The door: who comes in, what they may ask for, where everybody else is sent."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.access.roles import PERMITS, ROLES, Permit, Role
from dashboard.access.wanted import own_path
from dashboard.app import Board, create_app
from dashboard.pages import PAGES
from tests.accounts_home import SOUTH, STREET, enter
from tests.dashboard.access.conftest import Clients

FOREIGN = "990103"
PANELS = [(page.path, page.name, page.panels[0].name) for page in PAGES]
# What each address needs beyond a session.
ADDRESSES: dict[str, Permit | None] = {
    **{page.path: None for page in PAGES},
    "/_dash-layout": None,
    "/export/loans/outstanding.csv": "export",
    "/export/loans/outstanding.xlsx": "export",
    "/export/held/persons.xlsx": "rows",
    "/export/rows/rows.csv": "rows",
    "/data/load": "load",
    "/administration/log": "audit",
    "/administration/log.csv": "audit",
}


def asked(client: FlaskClient, page: tuple[str, str, str], search: str, panel: str | None = None) -> str:
    """What a panel's own address answers, as the browser would ask (or a tamperer)."""
    _path, name, first = page
    answer = client.get(f"/panels/{name}/{panel or first}{search}")
    return f"{answer.status_code} {answer.get_data(as_text=True)}"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_ask_for(signed_in_as: Clients, role: Role, address: str) -> None:
    needed = ADDRESSES[address]
    status = signed_in_as(role).get(address).status_code
    assert status == (200 if needed is None or needed in PERMITS[role] else 403)


def test_a_look_at_rows_is_logged_and_only_by_whoever_saw_them(signed_in_as: Clients) -> None:
    for name in ("street", "leader"):
        assert signed_in_as(name).get("/panels/rows/rows?indicator=referrals").status_code == 200
    log = signed_in_as("auditor").get("/administration/log.csv?action=rows").get_data(as_text=True)
    assert [line for line in log.splitlines() if "street" in line and "rows.seen" in line and "referrals" in line]
    assert "leader" not in log


@pytest.mark.parametrize("role", ROLES)
def test_the_administration_is_for_administrators_and_auditors(signed_in_as: Clients, role: Role) -> None:
    client = signed_in_as(role)
    allowed = role in ("administrator", "auditor")
    assert client.get("/administration").status_code == (303 if allowed else 403)
    assert client.get("/administration/accounts").status_code == (200 if allowed else 403)
    layout = client.get("/_dash-layout", headers={"Referer": "http://localhost/"}).get_data(as_text=True)
    assert ("\\u002fadministration" in layout) is allowed


@pytest.mark.parametrize("address", [*ADDRESSES, "/administration", "/password", "/desk", "/nowhere"])
def test_a_stranger_is_sent_to_the_sign_in_page(stranger: FlaskClient, address: str) -> None:
    answer = stranger.get(address)
    if address.startswith("/_dash"):
        assert answer.status_code == 401
    else:
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("address", ["/healthz", "/sign-in", "/bulletins", "/assets/10-tokens.css"])
def test_what_is_public_needs_no_account(stranger: FlaskClient, address: str) -> None:
    with stranger.get(address) as answer:
        assert answer.status_code == 200


@pytest.mark.parametrize("page", PANELS, ids=[path for path, _, _ in PANELS])
def test_a_stranger_gets_nothing_from_dash(stranger: FlaskClient, page: tuple[str, str, str]) -> None:
    assert asked(stranger, page, "").startswith("401")


@pytest.mark.parametrize("search", [f"?region={FOREIGN}", "?region=990100"])
def test_a_tampered_request_for_another_region_is_told_not_allowed(signed_in_as: Clients, search: str) -> None:
    loans = next(page for page in PANELS if page[1] == "loans")
    answer = asked(signed_in_as("street"), loans, search, "outstanding")
    assert answer.startswith("200")
    assert "notice-not-allowed" in answer


def test_a_filter_on_another_region_brings_none_of_it(signed_in_as: Clients) -> None:
    loans = next(page for page in PANELS if page[1] == "loans")
    for search in (f"?where=district={FOREIGN}", f"?where=street={FOREIGN}001&by=bank"):
        assert "临湖" not in asked(signed_in_as("street"), loans, search, "outstanding")


def test_a_panel_kept_by_the_browser_is_asked_for_each_time_and_holds_for_its_reader_alone(
    signed_in_as: Clients,
) -> None:
    leader, street = signed_in_as("leader"), signed_in_as("street")
    kept = leader.get("/panels/loans/outstanding")
    assert kept.headers["Cache-Control"] == "private, no-cache"
    again = leader.get("/panels/loans/outstanding", headers={"If-None-Match": kept.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = street.get("/panels/loans/outstanding", headers={"If-None-Match": kept.headers["ETag"]})
    assert other.status_code == 200
    assert other.headers["ETag"] != kept.headers["ETag"]


def test_the_same_request_for_ones_own_region_is_answered(signed_in_as: Clients) -> None:
    loans = next(page for page in PANELS if page[1] == "loans")
    for search in ("", f"?region={STREET[:9]}"):
        answer = asked(signed_in_as("street"), loans, search, "outstanding")
        assert "notice-not-allowed" not in answer
        assert "panel-grid" in answer or "panel-chart" in answer


@pytest.mark.parametrize(("path", "status"), [(f"?region={FOREIGN}", 403), (f"?region={SOUTH[:6]}", 200), ("", 200)])
def test_a_file_of_another_region_is_not_given(signed_in_as: Clients, path: str, status: int) -> None:
    assert signed_in_as("district").get(f"/export/loans/outstanding.csv{path}").status_code == status


def test_a_file_taken_away_is_in_the_log(signed_in_as: Clients) -> None:
    signed_in_as("analyst").get("/export/subsidies/areas.csv?region=990102&period=2026Q2")
    log = signed_in_as("auditor").get("/administration/log?action=export&account=analyst").get_data(as_text=True)
    assert "/export/subsidies/areas.csv" in log
    assert "region=990102&amp;period=2026Q2" in log


def test_the_frame_of_another_region_leads_back(signed_in_as: Clients) -> None:
    client = signed_in_as("district")
    layout = client.get("/_dash-layout", headers={"Referer": f"http://localhost/loans?region={FOREIGN}"})
    said = layout.get_data(as_text=True)
    assert "notice-not-allowed" in said
    assert "panel-body" not in said


def test_a_first_password_opens_nothing_but_its_change(guarded: Board) -> None:
    client = guarded.server.test_client()
    assert enter(client, "newcomer", onward="/loans") == 303
    for address in ("/", "/loans", "/export/loans/outstanding.csv", "/administration"):
        assert client.get(address).headers["Location"].startswith("/password")
    assert client.get("/_dash-layout").status_code == 401
    assert client.get("/password").status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost.evil.example", "http://localhost:81"]
)
def test_what_another_site_sends_is_refused(signed_in_as: Clients, origin: str) -> None:
    client = signed_in_as("administrator")
    assert client.post("/sign-out", headers={"Origin": origin}).status_code == 403
    assert client.post("/_dash-update-component", json={}, headers={"Origin": origin}).status_code == 403
    assert client.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get("/").status_code == 200


def test_a_form_without_its_token_changes_nothing(signed_in_as: Clients) -> None:
    client = signed_in_as("administrator")
    given = {"name": "sneaked", "role": "administrator", "token": "0" * 64}
    assert client.post("/administration/accounts", data=given).status_code == 400
    assert client.post("/administration/accounts/leader/disable", data={}).status_code == 400
    assert client.post("/sign-out", data={}).status_code == 400
    assert "sneaked" not in client.get("/administration/accounts").get_data(as_text=True)


def test_the_cookies_are_out_of_reach(guarded: Board) -> None:
    client = guarded.server.test_client()
    client.get("/sign-in")
    enter(client, "leader")
    cookie = client.get_cookie("reemploy_session")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.secure, cookie.path) == (True, "Lax", False, "/")


def test_over_tls_the_cookie_is_for_tls_alone(guarded: Board) -> None:
    client = guarded.server.test_client()
    answer = client.get("/sign-in", base_url="https://localhost")
    assert "Secure" in answer.headers["Set-Cookie"]


def test_what_the_signed_in_see_is_kept_nowhere(signed_in_as: Clients) -> None:
    for address in ("/", "/_dash-layout", "/export/loans/outstanding.csv", "/password"):
        assert "no-store" in signed_in_as("analyst").get(address).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("given", "onward"),
    [
        ("/loans?region=990102", "/loans?region=990102"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("loans", "/"),
        ("http://[", "/"),
        ("/sign-out", "/"),
        ("/loans\r\nSet-Cookie: a=b", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_to_a_page_of_ours(given: str, onward: str) -> None:
    assert own_path(given) == onward


def test_host_names_that_are_not_ours_are_refused(tmp_path: Any) -> None:
    (tmp_path / "settings.toml").write_text('[server]\nhosts = ["board.example.gov.cn"]\n', encoding="utf-8")
    client = create_app(tmp_path).server.test_client()
    assert client.get("/sign-in", base_url="http://board.example.gov.cn").status_code == 200
    assert client.get("/healthz", base_url="http://evil.example").status_code == 400


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-Ip"])
def test_without_accounts_only_this_machine_comes_in(tmp_path: Any, header: str) -> None:
    client = create_app(tmp_path).server.test_client()
    assert client.get("/").status_code == 200
    for answer in (
        client.get("/", headers={header: "10.0.0.7"}),
        client.get("/", environ_overrides={"REMOTE_ADDR": "10.0.0.7"}),
        client.get("/", base_url="http://evil.example"),
    ):
        assert answer.status_code == 303
    assert "reemploy user add" in client.get("/sign-in", headers={header: "10.0.0.7"}).get_data(as_text=True)
