"""All or nothing: a load that is killed, or meets a full disk, leaves the earlier build being served, whole."""

import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.etl.bureau import PERSONS, PLACEMENTS, REGIONS, Bureau, person

ROOT = Path(__file__).parents[2]
_LOAD = """
import os, signal, sys
from pathlib import Path
from etl import load as loading
from etl.home import Home

fatal, calls = int(sys.argv[3]), 0

def count_calls(frame, event, _argument):
    # Killed at the n-th call of one of our own functions: moments spread over the whole load, on any machine.
    global calls
    if event == "call" and frame.f_globals.get("__name__", "").startswith("etl."):
        calls += 1
        if calls == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

sys.setprofile(count_calls)
loading.load(Path(sys.argv[1]), Home(Path(sys.argv[2])), indicators={})
sys.setprofile(None)
print(calls)
"""


def load_apart(delivery: Path, home: Path, *, killed_at: int = 0, quota: int | None = None) -> CompletedProcess[str]:
    """Load in a process of its own, killed at its n-th call (0: never); no file may grow beyond `quota` bytes."""

    def limit() -> None:
        if quota is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (quota, quota))

    command = [sys.executable, "-c", _LOAD, str(delivery), str(home), str(killed_at)]
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit, cwd=ROOT)


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    bureau = Bureau(tmp_path)
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1")})
    return bureau


DELIVERED = {
    "persons.csv": PERSONS + person("R2"),
    "placements.csv": PLACEMENTS + "P1,R1,990101001001,market,2026-02-01\n",
}


@pytest.mark.slow
def test_a_load_killed_at_any_of_20_moments_changes_nothing_and_can_be_repeated(bureau: Bureau) -> None:
    delivery = bureau.write(DELIVERED)
    served, rehearsal = bureau.home.current(), bureau.folder / "rehearsal"
    assert served is not None
    shutil.copytree(bureau.home.path, rehearsal)
    calls = int(load_apart(delivery, rehearsal).stdout)
    before = served.read_bytes()
    for moment in range(1, 21):
        killed = load_apart(delivery, bureau.home.path, killed_at=moment * calls // 21)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert bureau.home.current() == served
        assert served.read_bytes() == before
    assert load_apart(delivery, bureau.home.path).returncode == 0
    assert bureau.now("persons", "registration_no") == [("R1",), ("R2",)]
    assert sorted(path.name for path in bureau.home.builds.iterdir()) == ["000001.duckdb", "000002.duckdb"]


def test_a_load_killed_between_its_build_and_the_pointer_is_repeated_whole(bureau: Bureau) -> None:
    delivery = bureau.write(DELIVERED)
    served = bureau.home.current()
    load_apart(delivery, bureau.home.path)
    assert served is not None
    bureau.home.pointer.write_text(served.name + "\n")
    assert load_apart(delivery, bureau.home.path).returncode == 0
    assert bureau.ask("SELECT load FROM log.loads ORDER BY load") == [(1,), (2,)]


@pytest.mark.slow
def test_a_load_without_room_fails_and_leaves_what_was_served(bureau: Bureau) -> None:
    delivery = bureau.write(DELIVERED)
    served = bureau.home.current()
    assert served is not None
    before = served.read_bytes()
    # Room for a part of the copy, for the copy but nothing more, and for some of what the load adds to it.
    for quota in (len(before) // 2, len(before), len(before) + 300_000):
        failed = load_apart(delivery, bureau.home.path, quota=quota)
        assert failed.returncode not in (0, -signal.SIGKILL)
        assert (bureau.home.current(), served.read_bytes()) == (served, before)
    assert load_apart(delivery, bureau.home.path).returncode == 0
    assert bureau.now("placements", "placement_no") == [("P1",)]
