"""What an analyst would otherwise use for the same file.

pandas and dbt-duckdb run in an environment of their own, which `make bench` sets up, for dbt is no library of the
product (requirements.in, requirements.lock).
"""

import sys
from pathlib import Path
from typing import Final

from tests.bench.machine import Run, timed

INSTALLED: Final = Path("build") / "rivals"
PYTHON, DBT = INSTALLED / "bin" / "python", INSTALLED / "bin" / "dbt"
_HERE: Final = Path(__file__).parent


def bare(file: Path, folder: Path) -> Run:
    """DuckDB's own CREATE TABLE AS into a database file: no check at all."""
    return timed([sys.executable, _HERE / "bare.py", file, folder / "bare.duckdb"])


def by_pandas(file: Path, base: Path, folder: Path) -> Run:
    """The same checks in pandas, accepted and rejected rows written as Parquet."""
    return timed([PYTHON, _HERE / "by_pandas.py", file, base / "persons.csv", base / "regions.csv", folder / "pandas"])


def by_dbt(file: Path, base: Path, folder: Path) -> Run:
    """The same checks as a dbt project, accepted and rejected rows in a database file."""
    database, made = folder.resolve() / "dbt.duckdb", folder.resolve() / "dbt"
    database.unlink(missing_ok=True)
    project = ("--project-dir", _HERE / "dbt", "--profiles-dir", _HERE / "dbt")
    outputs = ("--target-path", made / "target", "--log-path", made / "logs")
    places = {"RIVAL_BASE": base, "RIVAL_FILE": file, "RIVAL_DATABASE": database}
    environment = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"} | {name: str(at.resolve()) for name, at in places.items()}
    return timed([DBT, "run", *project, *outputs], environment)
