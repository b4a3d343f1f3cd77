"""One load that was started in the browser: a folder that says what was asked, how far it is, and what came of it.

job.json      what was asked, by whom; the process        alive         locked while the process lives
delivery/     the files, until the load has ended         account.json  what the loader printed
steps         one line of JSON a step                     stopped       somebody cancelled it

Nothing is kept in the server's memory: whichever worker is asked, and after a restart, the folder tells.
"""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Any, Final, Literal

State = Literal["waiting", "running", "loaded", "refused", "stopped", "failed"]
ENDED: Final = ("loaded", "refused", "stopped", "failed")


@dataclass(frozen=True)
class Order:
    """What was asked: by whom and when, from which files, under which conditions; how many rows were held before."""

    by: str
    began_at: datetime
    files: tuple[tuple[str, int], ...]
    data_date: str = ""
    allow_partial: bool = False
    backfill: bool = False
    lang: str = "zh"
    held_before: int | None = None


class Job:
    """A load in the inbox of a home; `name` is its folder's."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home, self.name = folder, home, folder.name

    @property
    def delivery(self) -> Path:
        """The folder that is loaded: the log of loads knows it by its name."""
        return self.folder / "delivery" / f"upload-{self.name}"

    # ---- under way --------------------------------------------------------------------------------------------------

    def start(self, order: Order, ended: "Callable[[Job], None]") -> None:
        """Begin to load, in a process of its own that outlives this one; `ended` is called if it ends before."""
        said = asdict(order) | {"began_at": order.began_at.isoformat()}
        command = [sys.executable, "-P", "-m", "etl.cli", "load", str(self.delivery), "--home", str(self.home)]
        command += ["--json", "--steps", "--lang", order.lang]
        command += [
            flag for flag, given in (("--allow-partial", order.allow_partial), ("--backfill", order.backfill)) if given
        ]
        with self._made("alive") as alive, self._made("account.json") as account, self._made("steps") as steps:
            fcntl.flock(alive, fcntl.LOCK_EX)
            process = subprocess.Popen(  # noqa: S603 - our own program, its arguments ours but for names of folders
                command, stdin=subprocess.DEVNULL, stdout=account, stderr=steps, pass_fds=(alive.fileno(),),
                start_new_session=True, cwd=self.folder,
            )  # fmt: skip
        with self._made("job.json") as file:
            file.write(json.dumps(said | {"pid": process.pid}, ensure_ascii=False).encode())
        # Waited for, so that it leaves no trace among processes; should this one end first, the folder still tells.
        Thread(target=self._wait, args=(process, ended), daemon=True).start()

    def _made(self, name: str) -> Any:
        return os.fdopen(os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def _wait(self, process: "subprocess.Popen[bytes]", ended: "Callable[[Job], None]") -> None:
        process.wait()
        ended(self)

    def stop(self) -> bool:
        """End the process, if it lives; nothing of it is served then, unless it was done already."""
        if not self.is_alive:
            return False
        (self.folder / "stopped").touch(mode=0o600)
        with suppress(ProcessLookupError):
            os.killpg(int(self._said["pid"]), signal.SIGTERM)
        return True

    def clear(self) -> None:
        """Delete the files once the load has ended: they hold names and ID numbers."""
        if not self.is_alive:
            shutil.rmtree(self.folder / "delivery", ignore_errors=True)

    # ---- what it says -----------------------------------------------------------------------------------------------

    @property
    def is_alive(self) -> bool:
        """Whether the process lives: it holds the lock that it was born with."""
        return is_locked(self.folder / "alive")

    @cached_property
    def _said(self) -> Mapping[str, Any]:
        said: Mapping[str, Any] = json.loads((self.folder / "job.json").read_text(encoding="utf-8"))
        return said

    @property
    def order(self) -> Order:
        """What was asked."""
        said = {name: value for name, value in self._said.items() if name != "pid"}
        files = tuple((str(name), int(size)) for name, size in said["files"])
        return Order(**(said | {"began_at": datetime.fromisoformat(said["began_at"]), "files": files}))

    @property
    def account(self) -> Mapping[str, Any] | None:
        """What the loader printed of the delivery when it ended; None before, and where it was cut short."""
        with suppress(FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
            account: Mapping[str, Any] = json.loads((self.folder / "account.json").read_text(encoding="utf-8"))
            return account
        return None

    @property
    def steps(self) -> dict[str, float]:
        """How far each file and stage is, 0 … 1, in the order in which they began."""
        found: dict[str, float] = {}
        with suppress(FileNotFoundError):
            for line in (self.folder / "steps").read_text(encoding="utf-8", errors="replace").splitlines():
                with suppress(json.JSONDecodeError, KeyError, TypeError):
                    step = json.loads(line)
                    found[str(step["step"])] = float(step["share"])
        return found

    @property
    def state(self) -> State:
        """Where it stands. `waiting`: no step was taken yet, for another load runs or the program is starting."""
        alive, account = self.is_alive, self.account
        if account is not None:
            return "loaded" if account["load"] is not None else "refused"
        if alive:
            return "running" if self.steps else "waiting"
        return "stopped" if (self.folder / "stopped").exists() else "failed"

    @property
    def waits_for_another(self) -> bool:
        """Whether it waits because another load holds the home."""
        return self.state == "waiting" and is_locked(self.home / "load.lock")


def is_locked(path: Path) -> bool:
    """Whether a process holds the lock of a file; it is let go at once where we get it."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def moment() -> datetime:
    """Now, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
