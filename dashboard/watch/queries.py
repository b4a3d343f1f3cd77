"""Questions to the warehouse, noted for whoever asks them on a request's behalf; slow ones are written down."""

import logging
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

SLOW_MS: Final = 1000.0
log = logging.getLogger("reemploy.query")


@dataclass
class Noted:
    """The questions of one request: how many, how long, how many of them slow; `slow_ms`: what counts as slow."""

    slow_ms: float = SLOW_MS
    count: int = 0
    seconds: float = 0.0
    slow: int = 0


NOTED: Final[ContextVar[Noted | None]] = ContextVar("reemploy_noted", default=None)


def note_query(sql: str, seconds: float) -> None:
    """Count a question of the request under way; `sql` has marks where values stand, so no value is written down."""
    noted = NOTED.get()
    if noted is None:
        return
    noted.count += 1
    noted.seconds += seconds
    if seconds * 1000 >= noted.slow_ms:
        noted.slow += 1
        log.warning("slow query", extra={"ms": round(seconds * 1000), "sql": " ".join(sql.split())})
