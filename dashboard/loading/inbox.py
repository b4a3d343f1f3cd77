"""The inbox of a home: one folder a load that was started in the browser, owner-only."""

import fcntl
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from typing import Final

from werkzeug.datastructures import FileStorage

from dashboard.loading.job import Job, Order
from dashboard.loading.parcel import DECLARATION, Bounds, ParcelError, stored

KEPT: Final = 30  # loads whose account is kept; of older ones the log of loads tells
_NAME: Final = re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}")


class Inbox:
    """The loads of a home, newest first; one at a time may be under way."""

    def __init__(self, home: Path) -> None:
        self.home = home.absolute()
        self.folder = self.home / "inbox"

    def jobs(self) -> list[Job]:
        """All loads that were started here."""
        names = sorted((path.name for path in self.folder.glob("*/") if (path / "job.json").exists()), reverse=True)
        return [Job(self.folder / name, self.home) for name in names if _NAME.fullmatch(name)]

    def job(self, name: str) -> Job | None:
        """The load of that name."""
        return next((job for job in self.jobs() if job.name == name), None)

    def under_way(self) -> Job | None:
        """The load that has not ended."""
        return next((job for job in self.jobs() if job.is_alive), None)

    def begin(self, uploads: Iterable[FileStorage], order: Order, ended: Callable[[Job], None]) -> Job:
        """Store the files and begin to load them; ParcelError where they, or the moment, do not fit.

        Of the order the files are filled in, and the data date that they declare themselves.
        """
        name = f"{order.began_at.astimezone():%Y%m%d-%H%M%S}-{token_hex(2)}"
        with self._locked():
            if self.under_way() is not None:
                raise ParcelError(
                    "另一批数据正在装载，请等它结束", "another delivery is being loaded: please wait for it"
                )
            self._sweep()
            job = Job(self.folder / name, self.home)
            job.folder.mkdir(mode=0o700)
            try:
                job.delivery.mkdir(mode=0o700, parents=True)
                parcel = stored(uploads, job.delivery, Bounds.of(self.home))
                day = parcel.data_date.isoformat() if parcel.data_date else order.data_date
                if day:
                    (job.delivery / DECLARATION).write_text(f"data_date = {day}\n", encoding="utf-8")
                job.start(replace(order, files=parcel.files, data_date=day), ended)
            except BaseException:
                shutil.rmtree(job.folder, ignore_errors=True)
                raise
        return job

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One worker at a time decides whether a load may begin."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        with (self.folder / "lock").open("w", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _sweep(self) -> None:
        """Delete files of loads that have ended, folders that were never begun, and the oldest accounts."""
        jobs = self.jobs()
        for job in jobs:
            job.clear()
        kept = {job.name for job in jobs[:KEPT]}
        for path in self.folder.iterdir():
            if path.is_dir() and path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)
