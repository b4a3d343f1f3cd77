"""How uneven is the year? The share of a year's re-employed that each month brings, district by district.

Run it over a loaded home: `REEMPLOY_HOME=.reemploy python notebooks/season_of_placements.py`. Every figure is asked
through `answer`, as pages and commands ask it, so it agrees with them to the last digit.
"""

# %%
import os
from collections import defaultdict
from datetime import date
from pathlib import Path

from dashboard.semantics.answer import answer
from dashboard.semantics.question import Question
from dashboard.warehouse import Warehouse

build = Warehouse(Path(os.environ.get("REEMPLOY_HOME", ".reemploy"))).build()
year = (build.data_date or date.max).year - 1  # the last year that is whole
question = Question(("placed",), by=("district", "month"), start=date(year, 1, 1), end=date(year, 12, 31))

# %% The year's total is the sum of its months: a person counts once a year.
placed: defaultdict[str, dict[str, int]] = defaultdict(dict)
for row in answer(build, question).rows:
    placed[str(row["region_name"])][str(row["month"])] = int(str(row["placed"]))
shares = {
    district: {month: 100 * number / total for month, number in months.items()}
    for district, months in placed.items()
    if (total := sum(months.values()))
}

# %% An even year brings a twelfth a month; what a pace line that is even over the year gets wrong is the distance.
for district, months in shares.items():
    busiest = max(months, key=lambda month: months[month])
    spring = sum(share for month, share in months.items() if month[-2:] in ("03", "04"))
    print(f"{district}: busiest {busiest} with {months[busiest]:.1f} %, March and April {spring:.1f} % (even: 16.7 %)")
