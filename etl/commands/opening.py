"""The build that a command asks, and what it says where it cannot."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from dashboard.semantics.question import QuestionError
from dashboard.warehouse import Build, NotLoadedError, Warehouse
from etl.build import known_at as file_known_at
from etl.model import ModelError
from etl.policy import PolicyError


def opened(home: Path, known_at: int | None) -> Build:
    """The build that is served, or the one of an earlier load; all is closed when the command ends. NotLoadedError."""
    warehouse = Warehouse(home, file_known_at)
    build = warehouse.build() if known_at is None else warehouse.known_at(known_at)
    context = click.get_current_context(silent=True)
    if context is not None:
        context.call_on_close(warehouse.close)
    return build


@contextmanager
def usage_errors() -> Iterator[None]:
    """What was asked and is not there is a usage error: exit 2, with what could be asked. A broken home exits 1."""
    try:
        yield
    except (QuestionError, NotLoadedError) as error:
        raise click.UsageError(str(error)) from error
    except (ModelError, PolicyError, OSError) as error:
        raise click.ClickException(str(error)) from error
