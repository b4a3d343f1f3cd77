"""The tables of a bulletin."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from dashboard.publish.document import Cell, Column, Mark, Place, Table
from dashboard.publish.figures import FIGURES, RATES
from dashboard.publish.freeze import HIDDEN
from dashboard.publish.phrases import both, level_word, period_said, text_of, unit_word
from dashboard.publish.recipe import Recipe
from dashboard.ranking.standard import Group, Indicator, Leaf, Manual, Node, Rule, Standard
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.words import Text

Content = Mapping[str, Any]
_CODE: Final = Column("region_code", Text("区划代码", "Code"), "code", 15)
_NAME: Final = Column("region_name", Text("名称", "Name"), "", 14)
_ABOVE: Final = Column("above", Text("所属区、街道", "In"), "", 20)
_SCALES: Final = {
    "minmax": Text("按最低到最高换算", "from the lowest to the highest"),
    "zscore": Text("按与平均数的距离换算", "distance from the mean"),
    "rank": Text("按名次换算", "by rank"),
}


def rank_table(content: Content, recipe: Recipe) -> Table:
    """All ranked units, the first place first."""
    units, criteria = content["units"], [one["name"] for one in content["standard"]["criteria"]]
    shared = Counter(unit["rank"] for unit in units)
    period, unit_name = period_said(recipe.days), unit_word(recipe.level)
    return Table(
        "ranking",
        both("{period}各{unit}排名", "Ranking of the {unit}, {period}", period=period, unit=unit_name),
        _rank_columns(content, recipe),
        tuple(_rank_row(unit, criteria, tied=shared[unit["rank"]] > 1) for unit in units),
        measure=Text("单位：分、名", "Unit: points of 100, ranks"),
        strong=frozenset(at for at, unit in enumerate(units) if unit["rank"] <= recipe.best),
    )


def _rank_columns(content: Content, recipe: Recipe) -> tuple[Column, ...]:
    return (
        Column("rank", Text("名次", "Rank"), "rank", 9),
        _CODE,
        _NAME,
        _ABOVE,
        Column("score", Text("得分", "Score"), "score", 8),
        Column("low", Text("名次下限", "Rank from"), "rank", 9),
        Column("high", Text("名次上限", "Rank to"), "rank", 9),
        Column("p_best", both("进入前{best}名的可能", "Among the first {best}", best=recipe.best), "%", 12),
        *(Column(one["name"], text_of(one["label"]), "score", 12) for one in content["standard"]["criteria"]),
    )


def _rank_row(unit: Mapping[str, Any], criteria: list[str], *, tied: bool) -> tuple[Cell, ...]:
    return (
        Place(unit["rank"], tied=tied),
        unit["code"],
        unit["name"],
        " · ".join(unit["above"]),
        Decimal(unit["score"]),
        Place(unit["low"]),
        Place(unit["high"]),
        (Decimal(unit["p_best"]) * 100).quantize(Decimal("0.1")),
        *(_criterion(unit, name) for name in criteria),
    )


def _criterion(unit: Mapping[str, Any], name: str) -> Cell:
    if unit["criteria"] is None:
        return Mark.HIDDEN
    score = unit["criteria"][name]["score"]
    return None if score is None else Decimal(score)


def left_out_table(content: Content) -> Table:
    """The units that are not ranked, with the reason."""
    rows = tuple(
        (unit["code"], unit["name"], " · ".join(unit["above"]), _reasons(unit)) for unit in content["left_out"]
    )
    columns = (_CODE, _NAME, _ABOVE, Column("reason", Text("原因", "Reason"), "", 40))
    return Table("left_out", Text("未参加排名的单位及原因", "Units that are not ranked, and why"), columns, rows)


def _reasons(unit: Mapping[str, Any]) -> Text:
    said = [_reason(reason) for reason in unit["reasons"]]
    if unit["explained"]:
        said.append(text_of(unit["explained"]))
    return Text("；".join(text.zh for text in said), "; ".join(text.en for text in said))


def _reason(reason: Mapping[str, Any]) -> Text:
    found, limit = reason["found"], reason["limit"]
    match reason["code"]:
        case "veto":
            return Text(f"一票否决：{reason['remark']}", f"vetoed: {reason['remark']}")
        case "labour_force" if found is None:
            return Text("劳动力人数未知", "labour force unknown")
        case "labour_force" if found == HIDDEN:
            return both("劳动力不足{limit}人", "labour force below {limit}", limit=float(limit))
        case "labour_force":
            return both(
                "劳动力{found}人，不足{limit}人",
                "labour force {found}, below {limit}",
                found=float(found),
                limit=float(limit),
            )
        case _:
            return both(
                "有数据的指标权重占{found}%，不足{limit}%",
                "{found} % of the weight measured, below {limit} %",
                found=100 * float(found or 0),
                limit=100 * float(limit or 0),
            )


def count_table(content: Content, recipe: Recipe) -> Table:
    """Counts of persons and their rates, region by region down to where each is listed."""
    names = (*(figure.metric for figure in FIGURES), *RATES)
    columns = (
        _CODE,
        _NAME,
        Column("level", Text("级别", "Level"), "", 10),
        *(Column(name, METRICS[name].label, METRICS[name].unit, 12) for name in names),
    )
    rows = tuple(
        (
            area["code"],
            area["name"],
            level_word(area["level"]),
            *(_figure(area["counts"] | area["rates"], name) for name in names),
        )
        for area in content["areas"]
    )
    return Table(
        "figures",
        both("{period}主要数据", "Main figures, {period}", period=period_said(recipe.days)),
        columns,
        rows,
        measure=both("单位：人、%  {period}", "Unit: persons, %  {period}", period=period_said(recipe.days)),
        strong=frozenset(at for at, area in enumerate(content["areas"]) if area["level"] in ("city", "district")),
    )


def _figure(values: Mapping[str, Any], name: str) -> Cell:
    if name not in values:
        return Mark.NOT_APPLICABLE
    return _cell(values[name])


def _cell(value: Any) -> Cell:
    match value:
        case None:
            return None
        case "hidden":
            return Mark.HIDDEN
        case bool():
            return Text("未参加排名", "not ranked") if value else Text("参加排名", "ranked")
        case str():
            return Decimal(value)
        case _:
            return int(value)


def change_table(content: Content) -> Table:
    """What a correction changed."""
    criteria = {one["name"]: text_of(one["label"]) for one in content["standard"]["criteria"]}
    columns = (
        _CODE,
        _NAME,
        Column("what", Text("项目", "What"), "", 20),
        Column("before", Text("更正前", "Before"), "score", 12),
        Column("after", Text("更正后", "After"), "score", 12),
    )
    rows = tuple(
        (row["code"], row["name"], _what(row["what"], criteria), _changed(row["before"]), _changed(row["after"]))
        for row in content["changes"]
    )
    return Table("changes", Text("更正前后对照", "What has changed"), columns, rows)


def _changed(value: Any) -> Cell:
    return Mark.NOT_APPLICABLE if value is None else _cell(value)


def _what(name: str, criteria: Mapping[str, Text]) -> Text:
    own = {"rank": Text("名次", "rank"), "score": Text("得分", "score"), "left_out": Text("参评资格", "eligibility")}
    return own.get(name) or criteria.get(name) or METRICS[name].label


def standard_table(standard: Standard) -> Table:
    """The standard in full: every node with its share of the whole, and how a value becomes a score."""
    columns = (
        Column("part", Text("项目", "Part"), "", 36),
        Column("weight", Text("占总分", "Share of the whole"), "%", 12),
        Column("scale", Text("计分办法", "How it is scored"), "", 40),
    )
    rows = tuple(_nodes(standard.tree, 0, Decimal(100)))
    return Table("standard", standard.name, columns, rows)


def _nodes(group: Group, depth: int, share: Decimal) -> Iterator[tuple[Cell, ...]]:
    total = sum(Decimal(repr(float(child.weight))) for child in group.children)
    for child in group.children:
        part = (share * Decimal(repr(float(child.weight))) / total) if total else Decimal(0)
        indent = "　" * depth
        yield (
            Text(f"{indent}{child.label.zh}", f"{indent}{child.label.en}"),
            part.quantize(Decimal("0.01")),
            _scored(child),
        )
        if isinstance(child, Group):
            yield from _nodes(child, depth + 1, part)


def _scored(node: Node) -> Cell:
    if not isinstance(node, Leaf):
        return Text("", "")
    measure = node.measure
    if isinstance(measure, Manual):
        return both("评定，满分{full}分", "assessed, {full} points at most", full=measure.full)
    if isinstance(measure, Rule):
        return both("按评分规则，满分{full}分", "by rule, {full} points at most", full=measure.full)
    return _scale(measure)


def _scale(measure: Indicator) -> Text:
    better = Text("越高越好", "more is better") if measure.direction == "+" else Text("越低越好", "less is better")
    per = Text("，每千名劳动力", ", per 1,000 labour force") if measure.per_1000_labour_force else Text("", "")
    scale = measure.scale
    if scale.method == "goalposts":
        how = both("{low} 至 {high}", "{low} to {high}", low=f"{scale.low:g}", high=f"{scale.high:g}")
    else:
        how = _SCALES[scale.method]
    return Text(f"{better.zh}{per.zh}，{how.zh}", f"{better.en}{per.en}, {how.en}")
