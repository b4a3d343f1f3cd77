"""A small edition: three communities ranked, one left out, one count hidden."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from dashboard.publish.bulletin import bulletin
from dashboard.publish.canonical import canonical
from dashboard.publish.freeze import HIDDEN
from dashboard.publish.recipe import Recipe
from dashboard.publish.render_csv import render_csv
from dashboard.publish.shelf import CONTENT, MANIFEST, manifest
from dashboard.semantics.words import Text
from dashboard.text import Words

STANDARD: Final = (Path(__file__).parents[3] / "data" / "standards" / "default.toml").read_text(encoding="utf-8")
CRITERIA: Final = ("posts", "network", "service", "unemployment")
HILL, LAKE, PINE, REED = "990102001001", "990102001002", "990102002001", "990102002002"


def recipe(number: int = 1, period: str = "2026Q3", **changes: Any) -> Recipe:
    given = {
        "edition": f"{period}-community-{number}",
        "period": period,
        "level": "community",
        "load": 12,
        "issued_on": date(2026, 10, 15),
        "issuer": Text("磁湖市劳动保障局", "Cihu Labour Bureau"),
        "address": "https://jiuye.example",
        "standard": STANDARD,
        "policy": "",
        "hide_counts_below": 5,
        "best": 10,
        "objections_until": date(2026, 10, 22),
        "missing_reports_max": "5",
        "held_rows_max": "0.5",
        "code": {"release": "0.1.0", "source_sha256": "0" * 64},
    }
    return Recipe(**given | changes)


def unit(code: str, name: str, score: str, rank: int) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "above": ["磁山区", "磁山街道"],
        "score": score,
        "rank": rank,
        "low": rank,
        "high": rank + 1,
        "p_best": "1.000",
        "unclear": False,
        "criteria": {name: {"score": score, "points": "20.00"} for name in CRITERIA},
        "course": [],
    }


def content(of: Recipe, **changes: Any) -> dict[str, Any]:
    """The frozen content of the edition of a recipe."""
    given: dict[str, Any] = {
        "recipe": of.frozen(),
        "city": "磁湖市",
        "data_date": "2026-09-30",
        "standard": {
            "name": {"zh": "评估标准", "en": "Standard"},
            "criteria": [
                {"name": name, "label": {"zh": f"标准{name}", "en": name}, "weight": "25.00"} for name in CRITERIA
            ],
        },
        "units": [unit(HILL, "山社区", "90.00", 1), unit(LAKE, "湖社区", "80.50", 2), unit(PINE, "松社区", "80.50", 2)],
        "left_out": [
            {
                "code": REED,
                "name": "苇社区",
                "above": ["磁山区", "磁山街道"],
                "reasons": [{"code": "labour_force", "found": "264.000", "limit": "300.000", "remark": ""}],
                "explained": None,
            }
        ],
        "areas": [
            {
                "code": HILL,
                "name": "山社区",
                "level": "community",
                "counts": {"registrations": 12, "placed": HIDDEN},
                "rates": {},
            }
        ],
        "series": [],
        "changes": [],
    }
    return given | changes


def files(of: Recipe, **changes: Any) -> dict[str, bytes]:
    """Its content and tables, without the paged files, which take a second."""
    said = content(of, **changes)
    made = {CONTENT: canonical(said)}
    made |= {f"{table.name}.csv": render_csv(table, Words("zh")) for table in bulletin(said).tables}
    return made | {MANIFEST: manifest(said, made)}
