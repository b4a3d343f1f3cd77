"""The pages of cases: who reads them, whose they are, and that a form without its token does nothing."""

import re

import pytest

from dashboard.access.roles import PERMITS, ROLES, Role
from tests.accounts_home import SOUTH, STREET, token_of
from tests.dashboard.access.conftest import Clients

FOREIGN = "990103"


def first_case(page: str) -> str:
    """The address of the first case that a list names."""
    found = re.search(r'href="(/cases/\d+)"', page)
    assert found is not None, page[:400]
    return found[1]


def listed(signed_in_as: Clients, role: str, search: str = "") -> str:
    return signed_in_as(role).get(f"/cases{search}").get_data(as_text=True)


@pytest.mark.parametrize("role", ROLES)
def test_the_list_is_for_those_who_may_see_rows(signed_in_as: Clients, role: Role) -> None:
    assert signed_in_as(role).get("/cases").status_code == (200 if "rows" in PERMITS[role] else 403)


def test_everybody_reads_their_own_regions_cases_alone(signed_in_as: Clients) -> None:
    foreign = first_case(listed(signed_in_as, "analyst", f"?region={FOREIGN}"))
    own = first_case(listed(signed_in_as, "street", "?every=1"))
    assert signed_in_as("street").get(own).status_code == 200
    assert signed_in_as("district").get(own).status_code == 200
    for role in ("street", "district"):
        assert signed_in_as(role).get(foreign).status_code == 404
        assert signed_in_as(role).get(f"/cases?region={FOREIGN}").status_code == 403
        assert signed_in_as(role).get(f"/export/cases.csv?region={FOREIGN}").status_code == 403
    codes = set(re.findall(r"99\d{10}", signed_in_as("street").get("/export/cases.csv?every=1").get_data(as_text=True)))
    assert codes
    assert {code[:9] for code in codes} == {STREET[:9]}


def test_an_outcome_is_recorded_by_who_may_and_stands_on_the_page(signed_in_as: Clients) -> None:
    case = first_case(listed(signed_in_as, "district", f"?region={SOUTH[:6]}&kind=subsidy_after_exit"))
    reader, client = signed_in_as("auditor"), signed_in_as("district")
    assert 'action="/cases/' not in reader.get(case).get_data(as_text=True)
    foreign = first_case(listed(signed_in_as, "analyst", f"?region={FOREIGN}"))
    given = {"note": "checked at the counter", "token": token_of(client.get(case).get_data(as_text=True))}
    assert client.post(f"{case}/explained", data=given | {"token": "0" * 64}).status_code == 400
    assert client.post(f"{case}/recovered", data=given | {"amount": "许多"}).status_code == 400
    assert client.post(f"{foreign}/explained", data=given).status_code == 404
    assert client.post(f"{case}/burnt", data=given).status_code == 403
    assert client.post(f"{case}/recovered", data=given | {"amount": "￥1,0.50"}).status_code == 303
    page = reader.get(case).get_data(as_text=True)
    assert "已追回" in page
    assert "10.50 元" in page
    log = reader.get("/administration/log?action=case").get_data(as_text=True)
    assert "case.recovered" in log
