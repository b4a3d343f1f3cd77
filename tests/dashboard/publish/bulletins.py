"""Bulletins for the tests of the files: a small one that has everything, and one of any number of communities."""

from datetime import date
from decimal import Decimal
from typing import Final

from dashboard.publish.document import (
    Bar,
    Bars,
    Bump,
    Cell,
    Column,
    Course,
    Definition,
    Document,
    Fact,
    Interval,
    Intervals,
    Mark,
    Place,
    Section,
    Table,
)
from dashboard.semantics.words import Text

# Characters of place and personal names beyond the basic plane or its usual part; the last is in no font of ours.
RARE: Final = "𬭬䶮㐂𠮷"
UNDRAWABLE: Final = "𪚥"
STREETS: Final = ("磁山街道", "临湖街道", "铁山街道", "团城街道")
PERIODS: Final = tuple(Text(f"2025年第{n}季度", f"Q{n} 2025") for n in "一二三四")

COLUMNS: Final = (
    Column("rank", Text("名次", "rank"), "rank", 8),
    Column("name", Text("社区", "community"), "", 22),
    Column("street", Text("街道", "street"), "", 14),
    Column("score", Text("得分", "score"), "score", 8),
    Column("placed", Text("再就业人数", "re-employed"), "persons", 10),
    Column("rate", Text("失业率", "unemployment rate"), "%", 10),
    Column("between", Text("可能名次", "rank between"), "", 10),
)


def ranking(units: int) -> Table:
    """A league table: the second and third place are shared, one count is hidden, one figure is missing."""
    return Table(
        name="ranking",
        title=Text("社区排名", "Ranking of the communities"),
        columns=COLUMNS,
        rows=tuple(_row(at) for at in range(units)),
        measure=Text("单位：分、人；2026年第三季度", "Points, persons; Q3 2026"),
        notes=(Text("同分并列，其后名次顺延。", "Equal scores share a rank; the next rank is skipped."),),
        strong=frozenset(range(min(10, units))),
    )


def _row(at: int) -> tuple[Cell, ...]:
    rank = Place(2, tied=True) if at in (1, 2) else Place(at + 1)
    score = Decimal(9000 - 4 * (at if at != 2 else 1)).scaleb(-2)
    placed: Cell = Mark.HIDDEN if at == 3 else 40 + at % 37
    rate = None if at == 4 else 3.2 + at % 7 / 10
    return (rank, _name(at), STREETS[at % 4], score, placed, rate, f"{max(1, at - 2)}–{at + 4}")


def _name(at: int) -> str:
    return f"{RARE[at % 4]}家湾社区" if at < 4 else f"磁山第{at}社区"


def wide() -> Table:
    """A table that needs a page laid across."""
    months = range(1, 10)
    paid = (Column(f"m{n}", Text(f"{n}月支出", f"paid in month {n}"), "yuan", 12) for n in months)
    columns = (Column("name", Text("区县", "district"), "", 14), *paid)
    rows = tuple((f"第{n}区", *(100_000.25 * n * month for month in months)) for n in range(1, 6))
    return Table("paid", Text("各区县补贴支出", "Subsidies paid by district"), columns, rows)


def bulletin(units: int = 12) -> Document:
    """A quarterly bulletin of so many communities."""
    return Document(
        edition="2026Q3-1",
        title=Text("磁湖市2026年第三季度就业服务最佳社区通报", "Cihu: best employment-service communities, Q3 2026"),
        issuer=Text("磁湖市劳动和社会保障局", "Labour and Social Security Bureau of Cihu"),
        issued_on=date(2026, 10, 20),
        number="磁劳社发〔2026〕12号",
        state=Text("草稿，未经审核", "Draft, not reviewed"),
        address="https://bulletins.example/bulletins/2026Q3-1",
        addressees=Text("各县（市）区劳动和社会保障局，各街道办事处：", "To the district bureaus and street offices:"),
        copies=Text(
            "市委办公室，市人大办公室，市政府办公室。", "Offices of the city committee, congress and government."
        ),
        facts=(
            Fact(Text("期间", "Period"), Text("2026年第三季度（7月1日至9月30日）", "Q3 2026 (1 July to 30 September)")),
            Fact(Text("评估标准", "Standard"), Text("磁湖市社区评估标准（2026年）", "Cihu community standard 2026")),
            Fact(Text("数据来源", "Source"), Text("第7次装载，数据截至2026年9月30日", "Load 7, data to 30 Sep 2026")),
        ),
        sections=(
            Section(
                Text("总体情况", "Overview"),
                (
                    Text(
                        f"本季度全市{units}个社区参评，平均得分82.35分，同比提高1.6个百分点。{RARE[0]}家湾社区名列第一。",
                        f"{units} communities were ranked this quarter; the mean score is 82.35 points.",
                    ),
                    _scores(min(units, 20)),
                    _likely(min(units, 20)),
                    _course(),
                ),
            ),
            Section(Text("社区排名", "Ranking"), (ranking(units),)),
            Section(Text("补贴支出", "Subsidies"), (wide(),)),
        ),
        definitions=(
            Definition(
                "unemployment_rate",
                Text("失业率", "Unemployment rate"),
                Text(
                    "登记失业人数除以劳动力，百分数。来源：失业登记、社区。",
                    "Registered unemployed over the labour force, in percent. Source: registrations, regions.",
                ),
            ),
        ),
        notes=(Text("本通报不含个人信息。", "This bulletin contains no personal information."),),
    )


def _scores(units: int) -> Bars:
    series = tuple(
        Text(*both) for both in (("岗位", "posts"), ("网络", "network"), ("服务", "service"), ("失业", "unemployment"))
    )
    bars = tuple(
        Bar(_name(at), (24 - at / 5, 22.0, 21.5, 20 - at / 7), Decimal(8750 - 34 * at).scaleb(-2))
        for at in range(units)
    )
    reading = Text("前三名的差距主要在开发岗位。", "The first three differ mostly in posts.")
    return Bars(Text("得分构成", "What the scores are made of"), series, bars, reading=reading)


def _likely(units: int) -> Intervals:
    rows = tuple(Interval(_name(at), at + 1, max(1, at - 1), at + 4) for at in range(units))
    return Intervals(Text("名次的可能范围", "How sure the ranks are"), rows, line=10)


def _course() -> Bump:
    courses = tuple(
        Course(
            _name(at),
            tuple((at + quarter * (at % 3)) % 14 + 1 if (at, quarter) != (5, 1) else None for quarter in range(4)),
        )
        for at in range(14)
    )
    return Bump(Text("名次变化", "Ranks over the quarters"), PERIODS, courses)


def named(name: str) -> Document:
    """A bulletin whose only text is a name."""
    table = Table("names", Text("名单", "Names"), (Column("name", Text("社区", "community")),), ((name,),))
    section = Section(Text("名单", "Names"), (table,))
    return Document("2026Q3-1", Text(name, name), Text("磁湖市", "Cihu"), date(2026, 10, 20), (section,))
