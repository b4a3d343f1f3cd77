"""The administration page: accounts made, changed and shut by who may; the log, filtered and taken away."""

import re

import pytest
from flask.testing import FlaskClient

from dashboard.app import Board
from tests.accounts_home import SOUTH, STREET, enter, token_of
from tests.dashboard.access.conftest import Clients


def send(client: FlaskClient, path: str, **given: object) -> tuple[int, str]:
    """A form sent with its token."""
    token = token_of(client.get("/administration/accounts").get_data(as_text=True))
    answer = client.post(f"/administration/accounts{path}", data={"token": token, **given})
    return answer.status_code, answer.get_data(as_text=True)


def given_password(page: str) -> str:
    found = re.search(r"<code>([a-z0-9-]{19})</code>", page)
    assert found is not None
    return found[1]


def test_a_new_account_signs_in_with_the_password_shown(signed_in_as: Clients, guarded: Board) -> None:
    client = signed_in_as("administrator")
    status, said = send(client, "", name="zhao", full_name="赵", role=["street"], region=[STREET])
    assert status == 200
    newcomer = guarded.server.test_client()
    assert enter(newcomer, "zhao", given_password(said)) == 303
    assert newcomer.get("/").headers["Location"] == "/password"
    assert "zhao" in client.get("/administration/accounts").get_data(as_text=True)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "x y", "role": ["leader"]}, "账号名为"),
        ({"name": "leader", "role": ["leader"]}, "已存在"),
        ({"name": "qian", "role": []}, "至少要有一个角色"),
        ({"name": "qian", "role": ["street"]}, "必须指定辖区"),
        ({"name": "qian", "role": ["street"], "region": ["990999"]}, "没有区划"),
        ({"name": "qian", "role": ["god"]}, "没有角色"),
        ({"name": "qian", "role": ["auditor"]}, "超出自身权限"),
    ],
)
def test_what_is_not_possible_is_told(signed_in_as: Clients, given: dict[str, object], told: str) -> None:
    status, said = send(signed_in_as("administrator"), "", **given)
    assert status == 400
    assert told in said
    assert "qian" not in re.findall(r"accounts/([a-z-]+)", said)


def test_rights_are_changed_and_the_account_is_shut_and_opened(signed_in_as: Clients, guarded: Board) -> None:
    chief = signed_in_as("administrator")
    _, said = send(chief, "", name="sun", role=["analyst"])
    send(chief, "/sun/rights", role=["district"], region=[SOUTH])
    assert f'value="{SOUTH}" class="level-district" selected' in chief.get("/administration/accounts/sun").text
    send(chief, "/sun/disable")
    sun = guarded.server.test_client()
    assert enter(sun, "sun", given_password(said)) == 403
    send(chief, "/sun/enable")
    _, said = send(chief, "/sun/password")
    assert enter(sun, "sun", given_password(said)) == 303


def test_an_administrator_of_a_district_sees_its_accounts_alone(signed_in_as: Clients) -> None:
    chief = signed_in_as("south-chief")
    said = chief.get("/administration/accounts").get_data(as_text=True)
    assert set(re.findall(r"/administration/accounts/([a-z-]+)\"", said)) >= {"district", "street", "south-chief"}
    assert "accounts/leader" not in said
    assert chief.get("/administration/accounts/leader").status_code == 403
    assert send(chief, "/leader/password")[0] == 403
    assert send(chief, "", name="li", role=["leader"])[0] == 400
    assert send(chief, "", name="li", role=["leader"], region=["990101000000"])[0] == 400
    assert send(chief, "/south-chief/rights", role=["administrator"])[0] == 400


@pytest.mark.parametrize("role", ["leader", "analyst", "editor", "reviewer", "district", "street", "auditor"])
def test_nobody_else_changes_accounts(signed_in_as: Clients, role: str) -> None:
    client = signed_in_as(role)
    token = token_of(client.get("/password").get_data(as_text=True))
    for path in ("", "/leader/rights", "/leader/password", "/leader/disable", f"/{role}/rights"):
        given = {"token": token, "name": "li", "role": "leader"}
        assert client.post(f"/administration/accounts{path}", data=given).status_code == 403


def test_the_log_is_filtered_and_taken_away(signed_in_as: Clients) -> None:
    auditor = signed_in_as("auditor")
    said = auditor.get("/administration/log?account=command-line&action=account").get_data(as_text=True)
    assert "账号" in said
    assert "链条完整" in said
    assert "<td>command-line</td>" in said
    assert "<td>leader</td><td>127" not in said
    file = auditor.get("/administration/log.csv?action=account").get_data(as_text=True)
    lines = file.splitlines()
    assert lines[0].startswith("\ufeffentry,at,account,address,action")
    assert all(",account." in line for line in lines[1:])
    assert "log.csv" in auditor.get("/administration/log?action=audit").get_data(as_text=True)
    assert "没有符合条件的记录" in auditor.get("/administration/log?since=2999-01-01").get_data(as_text=True)


def test_the_pages_speak_english_too(signed_in_as: Clients) -> None:
    for path in ("accounts", "accounts/leader"):
        said = signed_in_as("administrator").get(f"/administration/{path}?lang=en").get_data(as_text=True)
        assert not re.search(
            r"[\u4e00-\u9fff]", re.sub(r"<option.*?</option>|<td>.*?</td>|中文", "", said, flags=re.DOTALL)
        )
    log = signed_in_as("auditor").get("/administration/log?lang=en").get_data(as_text=True)
    assert not re.search(r"[\u4e00-\u9fff]", log.replace("中文", ""))
