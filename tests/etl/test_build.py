"""Models: their order, their check against the declared marts, and the state known at an earlier load."""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.semantics.answer import answer
from dashboard.semantics.question import Question
from dashboard.warehouse import Build
from etl.build import check_all, check_declared, known_at, run_model
from etl.marts import DECLARED
from etl.model import MODELS, Model, ModelError, models, ordered
from tests.spec.rows import day, person, placed
from tests.worlds import TREE, Delivery, world


def model(table: str, *reads: str) -> Model:
    schema, _, name = table.partition(".")
    return Model(schema, name, "", frozenset(reads))


def test_a_model_runs_after_those_that_it_reads() -> None:
    found = ordered([model("mart.a", "core.b"), model("core.b", "core.c", "live.persons"), model("core.c")])

    assert [each.table for each in found] == ["core.c", "core.b", "mart.a"]


def test_models_that_read_in_a_circle_are_an_error_of_ours() -> None:
    with pytest.raises(ModelError, match=r"core\.a"):
        ordered([model("core.a", "core.b"), model("core.b", "core.a")])


def test_what_a_model_reads_is_what_duckdb_parses() -> None:
    found = {each.table: each for each in models()}

    assert "core.placement" in found["mart.placement"].reads
    assert {"live.placements", "core.registration", "core.zero_spell"} <= found["core.placement"].reads


def test_every_mart_is_declared_and_every_declared_mart_has_its_model() -> None:
    made = {path.stem for path in MODELS.glob("mart/*.sql")}

    assert made | {"finding", "row_origin"} == set(DECLARED)  # collected; a view (etl/origin.py)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ("'' AS city_code, 1::BIGINT AS points", "points"),
        ("'' AS city_code, 1::DECIMAL(18,6) AS pionts", "pionts"),
        ("'' AS city_code, NULL::DECIMAL(18,6) AS points", "miss a value"),
    ],
)
def test_a_mart_that_is_not_as_declared_is_refused(columns: str, words: str) -> None:
    connection = duckdb.connect()
    connection.execute(f"CREATE SCHEMA mart; CREATE TABLE mart.watch_points AS SELECT {columns}")

    with pytest.raises(ModelError, match=words):
        check_declared(connection, model("mart.watch_points"))
    with pytest.raises(ModelError, match=words):
        check_all(connection, [model("core.month_end"), model("mart.watch_points")])


class Tight:
    """A connection whose memory is too small for more than one thread."""

    def __init__(self, threads: int) -> None:
        self.connection = duckdb.connect(config={"threads": threads})
        self.made_by: list[int] = []

    def execute(self, statement: str) -> duckdb.DuckDBPyConnection:
        threads = self.threads
        if statement.startswith("CREATE OR REPLACE TABLE"):
            self.made_by.append(threads)
            if threads > 1:
                raise duckdb.OutOfMemoryException("could not allocate block")
        return self.connection.execute(statement)

    @property
    def threads(self) -> int:
        return int(self.connection.execute("SELECT current_setting('threads')").fetchall()[0][0])


def test_a_model_too_large_for_its_threads_is_made_by_one() -> None:
    tight = Tight(threads=2)
    tight.connection.execute("CREATE SCHEMA core")
    run_model(tight, Model("core", "large", "SELECT 1 AS one", frozenset()))  # type: ignore[arg-type]  # what a model needs of a connection

    assert tight.made_by == [2, 1]
    assert tight.threads == 2
    assert tight.connection.execute("SELECT count(*) FROM core.large").fetchall() == [(1,)]


def test_a_model_too_large_for_one_thread_is_an_error_with_its_name() -> None:
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "20MB", "temp_directory": ""})
    connection.execute("CREATE SCHEMA core; CREATE TABLE core.many AS SELECT range AS number FROM range(100000)")
    large = Model("core", "large", "SELECT list(repeat('x', 1000) || number) AS texts FROM core.many", frozenset())
    with pytest.raises(ModelError, match=r"core\.large: Out of Memory"):
        run_model(connection, large)

    assert connection.execute("SELECT current_setting('threads')").fetchall() == [(2,)]


def test_a_model_without_a_declaration_is_refused() -> None:
    with pytest.raises(ModelError, match="not declared"):
        check_declared(duckdb.connect(), model("mart.secret"))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three loads: a placement, its correction and withdrawal, and a backfill."""
    first = {"regions": TREE, "persons": [person("R1"), person("R2")], "placements": [placed("P1", "R1", "02-01")]}
    second = {"placements": [placed("P1", "R1", "03-01"), placed("P2", "R2", "05-01")]}
    third = {"placements": [placed("P3", "R2", "02-10")]}
    return world(
        tmp_path_factory.mktemp("loaded"),
        Delivery(first, date(2026, 3, 31)),
        Delivery(second, date(2026, 6, 30)),
        Delivery(third, date(2026, 3, 31), voided={"placements": [placed("P2", "R2", "05-01")]}),
    )


@pytest.fixture
def home(loaded: Path, tmp_path: Path) -> Path:
    """A copy for a test that removes builds."""
    return shutil.copytree(loaded, tmp_path / "home")


def months(path: Path) -> dict[object, object]:
    build = Build(path)
    rows = answer(build, Question(("placed",), by=("month",))).rows
    build.close()
    return {row["month"]: row["placed"] for row in rows if row["placed"]}


def test_an_earlier_load_is_known_as_it_was(home: Path) -> None:
    expected = {1: {"2026-02": 1}, 2: {"2026-03": 1, "2026-05": 1}, 3: {"2026-02": 1, "2026-03": 1}}
    kept = {load: months(known_at(home, load)) for load in expected}
    for load in (1, 2):
        (home / "builds" / f"{load:06d}.duckdb").unlink()
    made = {load: months(known_at(home, load)) for load in expected}

    assert kept == made == expected
    assert sorted(path.name for path in (home / "known").iterdir()) == ["000001.duckdb", "000002.duckdb"]


def test_the_data_date_is_the_largest_of_the_loads_known(home: Path) -> None:
    (home / "builds" / "000001.duckdb").unlink()

    dates = [Build(known_at(home, load)).data_date for load in (1, 2, 3)]
    assert dates == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 6, 30)]


def test_a_made_file_is_used_again(home: Path) -> None:
    (home / "builds" / "000001.duckdb").unlink()
    made = known_at(home, 1)
    changed = made.stat().st_mtime_ns

    assert known_at(home, 1) == made
    assert made.stat().st_mtime_ns == changed


def test_a_load_that_never_was_leaves_nothing_behind(home: Path) -> None:
    with pytest.raises(LookupError, match="0"):
        known_at(home, 0)

    assert list((home / "known").iterdir()) == []


def test_an_event_after_an_earlier_data_date_was_not_yet_to_come(home: Path) -> None:
    assert months(known_at(home, 1)) == {"2026-02": 1}
    build = Build(known_at(home, 3))
    assert answer(build, Question(("placed",), as_of=day("02-28"))).rows == [{"placed": 1}]
