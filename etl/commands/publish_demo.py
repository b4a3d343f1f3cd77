"""`reemploy publish demo`: the demonstration city's editions of the last eight quarters."""

from datetime import date, timedelta
from pathlib import Path
from typing import Final

import click

from dashboard.access.account import Account
from dashboard.period import Period, newest_quarter
from dashboard.publish.office import Office
from dashboard.publish.shelf import Shelf
from etl.commands.acting import opened_state
from etl.commands.opening import usage_errors
from etl.commands.options import home_option
from etl.commands.publishing import HomeSources

FIRST_DAY: Final = date(2024, 10, 1)  # of the first of the eight quarters up to 2026-09-30
ISSUED_AFTER: Final = timedelta(days=15)  # days after the quarter
# Invented, as the city is; they are no accounts, so that the demonstration still opens without signing in.
EDITOR: Final = Account(0, "demo-editor", "演示编辑", ("editor",))
REVIEWER: Final = Account(0, "demo-reviewer", "演示审核", ("reviewer",))


@click.command("demo")
@home_option
def publish_demo(home: Path) -> None:
    """Publish each of the demonstration's last eight quarters that has been loaded and is not out."""
    with opened_state(home) as state, usage_errors():
        sources = HomeSources(home)
        office = Office(state, Shelf(home), sources)
        for load, period in quarters_to_publish(office.shelf, sources):
            made = office.draft(period, EDITOR, load=load, issued_on=period.end + ISSUED_AFTER)
            office.submit(made.edition, EDITOR)
            office.desk.approve(made.edition, REVIEWER)
            click.echo(f"{office.desk.release(made.edition, EDITOR).edition}\tpublished")


def quarters_to_publish(shelf: Shelf, sources: HomeSources) -> list[tuple[int, Period]]:
    """Each load that brought one of the quarters to its end, with that quarter; those that are out are left out."""
    out = {edition.recipe.period for edition in shelf.published()}
    found: list[tuple[int, Period]] = []
    for load, day in sources.data_dates():
        quarter = newest_quarter(day)
        if quarter.start >= FIRST_DAY and quarter.end == day and quarter.name not in out:
            found.append((load, quarter))
    return found
