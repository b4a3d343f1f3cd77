"""What stands against publishing a draft, and what its editor should know."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import bindparam, func, select

from dashboard.publish.phrases import both
from dashboard.publish.privacy import leaks
from dashboard.publish.recipe import Recipe
from dashboard.semantics.words import Text
from etl.marts.platform import report

if TYPE_CHECKING:
    from dashboard.warehouse import Build

Weight = Literal["blocks", "advises"]
_NAMED: Final = 5  # what a check found is named so far, and counted


@dataclass(frozen=True)
class Check:
    """One check: `found` says what it found; it stands against publication if it `blocks` and has not passed."""

    name: str
    weight: Weight
    passed: bool
    label: Text
    found: Text

    @property
    def stands_against(self) -> bool:
        """Whether it forbids publication."""
        return self.weight == "blocks" and not self.passed


@dataclass(frozen=True)
class Account:
    """What the warehouse says of its loads: rows read, rows held in quarantine now, the newest load."""

    read: int
    held: int
    newest_load: int


_DUE: Final = select(
    func.count(), func.count().filter(report.c.submitted_on.is_(None) | (report.c.submitted_on > bindparam("day")))
).where(report.c.due_on >= bindparam("first"), report.c.due_on <= bindparam("day"))


def check(
    content: Mapping[str, Any], recipe: Recipe, files: Mapping[str, bytes], build: "Build", account: Account
) -> list[Check]:
    """All checks of a draft, those that block first."""
    return [
        _period(recipe, build),
        _reports(recipe, build),
        _quarantine(recipe, account),
        _explained(content),
        _identifiers(files),
        _note(recipe),
        *_advice(content, recipe, account),
    ]


def _period(recipe: Recipe, build: "Build") -> Check:
    day = build.data_date
    return Check(
        "period",
        "blocks",
        day is not None and day >= recipe.days.end,
        Text("期间已结束", "The period is over"),
        both("数据截至{day}", "data as at {day}", day=day or Text("未知", "unknown")),
    )


def _reports(recipe: Recipe, build: "Build") -> Check:
    day = min(recipe.days.end, build.data_date or recipe.days.end)
    [(due, missing)] = build.fetch(_DUE, first=recipe.days.start, day=day)
    share = 100 * missing / due if due else 0.0
    return Check(
        "reports",
        "blocks",
        share <= float(recipe.missing_reports_max),
        both(
            "缺报报表不超过{most}%", "No more than {most} % of the reports are missing", most=recipe.missing_reports_max
        ),
        both(
            "应报{due}份，缺报{missing}份（{share}%）",
            "{missing} of {due} are missing ({share} %)",
            due=due,
            missing=missing,
            share=f"{share:.2f}",
        ),
    )


def _quarantine(recipe: Recipe, account: Account) -> Check:
    share = 100 * account.held / account.read if account.read else 0.0
    return Check(
        "quarantine",
        "blocks",
        share <= float(recipe.held_rows_max),
        both(
            "隔离区已清理（不超过{most}%）", "Quarantine is cleared (no more than {most} %)", most=recipe.held_rows_max
        ),
        both(
            "共{read}行，待处理{held}行（{share}%）",
            "{held} of {read} rows are held ({share} %)",
            read=account.read,
            held=account.held,
            share=f"{share:.3f}",
        ),
    )


def _explained(content: Mapping[str, Any]) -> Check:
    open_ones = [
        unit["name"]
        for unit in content["left_out"]
        if unit["explained"] is None and not all(map(_says_why, unit["reasons"]))
    ]
    return Check(
        "explained",
        "blocks",
        not open_ones,
        Text("未参评单位均有说明", "Every unit that is left out has a reason"),
        both(
            "{number}个没有说明：{names}{more}",
            "{number} without one: {names}{more}",
            number=len(open_ones),
            names="、".join(open_ones[:_NAMED]),
            more="" if len(open_ones) <= _NAMED else "…",
        )
        if open_ones
        else both("{number}个，均有说明", "{number}, all with a reason", number=len(content["left_out"])),
    )


def _says_why(reason: Mapping[str, Any]) -> bool:
    """A veto without a remark, or a figure that is not known, is no reason that a community can check."""
    return bool(reason["remark"]) if reason["code"] == "veto" else reason["found"] is not None


def _identifiers(files: Mapping[str, bytes]) -> Check:
    found = leaks(files)
    named = "、".join(f"{leak.file}: {leak.masked}" for leak in found[:_NAMED])
    return Check(
        "identifiers",
        "blocks",
        not found,
        Text("文件中没有证件号、电话或账号", "No file holds an ID, telephone or account number"),
        both("发现{number}处：{named}", "{number} found: {named}", number=len(found), named=named)
        if found
        else both("检查了{number}个文件", "{number} files read", number=len(files)),
    )


def _note(recipe: Recipe) -> Check:
    said = recipe.corrects is None or (recipe.note is not None and bool(recipe.note.zh.strip()))
    return Check(
        "note",
        "blocks",
        said,
        Text("更正附有公开说明", "A correction says publicly why"),
        Text("非更正版", "not a correction")
        if recipe.corrects is None
        else (recipe.note if said and recipe.note else Text("没有说明", "it does not")),
    )


def _advice(content: Mapping[str, Any], recipe: Recipe, account: Account) -> list[Check]:
    unclear = sum(unit["unclear"] for unit in content["units"])
    hides = sum(value == "hidden" for area in content["areas"] for value in area["counts"].values())
    shown_less = sum(unit["criteria"] is None for unit in content["units"])
    return [
        Check(
            "newest",
            "advises",
            recipe.load == account.newest_load,
            Text("使用最新数据批次", "It uses the newest load"),
            both(
                "用第{load}批，最新为第{newest}批",
                "load {load}, the newest is {newest}",
                load=recipe.load,
                newest=account.newest_load,
            ),
        ),
        Check(
            "unclear",
            "advises",
            unclear == 0,
            both("前{best}名界线清楚", "The first {best} are clearly apart", best=recipe.best),
            both("{number}个单位是否进入不能断定", "of {number} units it cannot be said", number=unclear),
        ),
        Check(
            "hidden",
            "advises",
            hides + shown_less == 0,
            Text("没有因保护个人而隐去的数字", "Nothing is hidden to protect persons"),
            both(
                "隐去{counts}个数字、{units}个单位的分项得分",
                "{counts} counts and the criteria of {units} units are hidden",
                counts=hides,
                units=shown_less,
            ),
        ),
        Check(
            "issued_on",
            "advises",
            recipe.issued_on >= recipe.days.end and recipe.objections_until >= recipe.issued_on,
            Text("落款日期在期间之后", "The day of issue lies after the period"),
            both("{day}", "{day}", day=date.fromisoformat(recipe.issued_on.isoformat())),
        ),
    ]
