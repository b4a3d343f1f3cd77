"""How the server tells how it is: ids, lines, numbers, readiness; and what it tells nobody."""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
import pytest
from flask.testing import FlaskClient

from dashboard.access.limits import PACES, Limits, Pace, body_limit
from dashboard.app import Board, create_app
from dashboard.watch.journal import FIELDS, Line
from dashboard.watch.meters import Meters
from tests.accounts_home import enter
from tests.dashboard.conftest import Clients
from tests.postgresql import OWNER, new_database
from tests.states import PASSWORD
from tests.worlds import TREE, Delivery, world


@contextmanager
def lines() -> Iterator[list[dict]]:  # type: ignore[type-arg]  # what JSON says
    """What is written down meanwhile."""
    said: list[dict] = []  # type: ignore[type-arg]  # the same

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(json.loads(Line().format(record)))

    handler, root = Kept(), logging.getLogger()
    root.addHandler(handler)
    logging.getLogger("reemploy").setLevel(logging.INFO)
    yield said
    root.removeHandler(handler)


@pytest.fixture(scope="module")
def client(city_home: Path) -> FlaskClient:
    return create_app(city_home).server.test_client()


def test_a_request_is_one_line_with_the_id_that_the_answer_bears(client: FlaskClient) -> None:
    with lines() as said:
        answer = client.get("/export/loans/ageing.csv?region=990102")
    [line] = [each for each in said if each["logger"] == "reemploy.request"]
    assert line["request"] == answer.headers["X-Request-ID"]
    assert (line["path"], line["status"], line["account"]) == ("/export/loans/ageing.csv", 200, "local")
    assert line["build"] == answer.headers["X-Reemploy-Build"]
    assert line["queries"] >= 1
    assert set(line) <= {"at", "level", "logger", "message", "request", *FIELDS}


def test_no_secret_is_written_down(signed_in_as: Clients, guarded: Board) -> None:
    client = guarded.server.test_client()
    with lines() as said:
        enter(client, "leader", onward="/loans?where=bank=secret-bank")
        client.post("/sign-in", data={"name": "leader", "password": PASSWORD})
        signed_in_as("leader").get("/loans?where=bank=secret-bank")
    written = json.dumps(said)
    cookie = signed_in_as("leader").get_cookie("reemploy_session")
    assert cookie is not None
    for secret in (PASSWORD, cookie.value, "secret-bank", "token"):
        assert secret not in written


def test_an_id_of_a_proxy_is_taken_over_if_it_looks_like_one(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("[server]\nproxies = 1\n", encoding="utf-8")
    behind = create_app(tmp_path).server.test_client()
    assert behind.get("/healthz", headers={"X-Request-ID": "7f3a-9b2c-1d"}).headers["X-Request-ID"] == "7f3a-9b2c-1d"
    for forged in ("a b", "x" * 65, "<script>"):
        assert behind.get("/healthz", headers={"X-Request-ID": forged}).headers["X-Request-ID"] != forged


def test_a_slow_question_is_written_down_without_its_values(city_home: Path, tmp_path: Path) -> None:
    for part in ("builds", "CURRENT"):
        (tmp_path / part).symlink_to(city_home / part)
    (tmp_path / "settings.toml").write_text("[server]\nslow_query_ms = 0\n", encoding="utf-8")
    with lines() as said:
        create_app(tmp_path).server.test_client().get("/export/loans/ageing.csv?region=990102")
    slow = [each for each in said if each["message"] == "slow query"]
    assert slow
    assert all("?" in each["sql"] or "WHERE" not in each["sql"] for each in slow)
    assert "990102" not in json.dumps(slow)


@pytest.mark.parametrize(("lang", "told"), [("zh", "编号 "), ("en", "under the number ")])
def test_a_fault_of_ours_is_told_as_a_number_and_nothing_else(
    city_home: Path, monkeypatch: pytest.MonkeyPatch, lang: str, told: str
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the innards")

    monkeypatch.setattr("dashboard.downloads.as_csv", fail)
    client = create_app(city_home).server.test_client()
    with lines() as said:
        answer = client.get(f"/export/loans/ageing.csv?lang={lang}")
    assert answer.status_code == 500
    page = answer.get_data(as_text=True)
    assert told + answer.headers["X-Request-ID"] in page
    assert "innards" not in page
    assert "Traceback" not in page
    [fault] = [each for each in said if "trace" in each]
    assert fault["request"] == answer.headers["X-Request-ID"]
    assert "the innards" in fault["trace"]


def test_ready_is_who_has_a_build_and_a_state_that_answers(client: FlaskClient, tmp_path: Path) -> None:
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json) == (200, {"ready": True, "build": True, "state": True})
    empty = create_app(tmp_path).server.test_client()
    assert empty.get("/healthz").status_code == 200
    assert (empty.get("/readyz").status_code, (empty.get("/readyz").json or {})["build"]) == (503, False)


def test_a_state_that_is_away_is_told_calmly_and_the_server_is_well(
    city_home: Path, postgresql_server: Path, tmp_path: Path
) -> None:
    for part in ("builds", "CURRENT"):
        (tmp_path / part).symlink_to(city_home / part)
    url = new_database(postgresql_server, "state_that_goes").render_as_string(hide_password=False)
    (tmp_path / "settings.toml").write_text(f'[state]\nurl = "{url}"\n', encoding="utf-8")
    client = create_app(tmp_path).server.test_client()
    client.set_cookie("reemploy_session", "of-somebody")
    assert client.get("/readyz").status_code == 200
    with psycopg.connect(host=str(postgresql_server), user=OWNER, dbname="postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE state_that_goes WITH (FORCE)")
    assert [client.get(path).status_code for path in ("/healthz", "/readyz", "/loans")] == [200, 503, 503]
    assert "Traceback" not in client.get("/loans").get_data(as_text=True)


def test_numbers_are_for_this_machine_for_named_addresses_and_for_auditors(
    signed_in_as: Clients, guarded: Board, tmp_path: Path
) -> None:
    stranger = guarded.server.test_client()
    assert stranger.get("/metrics").status_code == 200
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "10.0.0.7"}}
    assert stranger.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
    for name, status in (("auditor", 200), ("administrator", 200), ("leader", 403)):
        assert signed_in_as(name).get("/metrics", **elsewhere).status_code == status
    (tmp_path / "settings.toml").write_text('[server]\nmetrics_from = ["10.0.0.7"]\n', encoding="utf-8")
    named = create_app(tmp_path).server.test_client()
    assert named.get("/metrics", **elsewhere).status_code == 200
    assert named.get("/metrics", environ_overrides={"REMOTE_ADDR": "10.0.0.8"}).status_code == 403


def test_numbers_add_up_over_processes_and_outlive_them() -> None:
    meters = Meters(3)
    for row, seconds in ((0, 0.02), (1, 0.3), (1, 60.0)):
        meters.row = row
        meters.answered("panel", 200, seconds)
    meters.begin(1)
    told = meters.told()
    assert 'reemploy_requests_total{kind="panel",status="2xx"} 3' in told
    assert 'reemploy_request_seconds_bucket{kind="panel",le="0.05"} 1' in told
    assert 'reemploy_request_seconds_bucket{kind="panel",le="0.5"} 2' in told
    assert 'reemploy_request_seconds_bucket{kind="panel",le="+Inf"} 3' in told
    assert 'reemploy_request_seconds_count{kind="panel"} 3' in told
    sample = re.compile(r'# .+|reemploy_\w+(\{[a-z]+="[^"]+"(,[a-z]+="[^"]+")*\})? \S+')
    assert all(sample.fullmatch(line) for line in told.split("\n")[:-1])


def test_a_request_sees_one_build_though_another_is_loaded_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = world(tmp_path, *(Delivery({"regions": TREE}, day) for day in (date(2026, 3, 31), date(2026, 6, 30))))
    (home / "CURRENT").write_text("000001.duckdb", encoding="utf-8")
    app = create_app(home)
    before = app.layout

    def loaded_meanwhile() -> object:
        drawn = before()
        (home / "CURRENT").write_text("000002.duckdb", encoding="utf-8")
        return [drawn, before()]

    monkeypatch.setattr(app, "_layout", loaded_meanwhile)
    monkeypatch.setattr(app, "_layout_is_function", True)
    answer = app.server.test_client().get("/_dash-layout")
    assert answer.headers["X-Reemploy-Build"] == "000001"
    assert "2026年6月30日" not in answer.get_data(as_text=True).encode().decode("unicode_escape", "ignore")


def test_who_asks_too_much_waits_and_others_do_not() -> None:
    limits = Limits({"file": Pace(2, 60)})
    assert [limits.wait("li", "file", 0.0) for _ in range(3)] == [0.0, 0.0, pytest.approx(1.0)]
    assert limits.wait("wang", "file", 0.0) == 0.0
    assert limits.wait("li", "panel", 0.0) == 0.0
    assert limits.wait("li", "file", 1.5) == 0.0
    assert Limits({"file": Pace(2, 60)}, factor=0).wait("li", "file") == 0.0


def test_a_runaway_script_is_told_to_wait(guarded: Board) -> None:
    client = guarded.server.test_client()
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "10.9.9.9"}}
    statuses = [client.get("/bulletins", **elsewhere).status_code for _ in range(PACES["page"].at_once + 10)]
    assert statuses[0] == 200
    answer = client.get("/bulletins", **elsewhere)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert client.get("/bulletins").status_code == 200


@pytest.mark.parametrize(
    ("path", "size"), [("/sign-in", 20_000), ("/desk/draft", 2 << 20), ("/_dash-update-component", 5 << 20)]
)
def test_what_is_larger_than_its_address_takes_is_refused_unread(client: FlaskClient, path: str, size: int) -> None:
    assert body_limit(path) < size
    answer = client.post(path, data={"name": "x" * size, "token": "y"})
    assert answer.status_code == 413
    assert "内容过大" in answer.get_data(as_text=True)
