"""docs/bad-input.md: every reason code and every refusal, as a real run of the loader answers them.

`make docs` writes the page; a test loads everything again and compares, so that the page cannot drift.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.contract.bureau import COMMUNITY, REGIONS, STREET, Bureau, Row, csv_text, id_number, person, row

PAGE = Path(__file__).parents[2] / "docs" / "bad-input.md"

# One wrong row for each reason code, in the order in which the codes take precedence.
WRONG: list[tuple[str, list[Row]]] = [
    ("posts", [row("posts", post_no="G01", headcount="")]),
    ("zero_households", [row("zero_households", household_no="H02", identified_on="2026-02-30")]),
    ("placements", [row("placements", placement_no="A03", monthly_wage="约三千")]),
    ("trainings", [row("trainings", training_no="P04", passed="对")]),
    ("referrals", [row("referrals", referral_no="J05", outcome="录用")]),
    ("surveys", [row("surveys", respondents=20, satisfied=25)]),
    ("persons", [person("R07", id_number=id_number()[:-1] + ("1" if id_number()[-1] != "1" else "2"))]),
    ("entities", [row("entities", entity_no="S08", community_code=STREET)]),
    ("fairs", [row("fairs", fair_no="F09", community_code="998801001088")]),
    ("visits", [row("visits", visit_no="V10", registration_no="R99")]),
    ("loans", [row("loans", loan_no="L11", applied_on="2026-05-01", decided_on="2026-04-01", decision="同意")]),
    ("fund_entries", [row("fund_entries", entry_no="E12", entry_on="2026-12-01")]),
    (
        "retirees",
        [
            row("retirees", community_code=COMMUNITY, managed=310),
            row("retirees", community_code=COMMUNITY, managed=301),
        ],
    ),
]

PREFACE = """\
# What happens to bad input

Every row and every message below comes from a real run: `make docs` delivers these rows to the loader and writes down
what it answers; a test does the same and compares. `reemploy quarantine` lists held rows with these messages
(`--lang en` for English); the corrected row, delivered again, settles the entry. The page *Data quality* gives them as
files to correct and load again: [data-quality.md](data-quality.md).

## Rows that are held, one for each reason code

| reason | table · column · value | 中文 | English |
|---|---|---|---|
"""

REFUSALS = """
## Deliveries that are refused

Nothing of a refused delivery is loaded (with `--allow-partial`: everything but the refused tables), the data served
before stays, and `reemploy load` ends with status 1.

| reason | file | 中文 | English |
|---|---|---|---|
"""


def page() -> str:
    """The text of the page, from a bureau that lives as long as it is written."""
    with tempfile.TemporaryDirectory() as folder:
        bureau = Bureau(Path(folder))
        bureau.load(data_date="2026-06-30", regions=REGIONS, persons=[person("R1")])
        bureau.load(**dict(WRONG))
        held = "".join(_held(zh, en) for zh, en in _in_both(bureau, "quarantine", "--format", "json"))
        return PREFACE + held + REFUSALS + "".join(_refusals(bureau))


def _in_both(bureau: Bureau, *arguments: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    chinese, english = (bureau.listed(*arguments, "--lang", lang) for lang in ("zh", "en"))
    return list(zip(chinese, english, strict=True))


def _held(zh: dict[str, Any], en: dict[str, Any]) -> str:
    value = zh["values"].get(zh["column"], "")
    cell = f"`{zh['table']}` · `{zh['column']}` · {value or '(empty)'}"
    return f"| `{zh['reason']}` | {cell} | {zh['message']} | {en['message']} |\n"


def _refusals(bureau: Bureau) -> Iterator[str]:
    posts = [row("posts", post_no=f"G{number}", headcount="两个") for number in range(6)]
    lacking = [{name: cell for name, cell in row("posts").items() if name != "headcount"}]
    for files in (
        {"posts": b""},
        {"posts__xlsx": b"PK\x03\x04 cut off"},
        {"posts": csv_text(lacking)},
        {"posts": posts},
        {"posts": [row("posts")], "data_date": "2026-01-31"},
    ):
        delivery = bureau.delivery(**files)
        accounts = [bureau.account("load", str(delivery), "--json", "--lang", lang) for lang in ("zh", "en")]
        for zh, en in zip(accounts[0]["refused"], accounts[1]["refused"], strict=True):
            yield f"| `{zh['reason']}` | {zh['file'] or '—'} | {zh['message']} | {en['message']} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
