"""An application with accounts, over the demonstration city."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import Board, create_app
from tests.accounts_home import accounts_home, enter

Clients = Callable[[str], FlaskClient]


@pytest.fixture(scope="session")
def guarded(city_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Board:
    """An application that somebody has made accounts for."""
    return create_app(accounts_home(city_home, tmp_path_factory.mktemp("guarded") / "home"))


@pytest.fixture(scope="session")
def signed_in_as(guarded: Board) -> Clients:
    """The browser of whoever is signed in under a name; kept, for a password takes its time."""
    kept: dict[str, FlaskClient] = {}

    def client(name: str) -> FlaskClient:
        if name not in kept:
            kept[name] = guarded.server.test_client()
            assert enter(kept[name], name) == 303
        return kept[name]

    return client


@pytest.fixture
def stranger(guarded: Board) -> FlaskClient:
    """A browser that nobody has signed in with."""
    return guarded.server.test_client()
