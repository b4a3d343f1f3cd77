"""`make faults`: what breaks in a basement, made to break; what was lost, and what readers saw, into build/faults.md.

`python -m tests.load.faults [TIMES [KIND …]]`: TIMES a kind that strikes at a random moment (100 by default); the
others strike once. A full disk needs leave to mount a small tmpfs (root). Ends with 1 where anything was lost.
"""

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from uuid import uuid4

import psycopg

from dashboard.access import sign_in
from dashboard.access.sign_in import SignIn
from dashboard.state import audit
from dashboard.state.audit import record, verified
from dashboard.state.database import State
from dashboard.state.moment import now
from tests.load.kills import Found, delivery, loaded, loader_killed, publisher_killed, server_killed
from tests.load.serving import REEMPLOY, asked, reemploy, served
from tests.postgresql import OWNER, PROGRAMS, new_database, postgresql
from tests.states import PASSWORD, account

TIMES = 100


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
