"""Passwords: what is accepted, Argon2id, and passwords that are given out for a first sign-in."""

import secrets
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dashboard.access.account import AccessError

SHORTEST: Final = 10
FEWEST_KINDS: Final = 2  # of signs, of four
LONGEST: Final = 200  # longer ones would cost the hash for nothing
LINKED: Final = "oidc:"  # in the place of a hash: who signs in through the provider has no password here
_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"  # none that is taken for another
_HASHER: Final = PasswordHasher()  # Argon2id with the library's parameters (RFC 9106, low memory)


def check_password(password: str, name: str) -> None:
    """AccessError where a password is too short, too plain, or holds the account's name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccessError(
            f"密码应为 {SHORTEST} 至 {LONGEST} 个字符", f"a password has {SHORTEST} to {LONGEST} characters"
        )
    if name.lower() in password.lower():
        raise AccessError("密码不得包含账号名", "a password must not hold the account's name")
    kinds = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
    if sum(any(kind(sign) for sign in password) for kind in kinds) < FEWEST_KINDS or len(set(password)) < SHORTEST // 2:
        raise AccessError(
            "密码至少混用小写字母、大写字母、数字、符号中的两种，且不得由少数几个字符重复而成",
            "a password mixes two of small letters, capitals, digits and signs, and more than a few of them",
        )


def hashed(password: str) -> str:
    """Argon2id of a password, with its parameters and salt."""
    return _HASHER.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether it is the password; without a hash it takes as long and is none."""
    if password_hash is not None and password_hash.startswith(LINKED):
        password_hash = None
    try:
        return _HASHER.verify(password_hash or _nobodys(), password[: LONGEST + 1]) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(password_hash: str) -> bool:
    """Whether it was hashed with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


def made_password() -> str:
    """A password to be given out once: 4 × 4 characters, some 80 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


@cache
def _nobodys() -> str:
    return hashed(secrets.token_hex(16))
