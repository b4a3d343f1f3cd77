"""One small demonstration city for the tests that look at pages: made by the commands, once for all workers."""

import fcntl
from pathlib import Path

from click.testing import CliRunner

from etl.cli import main


def demo_home(root: Path) -> Path:
    """A home under `root` into which a year of the demonstration city has been loaded; made by whoever comes first."""
    home = root / "demo-home"
    with (root / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "demo.done").exists():
            _load_all(root / "demo-city", home)
            (root / "demo.done").touch()
    return home


def _load_all(city: Path, home: Path) -> None:
    _run("demo", str(city), "--persons", "1200", "--years", "1")
    for delivery in sorted(city.iterdir()):
        _run("load", str(delivery), "--home", str(home), "--json")


def _run(*arguments: str) -> None:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, f"reemploy {' '.join(arguments)}: {result.output}"
