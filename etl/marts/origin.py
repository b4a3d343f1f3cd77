"""Where each delivered row came from."""

from sqlalchemy import BigInteger, Boolean, Integer, String

from etl.marts.table import Optional, view

# A view over history: lineage costs neither room nor time until somebody asks.
row_origin = view(
    "row_origin",
    "one row per delivered row as it holds now (withdrawn ones too): its table and key, and the load, file and line"
    " that brought it",
    table_name=String,
    key=String,
    load=Integer,
    file_id=Optional(Integer),
    line=Optional(BigInteger),
    is_withdrawn=Boolean,
)
