"""`reemploy publish object`, `rule`, `objections`: the objection period of an edition (公示)."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from dashboard.publish.objections import Objection, Objections
from etl.commands.acting import account_option, acting
from etl.commands.options import IsoDate, format_option, home_option
from etl.commands.output import print_rows
from etl.commands.publish_office import office

OBJECTED: Final = ("objection", "edition", "unit_code", "received_on", "text", "ruling", "answer")


@click.command("object")
@click.argument("edition")
@click.option("--unit", required=True, metavar="CODE", help="The unit whose place is objected to.")
@click.option("--text", required=True, help="The objection as it is published: no names, no numbers of persons.")
@click.option("--received-on", type=IsoDate(), help="[default: today]")
@account_option
@home_option
def object_to(*, edition: str, unit: str, text: str, received_on: date | None, account: str, home: Path) -> None:
    """Record an objection to a published edition."""
    with office(home) as (desk, state):
        day = received_on or date.today()  # noqa: DTZ011 - the day on which the clerk sits
        made = Objections(state).record(desk.shelf.edition(edition), unit, text, day, acting(state, account))
        click.echo(f"{made.objection_id}\t{made.edition}\t{made.unit_code}")


@click.command()
@click.argument("objection", type=int)
@click.option("--ruling", required=True, type=click.Choice(("upheld", "dismissed")))
@click.option("--answer", required=True, help="The answer that is published.")
@account_option
@home_option
def rule(*, objection: int, ruling: Any, answer: str, account: str, home: Path) -> None:
    """Rule on an objection."""
    with office(home) as (_, state):
        made = Objections(state).rule(objection, ruling, answer, acting(state, account))
        click.echo(f"{made.objection_id}\t{made.edition}\t{made.ruling}")


@click.command()
@click.argument("edition", required=False)
@home_option
@format_option("table", "csv", "json")
def objections(*, edition: str | None, home: Path, form: str) -> None:
    """List objections and rulings."""
    with office(home) as (_, state):
        found = Objections(state).to(*([edition] if edition else []))
    print_rows([_objection(one) for one in found], OBJECTED, form)


def _objection(one: Objection) -> dict[str, Any]:
    return {
        "objection": one.objection_id,
        "edition": one.edition,
        "unit_code": one.unit_code,
        "received_on": one.received_on,
        "text": one.text,
        "ruling": one.ruling,
        "answer": one.answer,
    }
