"""A load that is killed, or runs out of disk, leaves the earlier data served, whole; another run completes it."""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.contract.bureau import Bureau, csv_text, id_number, person, row

pytestmark = pytest.mark.slow
REEMPLOY = Path(sys.executable).with_name("reemploy")
MOMENTS = 8  # twenty calls: tests/etl/test_load_killed.py; a hundred moments: make faults
MEGABYTE = 1 << 20


def start(delivery: Path, home: Path, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(REEMPLOY), "load", str(delivery), "--json", "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def finished(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


def served(bureau: Bureau) -> dict[str, Any]:
    """All that a reader can ask: figures, held rows, findings, loads (but for the time of day)."""
    return {
        "figures": bureau.rows("query", "unemployed", "placed", "registrations", "--by", "community"),
        "quarantine": bureau.quarantine(),
        "findings": bureau.findings(),
        "loads": [{name: cell for name, cell in each.items() if name != "loaded_at"} for each in bureau.rows("loads")],
    }


def second_delivery(bureau: Bureau, count: int) -> Path:
    people = [person(f"R{n}", id_number=id_number(f"19{60 + n % 30}0101", n % 1000)) for n in range(count)]
    placed = [row("placements", placement_no=f"A{n}", registration_no=f"R{n}") for n in range(0, count, 2)]
    return bureau.delivery(
        persons=csv_text([*people, person("X1", category="?"), person("X2", sex="女", birth_date="1950-01-01")]),
        placements=csv_text([*placed, row("placements", placement_no="B1", registration_no="R-late")]),
    )


@pytest.fixture
def before(city: Bureau) -> Bureau:
    """A bureau that serves two loads."""
    city.load(data_date="2026-07-31", persons=[person("S1"), person("S2", category="?")])
    return city


def at(process: subprocess.Popen[str], moment: float) -> None:
    """Kill the process `moment` seconds from now, if it still runs then."""
    try:
        process.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        process.kill()
    finished(process)


def test_a_load_killed_at_any_moment_leaves_the_old_data_or_the_new_whole(before: Bureau) -> None:
    delivery = second_delivery(before, 1_500)
    untouched = shutil.copytree(before.home, before.folder / "untouched")
    old = served(before)
    begin = time.monotonic()
    status, _, err = finished(start(delivery, before.home))
    duration = time.monotonic() - begin
    assert status == 0, err
    new = served(before)
    assert new != old

    outcomes = []
    shutil.rmtree(before.home)
    shutil.copytree(untouched, before.home)
    for number in range(MOMENTS):
        at(start(delivery, before.home), duration * (number + 0.5) / MOMENTS)
        found = served(before)
        assert found in (old, new)
        outcomes.append(found == old)
        if found == new:
            shutil.rmtree(before.home)
            shutil.copytree(untouched, before.home)
    # The moments are shares of what one load took: on a machine that has less to do later ones end sooner.
    assert outcomes.count(True) >= MOMENTS // 4

    assert finished(start(delivery, before.home))[0] == 0
    assert served(before) == new
    assert not list((before.home / "builds").glob("draft*"))


def test_a_load_killed_when_its_build_is_finished_is_old_or_new(before: Bureau) -> None:
    delivery = second_delivery(before, 50)
    old = served(before)
    process = start(delivery, before.home)
    build = before.home / "builds" / "000003.duckdb"
    while process.poll() is None and not build.exists():
        os.sched_yield()
    process.kill()
    finished(process)
    found = served(before)
    assert len(found["loads"]) in (2, 3)
    if len(found["loads"]) == 2:
        assert found == old
    status, out, _ = finished(start(delivery, before.home))
    assert status == 0
    assert json.loads(out)["load"] == len(found["loads"]) + 1
    assert served(before)["figures"] != old["figures"]


@dataclass
class Disk:
    """A place of limited size: what a child process must be started with, and how to make it roomy again."""

    folder: Path
    options: dict[str, Any]
    widen: Callable[[], object]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Disk]:
    """A file system of 64 MB where one can be mounted (root may), else a limit on the size of files."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = os.geteuid() == 0 and _mount(folder, "size=64m")
    if not mounted:
        limit = 6 * MEGABYTE
        limited = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))}
        yield Disk(folder, limited, limited.clear)
        return
    try:
        yield Disk(folder, {}, lambda: _mount(folder, "remount,size=2000m"))
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _mount(folder: Path, options: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def test_a_load_that_runs_out_of_disk_leaves_the_old_data_and_completes_later(before: Bureau, small_disk: Disk) -> None:
    home = small_disk.folder / "home"
    shutil.move(before.home, home)
    before.home = home
    old = served(before)
    delivery = second_delivery(before, 60_000)
    status, out, err = finished(start(delivery, home, **small_disk.options))
    assert status == 1, (out, err)
    assert "Traceback" not in err
    assert json.loads(out)["load"] is None
    assert served(before) == old
    assert not list((home / "builds").glob("draft*"))

    small_disk.widen()
    status, out, err = finished(start(delivery, home, **small_disk.options))
    assert status == 0, err
    account = json.loads(out)
    assert (account["load"], account["tables"]["persons"]["new"]) == (3, 60_001)
