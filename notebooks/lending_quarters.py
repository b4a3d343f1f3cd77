"""Which lending quarters go bad, and why? The worst quarter against all others: other loans, or the same loans worse?

Run it over a loaded home: `REEMPLOY_HOME=.reemploy python notebooks/lending_quarters.py`. Every figure is asked
through `answer`, as pages and commands ask it, so it agrees with them to the last digit.
"""

# %%
import os
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.semantics.answer import answer
from dashboard.semantics.question import Question
from dashboard.warehouse import Warehouse

build = Warehouse(Path(os.environ.get("REEMPLOY_HOME", ".reemploy"))).build()
last = build.data_date or date.max
first = date(last.year - 3, 1, 1)
BREAKDOWNS = ("district", "bank", "product", "counter_guarantee", "repayment_method", "interest_subsidised")


def asked(metric: str, *by: str) -> list[dict[str, Any]]:
    """The rows of a metric over the quarters of lending since three years."""
    return list(answer(build, Question((metric,), by=by, start=first, end=last)).rows)


# %% Quarters of one age can be compared: the oldest month that at least three of them have reached, at most the ninth.
curves: defaultdict[str, dict[int, float]] = defaultdict(dict)
for row in asked("vintage_30", "cohort", "month_on_book"):
    if row["vintage_30"] is not None:
        curves[row["cohort"]][row["month_on_book"]] = row["vintage_30"]
ages = sorted((max(curve) for curve in curves.values()), reverse=True)
month = min(9, ages[min(2, len(ages) - 1)])
shares = {cohort: curve[month] for cohort, curve in sorted(curves.items()) if month in curve}
worst = max(shares, key=lambda cohort: shares[cohort])
for cohort, share in shares.items():
    print(f"{cohort}: {share:.2f} % ever more than 30 days late within {month} months{' ←' if cohort == worst else ''}")


# %% A share is late money over money lent; what is lent by group is the weight that a group has in its quarter.
def parts(by: str) -> dict[Any, tuple[float, float, float, float]]:
    """By group: late and lent in the worst quarter, late and lent in the others."""
    name = "region_name" if by == "district" else by
    lent = {(row["quarter"], row[name]): float(row["loan_amount_disbursed"] or 0)
            for row in asked("loan_amount_disbursed", by, "quarter")}  # fmt: skip
    sums: defaultdict[Any, list[float]] = defaultdict(lambda: [0.0] * 4)
    for row in asked("vintage_30", by, "cohort", "month_on_book"):
        if row["month_on_book"] != month or row["cohort"] not in shares or row["vintage_30"] is None:
            continue
        amount, at = lent[row["cohort"], row[name]], 0 if row["cohort"] == worst else 2
        sums[row[name]][at] += amount * row["vintage_30"] / 100
        sums[row[name]][at + 1] += amount
    return {group: (found[0], found[1], found[2], found[3]) for group, found in sums.items()}


def split(groups: dict[Any, tuple[float, float, float, float]]) -> tuple[float, float, dict[Any, float]]:
    """Kitagawa's split of the gap in points: by what was lent, by how it was repaid, and both by group."""
    own, others = (sum(found[at] for found in groups.values()) or 1.0 for at in (1, 3))
    mix = rate = 0.0
    by_group = {}
    for group, (late, lent, late_else, lent_else) in groups.items():
        weights = lent / own, lent_else / others
        # Where one of the two lent nothing, the group's share is the other's: the difference is all of what was lent.
        rates = [100 * a / b if b else 100 * c / d for a, b, c, d in
                 ((late, lent, late_else, lent_else), (late_else, lent_else, late, lent))]  # fmt: skip
        of_mix = (weights[0] - weights[1]) * (rates[0] + rates[1]) / 2
        of_rate = (rates[0] - rates[1]) * (weights[0] + weights[1]) / 2
        mix, rate, by_group[group] = mix + of_mix, rate + of_rate, of_mix + of_rate
    return mix, rate, by_group


# %% The gap is the same whatever it is split by; what differs is how much of it other loans explain.
late, lent = (sum(found[at] for found in parts("district").values()) for at in (2, 3))
gap = shares[worst] - (100 * late / lent if lent else 0.0)
print(f"{worst} is {gap:+.2f} points worse than the other quarters together. Of that, by")
splits = {by: split(parts(by)) for by in BREAKDOWNS}
for by, (mix, rate, by_group) in splits.items():
    group = max(by_group, key=lambda each: by_group[each])
    print(f"  {by}: {mix:+.2f} other loans, {rate:+.2f} the same loans worse; most by {group} ({by_group[group]:+.2f})")
