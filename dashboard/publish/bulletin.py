"""An edition's frozen content as a document: the sections of a bulletin, in both languages."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.publish.bulletin_charts import charts
from dashboard.publish.bulletin_tables import (
    change_table,
    count_table,
    left_out_table,
    rank_table,
    standard_table,
)
from dashboard.publish.document import (
    Definition,
    Document,
    Fact,
    Section,
)
from dashboard.publish.freeze import standard_of
from dashboard.publish.phrases import both, period_said, text_of, unit_word
from dashboard.publish.recipe import Recipe, thawed
from dashboard.ranking.standard import Standard
from dashboard.semantics.catalogue import METRICS
from dashboard.semantics.words import Text

Content = Mapping[str, Any]


def bulletin(content: Content) -> Document:
    """The document of an edition; made of nothing but its frozen content."""
    recipe = thawed(content["recipe"])
    standard = standard_of(recipe)
    return Document(
        edition=recipe.edition,
        title=_title(content, recipe),
        issuer=recipe.issuer,
        issued_on=recipe.issued_on,
        sections=tuple(_sections(content, recipe, standard)),
        facts=_facts(content, recipe),
        definitions=_definitions([leaf.measure.column for leaf in standard.leaves], content),
        notes=_notes(recipe),
        state=both("更正版，替代 {old}", "Corrected edition, in place of {old}", old=recipe.corrects)
        if recipe.corrects
        else None,
        number=recipe.number,
        address=f"{recipe.address.rstrip('/')}/bulletins/{recipe.edition}",
    )


def _title(content: Content, recipe: Recipe) -> Text:
    name = Text("就业服务最佳社区评估", "Best employment service")
    if recipe.level != "community":
        name = both("就业服务最佳{unit}评估", "Best employment service by {unit}", unit=unit_word(recipe.level))
    period = period_said(recipe.days)
    return both(
        "{city}{period}{name}结果",
        "{name} in {city}, {period}: results",
        city=str(content["city"]),
        period=period,
        name=name,
    )


def _sections(content: Content, recipe: Recipe, standard: Standard) -> Iterator[Section]:
    if recipe.corrects:
        yield _correction(content, recipe)
    yield Section(Text("总体情况", "Summary"), (*_summary(content, recipe), *charts(content, recipe)))
    yield Section(Text("评估排名", "Ranking"), (rank_table(content, recipe),))
    if content["left_out"]:
        yield Section(Text("未参加排名的单位", "Units that are not ranked"), (left_out_table(content),))
    yield Section(Text("主要数据", "Main figures"), (count_table(content, recipe),))
    yield Section(Text("评估标准", "The standard"), (standard_table(standard),))
    yield _checking(recipe)


def _facts(content: Content, recipe: Recipe) -> tuple[Fact, ...]:
    data_date = content["data_date"]
    said = [
        (Text("期间", "Period"), period_said(recipe.days)),
        (Text("评估对象", "Ranked are"), unit_word(recipe.level)),
        (Text("数据截至", "Data as at"), both("{day}", "{day}", day=date.fromisoformat(data_date))),
        (Text("数据批次", "Load"), both("第 {load} 批", "no. {load}", load=str(recipe.load))),
        (Text("评估标准", "Standard"), text_of(content["standard"]["name"])),
        (Text("版次", "Edition"), Text(recipe.edition, recipe.edition)),
        (
            Text("公示期", "Objections until"),
            both("至 {day}", "{day}", day=recipe.objections_until),
        ),
        (
            Text("程序版本", "Made by"),
            both(
                "Reemploy {release}（源码 SHA-256 {hash}…）",
                "Reemploy {release} (source SHA-256 {hash}…)",
                release=recipe.code["release"],
                hash=recipe.code["source_sha256"][:12],
            ),
        ),
    ]
    return tuple(Fact(label, value) for label, value in said)


def _summary(content: Content, recipe: Recipe) -> tuple[Text, ...]:
    units, left_out = content["units"], content["left_out"]
    best = [unit for unit in units if unit["rank"] <= recipe.best]
    unclear = [unit["name"] for unit in units if unit["unclear"]]
    found = [
        both(
            "截至{day}，共有{all}个{unit}，其中{ranked}个参加{period}排名，{out}个未参加排名（原因见后）。",
            "As at {day} there are {all} {unit}: {ranked} are ranked for {period}, {out} are not, for reasons below.",
            day=date.fromisoformat(content["data_date"]),
            all=len(units) + len(left_out),
            ranked=len(units),
            out=len(left_out),
            unit=unit_word(recipe.level),
            period=period_said(recipe.days),
        )
    ]
    if best:
        found.append(
            both(
                "前{best}名为：{names}。",
                "The first {best}: {names}.",
                best=recipe.best,
                names=_named(best),
            )
        )
    if unclear:
        found.append(
            both(
                "名次并非绝对：换用权重和换算方法各1000次试算，{number}个{unit}的名次区间跨过第{best}名，是否进入前{best}名不能断定。",
                "No rank is certain: over 1,000 trials with other weights and scales, the interval of {number} {unit}"
                " holds rank {best}; whether they belong to the first {best} cannot be said.",
                number=len(unclear),
                best=recipe.best,
                unit=unit_word(recipe.level),
            )
        )
    return tuple(found)


def _named(units: Sequence[Mapping[str, Any]]) -> Text:
    return Text(
        "、".join(f"{unit['name']}（{unit['score']}分）" for unit in units),
        ", ".join(f"{unit['name']} ({unit['score']})" for unit in units),
    )


def _correction(content: Content, recipe: Recipe) -> Section:
    blocks: list[Any] = [recipe.note] if recipe.note else []
    changed = content["changes"]
    if changed:
        blocks.append(change_table(content))
    else:
        blocks.append(Text("本次更正未改变任何数值。", "No published value has changed."))
    return Section(Text("更正说明", "Correction"), tuple(blocks))


def _checking(recipe: Recipe) -> Section:
    return Section(
        Text("异议与核验", "Objections and verification"),
        (
            both(
                "对结果有异议的，可在{day}前向发布单位提出；裁定结果在网上公布。",
                "Objections may be raised with the issuer until {day}; rulings are published with the edition.",
                day=recipe.objections_until,
            ),
            both(
                "本版所有文件的 SHA-256 列在 manifest.json 中；"
                "运行 reemploy verify {edition} 可由第{load}批数据逐字节重算核对。",
                "The SHA-256 of every file is in manifest.json; reemploy verify {edition} makes this edition again from"
                " load {load} and compares it byte for byte.",
                load=str(recipe.load),
                edition=recipe.edition,
            ),
        ),
    )


def _notes(recipe: Recipe) -> tuple[Text, ...]:
    return (
        both(
            "为保护个人信息，{most}人及以下（不含0）的数字不公布；凡能由其他数字推算出此类数字的，也不公布。",
            "To protect persons, counts of 1 to {most} are not shown, nor whatever they could be computed from.",
            most=recipe.hide_counts_below - 1,
        ),
        Text(
            "得分满分100分，保留两位小数；名次按公布的得分排列，得分相同的并列。",
            "Scores are out of 100 with two decimals; ranks are on the published score, equal scores share a rank.",
        ),
    )


def _definitions(standard_metrics: Sequence[str], content: Content) -> tuple[Definition, ...]:
    areas = content["areas"]
    counted = [name for area in areas[:1] for name in (*area["counts"], *area["rates"])]
    names = dict.fromkeys(name for name in (*standard_metrics, *counted) if name in METRICS)
    return tuple(Definition(name, METRICS[name].label, METRICS[name].definition) for name in names)
