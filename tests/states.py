"""State databases for tests, and the accounts that many of them speak of."""

from dashboard.access.account import OPERATOR, Account
from dashboard.access.accounts import Accounts
from dashboard.access.roles import Role
from dashboard.state.database import State

PASSWORD = "Lake-and-hill-2026"


def account(state: State, name: str, *roles: Role, regions: tuple[str, ...] = (), first: bool = False) -> Account:
    """An account made on the command line; `first`: its password must be changed."""
    return Accounts(state).add(name, PASSWORD, roles, regions, by=OPERATOR, must_change=first)
