"""What the server writes down: a line of JSON per request and per fault, each with the request's id."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, Final

from flask import g, has_request_context

REQUESTS: Final = "reemploy.request"
# What `extra` may add to a line. Nothing else gets in: no header, no form, no query string, no values of questions.
FIELDS: Final = ("method", "path", "status", "ms", "bytes", "account", "address", "build", "queries", "query_ms", "sql")
LEVELS: Final = ("debug", "info", "warning", "error")


class Line(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        request = request_id()
        if request:
            said["request"] = request
        said |= {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def request_id() -> str:
    """The id of the request under way; empty where there is none."""
    found: str = g.get("request_id", "") if has_request_context() else ""
    return found


def write_down(level: str = "info") -> None:
    """Send all that is logged to standard error, as lines; what is below `level` is left out."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("reemploy", "dashboard", "etl"):
        logging.getLogger(name).setLevel(level.upper())
