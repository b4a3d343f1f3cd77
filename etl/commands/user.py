"""`reemploy user`: accounts, their roles and regions, from the machine's command line."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from dashboard.access.account import OPERATOR, Account
from dashboard.access.accounts import Accounts
from dashboard.access.foreign import link_of
from dashboard.access.passwords import made_password
from dashboard.access.provider import OidcSettings
from dashboard.access.roles import ROLES
from dashboard.access.sign_in import is_locked
from etl.commands.acting import opened_state
from etl.commands.options import format_option, home_option
from etl.commands.output import print_rows

COLUMNS: Final = ("account", "full_name", "roles", "regions", "state")


def _rights(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option(
        "--region", "regions", multiple=True, metavar="CODE", help="6, 9 or 12 digits; repeatable [default: all]."
    )(command)
    return click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="Repeatable.")(
        command
    )


def _password(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--password-stdin", "given", is_flag=True, help="Read the password from standard input instead of making one."
    )(command)


@click.group()
def user() -> None:
    """Accounts: add, list, change, disable, unlock. Everybody changes their own first password at sign-in."""


@user.command()
@click.argument("name")
@_rights
@click.option("--full-name", default="", help="As the shell greets them.")
@_password
@home_option
def add(
    *, name: str, roles: tuple[Any, ...], regions: tuple[str, ...], full_name: str, given: bool, home: Path
) -> None:
    """Add the account NAME; its first password is printed once, and must be changed at the first sign-in."""
    password = _from_stdin() if given else made_password()
    with opened_state(home) as state:
        account = Accounts(state).add(name, password, roles, regions, by=OPERATOR, full_name=full_name)
    click.echo(f"{account.name}: {_rights_said(account)}")
    if not given:
        click.echo(f"初始密码 first password: {password}")


@user.command("list")
@home_option
@format_option("table", "csv", "json")
def list_accounts(*, home: Path, form: str) -> None:
    """List the accounts."""
    with opened_state(home) as state, state.read() as connection:
        rows = [
            {
                "account": account.name,
                "full_name": account.full_name,
                "roles": " ".join(account.roles),
                "regions": " ".join(account.regions),
                "state": _state(account, locked=is_locked(connection, account.name)),
            }
            for account in Accounts(state).all()
        ]
    print_rows(rows, COLUMNS, form)


@user.command()
@click.argument("name")
@_rights
@home_option
def role(*, name: str, roles: tuple[Any, ...], regions: tuple[str, ...], home: Path) -> None:
    """Give NAME these roles and regions instead of its own; its open sessions end."""
    with opened_state(home) as state:
        account = Accounts(state).give(name, roles, regions, by=OPERATOR)
    click.echo(f"{account.name}: {_rights_said(account)}")


@user.command()
@click.argument("name")
@click.option("--subject", required=True, help="As the provider calls them; the page of a refused sign-in shows it.")
@home_option
def link(*, name: str, subject: str, home: Path) -> None:
    """Let NAME sign in through the provider of `[oidc]` instead of by a password."""
    with opened_state(home) as state:
        settings = OidcSettings.of(home)
        if settings is None:
            raise click.UsageError(
                f"{home / 'settings.toml'} names no provider: [oidc] issuer, client_id, client_secret"
            )
        Accounts(state).link(name, link_of(settings.issuer, subject), by=OPERATOR)
    click.echo(f"{name}: 已与单点登录关联 signs in through {settings.issuer}")


@user.command()
@click.argument("name")
@home_option
def disable(name: str, home: Path) -> None:
    """Shut the account NAME and end its sessions; accounts are never deleted, for the log names them."""
    with opened_state(home) as state:
        Accounts(state).disable(name, by=OPERATOR)
    click.echo(f"{name}: 已停用 disabled")


@user.command()
@click.argument("name")
@home_option
def enable(name: str, home: Path) -> None:
    """Open the account NAME again."""
    with opened_state(home) as state:
        Accounts(state).disable(name, by=OPERATOR, disabled=False)
    click.echo(f"{name}: 已启用 enabled")


@user.command()
@click.argument("name")
@_password
@home_option
def password(*, name: str, given: bool, home: Path) -> None:
    """Give NAME a new password, to be changed at the next sign-in."""
    made = _from_stdin() if given else made_password()
    with opened_state(home) as state:
        Accounts(state).set_password(name, made, by=OPERATOR)
    click.echo(f"{name}: 密码已重置 password set" if given else f"{name}: 新密码 new password: {made}")


@user.command()
@click.argument("name")
@home_option
def unlock(name: str, home: Path) -> None:
    """Let NAME sign in again after too many wrong passwords."""
    with opened_state(home) as state:
        Accounts(state).unlock(name, by=OPERATOR)
    click.echo(f"{name}: 已解锁 unlocked")


def _from_stdin() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _rights_said(account: Account) -> str:
    return f"{', '.join(account.roles)}; {', '.join(account.regions) or '全市 whole city'}"


def _state(account: Account, *, locked: bool) -> str:
    if account.is_disabled:
        return "disabled"
    return "locked" if locked else "first password" if account.must_change else "open"
