"""A delivery of every hundredth key, after the whole city: how long it takes beside loading the whole at once.

The rows are those of the delivered text files, as last delivered, with another value in one column.
"""

import csv
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from etl.read.files import find_files
from tests.bench.loading import Loaded, loaded, total
from tests.bench.machine import Took

EVERY: Final = 100
# What is changed in a row of each table: the column's names, and two values of which the row gets the other.
CHANGED: Final = {
    "persons": ("category", "人员类别", ("veteran", "rural")),
    "placements": ("sponsor", "推荐单位", ("工会", "妇联")),
    "visits": ("mode", "方式", ("door", "phone")),
    "trainings": ("course", "培训项目", ("电工", "焊工")),
    "referrals": ("outcome", "结果", ("pending", "failed")),
    "posts": ("kind", "岗位类别", ("entity", "enterprise")),
    "loans": ("counter_guarantee", "反担保方式", ("property", "deposit")),
    "repayments": ("interest", "利息", ("1.11", "2.22")),
    "subsidies": ("funding_source", "资金来源", ("province", "district")),
}


@dataclass(frozen=True)
class Delta:
    """The load of the changed rows, how many tables it kept up, and the whole at once.

    The whole: every stage but the models of all deliveries together, and the models of the last once.
    """

    load: Loaded
    kept: int
    rows: int
    whole: Took

    @property
    def share(self) -> float:
        """The delta's time as a share of the whole load's."""
        return self.load.whole.seconds / self.whole.seconds

    @property
    def cpu_share(self) -> float:
        """The same of the CPU."""
        return self.load.whole.cpu_seconds / self.whole.cpu_seconds


def after(loads: Sequence[Loaded], deliveries: Path, home: Path, folder: Path) -> Delta:
    """Write the delta of `deliveries` into `folder`, and load it into `home`, which holds them all."""
    write(deliveries, folder)
    load = loaded(folder, home)
    with duckdb.connect(str(home / "builds" / f"{load.load:06d}.duckdb"), read_only=True) as build:
        [(kept,)] = build.execute("SELECT count(*) FROM core.kept WHERE touched").fetchall()
    whole = total(each.before_models for each in loads) + loads[-1].stages["models"]
    return Delta(load, kept, sum(each.rows for each in loads), whole)


def write(deliveries: Path, folder: Path) -> None:
    """Write one file per delivered text file, of the rows whose key's number ends it all a hundredth of the time."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    newest: dict[tuple[str, str], tuple[str, list[str], list[str]]] = {}
    last = ""
    for delivery in sorted(path for path in deliveries.iterdir() if path.is_dir()):
        last = (delivery / "delivery.toml").read_text("utf-8") if (delivery / "delivery.toml").exists() else ""
        last = last or f"data_date = {delivery.name}\n"
        for source in find_files(delivery)[0]:
            if source.table in CHANGED and source.path is not None and source.path.suffix in (".csv", ".tsv"):
                for head, row in _rows(source.path):
                    newest[source.table, row[0]] = (source.file, head, row)
    (folder / "delivery.toml").write_text(last, encoding="utf-8")
    files: dict[str, tuple[str, list[str], list[list[str]]]] = {}
    for (table, _), (file, head, row) in newest.items():
        files.setdefault(f"{table}-{file.rpartition('.')[0]}.csv", (table, head, []))[2].append(row)
    for name, (table, head, rows) in files.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *(_changed(table, head, row) for row in rows)])


def _rows(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """The head of a delivered file with each of the rows that are taken."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    first = text.partition("\n")[0]
    lines = csv.reader(text.splitlines(), delimiter=max(",;\t", key=first.count))
    head = next(lines)
    for row in lines:
        digits = "".join(character for character in row[0] if character.isdigit()) if row else ""
        if len(row) == len(head) and digits and int(digits) % EVERY == 0:
            yield head, row


def _changed(table: str, head: list[str], row: list[str]) -> list[str]:
    english, chinese, (one, other) = CHANGED[table]
    place = next((number for number, name in enumerate(head) if name.strip() in (english, chinese)), None)
    if place is None:
        return row
    return [*row[:place], other if row[place] == one else one, *row[place + 1 :]]
