"""Accounts: made and changed by who may, in words of the log."""

from itertools import combinations

import pytest

from dashboard.access.account import LOCAL, OPERATOR, AccessError, Account
from dashboard.access.accounts import Accounts
from dashboard.access.roles import PERMITS, ROLES, Role, permits_of
from dashboard.state.audit import entries
from dashboard.state.database import State
from tests.states import PASSWORD, account

CITY, NORTH, SOUTH, HILL = "990100000000", "990101000000", "990102000000", "990101001000"


def somebody(*roles: Role, regions: tuple[str, ...] = (), number: int = 1) -> Account:
    return Account(number, f"somebody-{number}", "", roles, regions)


def test_an_account_is_found_as_it_was_made(either_state: State) -> None:
    made = account(either_state, "Wang", "editor", "analyst", regions=("990102",), first=True)
    found = Accounts(either_state).find("wang")
    assert found == made
    assert (found.roles, found.regions, found.must_change) == (("analyst", "editor"), (SOUTH,), True)
    assert [each.name for each in Accounts(either_state).all()] == ["wang"]


def test_before_the_first_account_there_is_none(state: State) -> None:
    assert not Accounts(state).any()
    account(state, "li", "leader")
    assert Accounts(state).any()


@pytest.mark.parametrize("name", ["", "x", "Li Wang", "李", "local", "command-line", "a" * 65, "../li"])
def test_a_name_is_plain(state: State, name: str) -> None:
    with pytest.raises(AccessError):
        account(state, name, "leader")


def test_a_name_is_given_once(state: State) -> None:
    account(state, "li", "leader")
    with pytest.raises(AccessError, match="already"):
        account(state, "LI", "analyst")


@pytest.mark.parametrize("role", ["district", "street"])
def test_district_and_street_staff_have_a_region(state: State, role: Role) -> None:
    with pytest.raises(AccessError, match="needs a region"):
        account(state, "li", role)


@pytest.mark.parametrize("code", ["99", "9901020000000", "99010x", "二二二二二二", "９９０１０２"])
def test_a_region_is_a_code(state: State, code: str) -> None:
    with pytest.raises(AccessError, match="region code"):
        account(state, "li", "district", regions=(code,))


@pytest.mark.parametrize(
    "password", ["short-1A", "aaaaaaaaaaaa", "alllowercase", "1234567890", "xx-Li-2026-li-xx", "x1" * 101]
)
def test_a_weak_password_is_refused(state: State, password: str) -> None:
    with pytest.raises(AccessError, match="password"):
        Accounts(state).add("li", password, ["leader"], by=OPERATOR)
    assert not Accounts(state).any()


def test_rights_given_anew_replace_the_old_ones_and_are_in_the_log(state: State) -> None:
    account(state, "li", "analyst")
    Accounts(state).give("li", ["district"], ["990101"], by=OPERATOR, address="10.0.0.7")
    found = Accounts(state).find("li")
    assert (found.roles, found.regions) == (("district",), (NORTH,))
    with state.read() as connection:
        entry = entries(connection, action="account.rights_changed")[0]
    assert (entry.account, entry.subject, entry.address) == ("command-line", "li", "10.0.0.7")
    assert '"before":{"regions":[],"roles":["analyst"]}' in entry.detail


def test_nobody_changes_their_own_rights(state: State) -> None:
    chief = account(state, "chief", "administrator")
    with pytest.raises(AccessError, match="nor change their own"):
        Accounts(state).give("chief", ["administrator", "auditor"], by=chief)
    with pytest.raises(AccessError, match="nor change their own"):
        Accounts(state).disable("chief", by=chief)


def test_an_administrator_of_a_district_gives_what_is_in_the_district(state: State) -> None:
    chief = account(state, "chief", "administrator", regions=("990101",))
    accounts = Accounts(state)
    accounts.add("ma", PASSWORD, ["street"], [HILL], by=chief)
    with pytest.raises(AccessError):
        accounts.add("hu", PASSWORD, ["street"], [SOUTH], by=chief)
    with pytest.raises(AccessError):
        accounts.add("he", PASSWORD, ["leader"], [], by=chief)
    with pytest.raises(AccessError):
        accounts.give("ma", ["street"], [HILL, SOUTH], by=chief)


def test_no_password_is_given_to_who_holds_more(state: State) -> None:
    chief = account(state, "chief", "administrator", regions=("990101",))
    account(state, "mayor", "leader")
    account(state, "audit", "auditor", regions=("990101",))
    for name in ("mayor", "audit"):
        with pytest.raises(AccessError):
            Accounts(state).set_password(name, "Another-hill-2027", by=chief)
        with pytest.raises(AccessError):
            Accounts(state).unlock(name, by=chief)


@pytest.mark.parametrize("giver", ROLES)
@pytest.mark.parametrize("given", ROLES)
def test_nobody_gives_more_than_they_hold(giver: Role, given: Role) -> None:
    possible = somebody(giver).may_give([given], [NORTH])
    assert possible == ("accounts" in PERMITS[giver] and PERMITS[given] <= PERMITS[giver])


@pytest.mark.parametrize(("giver", "possible"), [("administrator", True), ("auditor", False)])
def test_all_roles_but_the_auditors_are_given_by_administrators(giver: Role, *, possible: bool) -> None:
    others = [role for role in ROLES if role != "auditor"]
    assert all(somebody(giver).may_give(pair, ()) is possible for pair in combinations(others, 2))
    assert not somebody("administrator").may_give(["auditor"], ())
    assert somebody("administrator", "auditor").may_give(["auditor"], ())


@pytest.mark.parametrize(
    ("own", "wanted", "covered"),
    [
        ((), (), True),
        ((), (NORTH,), True),
        ((CITY,), (SOUTH, HILL), True),
        ((NORTH,), (HILL,), True),
        ((NORTH,), (), False),
        ((NORTH,), (CITY,), False),
        ((HILL,), (NORTH,), False),
        ((NORTH, SOUTH), (HILL, SOUTH), True),
        ((NORTH,), (HILL, SOUTH), False),
    ],
)
def test_a_region_covers_all_below_it(own: tuple[str, ...], wanted: tuple[str, ...], *, covered: bool) -> None:
    assert somebody("administrator", regions=own).covers(wanted) is covered


def test_a_role_that_sees_no_figures_has_an_empty_scope() -> None:
    assert somebody("leader").scope.regions is None
    assert somebody("district", regions=(NORTH,)).scope.regions == (NORTH,)
    assert somebody().scope.regions == ()
    assert not somebody("leader").scope.rows
    assert somebody("analyst").scope.rows


def test_who_is_signed_in_by_themselves_holds_every_role_that_needs_no_region() -> None:
    assert LOCAL.permits == permits_of(ROLES)
