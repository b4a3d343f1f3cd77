"""The publication office that the commands of `reemploy publish` go to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from dashboard.publish.desk import PublicationError
from dashboard.publish.disclosure import DisclosureError
from dashboard.publish.office import Office
from dashboard.publish.shelf import EditionError, Shelf
from dashboard.ranking.fields import StandardError
from dashboard.state.database import State
from etl.commands.acting import opened_state
from etl.commands.opening import usage_errors
from etl.commands.publishing import HomeSources


@contextmanager
def office(home: Path) -> Iterator[tuple[Office, State]]:
    """The publication office of a home; what cannot be done is a usage error that says why."""
    with opened_state(home) as state, usage_errors():
        try:
            yield Office(state, Shelf(home), HomeSources(home)), state
        except PublicationError as error:
            raise click.UsageError(f"{error.text.zh}。{error.text.en}") from error
        except (EditionError, StandardError, DisclosureError) as error:
            raise click.UsageError(str(error)) from error
