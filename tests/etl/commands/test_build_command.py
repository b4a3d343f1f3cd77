"""`reemploy build`: the marts anew from a home's history, served by another home; what Spark needs is asked for."""

import duckdb
from click.testing import CliRunner

from etl.cli import main
from tests.etl.bureau import PERSONS, REGIONS, Bureau, person


def test_the_marts_are_made_anew_beside_the_home_that_loads(bureau: Bureau) -> None:
    bureau.send({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1")})
    home, other = bureau.home.path, bureau.home.path.with_name("other")

    made = CliRunner().invoke(main, ["build", "--home", str(home), "--to", str(other)])

    assert made.exit_code == 0, made.output
    assert (other / "CURRENT").read_text() == (home / "CURRENT").read_text()
    with duckdb.connect(made.stdout.strip(), read_only=True) as connection:
        assert connection.execute("SELECT registration_no FROM mart.registration_number").fetchall() == [("R1",)]


def test_a_build_says_what_it_lacks(bureau: Bureau) -> None:
    home = str(bureau.home.path)
    spark = CliRunner().invoke(main, ["build", "--engine", "spark", "--home", home, "--to", home + "-2"])
    assert (spark.exit_code, "--store" in spark.output) == (2, True)
    empty = CliRunner().invoke(main, ["build", "--home", home, "--to", home + "-2"])
    assert (empty.exit_code, "holds no build" in empty.output) == (1, True)
