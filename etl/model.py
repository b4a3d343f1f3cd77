"""The models as they lie in their files: one SELECT each, what each reads, and the order in which they can run."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Final

import duckdb
from duckdb import DuckDBPyConnection

CODE: Final = Path(__file__).parent
MODELS: Final = CODE / "models"


class ModelError(RuntimeError):
    """A model cannot run, or its result is not what its mart declares: our work is wrong, nothing is published."""


@dataclass(frozen=True)
class Model:
    """One SELECT: `schema.name`, and the models that it reads."""

    schema: str
    name: str
    select: str
    reads: frozenset[str]

    @property
    def table(self) -> str:
        """Its name in the build."""
        return f"{self.schema}.{self.name}"


@cache
def models() -> tuple[Model, ...]:
    """All models, with what each reads as DuckDB parses it; read once a process, for parsing takes 0.3 s."""
    found = []
    with duckdb.connect() as parser:
        for path in sorted(MODELS.glob("*/*.sql")):
            text = path.read_text(encoding="utf-8")
            found.append(Model(path.parent.name, path.stem, text, frozenset(_reads(parser, text, path))))
    return tuple(found)


@cache
def models_digest() -> str:
    """What tells these models from those of another release."""
    texts = (f"{model.table}\n{model.select}" for model in models())
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@cache
def code_digest() -> str:
    """What tells the code of this release from another's: contract, checks and messages say what is said of a row."""
    digest = hashlib.sha256()
    for path in sorted(CODE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def ordered(found: Sequence[Model]) -> list[Model]:
    """Each model after those that it reads; ModelError where they read in a circle."""
    by_table = {model.table: model for model in found}
    graph = {model.table: sorted(model.reads & set(by_table)) for model in found}
    try:
        return [by_table[table] for table in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise ModelError(f"models read in a circle: {' → '.join(error.args[1])}") from error


def _reads(connection: DuckDBPyConnection, text: str, path: Path) -> Iterator[str]:
    try:
        names = connection.get_table_names(text, qualified=True)
    except duckdb.Error as error:
        raise ModelError(f"{path.name}: {error}") from error
    for name in names:
        schema, dot, table = name.partition(" AS ")[0].replace('"', "").partition(".")
        if dot:
            yield f"{schema}.{table}"
