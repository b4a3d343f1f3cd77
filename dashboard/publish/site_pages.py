"""The archive and the desk as parts of the web application."""

from pathlib import Path

from flask import Flask

from dashboard.publish.archive_pages import ArchivePages
from dashboard.publish.desk import Desk
from dashboard.publish.desk_pages import DeskPages
from dashboard.publish.office import Office, Sources
from dashboard.publish.shelf import Shelf
from dashboard.state.database import State


def add_bulletins(server: Flask, state: State, home: Path, sources: Sources | None) -> None:
    """The public archive; and the desk, where there is something to make editions from."""
    shelf = Shelf(home)
    ArchivePages(server, Desk(state, shelf))
    if sources is not None:
        DeskPages(server, Office(state, shelf, sources))
