"""What is said of families whose rows a load may touch without touching them: held against the text of the models."""

import re

import duckdb
import pytest

from etl.history import stored_columns
from etl.keyed import KEYED, UNREAD, Family
from etl.model import Model, models
from etl.tables import BY_NAME
from etl.wanted import columns

VERSION = {"load_from", "load", "file_id", "line"}


def words(model: Model) -> set[str]:
    return set(re.findall(r"\w+", re.sub(r"--.*", "", model.select)))


def readers(table: str) -> set[str]:
    """The models that read a source table, straight or through others."""
    found = {f"live.{table}"}
    while more := {model.table for model in models() if model.reads & found} - found:
        found |= more
    return found


@pytest.mark.parametrize("table", sorted(UNREAD))
def test_what_is_called_unread_is_a_column_that_no_model_names(table: str) -> None:
    straight = [model for model in models() if model.table in KEYED and f"live.{table}" in model.reads]
    assert straight, table
    assert set(UNREAD[table]) < {name for name, _ in stored_columns(BY_NAME[table])}
    for model in straight:
        assert not words(model) & set(UNREAD[table]), model.table


FAMILIES = {keyed.family.name: keyed.family for keyed in KEYED.values()}
HEEDLESS = [(family, table) for family in FAMILIES.values() for table in family.heedless]


@pytest.mark.parametrize(("family", "table"), HEEDLESS, ids=[f"{family.name} {table}" for family, table in HEEDLESS])
def test_a_heedless_family_reads_no_such_table_itself_and_not_who_brought_its_rows(family: Family, table: str) -> None:
    through = readers(table)
    mine = [model for model in models() if model.table in KEYED and KEYED[model.table].family is family]
    own = {model.table for model in mine}
    told = [model for model in mine if model.reads & (through - own)]
    assert told, family.name
    for model in told:
        assert f"live.{table}" not in model.reads, model.table
        assert not words(model) & VERSION, model.table


def test_of_a_model_below_a_family_takes_what_its_models_name() -> None:
    with duckdb.connect() as connection:
        found = columns(connection, FAMILIES["persons"], "core.placement")
        assert found is not None
        assert {"person_id", "placed_on", "ended_on"} <= found
        assert not found & {"sponsor", "post_no", "is_4050"}
        assert columns(connection, FAMILIES["visited"], "core.placement") is None  # one of them names them all: *


def test_a_column_is_taken_however_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    select = """
        WITH counted AS (SELECT region_id, count(*) AS number FROM core.placement GROUP BY region_id)
        SELECT p.person_id, p.told.of_it, registration.sex, other.category
        FROM core.placement AS p
        INNER JOIN core.registration AS registration USING (registration_id)
        INNER JOIN (SELECT category, ended_on FROM core.subsidy) AS other ON p.placed_on = other.ended_on
        INNER JOIN counted ON counted.region_id = p.region_id
    """
    model = Model("mart", "training", select, frozenset({"core.placement", "core.registration", "core.subsidy"}))
    monkeypatch.setattr("etl.wanted.models", lambda: (model,))
    with duckdb.connect() as connection:
        found = columns(connection, FAMILIES["persons"], "core.placement")
    assert found is not None
    assert {"person_id", "told", "registration_id", "placed_on", "region_id", "ended_on"} <= found
    assert "sex" not in found
