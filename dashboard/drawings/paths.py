"""From one step to the next: how many come so far, and what share of the step that it is measured by."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.drawings.areas import ROW_HEIGHT
from dashboard.figures.bars import Bar, ranked_bars
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.parts import ratio_sums
from dashboard.semantics.catalogue import METRICS
from dashboard.view import View


@dataclass(frozen=True)
class Step:
    """How many came to a step; `rate`: the metric that measures it, as a share of the step before."""

    label: str
    count: float
    rate: str = ""


def path(view: View, steps: Sequence[Step], unit: str, reading: str) -> Drawing:
    """One lying bar a step, with its number and its share of the one before."""
    if not steps or not steps[0].count:
        raise Withheld("no_rows")
    words = view.words
    rows: list[Row] = []
    for before, step in zip([None, *steps], steps, strict=False):
        share = 100 * step.count / before.count if step.rate and before is not None and before.count else None
        rows.append({"step": step.label, "count": step.count, "share": share, "rate": step.rate})
    bars = [Bar(row["step"], row["count"], _said(view, row)) for row in rows]
    columns = (
        Column("step", words.say("step")),
        Column("count", words.say("number"), unit),
        Column("share", words.say("of the step before"), "%"),
    )
    axis = words.axis([bar.value for bar in bars], unit)
    return Drawing(
        reading,
        Table(columns, rows),
        figure=ranked_bars(bars, axis, words.say("number")),
        height=max(190, 60 + (ROW_HEIGHT + 12) * len(bars)),
    )


def _said(view: View, row: Row) -> str:
    number = view.words.number(row["count"])
    return number if row["share"] is None else f"{number} ({view.words.value(row['share'], '%')})"


def referral_path(view: View) -> Drawing:
    """Referrals made, those whose result is known, and those that led to a job."""
    sums = ratio_sums(view, "referral_success") or (0.0, 0.0)
    made = float(view.figures("referrals")["referrals"] or 0)
    words = view.words
    steps = (
        Step(words.say("referred"), made),
        Step(words.say("result known"), sums[1]),
        Step(words.say("placed"), sums[0], "referral_success"),
    )
    reading = words.say(
        "Of {made} referrals {known} have a result; {placed} of these led to a job ({share}).",
        made=words.number(made),
        known=words.number(sums[1]),
        placed=words.number(sums[0]),
        share=words.value(100 * sums[0] / sums[1] if sums[1] else None, "%"),
    )
    return path(view, steps, "referrals", reading)


def training_path(view: View) -> Drawing:
    """Trainings finished and passed; of those passed long enough ago to tell, those that led to a job."""
    passed, finished = ratio_sums(view, "training_pass_rate") or (0.0, 0.0)
    in_work, judged = ratio_sums(view, "training_to_job") or (0.0, 0.0)
    words = view.words
    steps = (
        Step(words.say("finished"), finished),
        Step(words.say("passed"), passed, "training_pass_rate"),
        Step(words.say("passed 180 days ago or more"), judged),
        Step(words.say("in work within 180 days"), in_work, "training_to_job"),
    )
    reading = words.say(
        "Of {finished} trainings finished {passed} were passed. Of the {judged} passed 180 days ago or more {work} "
        "led to work ({share}).",
        finished=words.number(finished),
        passed=words.number(passed),
        judged=words.number(judged),
        work=words.number(in_work),
        share=words.value(100 * in_work / judged if judged else None, "%"),
    )
    return path(view, steps, METRICS["trainings_started"].unit, reading)
