"""No direct identifiers inside (promise 6): not in builds, listings, messages, logs."""

import stat
from pathlib import Path

import duckdb
import pytest

from tests.contract.bureau import COMMUNITY, Bureau, id_number, person

NAMES = {"name": "欧阳测试甲", "phone": "13912345678"}


def texts_of(build: Path) -> str:
    """Every value of every table of a build, as text."""
    with duckdb.connect(str(build), read_only=True) as connection:
        found = connection.execute("SELECT table_schema, table_name FROM information_schema.tables").fetchall()
        return "\n".join(
            str(connection.execute(f'SELECT * FROM "{schema}"."{table}"').fetchall()) for schema, table in found
        )


def test_names_phones_and_id_numbers_are_nowhere_in_the_home(city: Bureau) -> None:
    good = id_number(order=901)
    bad = id_number(order=903)[:-1] + "Q"
    city.load(
        persons=[
            person("R1", id_number=good, **NAMES),
            person("R2", id_number=bad, **NAMES),
            person("R3", category="?", **NAMES),
            person("R4", id_number="13912345678", **NAMES),
            person("R5", id_number=good[:15], **NAMES),
        ]
    )
    listing = city.run("quarantine", "--format", "json").output + city.run("quarantine").output
    kept = texts_of(city.home / "builds" / (city.home / "CURRENT").read_text().strip()) + listing
    for secret in (*NAMES.values(), good, good[:15], bad, id_number(order=5)):
        assert secret not in kept
    raw = b"".join(path.read_bytes() for path in city.home.rglob("*") if path.is_file())
    for secret in (*NAMES.values(), good, bad):
        assert secret.encode() not in raw


def test_held_identifiers_are_masked(city: Bureau) -> None:
    number = id_number()
    city.load(
        persons=[
            person("R1", id_number=number, category="?", **NAMES),
            person("R2", id_number="998801650101001", category="?", name="", phone="-"),
            person("R3", id_number=f" {number[:10]} {number[10:]}", **NAMES),
        ]
    )
    values = {entry["key"]: entry["values"] for entry in city.quarantine()}
    assert values["R1"]["id_number"] == f"{number[:6]}********{number[14:]}"
    assert (values["R1"]["name"], values["R1"]["phone"]) == ("***", "***")
    assert values["R2"]["id_number"] == "***"
    assert values["R3"]["id_number"] == "***"


def test_a_message_does_not_tell_what_the_values_hide(city: Bureau) -> None:
    wrong = id_number()[:-1] + "Q"
    city.load(persons=[person("R1", id_number=wrong), person("R2", id_number="13912345678", **NAMES)])
    for entry in city.quarantine():
        assert wrong not in str(entry)
        assert "13912345678" not in str(entry)


def test_the_cells_of_a_shifted_row_are_hidden(city: Bureau) -> None:
    header = "registration_no,id_number,name,phone,community_code,category,registered_on"
    shifted = f"R1,{id_number()},欧阳,测试甲,13912345678,{COMMUNITY},下岗职工,2026-01-05"
    city.load(persons=f"{header}\n{shifted}\n")
    assert len(city.quarantine()) == 1
    assert "13912345678" not in str(city.quarantine())
    assert "测试甲" not in str(city.quarantine())


def test_the_key_is_made_once_with_owner_only_rights(city: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REEMPLOY_KEY", raising=False)
    key = city.home / "key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    city.load(persons=[person()])
    assert key.read_bytes() == before


def test_one_person_is_one_key_whatever_form_the_number_has(city: Bureau) -> None:
    number = id_number("19650101", 1)
    city.load(persons=[person("R1", id_number=number), person("R2", id_number="998801650101001")])
    assert {entry["finding"] for entry in city.findings()} == {"double_registration"}
