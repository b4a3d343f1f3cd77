"""A bureau that sends deliveries in the tests: files in a folder through the real loader, and what came of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from etl.account import Account
from etl.home import Copying, Home
from etl.load import load
from etl.messages import row_message
from etl.tables import BY_NAME

INDICATORS = {"placed": "placed", "再就业人数": "placed", "风险贷款率（30天）": "par_30"}

REGIONS = """region_code,region_name,level,parent_code,labour_force
990100,磁湖市,city,,
990101,磁南区,district,990100,
990101001,桂花街道,street,990101,
990101001001,桂花社区,community,990101001,1000
990101001002,丹桂社区,community,990101001,800
"""
PINE, WILLOW = "990101001001", "990101001002"

# Valid in form, assigned to nobody: the area code begins with 99.
ANNA, BORIS, CLARA = "990101198001010012", "99010119750305002X", "990101199912310036"


def person(number: str, *, id_number: str | None = None, community: str = PINE, on: str = "2026-01-05") -> str:
    """A line of persons.csv under `PERSONS`."""
    return f"{number},{id_number or valid_id(number)},{community},unemployed,{on}\n"


PERSONS = "registration_no,id_number,community_code,category,registered_on\n"
PLACEMENTS = "placement_no,registration_no,community_code,channel,placed_on\n"


def valid_id(seed: str) -> str:
    """An ID number of nobody, different for different seeds of digits."""
    sequence = int("".join(filter(str.isdigit, seed)) or 0) % 1000
    first = f"99010119800101{sequence:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11]


def load_into(home: Home, delivery: Path, **options: Any) -> Account:
    """Load a delivery into a home, as the command does."""
    with Copying(home) as copying:
        return load(delivery, copying, **options)


@dataclass
class Bureau:
    """Deliveries are written under `folder`, the warehouse under `folder/home`."""

    folder: Path
    sent: int = 0

    @property
    def home(self) -> Home:
        """The home that is loaded into."""
        return Home(self.folder / "home")

    def write(self, files: Mapping[str, str | bytes], *, data_date: str | None = "2026-09-30") -> Path:
        """A delivery folder with these files."""
        self.sent += 1
        delivery = self.folder / f"delivery-{self.sent}"
        delivery.mkdir()
        for name, content in files.items():
            (delivery / name).write_bytes(content.encode() if isinstance(content, str) else content)
        if data_date is not None:
            (delivery / "delivery.toml").write_text(f"data_date = {data_date}\n")
        return delivery

    def send(
        self,
        files: Mapping[str, str | bytes],
        *,
        data_date: str | None = "2026-09-30",
        allow_partial: bool = False,
        backfill: bool = False,
    ) -> Account:
        """Load a delivery of these files."""
        delivery = self.write(files, data_date=data_date)
        return load_into(
            self.home, delivery, indicators=lambda: INDICATORS, allow_partial=allow_partial, backfill=backfill
        )

    def ask(self, select: str) -> list[tuple[Any, ...]]:
        """Rows of the build that is served."""
        build = self.home.current()
        assert build is not None
        with duckdb.connect(str(build), read_only=True) as connection:
            return connection.execute(select).fetchall()

    def now(self, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
        """The current versions of a table's rows, sorted."""
        return self.ask(f"SELECT {columns} FROM history.{table} WHERE load_until IS NULL ORDER BY ALL")

    def held(self, columns: str = '"table", "key", reason, "column"') -> list[tuple[Any, ...]]:
        """What quarantine holds at present, in order."""
        return self.ask(f"SELECT {columns} FROM log.quarantine WHERE until_load IS NULL ORDER BY entry")

    def ended(self) -> list[tuple[Any, ...]]:
        """Key, outcome and load of what quarantine no longer holds."""
        return self.ask(
            'SELECT "key", outcome, until_load FROM log.quarantine WHERE until_load IS NOT NULL ORDER BY entry'
        )

    def message(self, lang: str = "zh") -> str:
        """What the clerk is told of the only row held."""
        [(table, reason, column, key, values)] = self.held('"table", reason, "column", "key", "values"')
        return row_message(BY_NAME[table], reason, column, key=key, values=json.loads(values), lang=lang)


def counts(account: Account, table: str) -> dict[str, int]:
    """The counts of one table that are not 0."""
    return {name: number for name, number in account.tables[table].as_dict().items() if number}
