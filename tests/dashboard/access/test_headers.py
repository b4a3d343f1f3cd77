"""What browsers are told with every answer."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.access.headers import HEADERS, PART_HEADERS
from dashboard.app import create_app
from dashboard.pages import PAGES


@pytest.fixture(scope="module")
def client(city_home: Path) -> FlaskClient:
    return create_app(city_home).server.test_client()


def policy_of(client: FlaskClient, address: str) -> dict[str, list[str]]:
    with client.get(address) as answer:
        said = answer.headers["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in said.split("; "))}


@pytest.mark.parametrize("address", [*(page.path for page in PAGES), "/sign-in", "/bulletins", "/desk", "/nowhere/at"])
def test_no_page_runs_a_script_that_is_not_ours(client: FlaskClient, address: str) -> None:
    policy = policy_of(client, address)
    scripts = policy.get("script-src", policy["default-src"])
    assert [source for source in scripts if source != "'self'" and not source.startswith("'sha256-")] == []
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == ["'none'"]


@pytest.mark.parametrize(
    "address", ["/loans", "/export/loans/ageing.csv", "/healthz", "/nowhere/at", "/assets/mark.svg"]
)
def test_every_page_bears_the_headers(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("address", ["/_dash-layout", "/panels/loans/ageing", "/assets/board.js", "/assets/map.css"])
def test_parts_of_a_page_are_taken_for_nothing_else_and_by_no_other_site(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        assert {name: answer.headers.get(name) for name in PART_HEADERS} == PART_HEADERS
