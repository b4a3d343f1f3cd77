"""Options that several commands share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click


class IsoDate(click.ParamType[date]):
    """A day written `2026-09-30`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that `value` names; a usage error where it names none."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2026-09-30", param, ctx)


def home_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--home DIR` or REEMPLOY_HOME: the folder of builds, state, keys and editions (default `.reemploy`)."""
    return click.option(
        "--home",
        envvar="REEMPLOY_HOME",
        default=".reemploy",
        show_default=True,
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder of warehouse builds, state, keys and editions.",
    )(command)


def format_option(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--format`, one of `formats`; the first is the default."""
    return click.option("--format", "form", type=click.Choice(formats), default=formats[0], show_default=True)


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--lang zh|en` or REEMPLOY_LANG: the language of messages (Chinese first)."""
    languages = click.Choice(("zh", "en"))
    return click.option(
        "--lang", envvar="REEMPLOY_LANG", default="zh", show_default=True, type=languages, help="Language of messages."
    )(command)
