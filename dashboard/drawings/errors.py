"""How often rows are held: of what was read, by load and by unit, where a row says which unit it is of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Select, select

from dashboard.figures.bars import Bar, Series, layers, ranked_bars
from dashboard.figures.theme import ACCENT
from dashboard.panel import Column, Drawing, Row, Table, Withheld
from dashboard.quality import Part, by_part, inside, kept, loads_of, place_of, rows_of, table_label
from dashboard.view import View
from etl.marts.quality import unit_account

ROW_HEIGHT: Final = 30
_ALL: Final[Select[Any]] = select(unit_account)


def _accounts(view: View) -> list[dict[str, Any]]:
    rows = kept(view, inside(view, rows_of(view, _ALL)), table="table_name", load="load")
    if not rows:
        raise Withheld("no_rows", view.words.say("Loads count by region from the next one on."))
    return rows


def _rated(read: int, held: int) -> dict[str, Any]:
    return {"read": read, "held": held, "rate": 100 * held / read if read else None}


def _sum(rows: Sequence[Row]) -> dict[str, Any]:
    return _rated(sum(row["read"] for row in rows), sum(row["quarantined"] for row in rows))


def by_load(view: View) -> Drawing:
    """The share held of the rows that each load brought."""
    words, found = view.words, defaultdict[int, list[Row]](list)
    for row in _accounts(view):
        found[row["load"]].append(row)
    dates = {row["load"]: row["data_date"] for row in loads_of(view)}
    rows = [{"load": load, "data_date": dates.get(load), **_sum(found[load])} for load in sorted(found)]
    axis = words.axis([row["rate"] for row in rows], "%")
    said = [words.value(row["rate"], "%") for row in rows]
    names = [
        f"{row['data_date']:%Y-%m-%d}" if row["data_date"] else words.say("no. {number}", number=str(row["load"]))
        for row in rows
    ]
    figure = layers(names, [Series(words.say("share held"), [row["rate"] for row in rows], said, ACCENT)], axis,
                    [("load", str(row["load"])) for row in rows])  # fmt: skip
    figure["layout"]["xaxis"]["type"] = "category"
    whole = _sum([row for rows_ in found.values() for row in rows_])
    reading = words.say(
        "Of {read} rows that name a unit {held} were held when they came: {rate}; of the newest load {last}.",
        read=words.number(whole["read"]),
        held=words.number(whole["held"]),
        rate=words.value(whole["rate"], "%"),
        last=said[-1],
    )
    columns = (
        Column("load", words.say("load"), "rank"),
        Column("data_date", words.say("data to"), "short"),
        *_columns(view),
    )
    return Drawing(reading, Table(columns, rows, ("load", "load")), figure=figure, height=260)


def _columns(view: View) -> tuple[Column, ...]:
    words = view.words
    return (
        Column("read", words.say("rows read"), "rows"),
        Column("held", words.say("held"), "rows"),
        Column("rate", words.say("share held"), "%"),
    )


def by_unit(view: View) -> Drawing:
    """The share held of the rows of each unit, the largest first; the table has it by source table too."""
    words = view.words
    parts = [(part, found) for part, found in by_part(view, _accounts(view)) if found]
    rows = [{"label": part.name, "code": part.code, **_sum(found)} for part, found in parts]
    ordered = sorted(rows, key=lambda row: -float(row["rate"] or 0))
    axis = words.axis([row["rate"] for row in rows], "%")
    bars = [
        Bar(row["label"], row["rate"], words.value(row["rate"], "%"), drill=Part(row["label"], row["code"]).drill)
        for row in ordered
    ]
    worst, best = ordered[0], ordered[-1]
    if len(ordered) == 1:
        reading = words.say("{name}: {rate} held.", name=worst["label"], rate=words.value(worst["rate"], "%"))
    else:
        reading = words.say(
            "Most is held of {worst} ({most}), least of {best} ({least}).",
            worst=worst["label"],
            most=words.value(worst["rate"], "%"),
            best=best["label"],
            least=words.value(best["rate"], "%"),
        )
    table = Table(
        (Column("label", words.say("region")), Column("table_said", words.say("table")), *_columns(view)),
        _by_table(view, parts),
    )
    height = max(190, 40 + ROW_HEIGHT * len(bars))
    return Drawing(reading, table, figure=ranked_bars(bars, axis, words.say("share held")), height=height)


def _by_table(view: View, parts: Sequence[tuple[Part, Sequence[Row]]]) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for part, found in parts:
        rows.append({"label": part.name, "table_said": view.words.say("all tables"), **_sum(found)})
        for table in sorted({row["table_name"] for row in found}, key=place_of):
            own = [row for row in found if row["table_name"] == table]
            rows.append({"label": part.name, "table_said": view.words.of(table_label(table)), **_sum(own)})
    return rows
