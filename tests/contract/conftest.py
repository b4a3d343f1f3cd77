"""A bureau for each test."""

import shutil
from pathlib import Path

import pytest

from tests.contract.bureau import REGIONS, Bureau


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """A bureau that has loaded nothing yet."""
    return Bureau(tmp_path)


@pytest.fixture(scope="session")
def _loaded_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    bureau = Bureau(tmp_path_factory.mktemp("city"))
    bureau.load(data_date="2026-06-30", regions=REGIONS)
    return bureau.home


@pytest.fixture
def city(bureau: Bureau, _loaded_city: Path) -> Bureau:
    """A bureau whose regions came with load 1, of 2026-06-30; what is delivered next is of 2026-09-30."""
    shutil.copytree(_loaded_city, bureau.home)
    return bureau
