"""Targets as rows of a table, and the sentence that says how many are behind."""

from collections.abc import Sequence

from dashboard.components.chance import chance_word
from dashboard.components.marks import STATES
from dashboard.drawings.goals import ISSUER, issuer_said
from dashboard.panel import Column, Table
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.targets import Target
from dashboard.view import View
from etl.tables.targets import TARGETS


def target_table(view: View, targets: Sequence[Target]) -> Table:
    """Targets as rows, with everything that is said of them."""
    words = view.words
    rows = [_row(view, target) for target in targets]
    columns = (
        Column("region", words.say("region")),
        Column("indicator", words.say("indicator")),
        Column("issuer", words.of(ISSUER)),
        Column("document_no", words.of(TARGETS.column("document_no"))),
        Column("unit", words.say("unit")),
        Column("value", words.say("target"), "score"),
        Column("actual", words.say("actual"), "score"),
        Column("completion", words.say("done"), "%"),
        Column("time_elapsed", words.say("time elapsed"), "%"),
        Column("lead", words.say("lead"), "points"),
        Column("state", words.say("state")),
        Column("forecast", words.say("forecast"), "score"),
        Column("low", words.say("lower end (80%)"), "score"),
        Column("high", words.say("upper end (80%)"), "score"),
        Column("probability", words.say("probability"), "%"),
        Column("chance", words.say("will it be reached")),
        Column("needed", words.say("needed a week"), "score"),
        Column("pace", words.say("a week lately (8 weeks)"), "score"),
    )
    return Table(columns, rows, ("region_code", "region"))


def _row(view: View, target: Target) -> dict[str, object]:
    words, metric = view.words, METRICS[target.indicator]
    return {
        "region_code": target.region_code,
        "region": view.tree.find(target.region_code).name,
        "indicator": words.of(metric.label),
        "issuer": issuer_said(view, target.issuer),
        "document_no": target.document_no,
        "unit": words.unit(metric.unit),
        "value": target.value,
        "actual": target.actual,
        "completion": target.completion,
        "time_elapsed": target.time_elapsed,
        "lead": target.lead,
        "state": words.say(STATES[target.state]),
        "forecast": target.forecast,
        "low": target.forecast_low,
        "high": target.forecast_high,
        "probability": None if target.probability is None else 100 * target.probability,
        "chance": chance_word(target.probability, words),
        "needed": target.needed_per_week,
        "pace": target.weekly_pace,
    }


def state_reading(view: View, targets: Sequence[Target], *, regions: bool = False) -> str:
    """`Behind: 5 of 24 targets; furthest is a in b, −12.3 pts against the pace.`"""
    words = view.words
    behind = [target for target in targets if target.state == "behind"]
    total = words.number(len(targets))
    if not behind:
        return words.say("None of {total} targets is behind.", total=total)
    worst = min(behind, key=lambda target: float(target.lead) if target.lead is not None else 0.0)
    name = words.of(METRICS[worst.indicator].label)
    if regions:
        name = words.say("{indicator} in {region}", indicator=name, region=view.tree.find(worst.region_code).name)
    count = words.number(len(behind))
    if worst.lead is None:
        return words.say("Behind: {count} of {total} targets, {name} among them.", total=total, count=count, name=name)
    return words.say(
        "Behind: {count} of {total} targets; furthest is {name}, {lead} against the pace.",
        total=total,
        count=count,
        name=name,
        lead=words.points(float(worst.lead)),
    )
