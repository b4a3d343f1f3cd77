"""The clock of a load: seconds by stage, from the loader into the log and onto the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from etl.cli import main
from etl.clock import STAGES, Clock
from tests.etl.bureau import REGIONS, Bureau


def test_a_stage_adds_to_what_it_has_taken() -> None:
    clock = Clock()
    with clock.stage("reading"):
        pass
    once = clock.seconds["reading"]
    with clock.stage("reading"):
        pass
    assert clock.seconds["reading"] > once > 0
    assert list(clock.seconds) == list(STAGES)
    assert sum(clock.seconds.values()) == clock.seconds["reading"]


def test_a_stage_that_fails_has_taken_its_time() -> None:
    clock = Clock()
    with pytest.raises(ValueError, match="too late"), clock.stage("models"):
        raise ValueError("too late")
    assert clock.seconds["models"] > 0


def test_clocks_know_nothing_of_each_other() -> None:
    with Clock().stage("history"):
        assert Clock().seconds["history"] == 0


def test_every_load_says_how_long_its_stages_took(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.send({"regions.csv": REGIONS})
    bureau.send({"regions.csv": REGIONS})
    listed = CliRunner().invoke(main, ["loads", "--stages", "--home", str(bureau.home.path), "--format", "json"])
    rows = json.loads(listed.stdout)
    assert [(row["load"], row["stage"]) for row in rows] == [(load, stage) for load in (1, 2) for stage in STAGES]
    assert all(row["seconds"] > 0 for row in rows)
