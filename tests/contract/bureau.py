"""A bureau that delivers and loads through the command line, and the smallest acceptable row of every table."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from etl.cli import main

CITY, DISTRICT, STREET = "998800000000", "998801000000", "998801001000"
COMMUNITY, OTHER = "998801001001", "998801001002"
Row = Mapping[str, Any]
Rows = Sequence[Row] | str | bytes


def id_number(birth: str = "19650101", order: int = 1) -> str:
    """A valid 18-digit ID number; an odd `order` is a man's."""
    body = f"998801{birth}{order:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


REGIONS: list[Row] = [
    {"region_code": CITY, "region_name": "某市", "level": "city", "parent_code": ""},
    {"region_code": DISTRICT, "region_name": "某区", "level": "district", "parent_code": CITY},
    {"region_code": STREET, "region_name": "某街道", "level": "street", "parent_code": DISTRICT},
    {"region_code": COMMUNITY, "region_name": "一社区", "level": "community", "parent_code": STREET},
    {"region_code": OTHER, "region_name": "二社区", "level": "community", "parent_code": STREET},
]

SMALLEST: dict[str, Row] = {
    "regions": {"region_code": "998801001009", "region_name": "九社区", "level": "社区", "parent_code": STREET},
    "persons": {
        "registration_no": "R1",
        "id_number": id_number(),
        "community_code": COMMUNITY,
        "category": "下岗职工",
        "registered_on": "2026-01-05",
    },
    "zero_households": {"household_no": "H1", "identified_on": "2026-02-01", "community_code": COMMUNITY},
    "posts": {
        "post_no": "G1",
        "community_code": COMMUNITY,
        "kind": "公益性岗位",
        "headcount": 2,
        "developed_on": "2026-02-01",
    },
    "referrals": {"referral_no": "J1", "registration_no": "R1", "referred_on": "2026-02-02", "outcome": "成功"},
    "placements": {
        "placement_no": "A1",
        "registration_no": "R1",
        "community_code": COMMUNITY,
        "channel": "市场招聘",
        "placed_on": "2026-03-01",
    },
    "trainings": {
        "training_no": "P1",
        "registration_no": "R1",
        "community_code": COMMUNITY,
        "started_on": "2026-02-01",
    },
    "visits": {"visit_no": "V1", "registration_no": "R1", "visited_on": "2026-04-01"},
    "loans": {
        "loan_no": "L1",
        "registration_no": "R1",
        "community_code": COMMUNITY,
        "bank": "工商银行",
        "applied_on": "2026-02-01",
    },
    "instalments": {
        "loan_no": "L1",
        "instalment_no": 1,
        "due_on": "2026-05-01",
        "principal_due": "1000.00",
        "interest_due": "10.00",
    },
    "repayments": {
        "payment_no": "K1",
        "loan_no": "L1",
        "paid_on": "2026-05-01",
        "principal": "1000.00",
        "interest": "10.00",
        "kind": "还款",
    },
    "fund_entries": {"entry_no": "E1", "entry_on": "2026-01-01", "source": "市级", "kind": "拨入", "amount": "1000000"},
    "subsidies": {
        "payment_no": "Z1",
        "kind": "税费减免",
        "community_code": COMMUNITY,
        "paid_on": "2026-03-15",
        "amount": "500.00",
        "funding_source": "省级",
    },
    "budgets": {
        "budget_year": 2026,
        "district_code": DISTRICT,
        "kind": "岗位补贴",
        "funding_source": "省级",
        "amount": "100000",
    },
    "targets": {"target_year": 2026, "region_code": CITY, "indicator": "placed", "value": 100},
    "reports": {"community_code": COMMUNITY, "report": "月报", "period": "2026-03", "due_on": "2026-04-05"},
    "surveys": {"community_code": COMMUNITY, "quarter": "2026Q1", "respondents": 20, "satisfied": 18},
    "fairs": {"fair_no": "F1", "community_code": COMMUNITY, "kind": "招聘会", "held_on": "2026-03-08"},
    "entities": {"entity_no": "S1", "community_code": COMMUNITY, "kind": "就业实体", "founded_on": "2025-06-01"},
    "offices": {"region_code": COMMUNITY, "year": 2026},
    "retirees": {"community_code": COMMUNITY, "month": "2026-03"},
    "assessments": {"community_code": COMMUNITY, "period": "2026Q1", "item": "hall"},
}


def row(table: str, **cells: Any) -> Row:
    """The smallest acceptable row of `table`, with `cells` over it."""
    return {**SMALLEST[table], **cells}


def person(no: str = "R1", **cells: Any) -> Row:
    """A registration of a person of their own."""
    order = int("".join(filter(str.isdigit, no)) or 1) * 2 - 1
    return row("persons", **{"registration_no": no, "id_number": id_number(order=order % 1000), **cells})


def csv_text(rows: Sequence[Row]) -> str:
    """The rows as a CSV file whose columns are all that any row names."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


class Bureau:
    """One home folder and its deliveries, each a folder of files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.deliveries = 0

    def delivery(self, data_date: str | None = "2026-09-30", **files: Rows) -> Path:
        """A new delivery folder; a key is a table's name, or a file's name with `__` for its point."""
        self.deliveries += 1
        folder = self.folder / f"delivery {self.deliveries}"
        folder.mkdir()
        if data_date is not None:
            (folder / "delivery.toml").write_text(f"data_date = {data_date}\n", "utf-8")
        for name, rows in files.items():
            path = folder / (name.replace("__", ".") if "__" in name else f"{name}.csv")
            content = rows if isinstance(rows, str | bytes) else csv_text(rows)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    def load(self, *options: str, **files: Any) -> dict[str, Any]:
        """Load a new delivery that must be taken; its account."""
        status, account = self.try_load(self.delivery(**files), *options)
        assert status == 0, account
        return account

    def refused(self, *options: str, **files: Any) -> dict[str, Any]:
        """Load a new delivery that must not be taken; its account."""
        status, account = self.try_load(self.delivery(**files), *options)
        assert (status, account["load"]) == (1, None), account
        return account

    def try_load(self, delivery: Path, *options: str) -> tuple[int, dict[str, Any]]:
        """Exit status and account."""
        result = self.run("load", str(delivery), "--json", *options)
        return result.exit_code, json.loads(result.stdout)

    def quarantine(self) -> list[dict[str, Any]]:
        """The rows held at present."""
        return self.rows("quarantine")

    def held(self) -> list[tuple[str, str, str]]:
        """Table, column and reason of each row held at present."""
        return sorted((entry["table"], entry["column"], entry["reason"]) for entry in self.quarantine())

    def findings(self) -> list[dict[str, Any]]:
        """All findings."""
        return self.rows("findings")

    def found(self) -> list[tuple[str, str, str]]:
        """Finding, table and key of each."""
        return sorted((entry["finding"], entry["table"], entry["key"]) for entry in self.findings())

    def figure(self, metric: str, *options: str) -> Any:
        """One figure of the whole city."""
        [answer] = self.rows("query", metric, *options)
        return answer[metric]

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        """What a listing command prints as JSON."""
        return self.listed(*arguments, "--format", "json")

    def listed(self, *arguments: str) -> list[dict[str, Any]]:
        """The JSON array that a command prints."""
        result = self.run(*arguments)
        assert result.exit_code == 0, result.output
        found: list[dict[str, Any]] = json.loads(result.stdout)
        return found

    def account(self, *arguments: str) -> dict[str, Any]:
        """The JSON object that a command prints, whatever its status."""
        found: dict[str, Any] = json.loads(self.run(*arguments).stdout)
        return found

    def run(self, *arguments: str) -> Result:
        """Any command, in this process."""
        return CliRunner().invoke(main, [*arguments, "--home", str(self.home)], catch_exceptions=False)
