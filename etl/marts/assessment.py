"""Points and vetoes that people give communities."""

from sqlalchemy import Date, Double, Integer, String

from etl.marts.table import Optional, mart

# points: the city's, else the district's, else the community's own; giver says which (`city`, `district`, `own`).
assessment = mart(
    "assessment",
    "one row per assessment: community as delivered, period and item",
    region_id=Integer,
    delivered_id=Integer,
    period_start=Date,
    period_end=Date,
    item=String,
    points=Optional(Double),
    giver=Optional(String),
    remark=Optional(String),
)
