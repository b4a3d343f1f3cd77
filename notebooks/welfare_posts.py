"""Do public-welfare posts lead to lasting work? Who is still in the job after half a year, beside other channels.

Run it over a loaded home: `REEMPLOY_HOME=.reemploy python notebooks/welfare_posts.py`. Every figure is asked
through `answer`, as pages and commands ask it, so it agrees with them to the last digit. What the figures cannot tell:
whether a job found later, without a subsidy, came of the post. They know how long a placement lasts, not what follows.
"""

# %%
import os
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dashboard.ranking.intervals import wilson
from dashboard.semantics.answer import answer
from dashboard.semantics.question import Question
from dashboard.warehouse import Warehouse

build = Warehouse(Path(os.environ.get("REEMPLOY_HOME", ".reemploy"))).build()
day = build.data_date or date.max
# Placements that have had their half year by the data date, of the two years before it: each of them can be judged.
start, end = day - timedelta(days=180 + 730), day - timedelta(days=180)
WELFARE = "public_welfare"


def asked(*by: str) -> dict[tuple[Any, ...], tuple[float, int]]:
    """Placements still held after 180 days, and all, by group."""
    rows = answer(build, Question(("placements", "retention_180"), by=by, start=start, end=end)).rows
    found = {}
    for row in rows:
        number = int(str(row["placements"] or 0))
        if number:
            found[tuple(row[name] for name in by)] = (float(str(row["retention_180"] or 0)) * number / 100, number)
    return found


# %% By channel, with the interval that chance alone would keep.
channels = {key[0]: counts for key, counts in asked("channel").items()}
for channel, (kept, number) in sorted(channels.items(), key=lambda each: -each[1][0] / each[1][1]):
    chance = wilson(round(kept), number)
    print(
        f"{channel}: {100 * kept / number:.1f} % of {number} placements lasted 180 days"
        f" (95 % interval {100 * chance.low:.1f} to {100 * chance.high:.1f})"
    )

# %% Public-welfare posts go to those who find work hardest. Like with like: other channels' shares by age and sex,
# weighed by who holds the welfare posts (direct standardisation).
held: dict[tuple[Any, Any], tuple[float, int]] = {}
others: defaultdict[tuple[Any, Any], list[float]] = defaultdict(lambda: [0.0, 0.0])
for (channel, age, sex), (kept, number) in asked("channel", "age_band", "sex").items():
    if channel == WELFARE:
        held[age, sex] = (kept, number)
    else:
        others[age, sex][0] += kept
        others[age, sex][1] += number
alike = {group: counts for group, counts in held.items() if others[group][1]}
weight = sum(number for _, number in alike.values())
own = 100 * sum(kept for kept, _ in alike.values()) / weight if weight else None
standard = (
    100 * sum(number * others[group][0] / others[group][1] for group, (_, number) in alike.items()) / weight
    if weight
    else None
)

# %% Is it a good year or a rule? Quarter by quarter of placement.
quarters: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * 4)
for (channel, quarter), (kept, number) in asked("channel", "quarter").items():
    at = 0 if channel == WELFARE else 2
    quarters[quarter][at] += kept
    quarters[quarter][at + 1] += number
better = [quarter for quarter, (a, b, c, d) in quarters.items() if b and d and a / b > c / d]

# %%
if own is None or standard is None:
    print("No public-welfare placement has had its half year yet.")
else:
    kept, number = channels[WELFARE]
    verdict = "last longer than" if own > standard + 1 else "last less long than" if own < standard - 1 else "last like"
    print(
        f"Public-welfare posts {verdict} the jobs of others of the same age and sex: {own:.1f} % against"
        f" {standard:.1f} % after half a year ({number} placements)."
    )
    print(f"In {len(better)} of {len(quarters)} quarters of placement they lasted longer than all others together.")
