"""The same checks in pandas: `python by_pandas.py FILE PERSONS REGIONS FOLDER`; writes two Parquet files there."""

import sys
from pathlib import Path

import pandas as pd

CHANNELS = [
    "公益性岗位",
    "社区实体",
    "再就业基地",
    "市场招聘",
    "招聘会",
    "绿色通道",
    "自主创业",
    "灵活就业",
    "劳务输出",
]
MISSING = ["", "-", "—", "/", "无", "NULL", "N/A"]
REQUIRED = ["安置号", "登记号", "社区代码", "安置渠道", "安置日期"]
file, persons, regions, folder = map(Path, sys.argv[1:])


def texts(path: Path) -> pd.DataFrame:
    """Cells as text, trimmed and in Unicode's compatibility form; missing where they say so."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame = frame.apply(lambda column: column.str.normalize("NFKC").str.strip())
    return frame.mask(frame.isin(MISSING))


rows = texts(file)
placed, ended = (pd.to_datetime(rows[name], format="%Y-%m-%d", errors="coerce") for name in ("安置日期", "离岗日期"))
months, wage = (pd.to_numeric(rows[name], errors="coerce") for name in ("合同月数", "月工资"))
data_date = pd.Timestamp("2026-09-30")
faults = {
    "missing_required": rows[REQUIRED].isna().any(axis=1),
    "bad_date": placed.isna() | (ended.isna() & rows["离岗日期"].notna()),
    "bad_number": (months.isna() & rows["合同月数"].notna()) | (wage.isna() & rows["月工资"].notna()),
    "not_in_list": ~rows["安置渠道"].isin(CHANNELS),
    "out_of_range": (months < 0) | (wage < 0),
    "bad_region_code": ~rows["社区代码"].str.fullmatch("[0-9]{12}").fillna(False),
    "unknown_region": ~rows["社区代码"].isin(texts(regions)["区划代码"]),
    "unknown_reference": ~rows["登记号"].isin(texts(persons)["登记号"]),
    "date_order": placed > ended,
    "future_date": (placed > data_date) | (ended > data_date),
}
reason = pd.Series(index=rows.index, dtype=object)
for name, broken in reversed(faults.items()):
    reason = reason.mask(broken, name)
valid = reason.isna()
same_key = rows.duplicated("安置号", keep=False) & valid
exact = rows.duplicated(keep="first") & valid
conflicting = same_key & ~rows.duplicated(keep=False)
reason = reason.mask(conflicting, "conflicting_duplicate")
typed = rows.assign(安置日期=placed, 离岗日期=ended, 合同月数=months, 月工资=wage, load_from=1)
folder.mkdir(parents=True, exist_ok=True)
typed[reason.isna() & ~exact].to_parquet(folder / "placements.parquet")
rows.assign(reason=reason, line=rows.index + 2)[reason.notna()].to_parquet(folder / "quarantine.parquet")
print(int((reason.isna() & ~exact).sum()), int(exact.sum()), int(reason.notna().sum()))
