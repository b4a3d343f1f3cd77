"""The declared mart tables: the only door of the dashboard to the warehouse.

A mart is declared here (SQLAlchemy Core), made by the model of the same name under `etl/models/mart`,
and checked by `etl.build` against this declaration: the same columns, types and no missing value
where none is allowed. Every fact carries `region_id`, the present region that is credited (`mart.region`).
"""

from sqlalchemy import Table

from etl.marts import (
    assessment,
    doubts,
    loans,
    months,
    origin,
    placement,
    platform,
    published,
    quality,
    region,
    registry,
    subsidies,
    worklist,
)
from etl.marts.table import METADATA

__all__ = [
    "DECLARED",
    "assessment",
    "doubts",
    "loans",
    "months",
    "origin",
    "placement",
    "platform",
    "published",
    "quality",
    "region",
    "registry",
    "subsidies",
    "worklist",
]

DECLARED: dict[str, Table] = {table.name: table for table in METADATA.tables.values()}
