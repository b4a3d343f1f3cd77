"""A city's published figures: which days they speak of, which of them the product computes too, whose pack holds."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from etl.policy import SHIPPED, PolicyError
from etl.published import stretch, write_published

HEADER = "figure,period,label_zh,label_en,value,unit,of,qualifier,kind,report,metric"


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2005", date(2005, 1, 1), date(2005, 12, 31)),
        ("2003-08", date(2003, 1, 1), date(2003, 8, 31)),
        ("2004-02-29", date(2004, 1, 1), date(2004, 2, 29)),
        ("2003/2004", date(2003, 1, 1), date(2004, 12, 31)),
        ("2003-05/2004-05", date(2003, 5, 1), date(2004, 5, 31)),
        ("2003-01-01/2003-06-30", date(2003, 1, 1), date(2003, 6, 30)),
        ("2003/P1Y", date(2003, 1, 1), date(2003, 12, 31)),
    ],
)
def test_a_period_is_a_stretch_of_days(period: str, start: date, end: date) -> None:
    assert stretch(period) == (start, end)


@pytest.mark.parametrize("period", ["", "early 2003", "2003-13", "03/04"])
def test_what_is_no_period_is_an_error(period: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        stretch(period)


def pack(folder: Path, *lines: str, code: str = "990100000000") -> Path:
    city = folder / "镜湖"
    city.mkdir(parents=True)
    (city / "policy.toml").write_text(f'city_code = "{code}"\nname = {{ zh = "镜湖市", en = "Jinghu" }}\n', "utf-8")
    (city / "published.csv").write_text("\n".join([HEADER, *lines, ""]), "utf-8-sig")
    return folder


def written(*packs: Path) -> list[tuple[object, ...]]:
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA policy")
    write_published(connection, packs)
    return connection.execute(
        "SELECT city_zh, figure, metric, value, qualifier FROM policy.published_figure ORDER BY ALL"
    ).fetchall()


def test_lines_that_name_a_metric_come_into_the_build_and_what_is_not_given_stays_missing(tmp_path: Path) -> None:
    found = written(
        pack(
            tmp_path,
            "Q001,2025,再就业人数,re-employed,12000,persons,,over,actual,1,placed",
            "Q002,2025,公益性岗位,posts,,posts,,redacted,actual,1,public_welfare_posts",
            "Q003,2025,服务场所面积,premises,80,m2,,min,rule,1,",
        )
    )
    assert found == [
        ("镜湖市", "Q001", "placed", 12000.0, "over"),
        ("镜湖市", "Q002", "public_welfare_posts", None, "redacted"),
    ]


def test_the_bureaus_own_pack_holds_over_the_shipped_one(tmp_path: Path) -> None:
    own = pack(tmp_path, "L900,2003,放贷金额,lent,1,yuan,,exact,actual,1,loan_amount_disbursed", code="220400000000")
    liaoyuan = [row for row in written(SHIPPED, own) if str(row[1]).startswith("L")]
    assert liaoyuan == [("镜湖市", "L900", "loan_amount_disbursed", 1.0, "exact")]


def test_a_wrong_line_is_named_with_what_is_expected(tmp_path: Path) -> None:
    packs = pack(tmp_path, "Q001,2025,再就业人数,re-employed,许多,persons,,over,actual,1,placed")
    with pytest.raises(PolicyError, match=r"published\.csv: line 2: must have a number"):
        written(packs)
