"""`make faults`: what breaks in a basement, made to break; what was lost, and what readers saw, into build/faults.md.

`python -m tests.load.faults [TIMES [KIND …]]`: TIMES a kind that strikes at a random moment (100 by default); the
others strike once. A full disk needs leave to mount a small tmpfs (root). Ends with 1 where anything was lost.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic, sleep
from uuid import uuid4

import psycopg

from dashboard.access import sign_in
from dashboard.access.sign_in import SignIn
from dashboard.publish.shelf import Shelf
from dashboard.state import audit
from dashboard.state.audit import record, verified
from dashboard.state.database import State
from dashboard.state.moment import now
from tests.etl.bureau import PERSONS, REGIONS, person
from tests.load.serving import REEMPLOY, asked, begun, reemploy, served
from tests.postgresql import OWNER, PROGRAMS, new_database, postgresql
from tests.states import PASSWORD, account

TIMES = 100
Found = tuple[int, str, str]  # how often it struck, what was lost, what readers saw


def delivery(folder: Path, number: int, rows: int = 300) -> Path:
    """A delivery with `rows` persons of its own."""
    made = folder / f"2026-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}"
    made.mkdir(parents=True, exist_ok=True)
    (made / "regions.csv").write_text(REGIONS, encoding="utf-8")
    lines = (person(f"R{number}-{row}", on="2026-01-01") for row in range(rows))
    (made / "persons.csv").write_text(PERSONS + "".join(lines), encoding="utf-8")
    return made


def loaded(home: Path) -> str:
    """What is served: every load, and how many are unemployed."""
    return reemploy("loads", "--home", str(home), "--format", "csv") + reemploy(
        "query", "unemployed", "--home", str(home), "--format", "json"
    )


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
        before = loaded(home)
        process = begun("load", str(delivery(folder, number)), "--home", str(home))
        killed += struck(process, dice.uniform(0, took * 1.2))
        after = loaded(home)
        if after != before and f"\n{number + 1}," not in after and after.count("\n") <= before.count("\n"):
            lost += 1
        reemploy("load", str(delivery(folder, number)), "--home", str(home), "--backfill")
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
    for _ in range(times):
        reemploy("publish", "withdraw", "2026Q2-community-1", "--account", "lin", "--home", str(home))
        killed += struck(begun(*words), dice.uniform(0, took * 1.1))
        done = subprocess.run([REEMPLOY, *words], capture_output=True, text=True, check=False)
        with suppress(LookupError):
            draft = shelf.draft("2026Q2-community-1")
            lost += not all(draft.is_intact(name, said["sha256"]) for name, said in draft.manifest["files"].items())
        lost += done.returncode not in (0, 2)  # 2: the draft had been finished already
        reemploy("check", "--home", str(home))
    return killed, f"{lost} of {killed}", "nothing: the public archive does not show drafts"


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of so many megabytes."""
    place = folder / "disk"
    place.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "reemploy-faults", str(place)]
    subprocess.run(mounted, check=True, capture_output=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def disk_full(folder: Path, _times: int) -> Found:
    """A load for which there is no room is refused; what is served stays, and is served."""
    with small_disk(folder, 96) as place:
        home = place / "home"
        reemploy("load", str(delivery(folder, 0)), "--home", str(home))
        before = loaded(home)
        reemploy("user", "add", "wang", "--role", "leader", "--home", str(home))
        with served(home) as (port, _server):
            free = shutil.disk_usage(place).free
            (place / "filler").write_bytes(b"x" * max(free - 300_000, 0))
            refused = subprocess.run(
                [REEMPLOY, "load", str(delivery(folder, 1)), "--home", str(home)], capture_output=True, check=False
            )
            statuses = [asked(port, path)[0] for path in ("/healthz", "/sign-in", "/bulletins")]
            (place / "filler").unlink()
        lost = (loaded(home) != before) + (refused.returncode != 1)
        reemploy("load", str(delivery(folder, 1)), "--home", str(home))
    return 1, f"{lost} of 1 load", f"answers {statuses}; the load said why and was completed once there was room"


def clock_jumps(folder: Path, _times: int) -> Found:
    """A clock that jumps ahead ends sessions, one that jumps back is found by the check; the log's chain goes on."""
    home, lost = folder / "home", 0
    with closing(State.of(home)) as state:
        account(state, "wang", "leader")
        session = SignIn(state).begin("wang", PASSWORD, "")
        assert session is not None
        for jump in (timedelta(days=1), timedelta(days=-400), timedelta(days=3650)):
            moved = partial(_moved, jump)
            audit.now = sign_in.now = moved  # type: ignore[assignment]  # this process's clock alone
            with state.write() as connection:
                record(connection, "wang", "export.taken")
            lost += jump.days > 0 and SignIn(state).account(session.token) is not None
        audit.now = sign_in.now = now  # type: ignore[assignment]  # as it was
        lost += SignIn(state).account(session.token) is None
        with state.read() as connection:
            lost += verified(connection).broken_at is not None
    told = subprocess.run([REEMPLOY, "check", "--home", str(home)], capture_output=True, text=True, check=False)
    lost += told.returncode != 1
    return 3, f"{lost} of 3", "a new sign-in after a jump ahead; the check names a clock that went back"


def _moved(jump: timedelta) -> object:
    return now() + jump


def state_corrupt(folder: Path, times: int) -> Found:
    """A state file that is overwritten in places: nobody gets in, no innards are shown, a backup helps."""
    home, dice, lost, seen = folder / "home", random.Random(4), 0, Counter[int]()
    reemploy("load", str(delivery(folder, 0)), "--home", str(home))
    reemploy("user", "add", "wang", "--role", "leader", "--home", str(home))
    reemploy("backup", str(folder / "home.tar"), "--with-key", "--home", str(home))
    for _ in range(max(times // 10, 1)):
        with served(home) as (port, _server):
            content = bytearray((home / "state.sqlite").read_bytes())
            for _ in range(8):
                at = dice.randrange(len(content) - 512)
                content[at : at + 512] = dice.randbytes(512)
            (home / "state.sqlite").write_bytes(content)
            for path in ("/", "/administration/log.csv", "/export/loans/ageing.csv", "/sign-in"):
                status, body = asked(port, path)
                seen[status] += 1
                lost += b"Traceback" in body or (status == 200 and path != "/sign-in")
        shutil.rmtree(home)
        reemploy("restore", str(folder / "home.tar"), "--home", str(home))
        reemploy("check", "--home", str(home))
    return sum(seen.values()) // 4, f"{lost}; all restored", f"answers {dict(seen)}"


def key_lost(folder: Path, _times: int) -> Found:
    """Without its key a home serves, and loads nothing; with it loading goes on."""
    home = folder / "home"
    reemploy("load", str(delivery(folder, 0)), "--home", str(home))
    before = loaded(home)
    (home / "key").rename(folder / "key")
    refused = subprocess.run(
        [REEMPLOY, "load", str(delivery(folder, 1)), "--home", str(home)], capture_output=True, check=False
    )
    lost = (refused.returncode != 1) + (loaded(home) != before) + (home / "key").exists()
    (folder / "key").rename(home / "key")
    reemploy("load", str(delivery(folder, 1)), "--home", str(home))
    return 1, f"{lost} of 1", "all pages; the load said that the key is missing and made no other"


def build_half_copied(folder: Path, _times: int) -> Found:
    """`CURRENT` names a build of which a part is there: the one before is served on; a new server is not ready."""
    home = folder / "home"
    reemploy("load", str(delivery(folder, 0)), "--home", str(home))
    with served(home) as (port, _server):
        whole = (home / "builds" / "000001.duckdb").read_bytes()
        before = asked(port, "/panels/loans/outstanding")[1]
        (home / "builds" / "000002.duckdb").write_bytes(whole[: len(whole) // 2])
        (home / "CURRENT").write_text("000002.duckdb\n", encoding="utf-8")
        lost = (asked(port, "/panels/loans/outstanding")[1] != before) + (asked(port, "/readyz")[0] != 200)
    with served(home) as (port, _server):
        statuses = [asked(port, path)[0] for path in ("/readyz", "/healthz", "/")]
    lost += statuses[0] != 503 or 500 in statuses
    lost += subprocess.run([REEMPLOY, "check", "--home", str(home)], capture_output=True, check=False).returncode != 1
    (home / "CURRENT").write_text("000001.duckdb\n", encoding="utf-8")
    reemploy("load", str(delivery(folder, 1)), "--home", str(home))
    return 1, f"{lost} of 1", f"the build before; a server begun then answers {statuses}: not ready, well, its frame"


def postgresql_restarts(folder: Path, _times: int) -> Found:
    """PostgreSQL restarted under a server: a calm page meanwhile, the same sessions afterwards."""
    home, lost = folder / "home", 0
    reemploy("load", str(delivery(folder, 0)), "--home", str(home))
    with postgresql() as place:
        url = new_database(place, f"state_{uuid4().hex}").render_as_string(hide_password=False)
        (home / "settings.toml").write_text(f'[state]\nurl = "{url}"\n', encoding="utf-8")
        with closing(State.of(home)) as state:
            account(state, "wang", "leader")
            session = SignIn(state).begin("wang", PASSWORD, "127.0.0.1")
        assert session is not None
        cookie = {"Cookie": f"reemploy_session={session.token}"}
        with served(home) as (port, _server):
            lost += asked(port, "/loans", cookie)[0] != 200
            _postgresql(place, "stop")
            meanwhile = [asked(port, path, cookie)[0] for path in ("/loans", "/readyz", "/healthz")]
            _postgresql(place, "start")
            with psycopg.connect(host=str(place), user=OWNER, dbname="postgres"):
                lost += asked(port, "/loans", cookie)[0] != 200
        lost += meanwhile != [503, 503, 200]
    return 1, f"{lost} of 1", f"answers {meanwhile} meanwhile, the same session afterwards"


def _postgresql(place: Path, act: str) -> None:
    program = max(PROGRAMS.iterdir()) / "bin" / "pg_ctl"
    command = [str(program), "-D", str(place / "data"), "-w", "-m", "fast", act]
    if act == "start":
        options = f"-c listen_addresses='' -c unix_socket_directories='{place}' -c fsync=off"
        command = [str(program), "-D", str(place / "data"), "-w", "-l", str(place / "log"), "-o", options, act]
    if os.geteuid() == 0:
        command = ["runuser", "-u", OWNER, "--", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")


KINDS: dict[str, Callable[[Path, int], Found]] = {
    one.__name__: one
    for one in (
        *(loader_killed, server_killed, publisher_killed, disk_full, clock_jumps),
        *(state_corrupt, key_lost, build_half_copied, postgresql_restarts),
    )
}


def main(times: int, kinds: list[str]) -> int:
    """Each kind in a folder of its own; the table grows as they end."""
    lines = ["| fault | struck | lost | readers saw | s |", "|---|---|---|---|---|"]
    Path("build").mkdir(exist_ok=True)
    bad = 0
    for name in kinds or KINDS:
        began = monotonic()
        with TemporaryDirectory(prefix="reemploy-faults-") as folder:
            try:
                struck_times, lost, seen = KINDS[name](Path(folder), times)
            except (SystemExit, AssertionError, subprocess.CalledProcessError) as error:
                struck_times, lost, seen = 0, f"the trial failed: {error}", ""
        bad += not lost.startswith("0")
        lines.append(f"| {name.replace('_', ' ')} | {struck_times} | {lost} | {seen} | {monotonic() - began:.0f} |")
        print(lines[-1], flush=True)
        Path("build/faults.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
        sleep(0.1)
    return 1 if bad else 0


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else TIMES, given[1:]))
