"""`reemploy check`: the self-test of an installation and its home."""

from pathlib import Path
from typing import Final

import click

from etl.commands.checks import checked
from etl.commands.options import format_option, home_option, language_option
from etl.commands.output import print_rows

COLUMNS: Final = ("check", "verdict", "text")
SAID: Final = {
    "zh": {"ok": "正常", "look": "请留意", "fault": "故障"},
    "en": {"ok": "ok", "look": "look", "fault": "FAULT"},
}


@click.command()
@home_option
@language_option
@format_option("table", "csv", "json")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def check(*, home: Path, lang: str, form: str, as_json: bool) -> None:
    """Check libraries, font, key, disk, build, state database, audit log, accounts, editions, settings and clock.

    Exit 1 where there is a fault; what somebody should merely look at exits 0.
    """
    found = list(checked(home))
    form = "json" if as_json else form
    rows = [
        {
            "check": one.check,
            "verdict": one.verdict if form == "json" else SAID[lang][one.verdict],
            "text": one.text.in_language(lang),
        }
        for one in found
    ]
    print_rows(rows, COLUMNS, form)
    if any(one.verdict == "fault" for one in found):
        raise SystemExit(1)
