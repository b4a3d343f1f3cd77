"""Who may look: only this machine, until there are accounts."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.access.wanted import is_loopback
from etl.cli import main


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_loopback_is_served(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_any_other_address_is_refused_with_the_reason(host: str, tmp_path: Path) -> None:
    assert not is_loopback(host)
    result = CliRunner().invoke(main, ["serve", "--host", host, "--home", str(tmp_path)])
    assert result.exit_code == 2
    assert "no accounts yet" in result.output
