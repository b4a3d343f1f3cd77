"""The application over HTTP: documents, files, health, and what a click does to the address."""

import io
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from dashboard import callbacks, ids
from dashboard.app import create_app
from dashboard.components.grid import grid
from dashboard.downloads import file_name
from dashboard.panel import Column, Table
from dashboard.period import named_period
from dashboard.selection import Selection
from dashboard.view import View
from tests.worlds import TREE, Delivery, world


@pytest.fixture(scope="module")
def client(city_home: Path) -> FlaskClient:
    return create_app(city_home).server.test_client()


@pytest.fixture
def empty(tmp_path: Path) -> FlaskClient:
    return create_app(tmp_path).server.test_client()


def test_the_document_says_its_language_and_title(client: FlaskClient) -> None:
    chinese, english = client.get("/loans").text, client.get("/loans?lang=en").text
    assert '<html lang="zh-CN"' in chinese
    assert "小额担保贷款 · 再就业看板" in chinese
    assert '<html lang="en"' in english
    assert "Loans · Reemploy" in english


def test_the_document_names_no_other_host(client: FlaskClient) -> None:
    document = client.get("/").text
    assert "https://" not in document.split('id="_dash-config"')[0]
    assert 'src="http' not in document


def test_the_layout_is_that_of_the_address_that_asks(client: FlaskClient) -> None:
    layout = client.get("/_dash-layout", headers={"Referer": "http://localhost/subsidies?lang=en"}).text
    assert "Budget and payments" in layout
    assert "Demonstration data" in layout


def test_an_address_that_is_no_page_says_so(client: FlaskClient) -> None:
    assert (
        "这个地址没有页面"
        in client.get("/_dash-layout", headers={"Referer": "http://localhost/nowhere"}).get_json().__repr__()
    )


def test_without_a_build_the_frame_stands_and_the_server_is_well(empty: FlaskClient) -> None:
    assert empty.get("/").status_code == 200
    assert empty.get("/healthz").status_code == 200
    assert empty.get("/_dash-layout").status_code == 200
    assert empty.get("/export/loans/outstanding.csv").status_code == 404


def test_a_new_build_is_shown_without_a_restart(tmp_path: Path) -> None:
    days = date(2026, 3, 31), date(2026, 6, 30)
    home = world(tmp_path, *(Delivery({"regions": TREE}, day) for day in days))
    first, second = sorted(build.name for build in (home / "builds").iterdir())
    client = create_app(home).server.test_client()
    for build, day in ((first, "2026年3月31日"), (second, "2026年6月30日")):
        (home / "CURRENT").write_text(build, encoding="utf-8")
        assert f"数据截至{day}" in str(client.get("/_dash-layout").get_json())


def test_a_panel_is_downloaded_as_a_spreadsheet_reads_it(client: FlaskClient) -> None:
    answer = client.get("/export/loans/outstanding.csv?lang=en&period=2026Q3")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="loans-outstanding-2026Q3.csv"' in answer.headers["Content-Disposition"]
    assert "Loans outstanding (yuan)" in answer.text


def test_a_panel_is_downloaded_as_a_workbook_under_a_name_in_the_readers_language(client: FlaskClient) -> None:
    answer = client.get("/export/loans/outstanding.xlsx?period=2026Q3")
    named = unquote(answer.headers["Content-Disposition"].partition("filename*=UTF-8''")[2])
    assert named.endswith("-2026年第三季度.xlsx")
    assert load_workbook(io.BytesIO(answer.data)).sheetnames[0] == "封面"


def test_a_panel_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/export/loans/nothing.csv").status_code == 404
    assert client.get("/export/nothing/outstanding.csv").status_code == 404


def test_a_file_name_holds_nothing_but_plain_letters() -> None:
    selection = Selection(region="990102000000", period=named_period("2026-01-01..2026-09-15"))
    assert file_name("loans", "ageing", selection) == "loans-ageing-990102000000-2026-01-01..2026-09-15"


def click(customdata: Any) -> dict[str, Any]:
    return {"points": [{"customdata": customdata}]}


def test_a_click_on_a_bar_becomes_a_region_or_a_filter(city: View) -> None:
    chart = ids.panel_chart("loans", "outstanding")
    assert callbacks.chosen(city, chart, click(["region", "990102000000"])).region == "990102000000"
    assert callbacks.chosen(city, chart, click(["bank", "城市银行"])).where == (("bank", "城市银行"),)
    assert callbacks.chosen(city, chart, click(None)) == city.selection


def test_a_click_on_a_row_drills_and_on_a_row_without_a_place_does_nothing(city: View) -> None:
    grid = ids.panel_grid("loans", "outstanding")
    assert callbacks.chosen(city, grid, {"rowId": "region=990102000000"}).region == "990102000000"
    assert callbacks.chosen(city, grid, {"rowId": "some/other/row"}) == city.selection


def test_rows_that_choose_the_same_are_told_apart_and_choose_it_all_the_same(city: View) -> None:
    columns = (Column("loan", "贷款号"),)
    rows = [{"loan": number, "code": code} for number, code in (("A", "990102000000"), ("B", "990102000000"))]
    drawn = grid({"kind": "panel-grid"}, Table(columns, rows, ("code", "region")), city.words, 200)
    names = [row["_id"] for row in drawn.rowData]
    assert len(set(names)) == 2
    identity = ids.panel_grid("loans", "worklist")
    assert {callbacks.chosen(city, identity, {"rowId": name}).region for name in names} == {"990102000000"}


def test_choosing_the_days_already_shown_changes_nothing(city: View) -> None:
    shown = [city.period.start.isoformat(), city.period.end.isoformat()]
    assert callbacks.chosen(city, ids.CUSTOM_PERIOD, shown) == city.selection
    assert callbacks.chosen(city, ids.CUSTOM_PERIOD, ["2026-02-03", None]) == city.selection
    assert callbacks.chosen(city, ids.AS_OF, city.data_date.isoformat()) == city.selection


def test_choosing_other_days_writes_them(city: View) -> None:
    assert (
        callbacks.chosen(city, ids.CUSTOM_PERIOD, ["2026-02-03", "2026-03-04"]).search
        == "?period=2026-02-03..2026-03-04"
    )
    assert callbacks.chosen(city, ids.AS_OF, "2026-06-30").search == "?as_of=2026-06-30"
    assert callbacks.chosen(city, ids.SEARCH, "990102000000").search == "?region=990102"
