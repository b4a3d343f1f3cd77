"""An OIDC provider of our own for the tests, a process by itself: `python -m tests.provider PORT`.

It conforms (authorisation code, PKCE S256, RS256, discovery, keys); `/mode` makes the next token faulty in one way.
"""

import base64
import hashlib
import json
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import requests
from flask import Flask, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "reemploy", "a-secret-of-the-tests"


def provider(issuer: str) -> Flask:
    app = Flask("provider")
    keys = {name: RSAKey.generate_key(2048, {"kid": name, "use": "sig"}) for name in ("first", "second", "stranger")}
    codes: dict[str, dict[str, str]] = {}
    state: dict[str, Any] = {"fault": "", "claims": {"sub": "u-1"}, "key": "first"}

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Any:
        named = {name: f"{issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
        return jsonify(issuer=issuer, **named)

    @app.get("/jwks_uri")
    def jwks() -> Any:
        return jsonify(keys=[keys[state["key"]].as_dict(private=False)])

    @app.post("/mode")
    def mode() -> Any:
        state.update(request.get_json())
        return jsonify(state)

    @app.get("/authorization_endpoint")
    def authorize() -> Any:
        asked = request.args
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        codes[code] = dict(asked)
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    @app.post("/token_endpoint")
    def token() -> Any:
        given, basic = request.form, request.authorization
        asked = codes.pop(given["code"], None)
        if asked is None or basic is None or (basic.username, basic.password) != (CLIENT, SECRET):
            return jsonify(error="invalid_grant"), 400
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != asked["code_challenge"]:
            return jsonify(error="invalid_grant", error_description="PKCE"), 400
        if given["redirect_uri"] != asked["redirect_uri"]:
            return jsonify(error="invalid_grant"), 400
        return jsonify(
            access_token="x", token_type="Bearer", expires_in=60, id_token=signed(issuer, keys, state, asked["nonce"])
        )

    return app


def signed(issuer: str, keys: dict[str, RSAKey], state: dict[str, Any], nonce: str) -> str:
    """The token, faulty in the way that the mode says."""
    now, fault = int(time.time()), state["fault"]
    claims = {"iss": issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, **state["claims"]}
    claims |= {
        "iss": {"iss": "http://127.0.0.1:1"},
        "aud": {"aud": "another"},
        "azp": {"aud": [CLIENT, "another"], "azp": "another"},
        "exp": {"iat": now - 900, "exp": now - 600},
        "nonce": {"nonce": "0" * 64},
    }.get(fault, {})
    if fault == "missing":
        del claims["exp"]
    if fault == "none":
        parts = (b'{"alg":"none"}', json.dumps(claims).encode())
        return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."
    if fault == "shared":  # signed with what everybody knows, as if the public key were a password
        public = OctKey.import_key(keys["first"].as_pem(private=False))
        return jwt.encode({"alg": "HS256", "kid": "first"}, claims, public, algorithms=["HS256"])
    key = keys["stranger"] if fault == "signature" else keys[state["key"]]
    token = jwt.encode({"alg": "RS256", "kid": state["key"]}, claims, key)
    return token[:-8] + "AAAAAAAA" if fault == "cut" else token


@contextmanager
def running() -> Iterator[str]:
    """The issuer of a provider that runs as a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.provider", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        issuer = f"http://127.0.0.1:{port}"
        while True:
            try:
                requests.get(f"{issuer}/jwks_uri", timeout=60).raise_for_status()
                break
            except requests.ConnectionError:
                continue
        yield issuer
    finally:
        process.terminate()
        process.communicate()


if __name__ == "__main__":
    app = provider(f"http://127.0.0.1:{sys.argv[1]}")
    print("ready", flush=True)
    app.run("127.0.0.1", int(sys.argv[1]), threaded=False)
