"""What travels: files compressed for every browser and kept for a year, one template for all charts."""

import gzip
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import ASSETS, OWN, create_app
from dashboard.figures.theme import TEMPLATE

# flask-compress leaves it to Python to close a file that it has compressed.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return create_app(tmp_path_factory.mktemp("empty")).server.test_client()


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_files_are_compressed_for_every_browser(client: FlaskClient, encoding: str) -> None:
    answer = client.get("/assets/vendor/plotly-basic.min.js", headers={"Accept-Encoding": encoding})
    assert answer.headers["Content-Encoding"] == encoding
    assert len(answer.data) < 0.4 * (ASSETS / "vendor" / "plotly-basic.min.js").stat().st_size


def test_what_is_unpacked_is_the_file(client: FlaskClient) -> None:
    answer = client.get("/assets/charts.js", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data) == (ASSETS / "charts.js").read_bytes()


def test_files_may_be_kept_for_a_year_and_their_addresses_change_with_them(client: FlaskClient) -> None:
    document = client.get("/").text
    for path in OWN.values():
        [stamp] = set(re.findall(rf"/assets/{re.escape(path)}\?m=(\d+)", document))
        assert int(stamp) == int((ASSETS / path).stat().st_mtime)
        assert "max-age=31536000" in client.get(f"/assets/{path}").headers["Cache-Control"]


def test_the_charts_template_travels_once_with_the_document(client: FlaskClient) -> None:
    [held] = re.findall(r'<script id="chart-template" type="application/json">(.*?)</script>', client.get("/").text)
    assert json.loads(held) == TEMPLATE


def test_dashs_configuration_keeps_what_components_hold_and_drops_what_is_empty(client: FlaskClient) -> None:
    [held] = re.findall(r'<script id="_dash-config" type="application/json">(.*?)</script>', client.get("/").text)
    components = json.loads(held)["children_props"]
    assert "nothingFoundMessage" in components["dash_mantine_components"]["Select"]
    assert all(names for library in components.values() for names in library.values())


def test_the_larger_plotly_is_the_smaller_one_of_the_same_release() -> None:
    common, more = (
        (ASSETS / "vendor" / name).read_text(encoding="utf-8") for name in ("plotly-basic.min.js", "plotly-more.min.js")
    )
    assert re.search(r"v(\d+\.\d+\.\d+)", common[:200]).group(1) == re.search(r"v(\d+\.\d+\.\d+)", more[:200]).group(1)  # type: ignore[union-attr]  # both begin with it
    assert Path(ASSETS / "vendor" / "plotly-more.entry.js").is_file()
