"""The bureau's OIDC provider: where to send people, what a code is worth, and whether its answer is genuine."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, Final, Self
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from dashboard.access.roles import ROLES, Role
from dashboard.access.wanted import is_loopback
from dashboard.state.settings import StateError, section

SIGNED_BY: Final = ("RS256", "PS256", "ES256", "ES384", "EdDSA")  # never `none`, never a shared secret
SECONDS: Final = 10  # so long may the provider take
FRESH: Final = 3600.0  # so old may what it says of itself be
LEEWAY: Final = 60  # seconds by which clocks may differ


class ProviderError(Exception):
    """The provider does not answer, or its answer is not genuine; the message is for the log, not for readers."""


@dataclass(frozen=True)
class OidcSettings:
    """`[oidc]` of settings.toml. `roles`: which value of the claim gives which role; empty: rights are given here."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str = "openid profile"
    name_claim: str = "preferred_username"
    roles_claim: str = "groups"
    roles: Mapping[str, Role] = field(default_factory=dict)
    regions_claim: str = ""
    passwords: bool = True

    @classmethod
    def of(cls, home: Path) -> Self | None:
        """The settings of a home; None where there is no provider; StateError where they mean nothing."""
        given = section(home, "oidc")
        if not given:
            return None
        try:
            said: dict[str, Any] = {name: str(given[name]) for name in ("issuer", "client_id")}
            secret = _secret(home, given)
        except (KeyError, OSError) as fault:
            raise StateError(f"{home / 'settings.toml'}: [oidc]: {fault} is missing") from fault
        roles = {str(value): role for value, role in dict(given.get("roles", {})).items()}
        for role in roles.values():
            if role not in ROLES:
                raise StateError(f"[oidc.roles]: there is no role {role!r}; roles are {', '.join(ROLES)}")
        address = urlsplit(said["issuer"])
        if address.scheme != "https" and not is_loopback(address.hostname or ""):
            raise StateError(f"[oidc] issuer = {said['issuer']!r}: a provider is reached by https")
        texts = ("scope", "name_claim", "roles_claim", "regions_claim")
        chosen: dict[str, Any] = {name: str(given[name]) for name in texts if name in given}
        return cls(**said, client_secret=secret, roles=roles, passwords=bool(given.get("passwords", True)), **chosen)


def _secret(home: Path, given: Mapping[str, Any]) -> str:
    if "client_secret_file" in given:
        return (home / str(given["client_secret_file"])).read_text(encoding="utf-8").strip()
    return str(given["client_secret"])


@dataclass(frozen=True)
class Attempt:
    """One way to the provider and back: all that must come back follows from `secret`, which the browser keeps."""

    secret: str

    @classmethod
    def new(cls) -> Self:
        """A fresh one: 256 random bits."""
        return cls(secrets.token_urlsafe(32))

    def derived(self, purpose: str) -> str:
        """`state`, `nonce` or `verifier` (PKCE: 64 characters of 43 to 128)."""
        return hashlib.sha256(f"oidc {purpose}:{self.secret}".encode()).hexdigest()


class Provider:
    """A provider as its discovery document describes it; asked anew after an hour, or when a key is not known."""

    def __init__(self, settings: OidcSettings) -> None:
        self.settings = settings
        self._lock = Lock()
        self._said: dict[str, Any] = {}
        self._keys: KeySet | None = None
        self._until = 0.0

    def way_there(self, attempt: Attempt, back: str) -> str:
        """The address of its sign-in page."""
        url, _ = self._session(back).create_authorization_url(
            self._metadata()["authorization_endpoint"],
            state=attempt.derived("state"),
            nonce=attempt.derived("nonce"),
            code_verifier=attempt.derived("verifier"),
        )
        return str(url)

    def claims(self, attempt: Attempt, code: str, back: str) -> dict[str, Any]:
        """What the provider says of whoever signed in; ProviderError unless it is signed, ours, fresh and asked for."""
        try:
            with self._session(back) as session:
                token = session.fetch_token(
                    self._metadata()["token_endpoint"],
                    code=code,
                    code_verifier=attempt.derived("verifier"),
                    grant_type="authorization_code",
                    timeout=SECONDS,
                )
            return self._checked(str(token["id_token"]), attempt)
        except (OAuthError, JoseError, requests.RequestException, KeyError, ValueError) as error:
            raise ProviderError(f"{type(error).__name__}: {error}") from error

    def _checked(self, id_token: str, attempt: Attempt) -> dict[str, Any]:
        try:
            decoded = jwt.decode(id_token, self._key_set(), algorithms=list(SIGNED_BY))
        except (JoseError, ValueError):  # a key that is not known yet: providers change theirs
            decoded = jwt.decode(id_token, self._key_set(anew=True), algorithms=list(SIGNED_BY))
        mine = self.settings.client_id
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self.settings.issuer},
            aud={"essential": True, "value": mine},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": attempt.derived("nonce")},
        ).validate(decoded.claims)
        claims = dict(decoded.claims)
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != mine:
            raise ProviderError("the token is for several, and not handed to us")
        return claims

    def _session(self, back: str) -> Any:
        of = self.settings
        return OAuth2Session(
            of.client_id, of.client_secret, scope=of.scope, redirect_uri=back, code_challenge_method="S256"
        )

    def _metadata(self) -> dict[str, Any]:
        self._key_set()
        return self._said

    def _key_set(self, *, anew: bool = False) -> KeySet:
        with self._lock:
            if self._keys is None or anew or monotonic() > self._until:
                address = f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration"
                said = _json(address)
                if said.get("issuer") != self.settings.issuer:
                    raise ProviderError(f"{address} speaks for {said.get('issuer')!r}")
                self._said, self._keys = said, KeySet.import_key_set(_json(said["jwks_uri"]))  # type: ignore[arg-type]  # what JSON says
                self._until = monotonic() + FRESH
            return self._keys


def _json(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=SECONDS, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderError(f"{address}: {error}") from error
    if not isinstance(found, dict):
        raise ProviderError(f"{address}: no JSON object")
    return found
