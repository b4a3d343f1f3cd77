"""Plain files that are checked straight from their bytes: rows of theirs brought back as text, by their lines."""

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import numpy.typing as npt

from etl.read.characters import pieces
from etl.read.landing import InPlace, Landing
from etl.read.rows import given_lines

_LF = 10
Lines = npt.NDArray[np.int64]


def state_of(path: Path) -> tuple[int, int]:
    """Size and time of the last change: whether a file is still the one that was looked at."""
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def is_unchanged(place: InPlace) -> bool:
    """Whether the file is still there as it was looked at."""
    try:
        return state_of(place.path) == place.state
    except FileNotFoundError:
        return False


def view_in_place(connection: duckdb.DuckDBPyConnection, relation: str, place: InPlace) -> None:
    """Make the relations of a file that is read in place: its rows, and the same with their lines (slower)."""
    rows = place.select(place.path, place.first - 1)
    connection.execute(f"CREATE VIEW {place.relation} AS SELECT NULL::BIGINT AS _line, * FROM ({rows})")
    # Numbering the rows makes one thread read the file from its beginning to its end.
    connection.execute(
        f"CREATE VIEW {relation} AS SELECT row_number() OVER () + {place.first - 1} AS _line, * FROM ({rows})"
    )


def recall(connection: duckdb.DuckDBPyConnection, landing: Landing, lines: Lines) -> str:
    """A relation that holds a landing's rows on the rising `lines`: its own, or of a file in place a table of these.

    OSError where the file has changed since it was looked at.
    """
    place = landing.in_place
    if place is None:
        return landing.relation
    if not is_unchanged(place):
        raise OSError(f"{landing.file} has changed while it was loaded")
    recalled = f"{landing.relation}_recalled"
    with TemporaryDirectory(prefix="reemploy-") as folder:
        copy = Path(folder) / "rows.csv"
        _copy_lines(place.path, copy, lines)
        with given_lines(connection, lines) as given:
            connection.execute(
                f"CREATE OR REPLACE TABLE {recalled} AS SELECT * FROM {given} POSITIONAL JOIN ({place.select(copy, 0)})"
            )
    return recalled


def drop_in_place(connection: duckdb.DuckDBPyConnection, relation: str, place: InPlace) -> None:
    """Remove the relations of a file that was read in place, and its text where that is a copy."""
    connection.execute(f"DROP VIEW IF EXISTS {relation}")
    connection.execute(f"DROP VIEW IF EXISTS {place.relation}")
    connection.execute(f"DROP TABLE IF EXISTS {relation}_recalled")
    if place.folder is not None:
        place.folder.cleanup()


def _copy_lines(path: Path, copy: Path, lines: Lines) -> None:
    """Write the physical lines (the first is 1) of `path` to `copy`, each with its own end."""
    before, rest = 1, b""  # the number of the line on which `rest`, and with it the next piece, begins
    with copy.open("wb") as file:
        for piece in pieces(path):
            data = rest + piece
            ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == _LF) + 1
            starts = np.concatenate([[0], ends])
            here = lines[np.searchsorted(lines, before) : np.searchsorted(lines, before + len(ends))] - before
            file.writelines(data[start:end] for start, end in zip(starts[here], ends[here], strict=True))
            before, rest = before + len(ends), data[starts[-1] :]
        if len(lines) and lines[-1] == before:
            file.write(rest)
