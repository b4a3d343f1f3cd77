"""`reemploy user`, `reemploy audit`, and what `reemploy serve` wants before others may look."""

import json
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.access.accounts import Accounts
from dashboard.access.sign_in import FAILURES, SignIn
from dashboard.state.database import State
from etl.cli import main
from tests.states import PASSWORD


def run(home: Path, *words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, [*words, "--home", str(home)], input=typed)


def listed(home: Path) -> dict[str, dict[str, str]]:
    return {row["account"]: row for row in json.loads(run(home, "user", "list", "--format", "json").stdout)}


def fits(home: Path, name: str, password: str) -> bool:
    with closing(State.of(home)) as state:
        return SignIn(state).begin(name, password, "10.0.0.7") is not None


def test_an_account_is_added_with_a_password_that_is_shown_once(tmp_path: Path) -> None:
    said = run(tmp_path, "user", "add", "wang", "--role", "district", "--region", "990102").stdout
    found = re.search(r"first password: (\S+)", said)
    assert found is not None
    assert fits(tmp_path, "wang", found[1])
    assert listed(tmp_path)["wang"] == {
        "account": "wang",
        "full_name": "wang",
        "roles": "district",
        "regions": "990102000000",
        "state": "first password",
    }


def test_a_password_may_be_given(tmp_path: Path) -> None:
    said = run(tmp_path, "user", "add", "li", "--role", "leader", "--password-stdin", typed=f"{PASSWORD}\n").stdout
    assert PASSWORD not in said
    assert fits(tmp_path, "li", PASSWORD)


def test_an_account_is_changed_shut_opened_and_let_in_again(tmp_path: Path) -> None:
    run(tmp_path, "user", "add", "li", "--role", "leader", "--password-stdin", typed=f"{PASSWORD}\n")
    run(tmp_path, "user", "role", "li", "--role", "editor", "--role", "analyst")
    assert listed(tmp_path)["li"]["roles"] == "analyst editor"
    run(tmp_path, "user", "disable", "li")
    assert listed(tmp_path)["li"]["state"] == "disabled"
    assert not fits(tmp_path, "li", PASSWORD)
    run(tmp_path, "user", "enable", "li")
    for _ in range(FAILURES):
        fits(tmp_path, "li", "wrong")
    assert listed(tmp_path)["li"]["state"] == "locked"
    run(tmp_path, "user", "unlock", "li")
    run(tmp_path, "user", "password", "li", "--password-stdin", typed="Another-hill-2027\n")
    assert fits(tmp_path, "li", "Another-hill-2027")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "li", "--role", "god"), "god"),
        (("add", "li", "--role", "street"), "辖区"),
        (("disable", "nobody"), "没有账号"),
        (("add", "li"), "--role"),
    ],
)
def test_what_is_not_possible_is_a_usage_error(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    result = run(tmp_path, "user", *words)
    assert result.exit_code == 2
    assert told in result.output


def test_the_log_is_exported_and_checked(tmp_path: Path) -> None:
    run(tmp_path, "user", "add", "li", "--role", "leader")
    rows = json.loads(run(tmp_path, "audit", "export", "--action", "account", "--format", "json").stdout)
    assert [(row["account"], row["action"], row["subject"]) for row in rows] == [
        ("command-line", "account.added", "li")
    ]
    verified = run(tmp_path, "audit", "verify", "--contains", rows[0]["hash"])
    assert verified.exit_code == 0
    assert "unbroken" in verified.stdout
    assert run(tmp_path, "audit", "verify", "--contains", "0" * 64).exit_code == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.7", "board.example.gov.cn"])
def test_nothing_is_served_to_others_before_there_are_accounts(tmp_path: Path, host: str) -> None:
    result = run(tmp_path, "serve", "--host", host)
    assert result.exit_code == 2
    assert "reemploy user add" in result.output
    with closing(State.of(tmp_path)) as state:
        assert not Accounts(state).any()


def test_accounts_need_none_of_the_dashboards_libraries() -> None:
    heavy = "[name for name in ('dash', 'duckdb', 'plotly') if name in sys.modules]"
    code = f"import sys, etl.commands.user, etl.commands.audit; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
