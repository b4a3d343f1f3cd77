"""A warehouse that pages can be drawn from."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from dashboard.app import Board, create_app, view_of
from dashboard.selection import Selection
from dashboard.state.database import State
from dashboard.view import View
from dashboard.warehouse import Warehouse
from tests.accounts_home import accounts_home, enter
from tests.demo_city import demo_home
from tests.postgresql import new_database, postgresql

Clients = Callable[[str], FlaskClient]


@pytest.fixture(scope="session")
def city_home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The home of the demonstration city."""
    base = tmp_path_factory.getbasetemp()
    return demo_home(base if worker_id == "master" else base.parent)


@pytest.fixture(scope="session")
def city(city_home: Path) -> View:
    """The whole demonstration city, as one sees it who opens the first page."""
    view = view_of(Warehouse(city_home), Selection(), None)
    assert view is not None
    return view


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Path]:
    """A running PostgreSQL of this worker's."""
    with postgresql() as server:
        yield server


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """An empty state database in a file."""
    opened = State.of(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_state(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[State]:
    """An empty state database of either kind, as a home's settings name it."""
    if request.param == "postgresql":
        url = new_database(request.getfixturevalue("postgresql_server"), f"state_{uuid4().hex}")
        text = url.render_as_string(hide_password=False)
        (tmp_path / "settings.toml").write_text(f'[state]\nurl = "{text}"\n', encoding="utf-8")
    opened = State.of(tmp_path)
    yield opened
    opened.close()


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
