"""Browsers of nobody, at an application with accounts."""

import pytest
from flask.testing import FlaskClient

from dashboard.app import Board
from tests.dashboard.conftest import Clients

__all__ = ["Clients"]


@pytest.fixture
def stranger(guarded: Board) -> FlaskClient:
    """A browser that nobody has signed in with."""
    return guarded.server.test_client()
