"""The log of loads, what is held and why, and what is known of whom: what trust in the data rests on."""

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Integer, String

from etl.marts.table import Optional, mart

# loaded_at is UTC.
load = mart(
    "load",
    "one row per load known to this build",
    load=Integer,
    data_date=Optional(Date),
    delivery=String,
    is_backfill=Boolean,
    is_partial=Boolean,
    loaded_at=DateTime,
)

# table_name and file are null where a load was made before accounts were kept by file.
load_file = mart(
    "load_file",
    "one row per file that was loaded, with its account; and per table and load what earlier loads held (file is null)",
    load=Integer,
    table_name=String,
    file=Optional(String),
    file_id=Optional(Integer),
    unknown_columns=Optional(String),
    read=BigInteger,
    new=BigInteger,
    changed=BigInteger,
    unchanged=BigInteger,
    duplicates=BigInteger,
    totals_rows=BigInteger,
    quarantined=BigInteger,
    released=BigInteger,
)

# reason: `unrecognised`, or why the file was refused.
left_out = mart(
    "left_out",
    "one row per file that a load left out",
    load=Integer,
    file=String,
    table_name=Optional(String),
    reason=String,
    message_zh=Optional(String),
    message_en=Optional(String),
)

unit_account = mart(
    "unit_account",
    "one row per load, source table and present region that its rows name",
    load=Integer,
    table_name=String,
    region_id=Integer,
    read=BigInteger,
    quarantined=BigInteger,
)

# region_id is missing where the row does not say, or not readably, where it belongs. An unknown community counts with
# its street, an unknown street with its district. `values` is JSON: the cells under the delivered headers.
held_row = mart(
    "held_row",
    "one row per row that quarantine holds",
    entry=BigInteger,
    load=Integer,
    region_id=Optional(Integer),
    table_name=String,
    file=String,
    line=BigInteger,
    reason=String,
    column_name=Optional(String),
    key=String,
    values=String,
    message_zh=String,
    message_en=String,
)

finding_message = mart(
    "finding_message",
    "one row per kind of finding: what it says",
    finding=String,
    message_zh=String,
    message_en=String,
)

coverage = mart(
    "coverage",
    "one row per source table and present region that its rows name (region_id is missing: they name none)",
    table_name=String,
    region_id=Optional(Integer),
    row_count=BigInteger,
    newest_event=Optional(Date),
    newest_load=Integer,
)
