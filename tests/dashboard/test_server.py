"""Who may look: only this machine, until there are accounts; and a restart that fails nobody."""

import gc
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Event, Thread
from weakref import ref

import pytest
from click.testing import CliRunner

from dashboard.access.wanted import is_loopback
from dashboard.app import create_app
from dashboard.semantics.dimension import LEVELS
from dashboard.server import WARMED, keep_warm, settle
from dashboard.view import View
from etl.cli import main
from tests.spec.rows import person
from tests.worlds import TREE, Delivery, world


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_loopback_is_served(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_any_other_address_is_refused_with_the_reason(host: str, tmp_path: Path) -> None:
    assert not is_loopback(host)
    result = CliRunner().invoke(main, ["serve", "--host", host, "--home", str(tmp_path)])
    assert result.exit_code == 2
    assert "no accounts yet" in result.output


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def ask(port: int, failed: list[str], done: Event) -> None:
    """Ask over one kept connection after the other, as a browser does."""
    while not done.is_set():
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            try:
                for path in ("/healthz", "/sign-in", "/_dash-layout", "/bulletins"):
                    connection.request("GET", path)
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status >= 400:
                        failed.append(f"{path} {answer.status}")
                    if answer.getheader("Connection") == "close":
                        break
            except (OSError, http.client.HTTPException) as error:
                failed.append(repr(error))


def serving(port: int) -> set[int]:
    """The processes that answer, by their rows of numbers."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", "/metrics")
        told = connection.getresponse().read().decode()
    return {int(row) for row in re.findall(r'reemploy_ready\{process="(\d+)"\} 1', told)}


def test_all_processes_are_replaced_while_nobody_is_failed(tmp_path: Path) -> None:
    port, done = free_port(), Event()
    failed: list[str] = []
    reemploy = str(Path(sys.executable).with_name("reemploy"))
    command = [reemploy, "serve", "--home", str(tmp_path), "--port", str(port), "--workers", "1"]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    server = subprocess.Popen([*command, "--log-level", "warning"], stdout=subprocess.PIPE, text=True, env=environment)
    asking = [Thread(target=ask, args=(port, failed, done)) for _ in range(4)]
    try:
        assert server.stdout is not None
        server.stdout.readline()
        assert serving(port) == {0}
        for thread in asking:
            thread.start()
        server.send_signal(signal.SIGHUP)
        while serving(port) != {1}:
            assert not failed
    finally:
        done.set()
        for thread in asking:
            thread.join()
        server.terminate()
        server.communicate(timeout=60)
    assert failed == []
    assert server.returncode == 0


def test_what_is_loaded_is_tidied_no_more_and_what_is_new_still_is() -> None:
    before = gc.get_threshold()
    try:
        settle()
        assert gc.get_freeze_count() > 0
        loop: list[object] = []
        loop.append(loop)
        gone = ref(kept := type("Node", (), {})())
        loop.append(kept)
        del loop, kept
        gc.collect()
        assert gone() is None
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_a_build_that_becomes_current_is_asked_before_its_readers_come(city_home: Path, city: View) -> None:
    app, ending = create_app(city_home).server, Event()
    asked: dict[str, int] = {}

    class Watched:
        def test_client(self) -> "Watched":
            self.client = app.test_client()
            return self

        def get(self, path: str, **inside: object) -> None:
            asked[path] = self.client.get(path, **inside).status_code  # type: ignore[arg-type]  # as it was given
            if len(asked) == len(WARMED) + len(LEVELS) - 1:
                ending.set()

    keep_warm(Watched(), city_home, ending)
    assert set(asked.values()) == {200}
    below = [city.tree.find(path.partition("=")[2]) for path in asked if path not in WARMED]
    assert [region.level for region in below] == ["city", "district", "street"]


def test_a_server_that_is_stopped_leaves_only_lines_of_its_log(tmp_path: Path) -> None:
    port = free_port()
    home = world(tmp_path, Delivery({"regions": TREE, "persons": [person("R1")]}, date(2026, 6, 30)))
    reemploy = str(Path(sys.executable).with_name("reemploy"))
    command = [reemploy, "serve", "--home", str(home), "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        server.stdout.readline()
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request("GET", "/panels/registry/people")
            assert connection.getresponse().status < 500
    finally:
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=60)
    assert server.returncode == 0
    lines = [json.loads(line) for line in said.splitlines()]
    # A busy machine may have made a query slow enough to be written down.
    assert [line["path"] for line in lines if "sql" not in line] == ["/panels/registry/people"]
