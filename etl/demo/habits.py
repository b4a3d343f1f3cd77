"""How each office writes its files: formats, encodings, headers, dates and units differ as they do in real life."""

from dataclasses import dataclass, replace
from typing import Final, Literal

Dates = Literal["iso", "slash", "dot", "compact", "chinese"]


@dataclass(frozen=True)
class Habit:
    """One way of writing a table. `chinese`: headers and labels; `unit`: of money, in the header.

    `titled`: two lines above the header; `totals`: the word in a last row; `quirks`: here and there full-width digits
    and ID numbers of the old cards.
    """

    form: Literal["csv", "tsv", "xlsx", "parquet"] = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    newline: str = "\n"
    dates: Dates = "iso"
    chinese: bool = True
    unit: str = ""
    thousands: bool = False
    totals: str = ""
    titled: bool = False
    quirks: bool = False
    unknown_column: str = ""


_GB: Final = Habit(encoding="gb18030", newline="\r\n", dates="slash")
_BOM: Final = Habit(encoding="utf-8-sig", newline="\r\n")
_ENGLISH: Final = Habit(chinese=False)
_TABS: Final = Habit(form="tsv", delimiter="\t", dates="chinese")
_SEMICOLON: Final = Habit(delimiter=";", dates="dot")
_SHEET: Final = Habit(form="xlsx", titled=True, totals="合计")
_PARQUET: Final = Habit(form="parquet", chinese=False)

# One habit for the whole city, or one for each of the four districts.
HABITS: Final[dict[str, tuple[Habit, ...]]] = {
    "regions": (replace(_SHEET, totals=""),),
    "persons": (replace(_GB, unknown_column="备注", quirks=True), _ENGLISH, _SHEET, _TABS),
    "zero_households": (replace(_GB, dates="compact"),),
    "posts": (replace(_SEMICOLON, quirks=True),),
    "referrals": (_BOM,),
    "fairs": (_SHEET,),
    "placements": (
        replace(_GB, thousands=True, quirks=True),
        _ENGLISH,
        replace(_BOM, dates="chinese", totals="合 计"),
        _SHEET,
    ),
    "trainings": (_TABS,),
    "visits": (replace(_BOM, dates="compact"),),
    "loans": (replace(_GB, unit="万元"),),
    "instalments": (_PARQUET,),
    "repayments": (replace(_SEMICOLON, chinese=False, dates="iso"),),
    "fund_entries": (replace(_SHEET, unit="万元"),),
    "subsidies": (replace(_GB, thousands=True, totals="合计"), _BOM, replace(_SEMICOLON, unit="千元"), _PARQUET),
    "budgets": (replace(_SHEET, unit="万元"),),
    "targets": (replace(_SHEET, totals=""),),
    "reports": (_GB,),
    "surveys": (_SHEET,),
    "entities": (replace(_BOM, dates="slash"),),
    "offices": (replace(_SHEET, unit="万元"),),
    "retirees": (_TABS,),
    "assessments": (replace(_BOM, delimiter=";"),),
}
# Beyond this size an office would no longer use a spreadsheet for its register.
_SHEET_SCALE: Final = 3


def habits_of(table: str, scale: float) -> tuple[Habit, ...]:
    """The habits in which `table` is written in a city of that size."""
    habits = HABITS[table]
    if scale > _SHEET_SCALE and len(habits) > 1:
        return tuple(_BOM if habit.form == "xlsx" else habit for habit in habits)
    return habits
