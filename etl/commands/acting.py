"""In whose name a command acts, and what it says where accounts do not allow it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from dashboard.access.account import AccessError, Account
from dashboard.access.accounts import Accounts
from dashboard.state.database import State
from dashboard.state.settings import StateError


def account_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--account NAME` or REEMPLOY_ACCOUNT: the account in whose name the command acts."""
    return click.option(
        "--account",
        envvar="REEMPLOY_ACCOUNT",
        required=True,
        metavar="NAME",
        help="The account in whose name this is done; the audit log says so.",
    )(command)


@contextmanager
def opened_state(home: Path) -> Iterator[State]:
    """The home's state database; what accounts do not allow is a usage error, a broken database exits 1."""
    try:
        state = State.of(home)
        try:
            yield state
        finally:
            state.close()
    except AccessError as error:
        raise click.UsageError(f"{error.text.zh}。{error.text.en}") from error
    except (StateError, DBAPIError, OSError) as error:
        raise click.ClickException(f"state database: {error}") from error


def acting(state: State, name: str) -> Account:
    """The account called `name`, if it is open; AccessError."""
    account = Accounts(state).find(name)
    if account.is_disabled:
        raise AccessError(f"账号 {name} 已停用", f"the account {name} is disabled")
    return account
