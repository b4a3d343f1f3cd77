"""What cities have published of themselves."""

from sqlalchemy import Date, Double, String

from etl.marts.table import Optional, mart

# value is missing where the report does not give it: cut out (redacted) or unreadable (damaged).
published_figure = mart(
    "published_figure",
    "one row per figure that a city has published and that the product computes too",
    city_code=String,
    city_zh=String,
    city_en=String,
    figure=String,
    metric=String,
    start_on=Date,
    end_on=Date,
    label_zh=String,
    label_en=String,
    value=Optional(Double),
    qualifier=String,
    kind=String,
)
