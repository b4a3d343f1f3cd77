"""All or nothing: a load that is killed, or meets a full disk, leaves the earlier build being served, whole."""

import shutil
import signal
from pathlib import Path

import pytest

from tests.etl.apart import load_apart
from tests.etl.bureau import PERSONS, PLACEMENTS, REGIONS, Bureau, person


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
    code, calls = load_apart(delivery, rehearsal)
    assert code == 0
    before = served.read_bytes()
    for moment in range(1, 21):
        killed, _ = load_apart(delivery, bureau.home.path, killed_at=moment * calls // 21)
        assert killed == -signal.SIGKILL
        assert bureau.home.current() == served
        assert served.read_bytes() == before
    assert load_apart(delivery, bureau.home.path)[0] == 0
    assert bureau.now("persons", "registration_no") == [("R1",), ("R2",)]
    assert sorted(path.name for path in bureau.home.builds.iterdir()) == ["000001.duckdb", "000002.duckdb"]


def test_a_load_killed_between_its_build_and_the_pointer_is_repeated_whole(bureau: Bureau) -> None:
    delivery = bureau.write(DELIVERED)
    served = bureau.home.current()
    load_apart(delivery, bureau.home.path)
    assert served is not None
    bureau.home.pointer.write_text(served.name + "\n")
    assert load_apart(delivery, bureau.home.path)[0] == 0
    assert bureau.ask("SELECT load FROM log.loads ORDER BY load") == [(1,), (2,)]


@pytest.mark.slow
def test_a_load_without_room_fails_and_leaves_what_was_served(bureau: Bureau) -> None:
    delivery = bureau.write(DELIVERED)
    served = bureau.home.current()
    assert served is not None
    before = served.read_bytes()
    # Room for a part of the copy, for the copy but nothing more, and for some of what the load adds to it.
    for quota in (len(before) // 2, len(before), len(before) + 300_000):
        failed, _ = load_apart(delivery, bureau.home.path, quota=quota)
        assert failed not in (0, -signal.SIGKILL)
        assert (bureau.home.current(), served.read_bytes()) == (served, before)
    assert load_apart(delivery, bureau.home.path)[0] == 0
    assert bureau.now("placements", "placement_no") == [("P1",)]
