"""`make soak`: 64 readers click through all pages while deliveries load and builds switch; every answer is checked.

`python -m tests.load.soak [MINUTES [READERS]]` loads the first half of a small city's deliveries, serves it with two
processes, sends READERS readers from a second process, and loads the other half at even intervals. What an answer says
is compared with what the build that it names says on its own, afterwards. Writes build/soak.md, and ends with 1 where
a request failed, a figure was another build's, or memory kept growing.
"""

import hashlib
import http.client
import json
import random
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic, sleep
from urllib.parse import urlencode

from dashboard.access.roles import ROLES
from dashboard.app import create_app
from dashboard.pages import PAGES
from dashboard.state.database import State
from tests.accounts_home import OF_REGION, token_of
from tests.load.serving import reemploy, served
from tests.states import PASSWORD, account

MINUTES, READERS, WORKERS = 10.0, 64, 2
PERSONS = 1200
THINK_SECONDS = (0.5, 3.0)  # between pages
PATIENCE_SECONDS = 300
ASKED_AGAIN = 60  # answers of each build that are computed anew, on their own
OK = 200
FILE_REFUSED = (403, 404)  # rows that are not for the role; a panel that has no rows
READER_ROLES = ("analyst", "leader", "district", "street")


@dataclass(frozen=True)
class Seen:
    """One answer: `kind` of what was asked, by which role, of which build, and the hash of what it said."""

    kind: str
    role: str
    path: str
    status: int
    seconds: float
    build: str
    digest: str

    @property
    def is_answered(self) -> bool:
        """Whether it came; 204 is a panel of another section, and files may be refused: asked again, too."""
        return OK <= self.status < 400 or (self.kind == "file" and self.status in FILE_REFUSED)


class Reader(Thread):
    """One person: signs in, then opens page after page, each with all its panels, now and then taking a file away."""

    def __init__(self, number: int, port: int, until: float) -> None:
        super().__init__()
        self.role = READER_ROLES[number % len(READER_ROLES)]
        self.port, self.until = port, until
        self.dice = random.Random(number)
        self.cookies: dict[str, str] = {}
        self.seen: list[Seen] = []
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)

    def run(self) -> None:
        """Until the time is over."""
        self.sign_in()
        while monotonic() < self.until:
            page = self.dice.choice(PAGES)
            search = self.dice.choice(("", "?lang=en", "?compare=previous"))
            self.ask("page", page.path + search)
            self.ask("layout", "/_dash-layout", {"Referer": f"http://127.0.0.1:{self.port}{page.path}{search}"})
            for panel in page.panels:
                if monotonic() < self.until:
                    self.ask("panel", f"/panels/{page.name}/{panel.name}{search}")
            if self.dice.random() < 0.1:
                self.ask("file", f"/export/{page.name}/{self.dice.choice(page.panels).name}.csv{search}")
            sleep(min(self.dice.uniform(*THINK_SECONDS), max(self.until - monotonic(), 0)))

    def sign_in(self) -> None:
        """Through the form, as people do."""
        page = self.ask("page", "/sign-in").decode()
        form = urlencode({"name": self.role, "password": PASSWORD, "token": token_of(page)})
        self.ask("form", "/sign-in", {"Content-Type": "application/x-www-form-urlencoded"}, form)

    def ask(self, kind: str, path: str, headers: dict[str, str] | None = None, form: str | None = None) -> bytes:
        """An answer, noted; a connection that the server closed is opened again, once: browsers do so."""
        sent = (headers or {}) | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        began = monotonic()
        for attempt in range(2):
            try:
                self.connection.request("POST" if form else "GET", path, form, sent)
                answer = self.connection.getresponse()
                body = answer.read()
                break
            except (OSError, http.client.HTTPException) as error:
                self.connection.close()
                if attempt or form:
                    self.seen.append(Seen(kind, self.role, path, 0, monotonic() - began, "", repr(error)))
                    return b""
        for name, value in answer.getheaders():
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        digest = hashlib.sha256(body).hexdigest()
        build = answer.getheader("X-Reemploy-Build") or ""
        self.seen.append(Seen(kind, self.role, path, answer.status, monotonic() - began, build, digest))
        return body


def read(port: int, readers: int, minutes: float) -> None:
    """The second process: all readers; what they saw, a line of JSON each, to standard output."""
    until = monotonic() + minutes * 60
    people = [Reader(number, port, until) for number in range(readers)]
    for person in people:
        person.start()
    for person in people:
        person.join()
        for seen in person.seen:
            print(json.dumps(asdict(seen), ensure_ascii=False))


def memory(port: int) -> dict[str, float]:
    """Bytes of each process that serves."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)) as connection:
        connection.request("GET", "/metrics")
        told = connection.getresponse().read().decode()
    return {row: float(size) for row, size in re.findall(r'reemploy_resident_bytes\{process="(\d+)"\} (\S+)', told)}


def computed(home: Path, build: str, asked: list[Seen]) -> list[str]:
    """What was answered otherwise than the build says on its own, in a process that never saw another one."""
    (home / "CURRENT").write_text(f"{build}.duckdb\n", encoding="utf-8")
    server, wrong = create_app(home).server, []
    clients = {}
    for one in asked:
        if one.role not in clients:
            clients[one.role] = server.test_client()
            page = clients[one.role].get("/sign-in").get_data(as_text=True)
            form = {"name": one.role, "password": PASSWORD, "token": token_of(page)}
            assert clients[one.role].post("/sign-in", data=form).status_code == 303
        answer = clients[one.role].get(one.path)
        alike = one.status != OK or hashlib.sha256(answer.data).hexdigest() == one.digest
        if answer.status_code != one.status or not alike:
            wrong.append(f"{one.role} {one.path} of build {build}")
    return wrong


def prepared(folder: Path) -> tuple[Path, list[Path]]:
    """A home with half of a city's deliveries and an account of each role, and the deliveries that are left."""
    city, home = folder / "city", folder / "home"
    reemploy("demo", str(city), "--persons", str(PERSONS), "--years", "3")
    deliveries = sorted(city.iterdir())
    half = len(deliveries) // 2
    home.mkdir()
    (home / "settings.toml").write_text("[retention]\nbuilds = 100\n[server]\npace = 10\n", encoding="utf-8")
    for delivery in deliveries[:half]:
        reemploy("load", str(delivery), "--home", str(home))
    with closing(State.of(home)) as state:
        for role in ROLES:
            account(state, role, role, regions=OF_REGION.get(role, ()))
    return home, deliveries[half:]


def soak(minutes: float, readers: int) -> int:
    """The trial; what was found, into build/soak.md."""
    with TemporaryDirectory(prefix="reemploy-soak-") as folder:
        home, deliveries = prepared(Path(folder))
        sizes: list[dict[str, float]] = []
        with served(home, WORKERS) as (port, _server):
            command = [sys.executable, "-m", "tests.load.soak", "read", str(port), str(readers), str(minutes)]
            reading = subprocess.Popen(command, stdout=(Path(folder) / "seen").open("w"))
            began = monotonic()
            for number, delivery in enumerate(deliveries, 1):
                while monotonic() - began < minutes * 60 * number / (len(deliveries) + 1) and reading.poll() is None:
                    sleep(1)
                sizes.append(memory(port))
                reemploy("load", str(delivery), "--home", str(home))
            reading.wait()
            sizes.append(memory(port))
        lines = (Path(folder) / "seen").read_text(encoding="utf-8").splitlines()
        title = f"{readers} readers for {minutes:g} minutes, {len(deliveries)} loads meanwhile"
        return report([Seen(**json.loads(line)) for line in lines], sizes, home, title)


def report(seen: list[Seen], sizes: list[dict[str, float]], home: Path, title: str) -> int:
    """Judge and write down."""
    failed = [one for one in seen if not one.is_answered]
    said: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in seen:
        if one.build and one.kind in ("panel", "file") and one.status == OK:
            said[one.role, one.path, one.build].add(one.digest)
    mixed = [key for key, digests in said.items() if len(digests) > 1]
    wrong = [fault for build in sorted({one.build for one in seen if one.build}) for fault in _again(home, build, seen)]
    totals = [sum(size.values()) / 1e6 for size in sizes]
    grows = totals[-1] > 1.25 * max(totals[len(totals) // 2 :][0], 1) if len(totals) > 3 else False
    lines = [
        f"# {title}",
        "",
        f"{len(seen):,} requests, {len({one.build for one in seen if one.build})} builds seen, {WORKERS} processes.",
        f"Failed: {len(failed)}. Two answers of one build: {len(mixed)}. Unlike the build on its own: {len(wrong)}.",
        f"Memory of all processes, MB, at each load: {', '.join(f'{size:.0f}' for size in totals)}.",
        "",
        "| kind | requests | p50 s | p95 s | longest s |",
        "|---|---|---|---|---|",
        *_times(seen),
        *(
            f"\n- failed: {one.status} {one.role} {one.path} {one.digest if not one.status else ''}"
            for one in failed[:20]
        ),
        *(f"\n- mixed: {key}" for key in mixed[:20]),
        *(f"\n- wrong: {fault}" for fault in wrong[:20]),
    ]
    Path("build").mkdir(exist_ok=True)
    Path("build/soak.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return 1 if failed or mixed or wrong or grows else 0


def _again(home: Path, build: str, seen: list[Seen]) -> list[str]:
    of_build = [one for one in seen if one.build == build and one.kind in ("panel", "file") and one.is_answered]
    dice = random.Random(build)
    return computed(home, build, dice.sample(of_build, min(ASKED_AGAIN, len(of_build))))


def _times(seen: list[Seen]) -> Iterator[str]:
    for kind in ("page", "layout", "panel", "file", "form"):
        took = sorted(one.seconds for one in seen if one.kind == kind)
        if len(took) > 1:
            p95 = quantiles(took, n=20)[-1]
            yield f"| {kind} | {len(took):,} | {median(took):.2f} | {p95:.2f} | {took[-1]:.2f} |"


if __name__ == "__main__":
    if sys.argv[1:2] == ["read"]:
        read(int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
    else:
        given = sys.argv[1:]
        sys.exit(soak(float(given[0]) if given else MINUTES, int(given[1]) if len(given) > 1 else READERS))
