"""How long the stages of a load take: seconds by stage, added up by a clock that is handed along."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final, Literal

Stage = Literal["copying", "reading", "checking", "history", "models"]
STAGES: Final[tuple[Stage, ...]] = ("copying", "reading", "checking", "history", "models")


@dataclass(frozen=True)
class Clock:
    """Wall seconds by stage, in the order of STAGES; a stage entered again adds to what it has taken."""

    seconds: dict[Stage, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))

    @contextmanager
    def stage(self, name: Stage) -> Iterator[None]:
        """Count the time inside for `name`, whatever comes of it."""
        begin = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += perf_counter() - begin
