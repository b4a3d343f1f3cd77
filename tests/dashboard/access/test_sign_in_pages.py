"""The forms of signing in and out and of the password, without a script."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.state.database import State
from tests.accounts_home import enter, token_of
from tests.states import PASSWORD, account

CHOSEN = "Another-hill-2027"


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    state = State.of(tmp_path)
    account(state, "li", "leader")
    account(state, "ma", "leader", first=True)
    state.close()
    return create_app(tmp_path).server.test_client()


def changed(client: FlaskClient, present: str, chosen: str, again: str | None = None) -> tuple[int, str]:
    token = token_of(client.get("/password").get_data(as_text=True))
    given = {"present": present, "chosen": chosen, "again": chosen if again is None else again, "token": token}
    answer = client.post("/password", data=given)
    return answer.status_code, answer.get_data(as_text=True)


def test_signing_in_leads_on_to_what_was_asked_for(client: FlaskClient) -> None:
    assert client.get("/loans?region=990102").headers["Location"] == "/sign-in?next=%2Floans%3Fregion%3D990102"
    form = client.get("/sign-in?next=%2Floans%3Fregion%3D990102").get_data(as_text=True)
    assert 'name="next" value="/loans?region=990102"' in form
    assert enter(client, "li", onward="/loans?region=990102") == 303
    assert client.get("/sign-in?next=/loans").headers["Location"] == "/loans"


@pytest.mark.parametrize("name", ["li", "nobody"])
def test_a_wrong_password_and_an_unknown_name_are_told_alike(client: FlaskClient, name: str) -> None:
    token = token_of(client.get("/sign-in").get_data(as_text=True))
    answer = client.post("/sign-in", data={"name": name, "password": "wrong", "token": token})
    said = answer.get_data(as_text=True).replace(name, "NAME")
    assert answer.status_code == 403
    assert "账号与密码不符" in said
    assert client.get_cookie("reemploy_session") is None


def test_what_was_typed_is_shown_as_text(client: FlaskClient) -> None:
    token = token_of(client.get("/sign-in").get_data(as_text=True))
    answer = client.post("/sign-in", data={"name": '"><script>x', "password": "wrong", "token": token})
    assert "<script>x" not in answer.get_data(as_text=True)


def test_a_form_of_another_visit_is_not_taken(client: FlaskClient) -> None:
    client.get("/sign-in")
    answer = client.post("/sign-in", data={"name": "li", "password": PASSWORD, "token": "0" * 64})
    assert answer.status_code == 400
    assert client.get_cookie("reemploy_session") is None


def test_signing_out_ends_the_session_for_good(client: FlaskClient) -> None:
    enter(client, "li")
    cookie = client.get_cookie("reemploy_session")
    assert cookie is not None
    token = token_of(client.get("/password").get_data(as_text=True))
    assert client.post("/sign-out", data={"token": token}).headers["Location"] == "/sign-in"
    client.set_cookie("reemploy_session", cookie.value)
    assert client.get("/").status_code == 303


def test_a_session_of_before_is_not_taken_over(client: FlaskClient) -> None:
    client.set_cookie("reemploy_session", "chosen-by-somebody-else")
    enter(client, "li")
    cookie = client.get_cookie("reemploy_session")
    assert cookie is not None
    assert cookie.value != "chosen-by-somebody-else"


def test_a_first_password_is_changed_and_then_all_is_open(client: FlaskClient) -> None:
    enter(client, "ma")
    assert client.get("/").headers["Location"] == "/password"
    assert changed(client, PASSWORD, CHOSEN)[0] == 303
    assert client.get("/").status_code == 200
    assert enter(client.application.test_client(), "ma", CHOSEN) == 303


@pytest.mark.parametrize(
    ("present", "chosen", "again", "told"),
    [
        ("wrong", CHOSEN, None, "当前密码不正确"),
        (PASSWORD, CHOSEN, CHOSEN + "x", "不一致"),
        (PASSWORD, PASSWORD, None, "与当前密码相同"),
        (PASSWORD, "short", None, "10 至 200"),
        (PASSWORD, "alllowercaseletters", None, "两种"),
    ],
)
def test_a_password_that_is_not_taken_is_told_why(
    client: FlaskClient, present: str, chosen: str, again: str | None, told: str
) -> None:
    enter(client, "ma")
    status, said = changed(client, present, chosen, again)
    assert status == 400
    assert told in said
    assert client.get("/").status_code == 303


def test_every_form_speaks_both_languages(client: FlaskClient) -> None:
    assert "<h1>登录</h1>" in client.get("/sign-in").get_data(as_text=True)
    said = client.get("/sign-in?lang=en").get_data(as_text=True)
    assert "<h1>Sign in</h1>" in said
    assert 'lang="en"' in said
    assert client.get("/loans?lang=en").headers["Location"].endswith("lang=en")


def test_the_forms_run_no_script_of_others(client: FlaskClient) -> None:
    policy = client.get("/sign-in").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
