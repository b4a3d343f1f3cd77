"""A home with the builds of another and accounts of its own: one of every role, and some confined to regions."""

import os
import re
from contextlib import closing
from pathlib import Path

from flask.testing import FlaskClient

from dashboard.access.roles import ROLES
from dashboard.state.database import State
from tests.states import PASSWORD, account

SOUTH, STREET = "990102000000", "990102001000"  # 磁山区 and its first street in the demonstration city
OF_REGION = {"district": (SOUTH,), "street": (STREET,)}


def accounts_home(builds: Path, folder: Path) -> Path:
    """A home at `folder` over the builds of `builds`, with an account named after each role."""
    (folder / "builds").mkdir(parents=True)
    for build in (builds / "builds").glob("*.duckdb"):
        os.link(build, folder / "builds" / build.name)
    (folder / "CURRENT").write_text((builds / "CURRENT").read_text())
    with closing(State.of(folder)) as state:
        for role in ROLES:
            account(state, role, role, regions=OF_REGION.get(role, ()))
        account(state, "newcomer", "leader", first=True)
        account(state, "south-chief", "administrator", regions=(SOUTH,))
    return folder


def token_of(page: str) -> str:
    """The token that a page's first form brings along."""
    found = re.search(r'name="token" value="([0-9a-f]{64})"', page)
    assert found is not None, page
    return found[1]


def enter(client: FlaskClient, name: str, password: str = PASSWORD, onward: str = "/") -> int:
    """Sign in through the form; the answer's status."""
    form = client.get("/sign-in").get_data(as_text=True)
    given = {"name": name, "password": password, "token": token_of(form), "next": onward}
    return client.post("/sign-in", data=given).status_code
