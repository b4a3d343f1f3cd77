"""The offices of streets and communities: what is in place, who works there, with what room and money."""

from typing import Final

from sqlalchemy import ColumnElement, and_, extract

from dashboard.semantics.dimension import Amount, Fact, Keyed, Moment, columns
from dashboard.semantics.measure import Stock
from dashboard.semantics.metric import PERCENT, Metric
from dashboard.semantics.words import Text
from etl.marts.platform import office, office_item

_o, _i = office.c, office_item.c
OFFICE: Final = Fact(office, columns(office, "office_level"), Keyed(("offices",), (_o.region_code, _o.year)))
OFFICE_ITEM: Final = Fact(
    office_item, columns(office_item, "office_level", "office_item"), Keyed(("offices",), (_i.region_code, _i.year))
)


def _of_year(moment: Moment) -> ColumnElement[bool]:
    return _o.year == extract("year", moment.on)


def _item_of_year(moment: Moment) -> ColumnElement[bool]:
    return _i.year == extract("year", moment.on)


def _sum(name: str, label: Text, definition: Text, *, unit: str, value: Amount) -> Metric:
    """What the offices of the day's year have together."""
    return Metric(
        name, label, definition, unit=unit, kind="stock", direction="", sources=("offices",),
        of=(Stock(OFFICE, _of_year, value),),
    )  # fmt: skip


METRICS: Final = (
    Metric(
        "offices_complete", Text("六到位率", "Offices with all six in place"),
        Text("当年的平台机构：机构、人员、经费、场地、制度、工作六项全部到位的 ÷ 全部",
             "Offices of the day's year: those with all six in place ÷ all"),
        unit="%", kind="ratio", direction="+", sources=("offices",),
        of=(Stock(OFFICE, lambda moment: and_(_of_year(moment), _o.is_complete)),),
        per=(Stock(OFFICE, _of_year),), scale=PERCENT,
    ),
    Metric(
        "staff_certified", Text("持证上岗率", "Staff certified"),
        Text("当年的平台机构：持证人数 ÷ 在岗人数", "Offices of the day's year: certified staff ÷ staff"),
        unit="%", kind="ratio", direction="+", sources=("offices",),
        of=(Stock(OFFICE, _of_year, lambda _: _o.certified_staff),), per=(Stock(OFFICE, _of_year, lambda _: _o.staff),),
        scale=PERCENT,
    ),
    Metric(
        "offices_in_place", Text("单项到位率", "Share of the six in place"),
        Text("当年的平台机构：六项中已到位的项数 ÷ 全部项数；按“六到位”分项即各项的到位率",
             "Offices of the day's year: items of the six in place ÷ all; by item, the share of offices that have it"),
        unit="%", kind="ratio", direction="+", sources=("offices",),
        of=(Stock(OFFICE_ITEM, lambda moment: and_(_item_of_year(moment), _i.is_in_place)),),
        per=(Stock(OFFICE_ITEM, _item_of_year),), scale=PERCENT,
    ),
    Metric(
        "offices", Text("平台机构数", "Offices"),
        Text("当年有记录的街道、社区平台机构", "Offices of streets and communities in the day's year"),
        unit="offices", kind="stock", direction="+", sources=("offices",),
        of=(Stock(OFFICE, _of_year),),
    ),
    _sum("office_staff", Text("平台在岗人数", "Office staff"),
         Text("当年平台机构的在岗人数之和", "Staff of the offices of the day's year"),
         unit="persons", value=lambda _: _o.staff),
    _sum("office_staff_quota", Text("平台编制数", "Office staff quota"),
         Text("当年平台机构的编制数之和", "Staff quota of the offices of the day's year"),
         unit="persons", value=lambda _: _o.staff_quota),
    _sum("office_funds_budget", Text("平台经费预算", "Office funds budgeted"),
         Text("当年平台机构的经费预算之和", "Funds budgeted for the offices of the day's year"),
         unit="yuan", value=lambda _: _o.funds_budget),
    _sum("office_funds_spent", Text("平台经费支出", "Office funds spent"),
         Text("当年平台机构的经费支出之和", "Funds spent by the offices of the day's year"),
         unit="yuan", value=lambda _: _o.funds_spent),
    Metric(
        "office_floor_area", Text("平均场地面积", "Average floor area"),
        Text("当年填报了面积的平台机构：场地面积之和 ÷ 机构数",
             "Offices of the day's year whose floor area is known: its sum ÷ their number"),
        unit="m²", kind="ratio", direction="+", sources=("offices",),
        of=(Stock(OFFICE, _of_year, lambda _: _o.floor_area),),
        per=(Stock(OFFICE, lambda moment: and_(_of_year(moment), _o.floor_area.is_not(None))),),
    ),
    Metric(
        "offices_licensed", Text("持职介许可机构", "Offices licensed"),
        Text("当年有职业介绍许可的平台机构", "Offices of the day's year that are licensed for intermediation"),
        unit="offices", kind="stock", direction="+", sources=("offices",),
        of=(Stock(OFFICE, lambda moment: and_(_of_year(moment), _o.is_licensed)),),
    ),
    Metric(
        "offices_connected", Text("已联网机构", "Offices connected"),
        Text("当年的平台机构中当日已联网的", "Offices of the day's year that are connected by the day"),
        unit="offices", kind="stock", direction="+", sources=("offices",),
        of=(Stock(OFFICE, lambda moment: and_(_of_year(moment), _o.connected_on <= moment.on)),),
    ),
)  # fmt: skip
