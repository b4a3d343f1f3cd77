"""Plain files are checked where they stand: the same candidates as from landed text, and the same rows brought back."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from etl.check import Landed, add_candidates, create_candidates, give_indicators
from etl.contract import Table
from etl.history import create_history
from etl.identity import set_key
from etl.judging import Here
from etl.proof import prove
from etl.read import Landing, find_files, forget, land
from etl.read.in_place import recall
from etl.tables import BY_NAME
from tests.etl.bureau import INDICATORS, PERSONS, PINE, REGIONS, Bureau, counts, load_into, person, valid_id

HEADER = "登记号,身份证号,姓名,社区代码,人员类别,登记日期,就业愿望"
ROWS = (
    "R1,99010119800101001X,张三,420202001001,下岗职工,2005-03-01,家政",
    'R2,990101197001010020,"李,四",420202001001,失业人员,2005-13-02,',
    ",990101197001010020,王五,420202001001,失业人员,2005-03-02,电工",
    "R4,990101197001010020,赵六,4202,无,2005/3/2",
    "R1,99010119800101001X,张三,420202001001,下岗职工,2005-03-01,家政",
)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        create_history(opened)
        set_key(opened, b"k" * 32)
        give_indicators(opened, {})
        create_candidates(opened, BY_NAME["persons"], 1)
        yield opened


def landed(
    connection: duckdb.DuckDBPyConnection, folder: Path, lines: tuple[str, ...], number: int = 1, *, in_place: bool
) -> Landed:
    """The persons of a file of these lines, checked; `in_place` must be granted where it is asked for."""
    return landed_bytes(connection, folder, "\n".join(lines).encode(), number, in_place=in_place)


def landed_bytes(
    connection: duckdb.DuckDBPyConnection, folder: Path, content: bytes, number: int = 1, *, in_place: bool
) -> Landed:
    folder.mkdir(exist_ok=True)
    (folder / "persons.csv").write_bytes(content)
    [source] = find_files(folder)[0]
    [landing] = land(connection, source, number, in_place=in_place)
    assert (landing.in_place is not None) == in_place
    made = Landed(landing, number, number, landing.relation)
    add_candidates(connection, BY_NAME["persons"], made, date(2026, 9, 30))
    return made


def candidates(connection: duckdb.DuckDBPyConnection, number: int) -> list[tuple[object, ...]]:
    return connection.execute(
        "SELECT * EXCLUDE (_landing, _file) FROM candidate WHERE _landing = ? ORDER BY _line", [number]
    ).fetchall()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_candidates_are_those_of_landed_text(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, encoding: str, end: str
) -> None:
    for number, tail in ((1, ""), (3, end)):
        content = (end.join(("下陆区登记台账", HEADER, *ROWS)) + tail).encode(encoding)
        there = landed_bytes(connection, tmp_path / "there", content, number, in_place=True)
        as_text = landed_bytes(connection, tmp_path / "text", content, number + 1, in_place=False)
        assert prove(connection, BY_NAME["persons"], there)
        assert prove(connection, BY_NAME["persons"], as_text)
        found = candidates(connection, number)
        assert len(found) == len(ROWS)
        assert found == candidates(connection, number + 1)
        for each in (there, as_text):
            forget(connection, each.landing)


def test_many_rows_keep_their_lines(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    count = 400_000  # more than one thread's share
    lines = (HEADER, *(f"R{number},,,420202001001,失业人员,2005-03-02," for number in range(count)))
    made = landed(connection, tmp_path / "there", lines, in_place=True)
    assert prove(connection, BY_NAME["persons"], made)
    query = "SELECT count(*) FROM candidate WHERE registration_no = 'R' || (_line - 2)"
    assert connection.execute(query).fetchall() == [(count,)]
    wanted = np.array([2, 7, 200_000, count + 1])
    relation = recall(connection, made.landing, wanted)
    found = connection.execute(f"SELECT _line, registration_no FROM {relation} ORDER BY _line").fetchall()
    assert found == [(line, f"R{line - 2}") for line in wanted.tolist()]
    forget(connection, made.landing)


@pytest.mark.parametrize("blank", [",,,,,,", '"",,,,,,""'])
def test_a_file_with_a_row_of_nothing_is_not_proven(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, blank: str
) -> None:
    made = landed(connection, tmp_path / "there", (HEADER, ROWS[0], blank, ROWS[1]), in_place=True)
    assert not prove(connection, BY_NAME["persons"], made)
    forget(connection, made.landing)


def test_a_file_of_which_other_rows_were_read_is_not_proven(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    made = landed(connection, tmp_path / "there", (HEADER, *ROWS), in_place=True)
    connection.execute("DELETE FROM candidate WHERE registration_no = 'R2'")
    assert not prove(connection, BY_NAME["persons"], made)
    forget(connection, made.landing)


def test_rows_are_brought_back_as_they_were_delivered(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for end in ("\n", "\r\n"):
        made = landed_bytes(connection, tmp_path / "there", end.join((HEADER, *ROWS)).encode(), in_place=True)
        assert _names(connection, made.landing, [3, 5, 6]) == [(3, "R2", "李,四"), (5, "R4", "赵六"), (6, "R1", "张三")]
        assert _names(connection, made.landing, [2]) == [(2, "R1", "张三")]
        forget(connection, made.landing)


def test_a_file_that_has_changed_meanwhile_is_not_read_again(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    made = landed(connection, tmp_path / "there", (HEADER, *ROWS), in_place=True)
    os.utime(tmp_path / "there" / "persons.csv", ns=(1, 1))
    with pytest.raises(OSError, match=r"persons\.csv has changed"):
        recall(connection, made.landing, np.array([2]))
    forget(connection, made.landing)


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_file_that_has_changed_since_the_scan_is_not_proven(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, *, is_gone: bool
) -> None:
    made = landed(connection, tmp_path / "there", (HEADER, *ROWS), in_place=True)
    path = tmp_path / "there" / "persons.csv"
    if is_gone:
        path.unlink()
    else:  # as many rows and bytes as before
        path.write_bytes(path.read_bytes().replace("张三".encode(), "张四".encode()))
        os.utime(path, ns=(1, 1))
    assert not prove(connection, BY_NAME["persons"], made)
    forget(connection, made.landing)


@pytest.mark.parametrize("row", ['R2,"张\n三",,,,,', "R2,张\uff21,,,,,", ""])
def test_what_is_not_plain_is_landed_as_text(connection: duckdb.DuckDBPyConnection, tmp_path: Path, row: str) -> None:
    (tmp_path / "persons.csv").write_text("\n".join((HEADER, row, ROWS[0])), encoding="utf-8")
    [source] = find_files(tmp_path)[0]
    [landing] = land(connection, source, 1, in_place=True)
    assert landing.in_place is None
    assert landing.rows == 2 - (row == "")


def _names(connection: duckdb.DuckDBPyConnection, landing: Landing, lines: list[int]) -> list[tuple[object, ...]]:
    relation = recall(connection, landing, np.array(lines))
    return connection.execute(f"SELECT _line, registration_no, name FROM {relation} ORDER BY _line").fetchall()


@pytest.mark.parametrize(
    ("row", "line"),
    [(",,,,", 4), (f"R3,{valid_id('3')},{PINE},unemployed,2026-01-05,,,", 4), (",,,,\n,,,,", 5)],
)
def test_a_file_that_is_not_proven_is_loaded_as_text(bureau: Bureau, row: str, line: int) -> None:
    persons = PERSONS + person("R1") + row + "\n" + person("R2", on="?")
    account = bureau.send({"regions.csv": REGIONS, "persons.csv": persons})
    assert counts(account, "persons") == {"read": 2 + ("R3" in row), "new": 1 + ("R3" in row), "quarantined": 1}
    assert bureau.held("line") == [(line,)]


@dataclass
class Meanwhile(Here):
    """Judges here, while somebody writes another content to `path`, once."""

    path: Path
    content: str = ""

    def check(
        self, connection: duckdb.DuckDBPyConnection, table: Table, landed: Landed, data_date: date | None
    ) -> None:
        """Check every row, then change the file."""
        super().check(connection, table, landed, data_date)
        if table.name == "persons" and self.content:
            self.path.write_text(self.content, encoding="utf-8")
            self.content = ""


def test_a_file_that_changes_while_it_is_checked_is_loaded_as_it_is_then(bureau: Bureau) -> None:
    delivery = bureau.write({"regions.csv": REGIONS, "persons.csv": PERSONS + person("R1")})
    judging = Meanwhile(delivery / "persons.csv", PERSONS + person("R2") + person("R3", on="?"))
    account = load_into(bureau.home, delivery, indicators=lambda: INDICATORS, judging=judging)
    assert counts(account, "persons") == {"read": 2, "new": 1, "quarantined": 1}
    assert bureau.now("persons", "registration_no") == [("R2",)]
    assert bureau.held("line") == [(3,)]
