"""A warehouse that pages can be drawn from."""

from pathlib import Path

import pytest

from dashboard.app import view_of
from dashboard.selection import Selection
from dashboard.view import View
from dashboard.warehouse import Warehouse
from tests.demo_city import demo_home


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
