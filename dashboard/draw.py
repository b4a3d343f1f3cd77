"""The one error boundary: a panel gives a drawing, or says why there is none."""

import logging
from secrets import token_hex

import duckdb

from dashboard.panel import Drawing, Panel, Withheld
from dashboard.semantics.question import NotAllowedError, QuestionError
from dashboard.view import View

log = logging.getLogger(__name__)


def draw(panel: Panel, view: View | None) -> Drawing | Withheld:
    """What `panel` shows of `view`; a fault of ours is logged under the number that the reader sees."""
    if view is None:
        return Withheld("unavailable")
    try:
        return panel.build(view)
    except Withheld as withheld:
        return withheld
    except QuestionError as error:
        not_allowed = isinstance(error, NotAllowedError)
        return Withheld("not_allowed") if not_allowed else Withheld("no_rows", view.words.of(error.text))
    except (duckdb.BinderException, duckdb.CatalogException):
        # A build of before has not the column or mart that a figure of now asks for; if it is our fault, the log says.
        log.warning("panel %s asks what %s does not have", panel.name, view.build.name, exc_info=True)
        return Withheld("unavailable", view.words.say("The next load brings these figures."))
    except Exception:
        number = token_hex(3)
        log.exception("panel %s failed, number %s, for %s", panel.name, number, view.selection.search)
        return Withheld("failed", number)
