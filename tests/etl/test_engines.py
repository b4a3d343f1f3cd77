"""What the engines share, without a cluster: which models run where, and which folders of the storage stay."""

from pathlib import Path

import duckdb

from etl.engines.served import begin, name_store, remove_unserved, replaced
from etl.engines.split import exported, growing, settled
from etl.engines.store import Store
from etl.home import Home
from etl.model import models


def test_regions_policy_and_the_log_stay_on_the_driver_and_rows_go_to_the_cluster() -> None:
    small, large = ([model.table for model in found] for found in (settled(models()), growing(models())))

    assert {"core.region_successor", "mart.region", "mart.load", "mart.held_row"} <= set(small)
    assert {"live.persons", "core.coverage", "core.placement", "mart.loan_state", "finding.id_mismatch"} <= set(large)
    assert not set(small) & set(large)
    assert {model.table for model in models()} <= {*small, *large}


def test_what_the_cluster_reads_is_made_there_or_given_to_it_before() -> None:
    large = growing(models())
    given, made = exported(large), set[str]()

    assert {"live.regions", "core.region_credit", "mart.region", "core.stamp"} <= set(given)
    for model in large:
        lacking = {table for table in model.reads if not table.startswith("history.")} - made - set(given)
        assert not lacking, model.table
        made.add(model.table)


def test_folders_stay_while_a_build_of_the_home_names_them(tmp_path: Path) -> None:
    root, home = tmp_path / "store", Home(tmp_path / "home")
    home.builds.mkdir(parents=True)
    folders = [begin(root, home, load).folder for load in (1, 2, 2)]
    for load, folder in ((1, folders[0]), (2, folders[1])):
        with duckdb.connect(str(home.builds / f"{load:06d}.duckdb")) as connection:
            connection.execute("CREATE SCHEMA core")
            name_store(connection, Store(folder))
    (home.builds / "000001.duckdb").unlink()
    of_another = begin(root, Home(tmp_path / "other"), 1).folder
    assert replaced(home, 2) == folders[1].name
    assert replaced(home, 3) is None

    remove_unserved(root, home, beside=folders[2].name)

    assert [folder.is_dir() for folder in folders] == [False, True, True]
    assert of_another.is_dir()
