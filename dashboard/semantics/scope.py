"""Whose figures a reader may see; enforced where statements are built, for every way out alike.

A build carries the scope of whoever looks at it (`Build.within`), so that no question can be asked without one.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """`regions`: codes of the regions seen with all below them, None is all; `rows`: may see rows behind figures."""

    regions: tuple[str, ...] | None = None
    rows: bool = False


EVERYTHING = Scope(None, rows=True)
