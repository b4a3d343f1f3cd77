"""SIGKILL of loader, server and publisher at random moments."""

import os
import random
import signal
import subprocess
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from dashboard.access.sign_in import SignIn
from dashboard.publish.shelf import Shelf
from dashboard.semantics.answer import answer
from dashboard.semantics.question import Question
from dashboard.state.audit import verified
from dashboard.state.database import State
from dashboard.warehouse import Warehouse
from tests.etl.bureau import PERSONS, REGIONS, person
from tests.load.serving import REEMPLOY, asked, begun, reemploy, served
from tests.states import PASSWORD, account

ROWS = 300  # of a delivery
CHECKED = 10  # the whole home is checked after so many kills
Found = tuple[int, str, str]  # how often it struck, what was lost, what readers saw


def delivery(folder: Path, number: int, rows: int = ROWS) -> Path:
    """A delivery with `rows` persons of its own."""
    made = folder / f"2026-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}"
    made.mkdir(parents=True, exist_ok=True)
    (made / "regions.csv").write_text(REGIONS, encoding="utf-8")
    lines = (person(f"R{number}-{row}", on="2026-01-01") for row in range(rows))
    (made / "persons.csv").write_text(PERSONS + "".join(lines), encoding="utf-8")
    return made


def loaded(home: Path) -> str:
    """What is served: every load, and how many are unemployed."""
    return reemploy("loads", "--home", str(home), "--format", "csv") + str(unemployed(home))


def unemployed(home: Path) -> int:
    """How many are unemployed in what is served: all of every delivery."""
    with closing(Warehouse(home).build()) as build:
        [row] = answer(build, Question(("unemployed",))).rows
    return int(str(row["unemployed"]))


def struck(process: subprocess.Popen[str], after: float) -> bool:
    """Killed with all that it started, after so many seconds; False where it was done before."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(after)
        return False
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return True


def loader_killed(folder: Path, times: int) -> Found:
    """SIGKILL of `reemploy load` at a random moment: the build before is served, or the whole new one."""
    home, dice = folder / "home", random.Random(1)
    began = monotonic()
    reemploy("load", str(delivery(folder, 0)), "--home", str(home))
    took, killed, lost = monotonic() - began, 0, 0
    for number in range(1, times + 1):
        served_before = unemployed(home)
        process = begun("load", str(delivery(folder, number)), "--home", str(home))
        killed += struck(process, dice.uniform(0, took * 1.2))
        lost += unemployed(home) not in (served_before, served_before + ROWS)
        reemploy("load", str(delivery(folder, number)), "--home", str(home), "--backfill")
        lost += unemployed(home) != served_before + ROWS
        if number % CHECKED == 0:
            reemploy("check", "--home", str(home))
    return killed, f"{lost} of {killed}", "the build before, or the new one, whole; loading again completed it"


def server_killed(folder: Path, times: int) -> Found:
    """SIGKILL of all server processes while people work: sessions and the log go on after a restart."""
    home, dice, killed, lost = folder / "home", random.Random(2), 0, 0
    reemploy("load", str(delivery(folder, 0)), "--home", str(home))
    with closing(State.of(home)) as state:
        account(state, "auditor", "auditor")
        session = SignIn(state).begin("auditor", PASSWORD, "127.0.0.1")
    assert session is not None
    cookie = {"Cookie": f"reemploy_session={session.token}"}
    for _ in range(times):
        with served(home) as (port, server):
            lost += asked(port, "/administration/log", cookie)[0] != 200
            done, tried = Event(), partial(asked, port, "/administration/log.csv", cookie)
            working = [Thread(target=_until, args=(done, tried)) for _ in range(4)]
            for thread in working:
                thread.start()
            killed += struck(server, dice.uniform(0, 1.5))
            done.set()
            for thread in working:
                thread.join()
        with closing(State.of(home)) as state, state.read() as connection:
            lost += verified(connection).broken_at is not None
    return killed, f"{lost} sessions or entries", "connections that broke off, until the restart"


def _until(done: Event, does: Callable[[], object]) -> None:
    while not done.is_set():
        with suppress(Exception):
            does()


def publisher_killed(folder: Path, times: int) -> Found:
    """SIGKILL of `reemploy publish draft`: a draft is there whole, or not at all; drafting again completes it."""
    home, city, dice, killed, lost = folder / "home", folder / "city", random.Random(3), 0, 0
    reemploy("demo", str(city), "--persons", "600", "--years", "1")
    for one in sorted(city.iterdir()):
        reemploy("load", str(one), "--home", str(home))
    with closing(State.of(home)) as state:
        account(state, "lin", "editor")
    words = ("publish", "draft", "--period", "2026Q2", "--account", "lin", "--home", str(home))
    began = monotonic()
    reemploy(*words)
    took, shelf = monotonic() - began, Shelf(home)
    for number in range(1, times + 1):
        reemploy("publish", "withdraw", "2026Q2-community-1", "--account", "lin", "--home", str(home))
        killed += struck(begun(*words), dice.uniform(0, took))
        done = subprocess.run([REEMPLOY, *words], capture_output=True, text=True, check=False)
        with suppress(LookupError):
            draft = shelf.draft("2026Q2-community-1")
            lost += not all(draft.is_intact(name, said["sha256"]) for name, said in draft.manifest["files"].items())
        lost += done.returncode not in (0, 2)  # 2: the draft had been finished already
        if number % CHECKED == 0:
            reemploy("check", "--home", str(home))
    return killed, f"{lost} of {killed}", "nothing: the public archive does not show drafts"
