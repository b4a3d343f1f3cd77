"""How much one session or address may ask for: requests a minute, and bytes of a request."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Final

MINUTE: Final = 60.0
REMEMBERED: Final = 20_000  # sessions and addresses at a time; the one unseen for longest is forgotten first
MEGABYTE: Final = 1 << 20
# Bytes of a request's body, by the path's beginning; the first that fits holds. Of an upload this is the utmost: what
# is taken is said by `[inbox]`, once it is known who sends it (dashboard/loading).
BODIES: Final[Mapping[str, int]] = {
    "/_dash-update-component": 4 * MEGABYTE,
    "/sign-in": 16 << 10,
    "/api/": 16 << 10,
    "/data/load": 4096 * MEGABYTE,
    "/": MEGABYTE,
}


@dataclass(frozen=True)
class Pace:
    """Requests that may come at once, and how many a minute after that."""

    at_once: int
    a_minute: int


# A page asks for up to two dozen panels; a reader who clicks as fast as pages are drawn stays below a third of this.
PACES: Final[Mapping[str, Pace]] = {
    "page": Pace(120, 120),
    "panel": Pace(900, 900),
    "file": Pace(60, 60),
    "form": Pace(60, 60),
}


class Limits:
    """Buckets that fill with time, one for each reader and kind of request, in this process."""

    def __init__(self, paces: Mapping[str, Pace] = PACES, factor: float = 1.0) -> None:
        self.paces = {kind: Pace(round(of.at_once * factor), round(of.a_minute * factor)) for kind, of in paces.items()}
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, reader: str, kind: str, moment: float | None = None) -> float:
        """Seconds that `reader` has to wait before another request of the kind; 0 lets it in and counts it."""
        pace = self.paces.get(kind)
        if pace is None or not pace.a_minute:
            return 0.0
        moment = monotonic() if moment is None else moment
        with self._lock:
            left, since = self._left.pop((reader, kind), (float(pace.at_once), moment))
            left = min(float(pace.at_once), left + max(moment - since, 0.0) * pace.a_minute / MINUTE)
            wait = 0.0 if left >= 1 else (1 - left) * MINUTE / pace.a_minute
            self._left[reader, kind] = (left - 1 if not wait else left, moment)
            if len(self._left) > REMEMBERED:
                self._left.popitem(last=False)
        return wait


def body_limit(path: str) -> int:
    """The bytes that a request to `path` may bring."""
    return next(size for beginning, size in BODIES.items() if path.startswith(beginning))
