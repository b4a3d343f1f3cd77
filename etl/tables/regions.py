"""The tree of regions: city, districts, streets, communities."""

from typing import Final

from etl.contract import Choice, Column, Kind, Needs, Ordered, Reference, Table

REGIONS: Final = Table(
    "regions", "行政区划", "Regions", "一行一个区划", "one row per region",
    columns=(
        Column("region_code", "区划代码", "region code", Kind.REGION, required=True, key=True),
        Column("region_name", "名称", "name", Kind.TEXT, required=True),
        Column("level", "级别", "level", Kind.CHOICE, required=True, choices=(
            Choice("city", "市", "city"), Choice("district", "区县", "district"),
            Choice("street", "街道", "street"), Choice("community", "社区", "community"),
        )),
        Column("parent_code", "上级代码", "parent's code", Kind.REGION),
        Column("households", "户数", "households", Kind.WHOLE, minimum=0, unit="households"),
        Column("residents", "常住人口", "residents", Kind.WHOLE, minimum=0, unit="persons"),
        Column("labour_force", "劳动力人数", "labour force", Kind.WHOLE, minimum=0, unit="persons"),
        Column("valid_from", "启用日期", "valid from", Kind.DATE),
        Column("valid_to", "撤销日期", "valid to", Kind.DATE),
        Column("successor_code", "并入代码", "merged into", Kind.REGION),
    ),
    references=(
        Reference("parent_code", "regions", "region_code", required=True),
        Reference("successor_code", "regions", "region_code", required=False),
    ),
    checks=(
        Needs("parent_code", when="level", values=("district", "street", "community")),
        Ordered("valid_from", "valid_to"),
    ),
)  # fmt: skip
