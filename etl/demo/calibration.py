"""The demonstration city's totals beside the figures that they follow: the table in data/cities/cihu/README.md."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from etl.demo import regions
from etl.demo.money import INSURANCE, INTERMEDIATION, POST, TRAINING
from etl.demo.tally import Tally

# What the report calls this year is 2025 here; what it counts since last year, 2025 and 2026 up to September.
THIS_YEAR: Final = 2025
SINCE_LAST_YEAR: Final = (2025, 2026)
_FOUR_KINDS: Final = (POST, INSURANCE, INTERMEDIATION, TRAINING)


@dataclass(frozen=True)
class Calibrated:
    """One figure: its number in reference_figures.csv, label, what the report gives, and what the city was made of."""

    source: str
    label: str
    period: str
    given: str
    measured: Callable[[Tally], float]
    unit: str = "{:,.0f}"

    def line(self, tally: Tally) -> str:
        """The figure as a line of a Markdown table."""
        cells = (self.source, self.label, self.given, self.unit.format(self.measured(tally)), self.period)
        return f"| {' | '.join(cells)} |"


def _year(measure: str) -> Callable[[Tally], float]:
    return lambda tally: tally.of(measure, THIS_YEAR)


def _since(measure: str) -> Callable[[Tally], float]:
    return lambda tally: sum(tally.of(measure, year) for year in SINCE_LAST_YEAR)


def _success(tally: Tally) -> float:
    placed, failed = (tally.of(f"referrals_{outcome}", THIS_YEAR) for outcome in ("placed", "failed"))
    return 100 * placed / (placed + failed)


def _four_kinds(tally: Tally) -> float:
    lines = ((kind, cents) for (year, _, kind, _), cents in tally.spent.items() if year == THIS_YEAR)
    return sum(cents for kind, cents in lines if kind in _FOUR_KINDS) / 100


HUANGSHI: Final = (
    Calibrated("Z001", "再就业人数 re-employed", "2023-01 … 2026-09", "近 30,000", lambda tally: tally.total("placed")),
    Calibrated("Z002", "街道 streets", "", "21", lambda _: len(regions.streets())),
    Calibrated("Z003", "社区 communities", "", "182", lambda _: len(regions.communities())),
    Calibrated("Z018", "调查表(户) households", "", "200,000", lambda tally: int(tally.plan.households.sum())),
    Calibrated("Z022", "就业实体 entities founded", "2025", "525", _year("entities")),
    Calibrated("Z023", "服务网点 outlets founded", "2025", "1,208", _year("outlets")),
    Calibrated("Z025", "劳务输出 labour export", "2025-01 … 2026-09", "3,000 多", _since("labour_export")),
    Calibrated("Z026", "就业活动周 activity weeks", "2025-01 … 2026-09", "225", _since("activity_weeks")),
    Calibrated("Z027", "活动周安置 placed there", "2025-01 … 2026-09", "5,160", _since("activity_weeks_placed")),
    Calibrated("Z028", "困难群体就业 hardship placed", "2025", "3,298", _year("placed_hardship")),
    Calibrated("Z029", "双下岗家庭(户) households", "2025", "1,993", _year("double_laid_off_households")),
    Calibrated("Z030", "职介成功率 referral success %", "2025", "83", _success, "{:.1f}"),
    Calibrated("Z038", "在管退休人员 retirees", "2026-09", "65,000", lambda tally: tally.retirees),
)
OTHERS: Final = (
    Calibrated(
        "H002", "放贷笔数 loans (Harbin)", "2023-01 … 2026-09", "2,854", lambda tally: tally.total("loans_disbursed")
    ),
    Calibrated(
        "H003",
        "放贷金额 yuan lent (Harbin)",
        "2023-01 … 2026-09",
        "54,110,000",
        lambda tally: tally.total("loan_amount_disbursed") / 100,
    ),
    Calibrated("J023", "四项补贴 four subsidies, yuan (Jinan)", "2025", "19,670,000", _four_kinds),
)


def table(figures: Sequence[Calibrated], tally: Tally) -> list[str]:
    """The lines of a Markdown table of `figures`."""
    return [
        "| figure | what | the report | Cihu | period in Cihu |",
        "|---|---|---:|---:|---|",
        *(figure.line(tally) for figure in figures),
    ]
