"""Why a unit's score and rank are not what they were, split exactly (metrics.md, *Ranking* 5).

The way from the last ranking to this one goes through rankings that differ in one thing each: the last one as it was
published; the same from the data as known now; by the standard of now; with the unit's own figures of now; and the
present one, where the peers' are of now too. Every step is a difference of published scores, so that the steps add up
to the change to the last digit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from dashboard.ranking.aggregate import numbered
from dashboard.ranking.places import published
from dashboard.ranking.ranking import Ranking, usable_values
from dashboard.ranking.score import score


@dataclass(frozen=True)
class Standing:
    """A score as published, and the rank it gives."""

    score: Decimal
    rank: int


@dataclass(frozen=True)
class Step:
    """One part of a change: points of the score, and ranks (+ is up)."""

    score: Decimal
    rank: int


@dataclass(frozen=True)
class Change:
    """From `before` to `now`; `own`, `peers`, `revised` and `standard` sum to the difference, in points and ranks."""

    before: Standing
    now: Standing
    own: Step
    peers: Step
    revised: Step
    standard: Step

    @property
    def total(self) -> Step:
        """The whole change."""
        return _step(self.before, self.now)


@dataclass(frozen=True)
class Rankings:
    """The rankings on the way from the last one to that of now.

    `published`: the last one, as known and by the standard of its time; `revised`: its period as known now, by the same
    standard; `restated`: the same by the standard of now (the same ranking where the standard has not changed).
    """

    published: Mapping[str, Standing]
    revised: Ranking
    restated: Ranking
    now: Ranking

    @property
    def is_comparable(self) -> bool:
        """Whether the standard measures the same as it did."""
        return self.revised.standard == self.now.standard


def standing(ranking: Ranking, unit: str) -> Standing | None:
    """Where a unit stands; None where it is not ranked."""
    at = ranking.peer_of.get(unit)
    if at is None:
        return None
    return Standing(published(int(ranking.scores.steps[at]), ranking.standard.decimals), int(ranking.scores.places[at]))


def standings(ranking: Ranking) -> dict[str, Standing]:
    """Where each ranked unit stands."""
    return {unit: found for unit in ranking.peer_of if (found := standing(ranking, unit)) is not None}


def change(rankings: Rankings, unit: str) -> Change | None:
    """The change of one unit; None where it was not ranked in each of the rankings on the way."""
    before = rankings.published.get(unit)
    revised, restated, now = (standing(each, unit) for each in (rankings.revised, rankings.restated, rankings.now))
    if before is None or revised is None or restated is None or now is None:
        return None
    alone = _with_own_row(rankings.restated, rankings.now, unit)
    return Change(
        before=before,
        now=now,
        own=_step(restated, alone),
        peers=_step(alone, now),
        revised=_step(before, revised),
        standard=_step(revised, restated),
    )


def _step(before: Standing, after: Standing) -> Step:
    return Step(after.score - before.score, before.rank - after.rank)


def _with_own_row(before: Ranking, now: Ranking, unit: str) -> Standing:
    """Where the unit would stand among the peers of `before` with its own figures of `now`."""
    at = before.peer_of[unit]
    standard = now.standard
    values = usable_values(standard, before.values)[before.peers]
    values[at] = usable_values(standard, now.values[[now.peers[now.peer_of[unit]]]])[0]
    found = score(numbered(standard.tree), standard.leaves, np.ascontiguousarray(values), standard.decimals)
    return Standing(published(int(found.steps[at]), standard.decimals), int(found.places[at]))
