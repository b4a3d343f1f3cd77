"""All accounts of a home: found, made and changed; every change is in the audit log, and ends open sessions."""

import re
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, exists, select
from sqlalchemy.exc import IntegrityError

from dashboard.access.account import AccessError, Account, check_roles, checked_regions
from dashboard.access.passwords import check_password, hashed
from dashboard.access.roles import ROLES, Role
from dashboard.state import audit
from dashboard.state.database import State
from dashboard.state.moment import now
from dashboard.state.tables import account_regions, account_roles, accounts, failed_attempts, sessions

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
RESERVED: Final = ("local", "command-line", "oidc")  # names under which the log speaks of nobody's account


class Accounts:
    """The accounts in a state database; each act says by whom (`by`) and from which address."""

    def __init__(self, state: State) -> None:
        self.state = state

    def any(self) -> bool:
        """Whether an account has been made: from then on nobody is signed in by themselves."""
        with self.state.read() as connection:
            return bool(connection.scalar(select(exists().select_from(accounts))))

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self.state.read() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.name)).all()
            return [account_of(connection, row) for row in rows]

    def find(self, name: str) -> Account:
        """The account called `name`; AccessError where there is none."""
        with self.state.read() as connection:
            return found(connection, name)

    def add(
        self,
        name: str,
        password: str,
        roles: Iterable[Role],
        regions: Iterable[str] = (),
        *,
        by: Account,
        full_name: str = "",
        must_change: bool = True,
        address: str = "",
    ) -> Account:
        """A new account; AccessError where it is not possible or more than `by` may give."""
        name = name.strip().lower()
        check_password(password, name)
        given: dict[str, Any] = {"password_hash": hashed(password), "must_change": must_change}
        return self._made(name, given, roles, regions, by=by, full_name=full_name, address=address)

    def add_linked(
        self, name: str, link: str, roles: Iterable[Role], regions: Iterable[str], *, by: Account, address: str = ""
    ) -> Account:
        """A new account of somebody whom the provider knows; `link` stands in the place of a password's hash."""
        given: dict[str, Any] = {"password_hash": link, "must_change": False}
        return self._made(name, given, roles, regions, by=by, full_name="", address=address)

    def _made(
        self,
        name: str,
        given: dict[str, Any],
        roles: Iterable[Role],
        regions: Iterable[str],
        *,
        by: Account,
        full_name: str,
        address: str,
    ) -> Account:
        roles, regions = _in_order(roles), checked_regions(regions)
        if not _NAME.fullmatch(name) or name in RESERVED:
            raise AccessError(
                f"{name!r}：账号名为 2 至 64 个小写字母、数字、点或连字符",
                f"{name!r}: an account's name has 2 to 64 small letters, digits, dots or dashes",
            )
        check_roles(roles, regions)
        if not by.may_give(roles, regions):
            raise beyond(by)
        moment = now()
        made = given | {"name": name, "full_name": full_name.strip() or name, "is_disabled": False}
        made |= {"created_at": moment, "password_set_at": moment}
        try:
            with self.state.write() as connection:
                connection.execute(accounts.insert().values(made))
                account_id = _id(connection, name)
                _hold(connection, account_id, roles, regions)
                rights = {"roles": roles, "regions": regions}
                audit.record(connection, by.name, "account.added", name, rights, address=address)
                return found(connection, name)
        except IntegrityError:
            raise AccessError(f"账号 {name!r} 已存在", f"there is an account {name!r} already") from None

    def give(
        self, name: str, roles: Iterable[Role], regions: Iterable[str] = (), *, by: Account, address: str = ""
    ) -> Account:
        """The account with these roles and regions instead of its own."""
        roles, regions = _in_order(roles), checked_regions(regions)
        check_roles(roles, regions)
        with self.state.write() as connection:
            before = self._changeable(connection, name, by)
            if not by.may_give(roles, regions):
                raise beyond(by)
            for held in (account_roles, account_regions):
                connection.execute(held.delete().where(held.c.account_id == before.account_id))
            _hold(connection, before.account_id, roles, regions)
            _end_sessions(connection, before.account_id)
            was = {"roles": before.roles, "regions": before.regions}
            change = {"roles": roles, "regions": regions, "before": was}
            audit.record(connection, by.name, "account.rights_changed", before.name, change, address=address)
            return found(connection, name)

    def disable(self, name: str, *, by: Account, disabled: bool = True, address: str = "") -> Account:
        """The account shut, or opened again."""
        with self.state.write() as connection:
            account = self._changeable(connection, name, by)
            self._change(connection, account, is_disabled=disabled)
            _end_sessions(connection, account.account_id)
            action = "account.disabled" if disabled else "account.enabled"
            audit.record(connection, by.name, action, account.name, address=address)
            return found(connection, name)

    def set_password(self, name: str, password: str, *, by: Account, address: str = "") -> None:
        """A password given by `by`, to be changed at the first sign-in; `by` the account itself: its own choice."""
        with self.state.write() as connection:
            account = found(connection, name)
            own = by.account_id == account.account_id and not by.is_local
            if not own:
                self._changeable(connection, name, by)
            check_password(password, account.name)
            self._change(
                connection, account, password_hash=hashed(password), must_change=not own, password_set_at=now()
            )
            _end_sessions(connection, account.account_id)
            _forget_failures(connection, account.name)
            audit.record(connection, by.name, "account.password_set", account.name, address=address)

    def link(self, name: str, link: str, *, by: Account, address: str = "") -> None:
        """From now on the account signs in through the provider, and no password fits it."""
        with self.state.write() as connection:
            account = self._changeable(connection, name, by)
            self._change(connection, account, password_hash=link, must_change=False, password_set_at=now())
            _end_sessions(connection, account.account_id)
            audit.record(connection, by.name, "account.linked", account.name, address=address)

    def unlock(self, name: str, *, by: Account, address: str = "") -> None:
        """Forget the failed sign-ins that locked an account."""
        with self.state.write() as connection:
            account = self._changeable(connection, name, by)
            _forget_failures(connection, account.name)
            audit.record(connection, by.name, "account.unlocked", account.name, address=address)

    def _changeable(self, connection: Connection, name: str, by: Account) -> Account:
        account = found(connection, name)
        if not by.may_change(account):
            raise beyond(by)
        return account

    def _change(self, connection: Connection, account: Account, **values: Any) -> None:
        connection.execute(accounts.update().where(accounts.c.account_id == account.account_id).values(**values))


def beyond(by: Account) -> AccessError:
    """The error for giving, or changing, more than `by` holds."""
    return AccessError(
        f"{by.name} 不能授予或变更超出自身权限、辖区的账号，也不能变更自己的权限",
        f"{by.name} can neither give nor change more than {by.name} holds, nor change their own rights",
    )


def found(connection: Connection, name: str) -> Account:
    """The account called `name`; AccessError where there is none."""
    row = connection.execute(select(accounts).where(accounts.c.name == name.strip().lower())).first()
    if row is None:
        raise AccessError(f"没有账号 {name!r}", f"there is no account {name!r}")
    return account_of(connection, row)


def account_of(connection: Connection, row: Any) -> Account:
    """The account of a row of `accounts`, with its roles and regions."""
    roles = connection.scalars(select(account_roles.c.role).where(account_roles.c.account_id == row.account_id))
    regions = connection.scalars(
        select(account_regions.c.region_code)
        .where(account_regions.c.account_id == row.account_id)
        .order_by(account_regions.c.region_code)
    )
    held = _in_order(role for role in roles.all() if role in ROLES)
    return Account(row.account_id, row.name, row.full_name, held, tuple(regions), row.must_change, row.is_disabled)


def _in_order(roles: Iterable[Any]) -> tuple[Role, ...]:
    given = set(roles)
    for role in sorted(given - set(ROLES)):
        raise AccessError(
            f"没有角色 {role!r}；角色有：{'、'.join(ROLES)}", f"there is no role {role!r}; roles are {', '.join(ROLES)}"
        )
    return tuple(role for role in ROLES if role in given)


def _id(connection: Connection, name: str) -> int:
    return int(connection.execute(select(accounts.c.account_id).where(accounts.c.name == name)).scalar_one())


def _hold(connection: Connection, account_id: int, roles: Iterable[Role], regions: Iterable[str]) -> None:
    for role in roles:
        connection.execute(account_roles.insert().values(account_id=account_id, role=role))
    for code in regions:
        connection.execute(account_regions.insert().values(account_id=account_id, region_code=code))


def _end_sessions(connection: Connection, account_id: int) -> None:
    connection.execute(sessions.delete().where(sessions.c.account_id == account_id))


def _forget_failures(connection: Connection, name: str) -> None:
    connection.execute(failed_attempts.delete().where(failed_attempts.c.name == name))
