"""`reemploy publish`: editions drafted, checked, reviewed, published, objected to and corrected."""

from datetime import date, datetime
from pathlib import Path
from typing import Final

import click

from dashboard.period import Period, named_period
from dashboard.publish.checks import Check
from dashboard.publish.desk import Dossier
from dashboard.ranking.reading import LEVELS
from dashboard.semantics.words import Text
from etl.commands.acting import account_option, acting
from etl.commands.objecting import object_to, objections, rule
from etl.commands.options import IsoDate, format_option, home_option
from etl.commands.output import print_rows
from etl.commands.publish_demo import publish_demo
from etl.commands.publish_office import office

LISTED: Final = (
    "edition", "status", "load", "editors", "reviewer", "publish_at", "published_at", "corrects", "remark",
)  # fmt: skip
CHECKED: Final = ("check", "weight", "passed", "what", "found")


@click.group()
def publish() -> None:
    """Editions of the ranking: draft, check, submit, approve, publish, object, rule, correct.

    The reviewer is another account than those who had a hand in the draft.
    """


@publish.command()
@click.option("--period", "period_name", required=True, help="2026Q3, 2026 or 2026-09.")
@click.option("--level", type=click.Choice(LEVELS), help="What is ranked [default: the standard's level].")
@click.option("--load", type=int, help="As known at this load [default: the newest].")
@click.option("--standard", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="[default: in force]")
@click.option("--issued-on", type=IsoDate(), help="The day on the bulletin [default: today].")
@click.option("--number", default="", help="The document's number, as the office gave it.")
@account_option
@home_option
def draft(
    *,
    period_name: str,
    level: str | None,
    load: int | None,
    standard: Path | None,
    issued_on: date | None,
    number: str,
    account: str,
    home: Path,
) -> None:
    """Draft the edition of a period, and check it."""
    text = standard.read_text(encoding="utf-8-sig") if standard else None
    with office(home) as (desk, state):
        made = desk.draft(
            _period(period_name),
            acting(state, account),
            level=level,
            load=load,
            issued_on=issued_on or date.today(),  # noqa: DTZ011 - the day of the machine that drafts
            standard=text,
            number=number,
        )
        _say(made)
        _print_checks(desk.check(made.edition), "table")


@publish.command()
@click.argument("edition")
@home_option
@format_option("table", "csv", "json")
def check(*, edition: str, home: Path, form: str) -> None:
    """Check a draft; exit 1 if something stands against publishing it."""
    with office(home) as (desk, _):
        checks = desk.check(edition)
    _print_checks(checks, form)
    if any(one.stands_against for one in checks):
        raise SystemExit(1)


@publish.command()
@click.argument("edition")
@click.argument("unit")
@click.option("--zh", required=True, help="The reason in Chinese.")
@click.option("--en", required=True, help="The reason in English.")
@account_option
@home_option
def explain(*, edition: str, unit: str, zh: str, en: str, account: str, home: Path) -> None:
    """Say in a draft why UNIT (its code) is left out."""
    with office(home) as (desk, state):
        _say(desk.explain(edition, unit, Text(zh, en), acting(state, account)))


@publish.command()
@click.argument("edition")
@click.option("--issued-on", type=IsoDate(), help="Another day on the bulletin.")
@account_option
@home_option
def redraft(*, edition: str, issued_on: date | None, account: str, home: Path) -> None:
    """Make a draft again, against the editions that are out now."""
    with office(home) as (desk, state):
        _say(desk.redraft(edition, acting(state, account), issued_on=issued_on))


@publish.command()
@click.argument("edition")
@account_option
@home_option
def submit(*, edition: str, account: str, home: Path) -> None:
    """Hand a draft to review; refused while a check stands against it."""
    with office(home) as (desk, state):
        _say(desk.submit(edition, acting(state, account)))


@publish.command()
@click.argument("edition")
@account_option
@home_option
def approve(*, edition: str, account: str, home: Path) -> None:
    """Approve the files that were submitted, to the byte."""
    with office(home) as (desk, state):
        _say(desk.desk.approve(edition, acting(state, account)))


@publish.command()
@click.argument("edition")
@click.option("--remark", required=True, help="Why.")
@account_option
@home_option
def reject(*, edition: str, remark: str, account: str, home: Path) -> None:
    """Send an edition back to its editors."""
    with office(home) as (desk, state):
        _say(desk.desk.reject(edition, remark, acting(state, account)))


@publish.command()
@click.argument("edition")
@click.option("--at", "moment", required=True, help="2026-10-15T09:00, in this machine's time zone unless it says one.")
@account_option
@home_option
def schedule(*, edition: str, moment: str, account: str, home: Path) -> None:
    """Publish an approved edition when its time comes; till then it is under embargo."""
    with office(home) as (desk, state):
        _say(desk.desk.schedule(edition, _moment(moment), acting(state, account)))


@publish.command()
@click.argument("edition", required=False)
@click.option("--due", is_flag=True, help="Publish all that are scheduled and due (for a timer).")
@click.option("--account", envvar="REEMPLOY_ACCOUNT", metavar="NAME", help="In whose name; not needed with --due.")
@home_option
def release(*, edition: str | None, due: bool, account: str | None, home: Path) -> None:
    """Publish an approved edition now."""
    with office(home) as (desk, state):
        if due:
            for made in desk.desk.release_due():
                _say(made)
            return
        if edition is None or account is None:
            raise click.UsageError("EDITION and --account are needed, or --due")
        _say(desk.desk.release(edition, acting(state, account)))


@publish.command()
@click.argument("edition")
@account_option
@home_option
def withdraw(*, edition: str, account: str, home: Path) -> None:
    """Give up an edition that is not out."""
    with office(home) as (desk, state):
        _say(desk.desk.withdraw(edition, acting(state, account)))


@publish.command()
@click.argument("edition")
@click.option("--note-zh", required=True, help="The public note in Chinese: what was wrong.")
@click.option("--note-en", required=True, help="The same in English.")
@click.option("--load", type=int, help="As known at this load [default: the newest].")
@click.option("--issued-on", type=IsoDate(), help="The day on the bulletin [default: today].")
@account_option
@home_option
def correct(
    *, edition: str, note_zh: str, note_en: str, load: int | None, issued_on: date | None, account: str, home: Path
) -> None:
    """Draft a correction of a published edition; the old one stays readable."""
    with office(home) as (desk, state):
        day = issued_on or date.today()  # noqa: DTZ011 - the day of the machine that drafts
        made = desk.correct(edition, Text(note_zh, note_en), acting(state, account), issued_on=day, load=load)
        _say(made)
        _print_checks(desk.check(made.edition), "table")


@publish.command("list")
@home_option
@format_option("table", "csv", "json")
def list_editions(*, home: Path, form: str) -> None:
    """List all editions with where they stand."""
    with office(home) as (desk, _):
        found = desk.desk.dossiers()
    print_rows([{name: getattr(one, name) for name in LISTED} for one in found], LISTED, form)


for command in (object_to, rule, objections, publish_demo):
    publish.add_command(command)


def _period(name: str) -> Period:
    found = named_period(name)
    if found is None:
        raise click.UsageError(f"--period: {name!r} is no period such as 2026Q3, 2026 or 2026-09")
    return found


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise click.UsageError(f"--at: {text!r} is no moment such as 2026-10-15T09:00") from None


def _say(dossier: Dossier) -> None:
    click.echo(f"{dossier.edition}\t{dossier.status}")


def _print_checks(checks: list[Check], form: str) -> None:
    rows = [
        {
            "check": one.name,
            "weight": one.weight,
            "passed": one.passed,
            "what": f"{one.label.zh} {one.label.en}",
            "found": f"{one.found.zh} {one.found.en}",
        }
        for one in checks
    ]
    print_rows(rows, CHECKED, form)
