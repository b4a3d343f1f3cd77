"""What is worked out once a build: kept with the build, and gone when the build goes."""

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from dashboard.warehouse import Build

P = ParamSpec("P")
R = TypeVar("R")


def remembered(
    most: int,
) -> Callable[[Callable[Concatenate["Build", P], R]], Callable[Concatenate["Build", P], R]]:
    """`lru_cache` for functions that are given a build first: the build itself keeps up to `most` answers.

    A cache of the process would hold the build, and with it the file, that a later load has long replaced.
    """

    def kept(function: Callable[Concatenate["Build", P], R]) -> Callable[Concatenate["Build", P], R]:
        @wraps(function)
        def asked(build: "Build", /, *rest: P.args, **named: P.kwargs) -> R:
            if function not in build.memory:
                build.memory.setdefault(function, lru_cache(most)(partial(function, build)))
            found: R = build.memory[function](*rest, **named)
            return found

        return asked

    return kept
