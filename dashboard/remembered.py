"""What is worked out once a build: kept with the build, and gone when the build goes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache, partial, wraps
from threading import Lock
from typing import TYPE_CHECKING, Any, Concatenate, Final, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from dashboard.warehouse import Build

_LOOKING: Final = Lock()
P = ParamSpec("P")
R = TypeVar("R")


def remembered(
    most: int,
) -> Callable[[Callable[Concatenate["Build", P], R]], Callable[Concatenate["Build", P], R]]:
    """`lru_cache` for functions that are given a build first: the build itself keeps up to `most` answers.

    A cache of the process would hold the build, and with it the file, that a later load has long replaced. Who asks for
    what another thread is just working out waits for it: the panels of a page come at once and ask for the same.
    """

    def kept(function: Callable[Concatenate["Build", P], R]) -> Callable[Concatenate["Build", P], R]:
        @wraps(function)
        def asked(build: "Build", /, *rest: P.args, **named: P.kwargs) -> R:
            if function not in build.memory:
                build.memory.setdefault(function, lru_cache(most)(partial(_Once, function, build)))
            with _LOOKING:  # else two that look at once would each be given one of their own
                once: _Once[R] = build.memory[function](*rest, **named)
            return once.value

        return asked

    return kept


class _Once(Generic[R]):
    """What a call gives, worked out by the first thread that asks for it; an error is the asker's, and tried again."""

    def __init__(self, function: Callable[..., R], *rest: Any, **named: Any) -> None:
        self._call: Callable[[], R] | None = partial(function, *rest, **named)
        self._lock = Lock()

    @property
    def value(self) -> R:
        """What it gives."""
        with self._lock:
            if self._call is not None:
                self._value = self._call()
                self._call = None
            return self._value


class Rows:
    """The rows that statements gave, by statement and bound values: what was asked last stays, up to `most` rows.

    Whose scope it was stands among the values. A long list is not kept: it would push out many short answers.
    """

    def __init__(self, most: int, longest: int) -> None:
        self._most, self._longest, self._held = most, longest, 0
        self._rows: OrderedDict[Hashable, Sequence[tuple[Any, ...]]] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable) -> Sequence[tuple[Any, ...]] | None:
        """The rows kept under the key; None where there are none."""
        with self._lock:
            found = self._rows.get(key)
            if found is not None:
                self._rows.move_to_end(key)
            return found

    def keep(self, key: Hashable, rows: Sequence[tuple[Any, ...]]) -> None:
        """Keep the rows, and let those go that were asked for longest ago."""
        with self._lock:
            if key in self._rows or len(rows) > self._longest:
                return
            self._rows[key] = tuple(rows)
            self._held += 1 + len(rows)
            while self._held > self._most:
                _, old = self._rows.popitem(last=False)
                self._held -= 1 + len(old)
