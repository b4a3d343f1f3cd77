"""No check at all: `python bare.py FILE DATABASE`."""

import sys
from pathlib import Path

import duckdb

file, database = sys.argv[1:]
Path(database).unlink(missing_ok=True)
with duckdb.connect(database) as connection:
    connection.execute("CREATE TABLE placements AS SELECT * FROM read_csv(?)", [file])
