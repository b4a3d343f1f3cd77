"""What editions are made from, opened for `publish`, `verify` and `serve`: builds, policies, standards, the account."""

import os
import tomllib
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
from sqlalchemy import Select, select

from dashboard.period import Period
from dashboard.publish.canonical import digest
from dashboard.publish.checks import Account
from dashboard.publish.office import Rules
from dashboard.publish.recipe import Recipe
from dashboard.ranking.indicators import ranking_day
from dashboard.ranking.standards import CITIES, DEFAULT, standard_path
from dashboard.semantics.words import Text
from dashboard.warehouse import KEPT, THREADS, Build, NotLoadedError, Warehouse
from etl.build import cut, is_made_by_these_models
from etl.build import known_at as file_known_at
from etl.home import Home
from etl.marts.region import build as build_mart
from etl.policy import cities_of, is_policy, pack_of, packs_of, policy_of

_CITY: Final[Select[Any]] = select(build_mart.c.city_code)
_NEXT: Final = "\n# —— 下一城市 next city ——\n"  # between the policies of several cities
ADDRESS: Final = "http://127.0.0.1:8050"  # until settings.toml says [publication] address


class HomeSources:
    """The sources of a home; `dashboard.publish.office.Sources`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._warehouse = Warehouse(home, file_known_at, THREADS)
        self._by_policy: dict[tuple[int, str], Build] = {}

    def build(self, load: int | None = None) -> Build:
        """The build as known at a load; the newest by default."""
        return self._warehouse.build() if load is None else self._warehouse.known_at(load)

    def build_of(self, recipe: Recipe) -> Build:
        """The build of the recipe's load; made anew where another policy, or the models of another release, made it."""
        key = (recipe.load, recipe.policy)
        if key not in self._by_policy:
            build = self.build(recipe.load)
            if len(self._by_policy) >= KEPT:
                del self._by_policy[next(iter(self._by_policy))]
            self._by_policy[key] = build if self._is_made_by(build, recipe.policy) else self._cut(recipe)
        return self._by_policy[key]

    def rules(self, build: Build, period: Period) -> Rules:
        """The settings that hold now; PolicyError, StandardError."""
        [(city,)] = build.fetch(_CITY)
        said = policy_of(city, packs_of(self.home))["publication"]
        day = ranking_day(build, period)
        own = standard_path(city, day, self.home / "cities")
        standard = own if own != DEFAULT else standard_path(city, day, CITIES)
        return Rules(
            policy=self._policy(build),
            standard=standard.read_text(encoding="utf-8-sig"),
            hide_counts_below=said["hide_counts_below"],
            best=said["best"],
            missing_reports_max=f"{said['missing_reports_max']:g}",
            held_rows_max=f"{said['held_rows_max']:g}",
            objection_days=said["objection_days"],
            issuer=Text(said["issuer"]["zh"], said["issuer"]["en"]),
            address=self._address(),
        )

    def data_dates(self) -> list[tuple[int, date]]:
        """Each load with the data date known at it."""
        with self._log() as connection:
            return connection.execute(
                "SELECT load, max(data_date) OVER (ORDER BY load) AS known FROM log.loads QUALIFY known IS NOT NULL"
            ).fetchall()

    def account(self, load: int) -> Account:
        """Rows read up to a load, and of them those held when it was done; the newest load of all."""
        with self._log() as connection:
            [(read, newest)] = connection.execute(
                "SELECT coalesce(sum(read) FILTER (load <= $1), 0)::BIGINT, max(load) FROM log.accounts", [load]
            ).fetchall()
            [(held,)] = connection.execute(
                "SELECT count(*) FROM log.quarantine WHERE load <= $1 AND (until_load IS NULL OR until_load > $1)",
                [load],
            ).fetchall()
        return Account(read, held, newest or load)

    def _log(self) -> duckdb.DuckDBPyConnection:
        # The same settings as those under which the warehouse holds the file open: DuckDB asks for that.
        return duckdb.connect(str(self.build().path), read_only=True, config={"threads": THREADS})

    def _policy(self, build: Build) -> str:
        """The text of its city's pack; of several, theirs one after the other."""
        found = [pack_of(city, packs_of(self.home)) for city in self._cities(build)]
        return _NEXT.join(path.read_text(encoding="utf-8") for path in found if path is not None)

    def _cities(self, build: Build) -> list[str]:
        with duckdb.connect(str(build.path), read_only=True, config={"threads": THREADS}) as connection:
            return cities_of(connection)

    def _is_made_by(self, build: Build, policy: str) -> bool:
        with duckdb.connect(str(build.path), read_only=True, config={"threads": THREADS}) as connection:
            current = is_made_by_these_models(connection)
            return current and is_policy(connection, (self._folder(policy),))

    def _folder(self, policy: str) -> Path:
        """Where builds by this policy are kept until the next load, with packs that hold it (none: the defaults)."""
        folder = self.home / "known" / f"policy-{digest(policy.encode())[:16]}"
        for number, text in enumerate(policy.split(_NEXT) if policy else ()):
            pack = folder / f"frozen-{number}"
            if not pack.is_dir():
                part = folder / f"{pack.name}.{os.getpid()}.part"
                part.mkdir(parents=True, exist_ok=True)
                (part / "policy.toml").write_text(text, encoding="utf-8")
                with suppress(OSError):  # another process was first
                    part.replace(pack)
        return folder

    def _cut(self, recipe: Recipe) -> Build:
        newest = Home(self.home).current()
        if newest is None:
            raise NotLoadedError(f"{self.home} holds no build")
        folder = self._folder(recipe.policy)
        target = folder / f"{recipe.load:06d}.duckdb"
        if not (target.exists() and _is_current(target)):
            folder.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(f".{os.getpid()}.part")
            part.unlink(missing_ok=True)
            try:
                cut(newest, part, recipe.load, (folder,))
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)
        return Build(target, THREADS)

    def _address(self) -> str:
        try:
            settings = tomllib.loads((self.home / "settings.toml").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return ADDRESS
        return str(settings.get("publication", {}).get("address", ADDRESS))


def _is_current(path: Path) -> bool:
    with duckdb.connect(str(path), read_only=True, config={"threads": THREADS}) as connection:
        return is_made_by_these_models(connection)
