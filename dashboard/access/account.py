"""An account: who somebody is here, what they may do, and whose figures they see."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.access.roles import LEVEL_OF, Permit, Role, permits_of
from dashboard.semantics.scope import Scope
from dashboard.semantics.words import Text


class AccessError(ValueError):
    """What was asked of an account is not possible; `text` says why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


@dataclass(frozen=True)
class Account:
    """`regions`: codes of 12 digits, none is the whole city (of several: all).

    `is_local`: signed in by itself, without a password.
    """

    account_id: int
    name: str
    full_name: str
    roles: tuple[Role, ...]
    regions: tuple[str, ...] = ()
    must_change: bool = False
    is_disabled: bool = False
    is_local: bool = False

    @property
    def permits(self) -> frozenset[Permit]:
        """All that its roles may do."""
        return permits_of(self.roles)

    def may(self, permit: Permit) -> bool:
        """Whether one of its roles may do that."""
        return permit in self.permits

    @property
    def may_load(self) -> bool:
        """Whether it may load deliveries: they are of the whole city, so it must see the whole city."""
        return self.may("load") and not self.regions

    @property
    def scope(self) -> Scope:
        """Whose figures it sees: none without a role that sees figures."""
        if not self.may("figures"):
            return Scope(regions=())
        return Scope(self.regions or None, rows=self.may("rows"))

    def covers(self, regions: Iterable[str]) -> bool:
        """Whether all that `regions` cover (none: the whole city) is its own."""
        wanted = tuple(regions)
        if not self.regions:
            return True
        return bool(wanted) and all(any(code.startswith(stem(own)) for own in self.regions) for code in wanted)

    def may_give(self, roles: Iterable[Role], regions: Iterable[str]) -> bool:
        """Whether it may make an account what it would be with these: nobody gives more than they hold."""
        return self.may("accounts") and permits_of(roles) <= self.permits and self.covers(regions)

    def may_change(self, other: "Account") -> bool:
        """Whether it may change `other`, its password too: never itself, nor who holds what it may not give."""
        return other.account_id != self.account_id and self.may_give(other.roles, other.regions)


# Signed in by itself where only this machine looks and no account has been made.
LOCAL = Account(
    0,
    "local",
    "",
    ("leader", "analyst", "editor", "reviewer", "administrator", "auditor"),
    is_local=True,
)
# Signed in on the machine's command line: whoever may write the state database needs nobody's leave.
OPERATOR = Account(0, "command-line", "", LOCAL.roles)


def stem(code: str) -> str:
    """The part of a region's code that all regions below it begin with: 4, 6, 9 or 12 digits."""
    if code[4:].strip("0") == "":
        return code[:4]
    return next(code[:length] for length in (6, 9, 12) if not code[length:].strip("0"))


def checked_regions(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes of 12 digits, each once, in order; AccessError for what is no code."""
    found = set()
    for code in codes:
        if not code.isascii() or not code.isdigit() or len(code) not in (6, 9, 12):
            raise AccessError(
                f"{code!r} 不是 6、9 或 12 位的区划代码", f"{code!r} is no region code of 6, 9 or 12 digits"
            )
        found.add(code.ljust(12, "0"))
    return tuple(sorted(found))


def check_roles(roles: Iterable[Role], regions: Iterable[str]) -> None:
    """AccessError where there is no role, or a district's or street's role lacks its region."""
    roles, regions = tuple(roles), tuple(regions)
    if not roles:
        raise AccessError("账号至少要有一个角色", "an account needs a role")
    for role in roles:
        if role in LEVEL_OF and not regions:
            raise AccessError(
                f"角色 {role} 必须指定辖区", f"the role {role} needs a region: that of the {LEVEL_OF[role]}"
            )
