"""Signing in: what opens a session, what locks an account, when a session ends."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from dashboard.access.account import OPERATOR
from dashboard.access.accounts import Accounts
from dashboard.access.sign_in import FAILURES, FAILURES_FROM_ADDRESS, LOCKED, Session, SignIn
from dashboard.state.audit import entries
from dashboard.state.database import State
from dashboard.state.moment import now
from dashboard.state.tables import failed_attempts, sessions
from tests.states import PASSWORD, account

HERE = "10.0.0.7"


@pytest.fixture
def door(state: State) -> SignIn:
    account(state, "li", "editor")
    return SignIn(state)


def entered(door: SignIn, name: str = "li", password: str = PASSWORD, address: str = HERE) -> Session:
    session = door.begin(name, password, address)
    assert session is not None
    return session


def wait(door: SignIn, seconds: timedelta) -> None:
    """As if that much time had passed since everything that happened."""
    with door.state.write() as connection:
        connection.execute(update(failed_attempts).values(at=now() - seconds))
        connection.execute(update(sessions).values(seen_at=now() - seconds, began_at=now() - seconds))


def reasons(door: SignIn) -> list[str]:
    with door.state.read() as connection:
        return [entry.detail for entry in entries(connection, action="session.refused")]


def test_a_session_is_its_accounts_until_it_is_ended(either_state: State) -> None:
    account(either_state, "li", "editor")
    door = SignIn(either_state)
    session = entered(door)
    found = door.account(session.token)
    assert found is not None
    assert found.name == "li"
    door.end(session.token, HERE)
    assert door.account(session.token) is None


def test_the_token_is_not_in_the_database(door: SignIn) -> None:
    session = entered(door)
    with door.state.read() as connection:
        [kept] = connection.execute(sessions.select()).all()
    assert session.token not in str(kept)


def test_a_name_is_taken_in_capitals_and_with_blanks(door: SignIn) -> None:
    assert entered(door, " LI ").account.name == "li"


@pytest.mark.parametrize(("name", "password"), [("li", "wrong"), ("nobody", PASSWORD), ("", ""), ("li", "x" * 5000)])
def test_what_does_not_fit_opens_nothing(door: SignIn, name: str, password: str) -> None:
    assert door.begin(name, password, HERE) is None


def test_a_disabled_account_opens_nothing_and_its_sessions_have_ended(door: SignIn) -> None:
    session = entered(door)
    Accounts(door.state).disable("li", by=OPERATOR)
    assert door.account(session.token) is None
    assert door.begin("li", PASSWORD, HERE) is None
    assert reasons(door) == ['{"reason":"disabled"}']


def test_after_five_wrong_passwords_the_right_one_waits(door: SignIn) -> None:
    for _ in range(FAILURES):
        assert door.begin("li", "wrong", HERE) is None
    assert door.begin("li", PASSWORD, HERE) is None
    assert reasons(door)[0] == '{"reason":"locked"}'
    wait(door, LOCKED)
    entered(door)


def test_a_right_password_forgets_the_wrong_ones(door: SignIn) -> None:
    for _ in range(2):
        for _ in range(FAILURES - 1):
            door.begin("li", "wrong", HERE)
        entered(door)


def test_unlocking_lets_in_at_once(door: SignIn) -> None:
    for _ in range(FAILURES):
        door.begin("li", "wrong", HERE)
    Accounts(door.state).unlock("li", by=OPERATOR)
    entered(door)


def test_an_address_that_tries_many_names_waits_too(door: SignIn) -> None:
    moment = now()
    with door.state.write() as connection:
        connection.execute(
            failed_attempts.insert(),
            [{"name": f"guess-{n}", "address": HERE, "at": moment} for n in range(FAILURES_FROM_ADDRESS)],
        )
    assert door.begin("li", PASSWORD, HERE) is None
    entered(door, address="10.0.0.8")


def test_what_was_typed_as_an_unknown_name_is_not_logged(door: SignIn) -> None:
    door.begin("my secret password", "li", HERE)
    with door.state.read() as connection:
        assert "secret" not in str(entries(connection))


@pytest.mark.parametrize("passed", ["idle", "absolute"])
def test_a_session_ends_when_idle_and_when_old(door: SignIn, passed: str) -> None:
    session = entered(door)
    wait(door, getattr(door, passed))
    assert door.account(session.token) is None


def test_a_session_in_use_goes_on_but_not_for_ever(door: SignIn) -> None:
    session = entered(door)
    wait(door, door.idle - timedelta(minutes=1))
    assert door.account(session.token) is not None
    with door.state.write() as connection:
        connection.execute(update(sessions).values(began_at=now() - door.absolute))
    assert door.account(session.token) is None


def test_a_new_password_ends_all_sessions(door: SignIn) -> None:
    session = entered(door)
    Accounts(door.state).set_password("li", "Another-hill-2027", by=session.account)
    assert door.account(session.token) is None
    assert not entered(door, password="Another-hill-2027").account.must_change


def test_a_password_given_by_another_must_be_changed(door: SignIn) -> None:
    Accounts(door.state).set_password("li", "Another-hill-2027", by=OPERATOR)
    assert entered(door, password="Another-hill-2027").account.must_change
