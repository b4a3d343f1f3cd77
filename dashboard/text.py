"""Numbers, dates and changes in the reader's words; nothing else formats."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Protocol

from dashboard.language import message, translations
from dashboard.period import Period, months_period, quarter_of, year_period
from dashboard.selection import Language

HUNDRED_MILLION: Final = 1e8  # 亿
TEN_THOUSAND: Final = 1e4  # 万
MILLION: Final = 1e6
BILLION: Final = 1e9
TEN, THOUSAND = 10, 1000
MINUS: Final = "−"
ENGLISH_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CHINESE_QUARTERS: Final = "一二三四"
SIGNS: Final = ("%", "yuan", "×")
UNITS: Final = {
    "persons": message("persons"),
    "posts": message("posts"),
    "placements": message("placements"),
    "referrals": message("referrals"),
    "trainings": message("trainings"),
    "fairs": message("fairs"),
    "entities": message("entities"),
    "households": message("households"),
    "loans": message("loans"),
    "rows": message("rows"),
    "count": message("count"),
    "reports": message("reports"),
    "days": message("days"),
    "months": message("months"),
    "offices": message("offices"),
    "visits": message("visits"),
    "complaints": message("complaints"),
    "m²": message("m²"),
    "points": message("percentage points"),
}

# The units whose word for one is not their word for many without its last letter, or has no such letter.
ONES: Final = {"entities": "entity", "count": "count", "m²": "m²", "points": "percentage point"}


class Bilingual(Protocol):
    """Anything declared once in both languages: a metric's label, a choice of the contract."""

    @property
    def zh(self) -> str: ...  # noqa: D102 - a protocol's field
    @property
    def en(self) -> str: ...  # noqa: D102 - a protocol's field


@dataclass(frozen=True)
class Axis:
    """How values are drawn: divided by `divisor`, with `title` saying of what, `digits` after the point in hover."""

    divisor: float
    title: str
    digits: int
    percent: bool = False


@dataclass(frozen=True)
class Words:
    """Everything that is said to a reader of `language`."""

    language: Language

    @property
    def chinese(self) -> bool:
        """Whether the reader reads Chinese."""
        return self.language == "zh"

    @property
    def tag(self) -> str:
        """The BCP 47 tag of the page: `zh-CN` or `en`."""
        return "zh-CN" if self.chinese else "en"

    def say(self, text: str, **values: str) -> str:
        """The message in the reader's language with `{names}` filled in."""
        return translations(self.language).gettext(text).format(**values)

    def of(self, text: Bilingual) -> str:
        """What is declared in both languages, in the reader's."""
        return text.zh if self.chinese else text.en

    def listed(self, items: list[str]) -> str:
        """`甲、乙和丙` or `a, b and c`."""
        comma, last = ("、", "和") if self.chinese else (", ", " and ")
        return comma.join(items[:-1]) + last + items[-1] if len(items) > 1 else "".join(items)

    # ---- numbers ------------------------------------------------------------------------------------------------

    def number(self, value: float | None, digits: int = 0) -> str:
        """Thousands separated, a true minus; in words where there is none."""
        return self.say("no data") if value is None else _separated(value, digits)

    def value(self, value: Any, unit: str) -> str:
        """A figure as short as it may be said: 万 and 亿 in Chinese, million in English, the unit's sign with it."""
        if value is None:
            return self.say("no data")
        if unit in SIGNS:
            return self._sign(float(value), unit)
        scaled, suffix = self._scaled(float(value))
        whole = suffix or float(value).is_integer()
        return _separated(scaled, _digits(scaled) if suffix or not whole else 0) + suffix

    def with_unit(self, value: Any, unit: str) -> str:
        """`value` and its counting word: `1,234 人`, `1,234 persons`."""
        said = self.value(value, unit)
        return f"{said} {self.counted(said, unit)}" if value is not None and unit in UNITS else said

    def counted(self, said: str, unit: str) -> str:
        """The counting word after a figure as it is said: in English one of a thing is not many."""
        return self.unit(unit) if self.chinese or said != "1" else ONES.get(unit, unit.removesuffix("s"))

    def exact(self, value: Any, unit: str) -> str:
        """A figure for a table: not shortened, the decimals that its unit has."""
        if value is None:
            return self.say("no data")
        return _separated(float(value), decimals(unit))

    def headed(self, label: str, unit: str) -> str:
        """A column's heading: its label, and the unit that its figures are counted by, if any."""
        return f"{label} ({self.unit(unit)})" if unit in UNITS or unit in SIGNS else label

    def unit(self, unit: str) -> str:
        """The unit as a heading says it."""
        if unit in UNITS:
            return self.say(UNITS[unit])
        return self.say("yuan") if unit == "yuan" else unit

    def _sign(self, value: float, unit: str) -> str:
        if unit == "%":
            return f"{_separated(value, 2 if abs(value) < TEN else 1)}%"
        if unit == "×":
            return f"{_separated(value, 2)}×"
        scaled, suffix = self._scaled(value)
        text = _separated(scaled, _digits(scaled) if suffix else 0)
        sign = "￥" if self.chinese else "¥"
        return f"{MINUS}{sign}{text[1:]}{suffix}" if text.startswith(MINUS) else f"{sign}{text}{suffix}"

    def _scaled(self, value: float) -> tuple[float, str]:
        size = abs(value)
        if self.chinese:
            return (
                (value / HUNDRED_MILLION, "亿")
                if size >= HUNDRED_MILLION
                else (value / TEN_THOUSAND, "万")
                if size >= TEN * TEN_THOUSAND
                else (value, "")
            )
        return (
            (value / BILLION, "bn") if size >= BILLION else (value / MILLION, "m") if size >= MILLION else (value, "")
        )

    def axis(self, values: list[float | None], unit: str) -> Axis:
        """The scale on which `values` read well: yuan as 万元 or 亿元, million in English."""
        top = max((abs(value) for value in values if value is not None), default=0.0)
        if unit == "%":
            return Axis(1, "%", 1 if top >= TEN else 2, percent=True)
        divisor, prefix = self._scaled_axis(top, unit)
        name = self.unit(unit)
        title = prefix + name if self.chinese else f"{prefix} {name}".strip()
        return Axis(divisor, title, 0 if divisor == 1 else 1)

    def _scaled_axis(self, top: float, unit: str) -> tuple[float, str]:
        if self.chinese:
            least = TEN_THOUSAND if unit == "yuan" else MILLION
            return (HUNDRED_MILLION, "亿") if top >= BILLION else (TEN_THOUSAND, "万") if top >= least else (1, "")
        if top >= MILLION:
            return MILLION, "million"
        return (THOUSAND, "thousand") if unit == "yuan" and top >= TEN_THOUSAND else (1, "")

    # ---- changes ------------------------------------------------------------------------------------------------

    def points(self, value: float | None) -> str:
        """A difference of percentages: `+3.2 个百分点`, `+3.2 pts`."""
        if value is None:
            return self.say("no data")
        return self.say("{number} pts", number=_signed(value, 1))

    def signed(self, value: Any, digits: int) -> str:
        """A difference with its sign: `+1.25`, `−0.50`, `0.00`."""
        return _signed(float(value), digits)

    def change(self, now: Any, before: Any, unit: str) -> str | None:
        """By how much `now` differs from `before`: percent, or points for percentages; None where it cannot be said."""
        if now is None or before is None or (unit != "%" and float(before) <= 0):
            return None
        now, before = float(now), float(before)
        difference = now - before if unit == "%" else (now - before) / before * 100
        if not _separated(difference, 1).strip("0."):
            return self.say("unchanged")
        return self.points(difference) if unit == "%" else f"{_signed(difference, 1)}%"

    # ---- days ---------------------------------------------------------------------------------------------------

    def day(self, day: date | None) -> str:
        """`2026年9月30日` or `30 Sep 2026`."""
        if day is None:
            return self.say("no date")
        if self.chinese:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"

    def moment(self, moment: datetime) -> str:
        """A moment as the clock on the wall shows it: `2026年9月30日 14:05`."""
        local = moment.astimezone()
        return f"{self.day(local.date())} {local:%H:%M}"

    def month_tick(self, month: str) -> str:
        """A month under an axis: January in two lines, with its year."""
        year, number = month.split("-")
        name = f"{int(number)}月" if self.chinese else ENGLISH_MONTHS[int(number) - 1]
        return f"{name}<br>{year}" if number == "01" else name

    def month_of_year(self, month: str) -> str:
        """A month with its year: `2025年10月`, `Oct 2025`."""
        year, number = month.split("-")
        return f"{year}年{int(number)}月" if self.chinese else f"{ENGLISH_MONTHS[int(number) - 1]} {year}"

    def period(self, period: Period) -> str:
        """A stretch of days as people name it: a year, a quarter, months, or day to day."""
        start, end = period.start, period.end
        if period == year_period(start.year):
            return f"{start.year}年" if self.chinese else str(start.year)
        if start.year == end.year and period == months_period(start.year, start.month, end.month):
            return self._months(period)
        return f"{self.day(start)}至{self.day(end)}" if self.chinese else f"{self.day(start)} to {self.day(end)}"

    def _months(self, period: Period) -> str:
        year, first, last = period.start.year, period.start.month, period.end.month
        if len(period.name) == len("2026Q3"):
            quarter = quarter_of(period.start)
            return f"{year}年第{CHINESE_QUARTERS[quarter - 1]}季度" if self.chinese else f"Q{quarter} {year}"
        if self.chinese:
            return f"{year}年{first}月" if first == last else f"{year}年{first}—{last}月"
        names = ENGLISH_MONTHS[first - 1] + ("" if first == last else f"–{ENGLISH_MONTHS[last - 1]}")
        return f"{names} {year}"


def decimals(unit: str) -> int:
    """Decimals of an exact figure in a table."""
    return {"%": 2, "yuan": 2, "×": 2, "days": 1, "score": 2, "points": 1}.get(unit, 0)


def decimals_of(value: float) -> int:
    """Decimals that a sum needs to be read in full: none for counts, two for amounts."""
    return 0 if float(value).is_integer() else 2


def file_stem(*parts: str) -> str:
    """A file's name in the reader's words, without what no file system takes."""
    return re.sub(r'[\\/:*?"<>|\s]+', " ", "-".join(filter(None, parts))).strip()


def decimals_held(value: Decimal) -> int:
    """The decimals that a published figure is written with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _separated(value: float, digits: int) -> str:
    text = f"{abs(value):,.{digits}f}"
    return MINUS + text if value < 0 and text.strip("0.,") else text


def _signed(value: float, digits: int) -> str:
    text = _separated(value, digits)
    return text if text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"


def _digits(scaled: float) -> int:
    return 2 if abs(scaled) < TEN else 1 if abs(scaled) < THOUSAND else 0
