"""The cities' dated policy settings: read from their packs, checked, and written into the build as `policy.*`.

A pack is a folder with `policy.toml` (metrics.md, Policy settings); the one whose `city_code` is a city's
in `live.regions` holds, key by key over the defaults. Later folders win over earlier ones. What stands above several
cities (`ALL_CITIES`) has settings as a city has.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import duckdb
from duckdb import DuckDBPyConnection

from etl.marts.region import ALL_CITIES

SHIPPED: Final = Path(__file__).parent.parent / "data" / "cities"
SEXES: Final = ("male", "female")
FOREVER: Final = date(9999, 12, 31)
MONTHS: Final = 12
ROUNDING: Final = 1e-9  # what doubles may be off

DEFAULTS: Final = """
[ages]
group_4050 = { male = 50, female = 40 }
working_age_end = [ { valid_from = 1978-06-02, male = 60, female = 55 } ]
[zero_households]
days = 20
[loans]
products = [
  { valid_from = 2002-12-24, product = "personal", cap = 20_000, term_months = 24, interest_subsidy_share = 1.0 },
  { valid_from = 2008-01-01, product = "personal", cap = 50_000, term_months = 24, interest_subsidy_share = 1.0 },
  { valid_from = 2023-01-01, product = "personal", cap = 300_000, term_months = 36, interest_subsidy_share = 0.5 },
  { valid_from = 2023-01-01, product = "partnership", cap = 900_000, term_months = 36, interest_subsidy_share = 0.5 },
  { valid_from = 2023-01-01, product = "small_firm", cap = 4_000_000, term_months = 24, interest_subsidy_share = 0.5 },
]
fund_multiple = [ { valid_from = 2002-12-24, value = 5.0 } ]
[subsidies]
max_months = { post = 36, insurance = 36 }
[targets]
watch_points = 5.0
pace = {}
[publication]
hide_counts_below = 5
best = 10
missing_reports_max = 5.0
held_rows_max = 0.5
objection_days = 7
issuer = { zh = "就业主管部门", en = "Labour bureau" }
"""


def packs_of(home: Path) -> tuple[Path, ...]:
    """The folders of packs that hold in a home: the shipped ones, and over them the bureau's own under `cities`."""
    return (SHIPPED, home / "cities")


class PolicyError(ValueError):
    """A pack is wrong: which file, which setting, what came and what is expected."""

    def __init__(self, path: Path | None, setting: str, message: str) -> None:
        super().__init__(f"{path or 'the default settings'}: {setting}: {message}")
        self.path = path
        self.setting = setting


def policy_of(city_code: str | None, packs: Sequence[Path] = (SHIPPED,)) -> dict[str, Any]:
    """The settings of the city, section by section; the defaults where no pack has its code. PolicyError."""
    settings: dict[str, Any] = tomllib.loads(DEFAULTS)
    chosen = pack_of(city_code, packs)
    own = _read(chosen) if chosen else {}
    for section, values in settings.items():
        given = own.get(section, {})
        if not isinstance(given, dict):
            raise PolicyError(chosen, section, "must be a table ([section])")
        unknown = sorted(set(given) - set(values) - {"source", "note"})
        if unknown:
            raise PolicyError(chosen, f"{section}.{unknown[0]}", f"is no setting; {section} has {', '.join(values)}")
        settings[section] = values | {name: value for name, value in given.items() if name in values}
    _check(settings, chosen)
    return settings


def pack_of(city_code: str | None, packs: Sequence[Path] = (SHIPPED,)) -> Path | None:
    """The policy file that holds for the city; None where no pack has its code. PolicyError."""
    named = [path for path in _files(packs) if city_code is not None and _read(path).get("city_code") == city_code]
    return named[-1] if named else None


def write_policy(connection: DuckDBPyConnection, packs: Sequence[Path] = (SHIPPED,)) -> None:
    """Create the schema `policy` in an open build, from the packs of its cities in `live.regions`."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS policy")
    _write(connection, "policy", _of_cities(cities_of(connection), packs))


def is_policy(connection: DuckDBPyConnection, packs: Sequence[Path]) -> bool:
    """Whether the `policy.*` of an open build say what these packs say of its cities."""
    tables = _of_cities(cities_of(connection), packs)
    with duckdb.connect() as scratch:
        _write(scratch, "main", tables)
        for name in tables:
            said = scratch.execute(f"FROM main.{name}").fetchall()
            held = connection.execute(f"FROM policy.{name}").fetchall()
            if sorted(map(str, said)) != sorted(map(str, held)):
                return False
    return True


def cities_of(connection: DuckDBPyConnection) -> list[str]:
    """The codes that have settings in an open build: its city; of several each, after all together; of none, those."""
    found = connection.execute(
        "SELECT region_code FROM live.regions WHERE level = 'city' ORDER BY region_code"
    ).fetchall()
    cities = [str(code) for (code,) in found]
    return cities if len(cities) == 1 else [ALL_CITIES, *cities]


def _write(connection: DuckDBPyConnection, schema: str, tables: Mapping[str, tuple[str, list[list[Any]]]]) -> None:
    for name, (columns, rows) in tables.items():
        connection.execute(f"CREATE OR REPLACE TABLE {schema}.{name} ({columns})")
        if rows:
            marks = ", ".join("?" for _ in rows[0])
            connection.executemany(f"INSERT INTO {schema}.{name} VALUES ({marks})", rows)


def _of_cities(cities: Iterable[str], packs: Sequence[Path]) -> dict[str, tuple[str, list[list[Any]]]]:
    """The tables of all these cities, each row after its city's code."""
    made: dict[str, tuple[str, list[list[Any]]]] = {}
    for city in cities:
        for name, (columns, rows) in _tables(policy_of(city, packs)).items():
            held = made.setdefault(name, (f"city_code VARCHAR, {columns}", []))
            held[1].extend([city, *row] for row in rows)
    return made


def _files(packs: Sequence[Path]) -> Iterable[Path]:
    for folder in packs:
        yield from sorted(folder.glob("*/policy.toml"))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(path, "the file", f"is not TOML: {error}") from error


def _tables(settings: Mapping[str, Any]) -> dict[str, tuple[str, list[list[Any]]]]:
    """Column definitions and rows of each table; valid_to is the day from which the next entry holds."""
    ages = settings["ages"]
    products = settings["loans"]["products"]
    periods = {name: _dated([row for row in products if row["product"] == name]) for name in _named(products)}
    working = [[start, end, sex, row[sex]] for start, end, row in _dated(ages["working_age_end"]) for sex in SEXES]
    shares = settings["targets"]["pace"]
    dated = "valid_from DATE, valid_to DATE"
    return {
        "age_4050": ("sex VARCHAR, years INTEGER", [[sex, ages["group_4050"][sex]] for sex in SEXES]),
        "working_age": (f"{dated}, sex VARCHAR, years INTEGER", working),
        "zero_household": ("days INTEGER", [[settings["zero_households"]["days"]]]),
        "loan_product": (
            f"{dated}, product VARCHAR, cap DECIMAL(18,2), term_months INTEGER, interest_subsidy_share DECIMAL(9,6)",
            [
                [start, end, name, row["cap"], row["term_months"], _exact(row["interest_subsidy_share"])]
                for name, rows in periods.items()
                for start, end, row in rows
            ],
        ),
        "fund_multiple": (
            f"{dated}, value DECIMAL(9,3)",
            [[start, end, _exact(row["value"])] for start, end, row in _dated(settings["loans"]["fund_multiple"])],
        ),
        "subsidy_months": (
            "kind VARCHAR, months INTEGER",
            [list(item) for item in settings["subsidies"]["max_months"].items()],
        ),
        "watch_points": ("points DECIMAL(18,6)", [[_exact(settings["targets"]["watch_points"])]]),
        "pace": (
            "indicator VARCHAR, month INTEGER, share DECIMAL(18,6)",
            [[name, month, _exact(share)] for name, curve in shares.items() for month, share in enumerate(curve, 1)],
        ),
    }


def _named(products: Iterable[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(row["product"] for row in products))


def _dated(rows: Iterable[Mapping[str, Any]]) -> list[tuple[date, date, Mapping[str, Any]]]:
    """Each entry with the days [valid_from, next valid_from) on which it is the last one that holds."""
    ordered = sorted(rows, key=lambda row: row["valid_from"])
    ends = [row["valid_from"] for row in ordered[1:]] + [FOREVER]
    return [(row["valid_from"], end, row) for row, end in zip(ordered, ends, strict=True)]


def _exact(value: float) -> Decimal:
    return Decimal(str(value))


def _check(settings: Mapping[str, Any], path: Path | None) -> None:
    """PolicyError on the first setting that is not what models can read."""
    ages, loans, targets = settings["ages"], settings["loans"], settings["targets"]
    entry: dict[str, tuple[type, ...]] = {"valid_from": (date,)}
    _check_row(ages["group_4050"], dict.fromkeys(SEXES, (int,)), path, "ages.group_4050")
    _check_rows(ages["working_age_end"], entry | dict.fromkeys(SEXES, (int,)), path, "ages.working_age_end")
    product = {"product": (str,), "cap": (int, float), "term_months": (int,), "interest_subsidy_share": (int, float)}
    _check_rows(loans["products"], entry | product, path, "loans.products")
    _check_rows(loans["fund_multiple"], entry | {"value": (int, float)}, path, "loans.fund_multiple")
    _check_row(settings["zero_households"], {"days": (int,)}, path, "zero_households")
    months = settings["subsidies"]["max_months"]
    publication = settings["publication"]
    whole: dict[str, tuple[type, ...]] = dict.fromkeys(("hide_counts_below", "best", "objection_days"), (int,))
    shares: dict[str, tuple[type, ...]] = dict.fromkeys(("missing_reports_max", "held_rows_max"), (int, float))
    _check_row(publication, whole | shares, path, "publication")
    _check_row(publication["issuer"], dict.fromkeys(("zh", "en"), (str,)), path, "publication.issuer")
    for setting, value in (("subsidies.max_months", months), ("targets.pace", targets["pace"])):
        if not isinstance(value, dict):
            raise PolicyError(path, setting, f"must be a table of names and values, not {value!r}")
    _check_row(months, dict.fromkeys(months, (int,)), path, "subsidies.max_months")
    _check_row(targets, {"watch_points": (int, float)}, path, "targets")
    for indicator, curve in targets["pace"].items():
        _check_curve(curve, path, f"targets.pace.{indicator}")


def _check_rows(rows: Any, expected: Mapping[str, tuple[type, ...]], path: Path | None, setting: str) -> None:
    if not isinstance(rows, list):
        raise PolicyError(path, setting, f"must be a list of entries with {', '.join(expected)}")
    for number, row in enumerate(rows, 1):
        _check_row(row, expected, path, f"{setting}, entry {number}")


def _check_row(row: Any, expected: Mapping[str, tuple[type, ...]], path: Path | None, setting: str) -> None:
    for name, kinds in expected.items():
        value = row.get(name) if isinstance(row, dict) else None
        if not isinstance(value, kinds) or isinstance(value, bool):
            wanted = {date: "a date such as 2026-01-01", str: "a text", int: "a whole number"}.get(
                kinds[-1], "a number"
            )
            raise PolicyError(path, f"{setting}.{name}", f"must be {wanted}, not {value!r}")


def _check_curve(curve: Any, path: Path | None, setting: str) -> None:
    wanted = "must be twelve cumulative month-end shares that rise to 1, such as 0.05, 0.1 … 1"
    if not isinstance(curve, list) or len(curve) != MONTHS or not all(isinstance(x, int | float) for x in curve):
        raise PolicyError(path, setting, f"{wanted}, not {curve!r}")
    if sorted(curve) != curve or abs(curve[-1] - 1) > ROUNDING or curve[0] < 0:
        raise PolicyError(path, setting, f"{wanted}, not {curve!r}")
