"""What moved the ranking between two editions: the units' own work, their peers', corrected data, another standard?

Run it over a loaded home: `REEMPLOY_HOME=.reemploy python notebooks/what_moved_the_ranking.py`. The last published
edition (without one, the quarter before as it was first known) is set against the newest full quarter, by the very
functions of the page *Ranking*: for every unit the parts sum to the change of its published score.
"""

# %%
import os
from collections import defaultdict
from pathlib import Path

from dashboard.app import view_of
from dashboard.drawings.last_ranking import last_ranking
from dashboard.pages import page_at
from dashboard.ranking.change import Change, change
from dashboard.selection import Selection
from dashboard.warehouse import Warehouse

PARTS = ("own", "peers", "revised", "standard")
home = Path(os.environ.get("REEMPLOY_HOME", ".reemploy"))
view = view_of(Warehouse(home), Selection(lang="en"), page_at("/ranking"))
if view is None:
    raise SystemExit(f"nothing has been loaded into {home}")
last = last_ranking(view)
rankings = last.rankings
told = f"edition {last.edition}" if last.edition else f"{last.period.name}, of which no edition is out"
print(f"{view.period.name} against {told}")

# %% Every unit that was ranked then and is ranked now.
names = {unit.code: unit.name for unit in rankings.now.units}
changes: dict[str, Change] = {
    code: split for code in rankings.published if (split := change(rankings, code)) is not None
}
left, new = set(rankings.published) - set(changes), set(rankings.now.peer_of) - set(rankings.published)
print(f"{len(changes)} units in both; {len(left)} no longer ranked, {len(new)} newly ranked")

# %% How far each part moved the scores, and how many places it is worth: on average over the units, whichever way.
for part in PARTS:
    moves = [abs(getattr(split, part).score) for split in changes.values()]
    places = [abs(getattr(split, part).rank) for split in changes.values()]
    number = max(len(changes), 1)
    print(f"  {part:<9} {float(sum(moves)) / number:6.2f} points  {sum(places) / number:6.2f} places")

# %% Who climbed and who fell furthest, and by what.
ordered = sorted(changes, key=lambda code: -changes[code].total.rank)
for code in [*ordered[:3], *ordered[-3:]]:
    split = changes[code]
    said = ", ".join(f"{part} {getattr(split, part).rank:+d}" for part in PARTS if getattr(split, part).rank)
    print(f"  {names[code]}: rank {split.before.rank} → {split.now.rank} ({said or 'no part alone'})")

# %% Which indicators carried it: points that each gave then and gives now, under the standard of now.
moved: defaultdict[str, float] = defaultdict(float)
for code in changes:
    then, now = rankings.restated.peer_of.get(code), rankings.now.peer_of[code]
    if then is None:
        continue
    gained = rankings.now.scores.leaf_points[now] - rankings.restated.scores.leaf_points[then]
    for leaf, points in zip(rankings.now.standard.leaves, gained.tolist(), strict=True):
        moved[leaf.label.en] += abs(points) / len(changes)
for label, points in sorted(moved.items(), key=lambda pair: -pair[1])[:5]:
    print(f"  {label}: {points:.2f} points a unit")
