"""Accounts of people whom the provider knows: found by its subject; made and changed where claims give rights."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from dashboard.access.account import AccessError, Account, checked_regions
from dashboard.access.accounts import Accounts, account_of
from dashboard.access.passwords import LINKED
from dashboard.access.provider import OidcSettings
from dashboard.access.roles import ROLES, Role
from dashboard.state.tables import accounts

BY: Final = Account(0, "oidc", "", ROLES)  # in whose name claims give rights


def link_of(issuer: str, subject: str) -> str:
    """What stands in the place of a password's hash of whoever signs in as `subject` of `issuer`."""
    return LINKED + hashlib.sha256(f"{issuer}\0{subject}".encode()).hexdigest()


def account_for(known: Accounts, settings: OidcSettings, claims: Mapping[str, Any], address: str) -> Account | None:
    """The open account of whoever the claims speak of; None where there is none and the claims give no right to one."""
    link = link_of(settings.issuer, str(claims["sub"]))
    account = linked(known, link)
    roles = roles_of(settings, claims)
    if account is not None and account.is_disabled:
        return None
    if not settings.roles:
        return account
    if not roles:
        return None
    regions = regions_of(settings, claims)
    if account is None:
        return known.add_linked(_name(settings, claims), link, roles, regions, by=BY, address=address)
    if (account.roles, account.regions) != (roles, regions):
        return known.give(account.name, roles, regions, by=BY, address=address)
    return account


def linked(known: Accounts, link: str) -> Account | None:
    """The account that signs in by this link."""
    with known.state.read() as connection:
        row = connection.execute(select(accounts).where(accounts.c.password_hash == link)).first()
        return None if row is None else account_of(connection, row)


def roles_of(settings: OidcSettings, claims: Mapping[str, Any]) -> tuple[Role, ...]:
    """The roles that the claim's values give, in the order of the table of rights."""
    given = {settings.roles[value] for value in _values(claims.get(settings.roles_claim)) if value in settings.roles}
    return tuple(role for role in ROLES if role in given)


def regions_of(settings: OidcSettings, claims: Mapping[str, Any]) -> tuple[str, ...]:
    """The regions that the claim names, `*` the whole city; AccessError where it should name one and does not."""
    if not settings.regions_claim:
        return ()
    codes = _values(claims.get(settings.regions_claim))
    if not codes:
        raise AccessError("单点登录未给出辖区", f"the provider names no region in {settings.regions_claim!r}")
    return () if "*" in codes else checked_regions(codes)


def _values(claim: Any) -> list[str]:
    if isinstance(claim, str):
        return claim.split()
    return [str(value) for value in claim] if isinstance(claim, list) else []


def _name(settings: OidcSettings, claims: Mapping[str, Any]) -> str:
    """A name such as accounts have, from the claim; what it lacks comes from the subject."""
    told = re.sub(r"[^a-z0-9._-]+", "-", str(claims.get(settings.name_claim, "")).lower()).strip(".-_")
    return told[:60] if len(told) > 1 else f"oidc-{hashlib.sha256(str(claims['sub']).encode()).hexdigest()[:12]}"
