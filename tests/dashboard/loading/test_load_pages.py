"""Loading from the browser, with the loader's own process: rows corrected and settled, waiting, stopping, rights."""

import csv
import fcntl
import io
import re
from collections.abc import Sequence
from contextlib import closing
from time import monotonic, sleep

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from dashboard.access.roles import Role
from dashboard.app import create_app
from dashboard.loading.inbox import Inbox
from dashboard.state.audit import entries
from dashboard.state.database import State
from tests.accounts_home import enter, token_of
from tests.contract.bureau import DISTRICT, OTHER, REGIONS, Bureau, id_number, person, row
from tests.states import account

PATIENCE = 180  # seconds: the machine may be shared
ROLES: tuple[tuple[str, Role, tuple[str, ...]], ...] = (
    ("wang", "analyst", ()), ("qian", "analyst", (DISTRICT,)), ("li", "street", (f"{DISTRICT[:6]}001000",)),
    ("sun", "leader", ()), ("zhou", "administrator", ()),
)  # fmt: skip


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """A home with three rows to correct (their headers in English, in Chinese, and of no known unit), and accounts."""
    bureau = Bureau(tmp_path_factory.mktemp("bureau"))
    wrong_id = id_number()[:-1] + ("1" if id_number()[-1] != "1" else "2")
    bureau.load(
        regions=REGIONS,
        persons=[person("R1", id_number=wrong_id, name="某人", registered_on="2026-02-30"), person("R2")],
        岗位__csv=f"岗位号,社区代码,岗位类别,岗位数,开发日期\nG1,{OTHER},企业用工,若干,2026-02-01\n",
        visits=[row("visits", registration_no="R2", visited_on="")],
    )
    with closing(State.of(bureau.home)) as state:
        for name, role, regions in ROLES:
            account(state, name, role, regions=regions)
    return bureau


@pytest.fixture(scope="module")
def signed_in(bureau: Bureau) -> dict[str, FlaskClient]:
    server = create_app(bureau.home).server
    clients = {name: server.test_client() for name, _, _ in ROLES}
    assert {enter(client, name) for name, client in clients.items()} == {303}
    return clients


def send(client: FlaskClient, files: Sequence[tuple[bytes, str]], **chosen: str) -> str:
    """Upload files through the form; where it leads to."""
    token = token_of(client.get("/data/load").get_data(as_text=True))
    given = {"token": token, "files": [(io.BytesIO(content), name) for content, name in files], **chosen}
    answer = client.post("/data/load", data=given, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def until(client: FlaskClient, address: str, sign: str) -> str:
    """The page of a load once it says `sign`."""
    give_up = monotonic() + PATIENCE
    while sign not in (page := client.get(address).get_data(as_text=True)):
        assert monotonic() < give_up, page
        sleep(0.2)
    return page


def corrected(book: bytes, **cells: str) -> bytes:
    """A workbook with other cells under some headers, as a clerk saves it."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    file = io.BytesIO()
    written = Workbook(file, {"in_memory": True})
    page = written.add_worksheet()
    page.write_row(0, 0, sheet[0])
    for line, values in enumerate(sheet[1:], 1):
        page.write_row(line, 0, [cells.get(str(head), value) for head, value in zip(sheet[0], values, strict=True)])
    written.close()
    return file.getvalue()


def test_rows_are_downloaded_corrected_loaded_and_settled(bureau: Bureau, signed_in: dict[str, FlaskClient]) -> None:
    client = signed_in["wang"]
    book = client.get("/export/held/persons.xlsx")
    name = book.headers["Content-Disposition"]
    assert "persons-held.xlsx" in name
    text = client.get("/export/held/posts.1.csv").get_data(as_text=True)
    [head, line] = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert head[1:] == ["岗位号", "社区代码", "岗位类别", "岗位数", "开发日期"]  # as delivered
    assert line[1:] == ["G1", OTHER, "企业用工", "若干", "2026-02-01"]
    assert "岗位数" in line[0]
    assert "若干" in line[0]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.data)).get_sheet_by_index(0).to_python()
    assert "身份证号" in str(rows[1][0])  # is stored masked and must be put in again
    assert "某人" not in str(rows)
    sent = [
        (corrected(book.data, id_number=id_number(), registered_on="2026-02-03"), "下岗失业人员登记-待改-某市.xlsx"),
        (text.replace("若干", "3").replace("“3”", "").encode(), "岗位-待改.csv"),
    ]
    address = send(client, sent, data_date="2026-09-30")
    page = until(client, address, "现已启用")
    assert "装载前 3 行，现在 1 行" in page
    assert "修改说明" not in page  # the added column is ours, and nobody's fault
    left = {table: client.get(f"/export/held/{table}.xlsx").status_code for table in ("persons", "posts", "visits")}
    assert left == {"persons": 404, "posts": 404, "visits": 200}
    [job] = Inbox(bureau.home).jobs()
    assert not (job.folder / "delivery").exists()  # the files held names and ID numbers


def test_a_restarted_server_tells_of_a_load_that_ended(bureau: Bureau) -> None:
    client = create_app(bureau.home).server.test_client()
    enter(client, "zhou")
    listed = client.get("/data/load").get_data(as_text=True)
    [address] = re.findall(r"/data/load/[-\w]{15,}", listed)
    assert "现已启用" in client.get(address).get_data(as_text=True)
    with closing(State.of(bureau.home)) as state, state.read() as connection:
        acts = [(entry.account, entry.action) for entry in entries(connection, action="load")]
    assert sorted(acts) == [("wang", "load.began"), ("wang", "load.ended")]


def test_a_load_waits_for_another_says_so_and_can_be_stopped(bureau: Bureau, signed_in: dict[str, FlaskClient]) -> None:
    client, served = signed_in["zhou"], (bureau.home / "CURRENT").read_text()
    with (bureau.home / "load.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        address = send(client, [(b"post_no\nG9\n", "posts.csv")])
        assert "排队等候" in until(client, address, "data-live")
        form = client.get("/data/load").get_data(as_text=True)
        assert "zhou" in form
        assert 'type="file"' not in form  # one at a time
        token = token_of(client.get(address).get_data(as_text=True))
        assert client.post(f"{address}/stop", data={"token": "x"}).status_code == 400
        assert client.post(f"{address}/stop", data={"token": token}).status_code == 303
        assert "已停止，未装载" in until(client, address, "已停止")
    assert (bureau.home / "CURRENT").read_text() == served


def test_a_refused_delivery_says_why_in_the_readers_language(signed_in: dict[str, FlaskClient]) -> None:
    client = signed_in["wang"]
    address = send(client, [(b"post_no\nG9\n", "posts.csv")], data_date="2026-09-30", lang="en")
    assert "Required columns are missing" in until(client, address, "refused")


def test_only_who_may_load_the_whole_city_loads(bureau: Bureau, signed_in: dict[str, FlaskClient]) -> None:
    begun = len(Inbox(bureau.home).jobs())
    for name in ("qian", "li", "sun"):
        for answer in (
            signed_in[name].get("/data/load"),
            signed_in[name].post("/data/load", data={"files": (io.BytesIO(b"x"), "posts.csv")}),
            signed_in[name].get("/data/load/20260101-000000-0000"),
        ):
            assert answer.status_code == 403
    stale = signed_in["wang"].post("/data/load", data={"files": (io.BytesIO(b"x"), "posts.csv")})
    assert stale.status_code == 400
    assert len(Inbox(bureau.home).jobs()) == begun


def test_rows_of_no_known_unit_are_for_the_whole_city_alone(signed_in: dict[str, FlaskClient]) -> None:
    assert signed_in["wang"].get("/export/held/visits.xlsx").status_code == 200
    assert {signed_in[name].get("/export/held/visits.xlsx").status_code for name in ("qian", "li")} == {404}
    assert signed_in["sun"].get("/export/held/visits.xlsx").status_code == 403
